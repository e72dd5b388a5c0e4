import { Cidr } from "../units/ipv4";
import { UnitError } from "../units/unit-error";

/** The subnet that an address of a document lies in, or undefined where the two are none. */
export function subnetAround(address: string, prefix: number): Cidr | undefined {
  try {
    return Cidr.around(address, prefix);
  } catch (error) {
    if (error instanceof UnitError) {
      return undefined;
    }
    throw error;
  }
}

/** The prefix length that a netmask such as 255.255.255.0 stands for. */
export function prefixOf(netmask: unknown): number {
  const bits = String(netmask)
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return /^1+0*$/.test(bits) && bits.length === 32 ? bits.indexOf("0") : Number.NaN;
}
