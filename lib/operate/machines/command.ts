import { spawn, spawnSync } from "node:child_process";

/** What a command printed, and how it ended: 127 where there is none of this name. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Ends the command by force after as many seconds. @default - waits */
  readonly seconds?: number;
}

/** Variables that would lead a client to another daemon than the one it is told, or colour what it prints. */
const REDIRECTING = ["DOCKER_CONTEXT", "DOCKER_HOST", "DOCKER_CERT_PATH", "DOCKER_TLS_VERIFY", "LIBVIRT_DEFAULT_URI"];

export function clientEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !REDIRECTING.includes(name));
  return { ...Object.fromEntries(kept), LC_ALL: "C", NO_COLOR: "1" };
}

/** Runs a command to its end. */
export function run(command: string, args: readonly string[], { cwd, input, env, seconds }: RunOptions = {}): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 256 * 1024 * 1024,
    env: { ...clientEnvironment(), ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
    ...(seconds === undefined ? {} : { timeout: seconds * 1000, killSignal: "SIGKILL" as const }),
  });
  const missing = (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
  const late = (error as NodeJS.ErrnoException | undefined)?.code === "ETIMEDOUT";
  const said = missing ? `${command}: not installed here` : late ? `${command}: no answer within ${seconds} s` : "";
  return { code: missing ? 127 : (status ?? 1), out: stdout ?? "", err: said === "" ? (stderr ?? "") : said };
}

/** The same, while this process goes on. */
export function runBeside(command: string, args: readonly string[], { cwd, input }: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { env: clientEnvironment(), ...(cwd === undefined ? {} : { cwd }) });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data: Buffer) => {
      out += data.toString();
    });
    child.stderr.on("data", (data: Buffer) => {
      err += data.toString();
    });
    child.on("error", () => resolve({ code: 127, out, err: `${command}: not installed here` }));
    child.on("close", (code) => resolve({ code: code ?? 1, out, err }));
    child.stdin.end(input ?? "");
  });
}

/** The last thing that a command says, which is what it ended with. */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.trim() ?? "";
}

/** What a command prints. Throws with its words where it fails: that nothing was told does not mean that nothing is there. */
export function told({ code, out, err }: Ran, command: string): string {
  if (code !== 0) {
    throw new Error(`${command}: ${lastLine(err)}`);
  }
  return out;
}
