import { quote, UnitError } from "./unit-error";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** What Go's durations hold, which count nanoseconds in 64 bits. */
const LONGEST = 9_223_372_036_854;

/**
 * A length of time, kept in whole milliseconds.
 *
 * @example Duration.seconds(30)
 */
export class Duration {
  private constructor(private readonly amount: number) {}

  /** Whole milliseconds from 0 to 292 years. Throws {@link UnitError} otherwise. */
  public static milliseconds(amount: number): Duration {
    return Duration.of(amount, 1, "ms");
  }
  /** Seconds; a fraction is allowed down to a millisecond. */
  public static seconds(amount: number): Duration {
    return Duration.of(amount, SECOND, "s");
  }
  /** Minutes of 60 seconds. */
  public static minutes(amount: number): Duration {
    return Duration.of(amount, MINUTE, "min");
  }
  /** Hours of 60 minutes. */
  public static hours(amount: number): Duration {
    return Duration.of(amount, HOUR, "h");
  }

  private static of(amount: number, unit: number, name: string): Duration {
    const exact = typeof amount === "number" ? amount * unit : Number.NaN;
    const milliseconds = Math.round(exact);
    if (!(milliseconds >= 0 && milliseconds <= LONGEST && Math.abs(milliseconds - exact) <= 1e-6)) {
      throw new UnitError(
        `a whole number of milliseconds from 0 to ${LONGEST}, 292 years`,
        `${quote(amount)} ${name}`,
        "give a literal number, not a token",
      );
    }
    return new Duration(milliseconds);
  }

  /** The length in milliseconds. */
  public toMilliseconds(): number {
    return this.amount;
  }

  /** True for one second and every whole number of them: what an engine takes that counts in seconds and knows no 0. */
  public get isWholeSeconds(): boolean {
    return this.amount >= SECOND && this.amount % SECOND === 0;
  }

  /** The length in whole seconds, rounded up: a wait must not end early. */
  public toSecondsCeil(): number {
    return Math.ceil(this.amount / SECOND);
  }

  /** The length in seconds. Throws {@link UnitError} where it is not a whole number of them. */
  public toSeconds(): number {
    if (this.amount % SECOND !== 0) {
      throw new UnitError("a whole number of seconds", this.toString());
    }
    return this.amount / SECOND;
  }

  /** As Go prints a duration, `1m30s`: the only form that the Docker provider reads back unchanged. */
  public toString(): string {
    if (this.amount < SECOND) {
      return this.amount === 0 ? "0s" : `${this.amount}ms`;
    }
    const hours = Math.floor(this.amount / HOUR);
    const minutes = Math.floor((this.amount % HOUR) / MINUTE);
    const seconds = (this.amount % MINUTE) / SECOND;
    const head = hours > 0 ? `${hours}h${minutes}m` : minutes > 0 ? `${minutes}m` : "";
    return `${head}${seconds}s`;
  }
}
