import { BlockList, isIPv6 } from "node:net";

/** Whether an IPv6 address is outside a subnet such as `fd00::/64`; false where either is none, or Terraform computes it. */
export function isOutside(subnet: unknown, address: unknown): boolean {
  const [base = "", prefix = ""] = String(subnet).split("/");
  if (!isIPv6(base) || !isIPv6(String(address)) || !/^\d{1,3}$/.test(prefix) || Number(prefix) > 128) {
    return false;
  }
  const range = new BlockList();
  range.addSubnet(base, Number(prefix), "ipv6");
  return !range.check(String(address), "ipv6");
}

/** An IPv6 address as one number; undefined where the value is none, or Terraform computes it. */
export function sixteenths(value: unknown): bigint | undefined {
  if (typeof value !== "string" || !isIPv6(value) || value.includes(".")) {
    return undefined;
  }
  const [head = "", tail] = value.replace(/%.*$/, "").split("::");
  const parts = (text: string | undefined) => (text ? text.split(":") : []);
  const left = parts(head);
  const right = parts(tail);
  const middle = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => "0");
  return [...left, ...middle, ...right].reduce((sum, part) => sum * 65_536n + BigInt(`0x${part}`), 0n);
}
