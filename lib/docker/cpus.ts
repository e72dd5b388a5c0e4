import { cpusAsRead } from "../units/provider-cpus";

/** How a share of processors is written for the Docker provider. */
export type RenderedCpus = { readonly cpus: string } | { readonly cpuPeriod: number; readonly cpuQuota: number };

const PERIOD = 100_000;

/**
 * Writes a number of processors so that the provider reads back what was written. Where its own form would be another
 * figure, the same limit is written as a quota of the scheduler's period, in microseconds.
 */
export function renderCpus(cpus: number): RenderedCpus {
  const text = cpusAsRead(cpus);
  if (!text.endsWith(".") && Number(text) === cpus) {
    return { cpus: text };
  }
  return { cpuPeriod: PERIOD, cpuQuota: Math.round(cpus * PERIOD) };
}
