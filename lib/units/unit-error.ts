/** A value that cannot be: what it must be, what it was, and the way out. Models turn it into a problem of a prop. */
export class UnitError extends Error {
  constructor(
    /** What the value must be, continuing "must be …". */
    public readonly bound: string,
    /** The value as the user wrote it. */
    public readonly value: string,
    /** The way out, or nothing where the bound says it. */
    public readonly fix?: string,
  ) {
    super(`must be ${bound}, got ${value}${fix === undefined ? "" : ` (${fix})`}`);
    this.name = "UnitError";
  }
}

/** A value as it is quoted in messages, whatever it is; an instance says itself what it is. */
export function quote(value: unknown): string {
  if (value === undefined) {
    return "nothing";
  }
  const prototype: unknown = typeof value === "object" && value !== null ? Object.getPrototypeOf(value) : null;
  return prototype === null || prototype === Object.prototype || prototype === Array.prototype
    ? asJson(value)
    : String(value);
}

/** A value as JSON has it, and in words where JSON has none. */
export function asJson(value: unknown): string {
  switch (typeof value) {
    case "function":
      return "a function";
    case "number":
    case "symbol":
    case "undefined":
      return String(value);
    case "bigint":
      return `${value}n`;
    default:
      break;
  }
  try {
    return JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "bigint" || (typeof inner === "number" && !Number.isFinite(inner)) ? asJson(inner) : inner,
    );
  } catch {
    return "a circular value";
  }
}
