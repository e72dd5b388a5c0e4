import * as os from "node:os";
import { type Figure, of, type Results } from "./figures";
import { BERTH_SIZES, ENTRIES, GUESTS, SIZES } from "./measured";
import type { Phases } from "./phases";
import type { RealFigures, RealResult } from "./real";
import { median, ratio, spread } from "./statistics";

/** What was counted rather than timed: instructions for one more pair. */
export interface Instructions {
  readonly counter: string;
  readonly berth: number;
  readonly raw: number;
}

const MEBIBYTE = 2 ** 20;

/** The whole report as Markdown tables, for the terminal and for the docs. */
export function report(
  results: Results,
  figures: readonly Figure[],
  phases: readonly Phases[],
  instructions: Instructions | undefined,
): string {
  const { processes, real } = results;
  return [
    `Node ${process.versions.node}, ${os.cpus().length} processors, ${processes.length} rounds: medians, with least and most.`,
    table(
      ["key", "what", "value", "bar", ""],
      figures.map(({ key, what, value, bar }) => [
        `\`${key}\``,
        what,
        value === undefined ? "not measured" : digits(value),
        bar === undefined ? "stated" : `≤ ${bar}`,
        bar === undefined || value === undefined ? "" : value <= bar ? "met" : "not met",
      ]),
    ),
    "Seconds of one synthesis:",
    table(
      ["pairs", "raw bindings", "lean bindings, plain stack", "berth", "floor", "berth ÷ raw", "berth ÷ floor"],
      [...SIZES, ...BERTH_SIZES]
        .sort((a, b) => a - b)
        .map((count) => [
          count.toLocaleString("en-US"),
          ...["raw-pairs", "lean-pairs", "berth-pairs", "floor"].map((name) =>
            seconds(of(results, `${name} ${count}`)),
          ),
          against(results, "raw-pairs", count),
          against(results, "floor", count),
        ]),
    ),
    "Processor seconds, peak memory and size of what is written:",
    table(
      ["workload", "processor", "peak", "JSON"],
      [...SIZES.map((count) => ["pairs", count] as const), ["guests", GUESTS] as const].flatMap(([kind, count]) =>
        [`raw-${kind} ${count}`, `lean-${kind} ${count}`, `berth-${kind} ${count}`]
          .filter((name) => results.samples.has(name))
          .map((name) => [
            name,
            seconds(of(results, name, "cpu")),
            `${(median(of(results, name, "peak")) / MEBIBYTE).toFixed(0)} MiB`,
            `${(median(of(results, name, "bytes")) / 1024).toFixed(0)} KiB`,
          ]),
      ),
    ),
    `${GUESTS} guests: raw ${seconds(of(results, `raw-guests ${GUESTS}`))}, berth ${seconds(of(results, `berth-guests ${GUESTS}`))}.`,
    instructions === undefined
      ? "Instructions were not counted (`--instructions`, with perf or valgrind at hand)."
      : `Instructions for one more pair, counted by ${instructions.counter} with machine code switched off: berth ${millions(instructions.berth)}, raw ${millions(instructions.raw)}, ratio ${digits(instructions.berth / instructions.raw)}.`,
    `Where the milliseconds of ${(SIZES.at(-1) ?? 0).toLocaleString("en-US")} pairs go:`,
    phaseTable(phases),
    "Whole processes, and imports on top of cdktf:",
    table(
      ["", "takes"],
      [
        ["importing cdktf alone", seconds(processes.map((one) => one.importCdktf))],
        ["`node dist/main.js`, all stacks", seconds(processes.map((one) => one.allStacks))],
        ["`cdktf synth` of the same", cdktfSynth(results)],
        ...Object.keys(ENTRIES).map((entry) => [
          `importing \`${entry}\``,
          spread(
            processes.map((one) => one.imports[entry] ?? Number.NaN),
            0,
            "ms",
          ),
        ]),
      ],
    ),
    ...(real === undefined ? ["Real providers were not asked (`--real`)."] : realTables(real)),
    "",
  ].join("\n\n");
}

function cdktfSynth({ processes }: Results): string {
  const times = processes.flatMap(({ cdktfSynth: time }) => (time === undefined ? [] : [time]));
  return times.length === 0 ? "not measured: no cdktf on the PATH" : seconds(times);
}

function phaseTable(phases: readonly Phases[]): string {
  const names = Object.keys(phases[0] ?? {});
  const spent = (name: string) => phases.map((one) => one[name] ?? 0);
  const total = names.reduce((sum, name) => sum + median(spent(name)), 0);
  return table(
    ["part", "takes", "share"],
    names.map((name) => [name, spread(spent(name), 0, "ms"), `${((median(spent(name)) / total) * 100).toFixed(0)} %`]),
  );
}

function realTables({ guest, guestMinimal, service, serviceMinimal, tool, notes }: RealResult): string[] {
  const row = (name: string, { apply, plan, destroy, wall }: RealFigures) => [
    name,
    ...[apply, plan, destroy, wall.apply, wall.plan, wall.destroy].map((value) => value.toFixed(2)),
  ];
  return [
    `Seconds that one more machine costs the real providers (${tool}): processor time of Terraform and its providers, and by the clock.`,
    table(
      ["machine", "apply", "empty plan", "destroy", "clock: apply", "empty plan", "destroy"],
      [
        row("default guest", guest),
        row("the same, minimised by hand", guestMinimal),
        row("default service", service),
        row("the same, minimised by hand", serviceMinimal),
      ],
    ),
    ...notes,
  ];
}

function against(results: Results, base: string, count: number): string {
  const values = of(results, `${base} ${count}`);
  return values.length === 0 ? "" : digits(ratio(of(results, `berth-pairs ${count}`), values));
}

function seconds(values: readonly number[]): string {
  return values.length === 0 ? "" : spread(values, 3, "s");
}

function millions(value: number): string {
  return `${(value / 1e6).toFixed(2)} million`;
}

function digits(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(3);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
