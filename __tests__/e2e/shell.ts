import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
}

/** Environment of every command: no colours, no calls home, nothing of the caller that redirects a provider. */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    NO_COLOR: "1",
    LC_ALL: "C",
    ...extra,
  };
  for (const name of ["DOCKER_CONTEXT", "DOCKER_HOST", "DOCKER_CERT_PATH", "LIBVIRT_DEFAULT_URI"]) {
    delete environment[name];
  }
  if (environment.TF_CLI_CONFIG_FILE !== undefined && !fs.existsSync(environment.TF_CLI_CONFIG_FILE)) {
    delete environment.TF_CLI_CONFIG_FILE;
  }
  return environment;
}

/** Runs a command to its end and returns what it printed, errors included. */
export function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; input?: string; env?: Readonly<Record<string, string>> } = {},
): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: cleanEnvironment(options.env),
    ...(options.input === undefined ? {} : { input: options.input }),
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  return { code: status ?? 127, out: `${stdout ?? ""}${stderr ?? ""}${error ? error.message : ""}` };
}

/** What a command printed. Fails with the end of it where the command failed. */
export function must({ code, out }: Outcome, what: string): string {
  if (code !== 0) {
    throw new Error(`${what} failed (exit ${code})\n${out.split("\n").slice(-40).join("\n")}`);
  }
  return out;
}

/** Runs a command beside the rest; resolves when it ends. */
export function runAsync(
  command: string,
  args: readonly string[],
  options: { cwd: string; killedAt?: RegExp | undefined; killedAfter?: number | undefined },
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: options.cwd, env: cleanEnvironment(), detached: true });
    let out = "";
    let dying = false;
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
      if (options.killedAt?.test(out) && !dying) {
        dying = true;
        setTimeout(() => killGroup(child), options.killedAfter ?? 0);
      }
    });
    child.stderr.on("data", (data: Buffer) => {
      out += data.toString();
    });
    child.on("error", (error) => resolve({ code: 127, out: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 127, out }));
  });
}

/** The whole group, as when a runner is lost: what a provisioner started must not go on by itself. */
function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined && child.exitCode === null) {
    process.kill(-child.pid, "SIGKILL");
  }
}

/** Starts a daemon that this run will stop by its process id; its output goes to a file. */
export function daemon(command: string, args: readonly string[], log: string): ChildProcess {
  const file = fs.openSync(log, "a");
  return spawn(command, args, { detached: true, stdio: ["ignore", file, file], env: cleanEnvironment() });
}

/** True where a command is on the path. */
export function has(command: string): boolean {
  return run("sh", ["-c", `PATH="$PATH:/usr/sbin:/sbin" command -v ${command}`]).code === 0;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Asks again until the answer is true. Fails with what was waited for. */
export async function until(what: string, seconds: number, ask: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) {
      throw new Error(`${what}: not within ${seconds} s`);
    }
    await sleep(500);
  }
}
