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

/** A value as it is quoted in messages. */
export function quote(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
