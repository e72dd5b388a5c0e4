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
