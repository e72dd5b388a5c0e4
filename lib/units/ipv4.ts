import { quote, UnitError } from "./unit-error";

/** An IPv4 address as one number, 0 to 2^32 - 1, or undefined where the text is none. Four plain decimal parts only. */
export function parseIpv4(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) {
    return undefined;
  }
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) {
      return undefined;
    }
    value = value * 256 + Number(part);
  }
  return value;
}

/** The text of an address given as one number. */
export function formatIpv4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

const block = (first: string, prefix: number): readonly [number, number] => {
  const base = parseIpv4(first) ?? 0;
  return [base, base + 2 ** (32 - prefix) - 1];
};

/** Ranges that mean something else everywhere. */
const RESERVED = [
  { range: block("0.0.0.0", 8), use: "this network" },
  { range: block("127.0.0.0", 8), use: "loopback" },
  { range: block("169.254.0.0", 16), use: "link-local" },
  { range: block("224.0.0.0", 4), use: "multicast" },
  { range: block("240.0.0.0", 4), use: "reserved" },
] as const;

/**
 * An IPv4 subnet in canonical form.
 *
 * @example Cidr.parse("10.77.0.0/24").host(10) // "10.77.0.10"
 */
export class Cidr {
  private constructor(
    /** The first address, as one number. */
    public readonly base: number,
    /** The prefix length, 1 to 30. */
    public readonly prefix: number,
  ) {}

  /** The same of what may be anything; undefined where it is no such subnet. */
  public static of(text: unknown): Cidr | undefined {
    try {
      return typeof text === "string" ? Cidr.parse(text) : undefined;
    } catch {
      return undefined;
    }
  }

  /** Reads `a.b.c.d/n`. Throws {@link UnitError} for anything else, for host bits, and for prefixes outside 1 to 30. */
  public static parse(text: string): Cidr {
    const [address = "", prefixText = "", ...rest] = text.split("/");
    const base = parseIpv4(address);
    const prefix = /^\d{1,2}$/.test(prefixText) ? Number(prefixText) : Number.NaN;
    if (base === undefined || rest.length > 0 || !(prefix >= 1 && prefix <= 30)) {
      throw new UnitError("an IPv4 subnet such as 10.77.0.0/24 with a prefix of 1 to 30", quote(text));
    }
    const size = 2 ** (32 - prefix);
    if (base % size !== 0) {
      const network = formatIpv4(base - (base % size));
      throw new UnitError("a subnet without host bits", quote(text), `did you mean "${network}/${prefix}"?`);
    }
    return new Cidr(base, prefix);
  }

  /** The subnet of this prefix length that an address lies in. Throws {@link UnitError} where either is none. */
  public static around(address: string, prefix: number): Cidr {
    const value = parseIpv4(address);
    if (value === undefined || !Number.isInteger(prefix) || prefix < 1 || prefix > 30) {
      throw new UnitError("an IPv4 address with a prefix of 1 to 30", quote(`${address}/${prefix}`));
    }
    return new Cidr(value - (value % 2 ** (32 - prefix)), prefix);
  }

  /** How many addresses the subnet has, network and broadcast address included. */
  public get size(): number {
    return 2 ** (32 - this.prefix);
  }

  /** The address `offset` places after the network address. */
  public host(offset: number): string {
    return formatIpv4(this.base + offset);
  }

  /** How far an address lies after the network address, or undefined where it lies outside. */
  public offsetOf(address: string): number | undefined {
    const value = parseIpv4(address);
    return value !== undefined && this.contains(value) ? value - this.base : undefined;
  }

  /** True where `offset` is an address that a machine may have: neither the network's nor the broadcast address. */
  public isUsable(offset: number): boolean {
    return offset > 0 && offset < this.size - 1;
  }

  /** True where the two subnets share an address. */
  public overlaps(other: Cidr): boolean {
    return this.contains(other.base) || other.contains(this.base);
  }

  /** `10.77.0.0/24`. */
  public toString(): string {
    return `${formatIpv4(this.base)}/${this.prefix}`;
  }

  /** Why no network of machines can have this range, or undefined where one can. */
  public get reservedFor(): string | undefined {
    return RESERVED.find(({ range: [first, last] }) => this.base <= last && this.base + this.size - 1 >= first)?.use;
  }

  private contains(value: number): boolean {
    return value >= this.base && value < this.base + this.size;
  }
}
