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
