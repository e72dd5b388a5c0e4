/** The middle of some figures; of an even number of them the upper one. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** `1.23 s (1.20–1.31)`. */
export function spread(values: readonly number[], digits: number, unit: string): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} ${unit} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

/** The ratio of two medians. */
export function ratio(values: readonly number[], base: readonly number[]): number {
  return median(values) / median(base);
}
