import type { Sight } from "./rule";
import { subnetAround } from "./subnet";

/** What is wrong with a range that no network of machines can have. A range that is none is another rule's. */
export function reservedSights(attribute: string, address: string, prefix: number): Sight[] {
  const subnet = subnetAround(address, prefix);
  const use = subnet?.reservedFor;
  const fix = `${use}; take one of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16`;
  return use === undefined
    ? []
    : [{ attribute, bound: "be outside the ranges that no network can have", value: `${subnet}`, fix }];
}
