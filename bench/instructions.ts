import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { has, inFolder } from "./processes";

/** How instructions can be counted here: by the processor, by a machine that is played, or not at all. */
export type Counter = "perf" | "valgrind" | undefined;

const SAMPLE = path.join(__dirname, "sample.js");

export function counterHere(): Counter {
  if (has("perf") && count("perf", "nothing", 0) !== undefined) {
    return "perf";
  }
  return has("valgrind") ? "valgrind" : undefined;
}

/** Instructions that one more of a workload's things takes, among few: they do not depend on what else the machine does. */
export function instructionsOfOne(counter: "perf" | "valgrind", name: string, few: number, more: number): number {
  const [less, most] = [count(counter, name, few), count(counter, name, more)];
  if (less === undefined || most === undefined) {
    throw new Error(`${counter} counted no instructions of ${name}`);
  }
  return (most - less) / (more - few);
}

function count(counter: "perf" | "valgrind", name: string, things: number): number | undefined {
  return inFolder((folder) => {
    // Machine code that is made anew in every run would be another one in every run.
    const program = [process.execPath, "--no-opt", "--single-threaded", SAMPLE, name, String(things), folder];
    const [command = "", ...args] =
      counter === "perf"
        ? ["perf", "stat", "-e", "instructions:u", "-x", ",", ...program]
        : ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", ...program];
    const { stderr } = spawnSync(command, args, { encoding: "utf8" });
    const found = counter === "perf" ? /^(\d+),/m.exec(stderr) : /I\s+refs:\s+([\d,]+)/.exec(stderr);
    return found?.[1] === undefined ? undefined : Number(found[1].replaceAll(",", ""));
  });
}
