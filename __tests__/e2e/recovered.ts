import * as path from "node:path";
import type { Asking } from "./case";
import { matches } from "./checks";
import { run } from "./shell";

/** The command, as it is built. */
export const BERTH = path.join(__dirname, "..", "..", "lib", "cli", "berth.js");

/** Runs `berth recover --apply` as a user does, once; nothing may be left to do. */
export function recovered({ folder }: Asking, stack: string, says?: RegExp): void {
  const cwd = path.join(folder, "cdktf.out", "stacks", stack);
  const { code, out } = run(process.execPath, [BERTH, "recover", "--apply"], { cwd });
  console.log(out.trim().replaceAll(/^/gm, "    "));
  if (code !== 0) {
    throw new Error(`berth recover --apply left something (exit ${code}): ${out}`);
  }
  if (says) {
    matches("what berth recover printed", out, says);
  }
}
