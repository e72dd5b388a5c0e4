import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Imported } from "./import";
import type { Phases } from "./phases";
import type { Sample } from "./sample";

/** The checkout. */
export const ROOT = path.join(__dirname, "..", "..");

const SAMPLE = "sample.js";

/** What a program of node's prints. */
export function outputOf(args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", cwd });
  if (status !== 0) {
    throw new Error(`${args.join(" ")} failed: ${stderr}`);
  }
  return stdout;
}

/** Runs one of the bench's programs in a folder that goes afterwards, and reads the line of JSON that it prints. */
function printed<T>(program: string, args: readonly string[], prepare: (folder: string) => void = () => undefined): T {
  return inFolder((folder) => {
    prepare(folder);
    return JSON.parse(outputOf([path.join(__dirname, program), ...args, folder], folder)) as T;
  });
}

export function inFolder<T>(work: (folder: string) => T): T {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-bench-"));
  try {
    return work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

export function sampleOf(name: string, count: number, prepare?: (folder: string) => void): Sample {
  return printed<Sample>(SAMPLE, [name, String(count)], prepare);
}

export function phasesOf(count: number): Phases {
  return printed<Phases>("phases.js", [String(count)]);
}

export function importOf(entry: string): Imported {
  return printed<Imported>("import.js", [path.join(ROOT, "dist", "lib", entry)]);
}

/** Seconds that a command takes from its start to its end. */
export function secondsOf(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): number {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(command, args, {
    encoding: "utf8",
    cwd: ROOT,
    env: { ...process.env, CHECKPOINT_DISABLE: "1", ...env },
  });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed: ${error?.message ?? stderr}`);
  }
  return (performance.now() - start) / 1000;
}

/** Whether a command can be found. */
export function has(command: string): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, command)));
}

/** The JSON that a workload writes. */
export function jsonOf(workload: string, count: number): string {
  return inFolder((folder) => {
    outputOf([path.join(__dirname, SAMPLE), workload, String(count), folder], folder);
    return fs.readFileSync(path.join(folder, "cdktf.out", "stacks", "bench", "cdk.tf.json"), "utf8");
  });
}
