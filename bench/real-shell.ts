import { spawnSync } from "node:child_process";
import * as fs from "node:fs";

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
}

/** What redirects a provider, or makes Terraform keep its data, its workspace or its arguments elsewhere. */
const REDIRECTS = /^(DOCKER_(CONTEXT|HOST|CERT_PATH|TLS_VERIFY)|LIBVIRT_DEFAULT_URI|TF_(?!CLI_CONFIG_FILE$).*)$/;

/** The caller's environment without what would make two runs differ, and without calls home. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !REDIRECTS.test(name));
  const environment: NodeJS.ProcessEnv = { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: "1", LC_ALL: "C" };
  if (environment.TF_CLI_CONFIG_FILE !== undefined && !fs.existsSync(environment.TF_CLI_CONFIG_FILE)) {
    delete environment.TF_CLI_CONFIG_FILE;
  }
  return environment;
}

/** Runs a command to its end and returns what it printed, errors included. */
export function run(command: string, args: readonly string[], cwd?: string): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    env: cleanEnvironment(),
    ...(cwd === undefined ? {} : { cwd }),
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
