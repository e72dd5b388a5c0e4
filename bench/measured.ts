import * as fs from "node:fs";
import * as path from "node:path";
import { importOf, jsonOf, ROOT, sampleOf, secondsOf } from "./processes";
import type { Sample } from "./sample";
import { FLOOR } from "./workloads/floor";

/** What is measured once in every round. */
export interface Measured {
  readonly name: string;
  readonly take: () => Sample;
}

export const SIZES: readonly number[] = [100, 1_000, 5_000];
/** Of which only berth is asked. */
export const BERTH_SIZES: readonly number[] = [2_000, 20_000];
export const GUESTS = 200;

/** Everything, in the order of a round: what is compared stands beside each other. */
export function samples(): readonly Measured[] {
  const synthesis = (workload: string, count: number): Measured => ({
    name: `${workload} ${count}`,
    take: () => sampleOf(workload, count),
  });
  return [
    synthesis("nothing", 0),
    ...SIZES.flatMap((count) => {
      const json = jsonOf("berth-pairs", count);
      return [
        synthesis("raw-pairs", count),
        synthesis("berth-pairs", count),
        synthesis("lean-pairs", count),
        {
          name: `floor ${count}`,
          take: () => sampleOf("floor", count, (folder) => fs.writeFileSync(path.join(folder, FLOOR), json)),
        },
      ];
    }),
    ...BERTH_SIZES.map((count) => synthesis("berth-pairs", count)),
    synthesis("raw-guests", GUESTS),
    synthesis("berth-guests", GUESTS),
  ];
}

/** The entries of the package, with the file behind each. */
export const ENTRIES: Readonly<Record<string, string>> = {
  berth: "index.js",
  "berth/testing": "testing/index.js",
  "berth/providers/docker": "providers/docker/index.js",
  "berth/providers/libvirt": "providers/libvirt/index.js",
};

/** Whole processes from start to end, in seconds; an import is told by the process itself. */
export interface Processes {
  readonly importCdktf: number;
  readonly allStacks: number;
  readonly cdktfSynth: number | undefined;
  readonly imports: Readonly<Record<string, number>>;
}

export function takeProcesses(cdktf: boolean, outdir: string): Processes {
  const main = path.join(ROOT, "dist", "main.js");
  const out = { CDKTF_OUTDIR: outdir };
  return {
    importCdktf: secondsOf(process.execPath, ["-e", 'require("cdktf")']),
    allStacks: secondsOf(process.execPath, [main], out),
    cdktfSynth: cdktf ? secondsOf("cdktf", ["synth", "--app", `node ${main}`, "--output", outdir]) : undefined,
    imports: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, importOf(file).milliseconds])),
  };
}
