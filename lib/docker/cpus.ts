/** How a share of processors is written for the Docker provider. */
export type RenderedCpus = { readonly cpus: string } | { readonly cpuPeriod: number; readonly cpuQuota: number };

const PERIOD = 100_000;

/**
 * Writes a number of processors so that the provider reads back what was written. It formats the engine's figure in a
 * way that turns `1` into `1.0`, but `10` into `10.` and `0.05` into `0.1`; where its own form would be another figure,
 * the same limit is written as a quota of the scheduler's period, in microseconds.
 */
export function renderCpus(cpus: number): RenderedCpus {
  const text = asProviderReads(cpus);
  if (!text.endsWith(".") && Number(text) === cpus) {
    return { cpus: text };
  }
  return { cpuPeriod: PERIOD, cpuQuota: Math.round(cpus * PERIOD) };
}

function asProviderReads(cpus: number): string {
  const nine = cpus.toFixed(9);
  const zeros = nine.split("0").length - 1;
  return zeros === 9 ? cpus.toFixed(1) : nine.replace(/0+$/, "");
}
