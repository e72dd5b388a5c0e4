/**
 * What berth costs, measured in one command: `npm run bench -- [--rounds N] [--json FILE] [--docs] [--instructions] [--real]`.
 *
 * Each sample is a process of its own. A round takes every sample once, so that what a machine does besides falls on all of
 * them alike; what is quoted are medians, and ratios of medians of one run.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { figures, of, type Results } from "./figures";
import { generateLibvirt } from "./generated-libvirt";
import { counterHere, instructionsOfOne } from "./instructions";
import { BERTH_SIZES, ENTRIES, type Processes, SIZES, samples, takeProcesses } from "./measured";
import type { Phases } from "./phases";
import { plot } from "./plot";
import { has, importOf, inFolder, phasesOf, ROOT } from "./processes";
import { measureReal } from "./real";
import { type Instructions, report } from "./report";
import { refuseOtherWork } from "./same-work";
import type { Sample } from "./sample";
import { median } from "./statistics";

const PAGE = path.join(ROOT, "docs", "speed.md");
const PICTURE = path.join(ROOT, "docs", "speed.svg");

function main(): void {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      json: { type: "string" },
      docs: { type: "boolean", default: false },
      instructions: { type: "boolean", default: false },
      real: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new TypeError(`'--rounds' must be a whole number from 1, got ${values.rounds}`);
  }
  generateLibvirt();
  refuseEagerLoading();
  refuseOtherWork(["berth-pairs", "raw-pairs", "lean-pairs"]);
  const instructions = values.instructions ? countInstructions() : undefined;
  const { phases, ...measured } = measure(rounds);
  const real = values.real ? measureReal(rounds, say) : undefined;
  if (real && "skipped" in real) {
    say(`SKIPPED: ${real.skipped}`);
  }
  const results: Results = { ...measured, real: real && "skipped" in real ? undefined : real };
  const stated = figures(results);
  const text = report(results, stated, phases, instructions);
  console.log(text);
  if (values.json !== undefined) {
    const keys = Object.fromEntries(stated.map(({ key, value }) => [key, value ?? null]));
    const details = {
      node: process.versions.node,
      rounds,
      samples: Object.fromEntries(results.samples),
      processes: results.processes,
      phases,
      instructions: instructions ?? null,
      real: results.real ?? null,
    };
    fs.writeFileSync(values.json, `${JSON.stringify({ ...keys, details }, undefined, 2)}\n`);
  }
  if (values.docs) {
    const page = fs.readFileSync(PAGE, "utf8");
    fs.writeFileSync(
      PAGE,
      page.replace(/(?<=<!-- measured -->\n).*(?=<!-- end -->)/s, () => `\n${text}`),
    );
    fs.writeFileSync(PICTURE, picture(results));
  }
}

/** Says on the way how far it is; the report alone goes to the output. */
function say(line: string): void {
  console.error(line);
}

/** An import that reads schemas or loads a parser costs everybody what few use. */
function refuseEagerLoading(): void {
  for (const [name, file] of Object.entries(ENTRIES)) {
    const { yaml, schemas } = importOf(file);
    if (yaml || schemas > 0) {
      throw new Error(`importing ${name} loads ${yaml ? "the YAML parser" : `${schemas} schemas`} before it is used`);
    }
  }
}

function measure(rounds: number): Omit<Results, "real"> & { readonly phases: readonly Phases[] } {
  const all = new Map<string, Sample[]>();
  const processes: Processes[] = [];
  const phases: Phases[] = [];
  const planned = samples();
  const cdktf = has("cdktf");
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`);
    for (const { name, take } of planned) {
      all.set(name, [...(all.get(name) ?? []), take()]);
    }
    phases.push(phasesOf(SIZES.at(-1) ?? 0));
    processes.push(inFolder((folder) => takeProcesses(cdktf, path.join(folder, "cdktf.out"))));
  }
  return { samples: all, processes, phases };
}

function countInstructions(): Instructions | undefined {
  const counter = counterHere();
  if (counter === undefined) {
    say("SKIPPED: instructions (neither perf with its counters nor valgrind is here)");
    return undefined;
  }
  return {
    counter,
    berth: instructionsOfOne(counter, "berth-pairs", 50, 250),
    raw: instructionsOfOne(counter, "raw-pairs", 50, 250),
  };
}

function picture(results: Results): string {
  const points = (workload: string, counts: readonly number[]) =>
    counts.map((count) => [count, median(of(results, `${workload} ${count}`))] as const);
  const all = [...SIZES, ...BERTH_SIZES].sort((a, b) => a - b);
  return plot("Seconds of one synthesis", [
    { name: "raw bindings", colour: "#b5483a", points: points("raw-pairs", SIZES) },
    { name: "lean, plain stack", colour: "#b08a2e", points: points("lean-pairs", SIZES) },
    { name: "berth", colour: "#2f6db0", points: points("berth-pairs", all) },
    { name: "floor", colour: "#6b6b6b", points: points("floor", SIZES) },
  ]);
}

main();
