import * as path from "node:path";
import type { Check } from "../operate/doctor/check";
import { examine } from "../operate/doctor/doctor";
import { Terraform } from "../operate/machines/terraform";
import { complain, say, sayJson } from "./output";
import { findStacks, readStack } from "./stack-json";

const MARKS: Readonly<Record<Check["status"], string>> = { ok: "ok", warning: "WARNING", error: "ERROR" };

/** Prints how the machines of every stack below a folder are. Returns the exit code: 0 usable, 1 not, 2 there is no stack. */
export function examineStacks(folder: string, json: boolean): number {
  const folders = findStacks(folder).map((file) => path.dirname(file));
  if (folders.length === 0) {
    complain(`no cdk.tf.json below ${folder}: synthesize first`);
    return 2;
  }
  const stacks = folders.map((one) => [one, readStack(one)] as const);
  if (stacks.some(([, stack]) => stack === undefined)) {
    return 2;
  }
  const checks = stacks.flatMap(([one, stack]) => (stack ? examine(stack, new Terraform(one), new Date()) : []));
  // Stacks share machines: what is said twice is said once.
  const told = [...new Map(checks.map((check) => [JSON.stringify(check), check])).values()];
  const errors = told.filter(({ status }) => status === "error").length;
  const warnings = told.filter(({ status }) => status === "warning").length;
  if (json) {
    sayJson({ checks: told }, 2);
  } else {
    for (const host of [...new Set(told.map((check) => check.host))]) {
      say(host);
      for (const { status, says, fix } of told.filter((check) => check.host === host)) {
        say(`  ${MARKS[status].padEnd(8)} ${says}${fix === null ? "" : `\n           ${fix}`}`);
      }
    }
    say(`${folders.length} stacks, ${errors} errors, ${warnings} warnings`);
  }
  return errors > 0 ? 1 : 0;
}
