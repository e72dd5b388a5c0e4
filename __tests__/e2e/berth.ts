import * as path from "node:path";
import type { Asking } from "./case";
import { matches } from "./checks";
import { type Outcome, run } from "./shell";

/** The command, as it is built. */
export const BERTH = path.join(__dirname, "..", "..", "lib", "cli", "berth.js");

/** Runs the command in a stack's folder. */
export function berth(ask: Asking, stack: string, ...args: readonly string[]): Outcome {
  return berthReading(ask, stack, "", ...args);
}

/** The same with something on its standard input. */
export function berthReading({ folder }: Asking, stack: string, input: string, ...args: readonly string[]): Outcome {
  return run(process.execPath, [BERTH, ...args], { cwd: path.join(folder, "cdktf.out", "stacks", stack), input });
}

/** Runs `berth recover --apply` as a user does, once; nothing may be left to do. */
export function recovered(ask: Asking, stack: string, says?: RegExp, more: readonly string[] = []): void {
  const { code, out } = berth(ask, stack, "recover", "--apply", ...more);
  console.log(out.trim().replaceAll(/^/gm, "    "));
  if (code !== 0) {
    throw new Error(`berth recover --apply left something (exit ${code}): ${out}`);
  }
  if (says) {
    matches("what berth recover printed", out, says);
  }
}
