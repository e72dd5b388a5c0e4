import type { Processes } from "./measured";
import { BERTH_SIZES, GUESTS, SIZES } from "./measured";
import type { RealResult } from "./real";
import type { Sample } from "./sample";
import { median, ratio } from "./statistics";

/** Everything that was measured, round by round. */
export interface Results {
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly processes: readonly Processes[];
  readonly real: RealResult | undefined;
}

/** A figure that is held to a bar; without one it is only stated. */
export interface Figure {
  readonly key: string;
  readonly what: string;
  readonly value: number | undefined;
  readonly bar?: number;
}

/** The wall seconds of a workload, or another figure of it. */
export function of({ samples }: Results, name: string, figure: keyof Sample = "wall"): readonly number[] {
  return (samples.get(name) ?? []).map((sample) => sample[figure]);
}

/** The figures that stand for all: ratios of medians of one run. */
export function figures(results: Results): Figure[] {
  const most = SIZES.at(-1) ?? 0;
  const pairs = (workload: string, figure?: keyof Sample) => of(results, `${workload} ${most}`, figure);
  const [few = 0, many = 0] = BERTH_SIZES;
  const { processes, real } = results;
  const importCdktf = processes.map((one) => one.importCdktf);
  const idle = median(of(results, "nothing 0", "peak"));
  return [
    {
      key: `synth.pairs${most}.vsRaw`,
      what: "berth, all checks on ÷ published docker bindings",
      value: ratio(pairs("berth-pairs"), pairs("raw-pairs")),
      bar: 0.15,
    },
    {
      key: `synth.pairs${most}.cpuVsRaw`,
      what: "the same in processor time of all threads",
      value: ratio(pairs("berth-pairs", "cpu"), pairs("raw-pairs", "cpu")),
    },
    {
      key: `synth.guests${GUESTS}.vsRaw`,
      what: "berth's guests ÷ generated libvirt bindings",
      value: ratio(of(results, `berth-guests ${GUESTS}`), of(results, `raw-guests ${GUESTS}`)),
      bar: 0.02,
    },
    {
      key: `synth.pairs${most}.memoryVsRaw`,
      what: "peak resident memory",
      value: ratio(pairs("berth-pairs", "peak"), pairs("raw-pairs", "peak")),
      bar: 0.25,
    },
    {
      key: `synth.pairs${most}.memoryAboveImportVsRaw`,
      what: "the same without what loading cdktf takes",
      value: (median(pairs("berth-pairs", "peak")) - idle) / (median(pairs("raw-pairs", "peak")) - idle),
    },
    {
      key: "synth.growth",
      what: `${many.toLocaleString("en-US")} pairs ÷ ${few.toLocaleString("en-US")}`,
      value: ratio(of(results, `berth-pairs ${many}`), of(results, `berth-pairs ${few}`)),
      bar: 11,
    },
    {
      key: `synth.pairs${most}.vsFloor`,
      what: "berth ÷ JSON.stringify and write of the same object",
      value: ratio(pairs("berth-pairs"), pairs("floor")),
    },
    {
      key: "cold.vsImport",
      what: "all stacks, compiled, cold ÷ importing cdktf alone",
      value: ratio(
        processes.map((one) => one.allStacks),
        importCdktf,
      ),
      bar: 1.6,
    },
    {
      key: "import.overCdktfMs",
      what: "importing berth over cdktf, in milliseconds",
      value: median(processes.map((one) => one.imports.berth ?? Number.NaN)),
      bar: 60,
    },
    {
      key: "plan.guestVsMinimal",
      what: "plan of a default guest ÷ of one minimised by hand",
      value: real?.guestVsMinimal,
      bar: 1.2,
    },
  ];
}
