const NUMBERS = /^\d+\.\d+\.\d+\.\d+$/;

/** An IPv4 address as one number; undefined where the value is none, or Terraform computes it. */
export function addressNumber(value: unknown): number | undefined {
  return typeof value === "string" && NUMBERS.test(value)
    ? value.split(".").reduce((sum, part) => sum * 256 + Number(part), 0)
    : undefined;
}

/** Whether a range of IPv4 addresses ends before it starts. */
export function isReversed(start: unknown, end: unknown): boolean {
  const [from, to] = [addressNumber(start), addressNumber(end)];
  return from !== undefined && to !== undefined && from > to;
}
