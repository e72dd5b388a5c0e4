/**
 * One sample in a process of its own: `node sample.js NAME COUNT FOLDER` prints what one synthesis took as a line of JSON. What
 * is loaded before is not timed.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import type { Workload } from "./workloads/workload";

/** What one run took. */
export interface Sample {
  /** Seconds. */
  readonly wall: number;
  /** Seconds of processor time, of all threads. */
  readonly cpu: number;
  /** Largest resident size of the process, in bytes. */
  readonly peak: number;
  /** Size of what was written. */
  readonly bytes: number;
}

/** Loads what a workload needs, and runs it. */
function takeSample(name: string, count: number, folder: string): Sample {
  const { workload } = require(`./workloads/${name}`) as { workload: Workload };
  const timed = workload(count, folder);
  const cpu = process.cpuUsage();
  const start = performance.now();
  timed();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const written = ["cdktf.out/stacks/bench/cdk.tf.json", "written.json"]
    .map((file) => path.join(folder, file))
    .find((file) => fs.existsSync(file));
  return {
    wall: wall / 1000,
    cpu: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS * 1024,
    bytes: written === undefined ? 0 : fs.statSync(written).size,
  };
}

if (require.main === module) {
  const [name = "", count = "0", folder = "."] = process.argv.slice(2);
  console.log(JSON.stringify(takeSample(name, Number(count), folder)));
}
