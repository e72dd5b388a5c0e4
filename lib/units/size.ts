import { quote, UnitError } from "./unit-error";

const KIB = 1024;
const UNITS = [
  { name: "TiB", bytes: KIB ** 4 },
  { name: "GiB", bytes: KIB ** 3 },
  { name: "MiB", bytes: KIB ** 2 },
  { name: "KiB", bytes: KIB },
] as const;

/**
 * An amount of memory or storage, kept in whole bytes.
 *
 * @example Size.gibibytes(20)
 */
export class Size {
  private constructor(private readonly amount: number) {}

  /** Whole bytes, 0 to 2^53 - 1. Throws {@link UnitError} outside. */
  public static bytes(amount: number): Size {
    return Size.of(amount, 1, "bytes");
  }
  /** 1,024 bytes each. A fraction is allowed where it comes to whole bytes. */
  public static kibibytes(amount: number): Size {
    return Size.of(amount, KIB, "KiB");
  }
  /** 1,024 KiB each. */
  public static mebibytes(amount: number): Size {
    return Size.of(amount, KIB ** 2, "MiB");
  }
  /** 1,024 MiB each. */
  public static gibibytes(amount: number): Size {
    return Size.of(amount, KIB ** 3, "GiB");
  }
  /** 1,024 GiB each. */
  public static tebibytes(amount: number): Size {
    return Size.of(amount, KIB ** 4, "TiB");
  }

  private static of(amount: number, unit: number, name: string): Size {
    const bytes = typeof amount === "number" ? amount * unit : Number.NaN;
    if (!Number.isSafeInteger(bytes) || bytes < 0) {
      throw new UnitError(
        "a whole number of bytes from 0 to 2^53 - 1",
        `${quote(amount)} ${name}`,
        "give a literal number, not a token",
      );
    }
    return new Size(bytes);
  }

  /** The amount in bytes. */
  public toBytes(): number {
    return this.amount;
  }

  /** The amount in MiB. Throws {@link UnitError} where it is not a whole number of MiB. */
  public toMebibytes(): number {
    const mebibytes = this.amount / KIB ** 2;
    if (!Number.isInteger(mebibytes)) {
      throw new UnitError(
        "a whole number of MiB",
        this.toString(),
        `nearest: Size.mebibytes(${Math.max(1, Math.round(mebibytes))})`,
      );
    }
    return mebibytes;
  }

  /** True where this is less than `other`. */
  public isLessThan(other: Size): boolean {
    return this.amount < other.amount;
  }

  /** The amount in the largest unit that keeps it whole: `20 GiB`. */
  public toString(): string {
    const unit = UNITS.find(({ bytes }) => this.amount > 0 && this.amount % bytes === 0);
    return unit ? `${this.amount / unit.bytes} ${unit.name}` : `${this.amount} bytes`;
  }
}
