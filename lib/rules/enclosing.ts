import { subnetAround } from "./subnet";

/** A subnet and every larger one around it, as text: two subnets share an address where one's own text is among the other's. */
export function enclosing(address: string, prefix: number): string[] {
  return Array.from({ length: Math.max(0, prefix) }, (_, shorter) => subnetAround(address, prefix - shorter)).flatMap(
    (subnet) => (subnet ? [subnet.toString()] : []),
  );
}
