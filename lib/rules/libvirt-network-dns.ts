import { isIP } from "node:net";
import { atPath, inElements } from "./at";
import { isReference } from "./document";
import { oneOf, quoted, rulesOn } from "./look";
import type { Rule } from "./rule";

const rule = rulesOn("libvirt/network", "libvirt_network");
const isAddress = (value: unknown) => isReference(value) || isIP(String(value)) !== 0;

/** What libvirt and its provider refuse in what a network's DNS answers. */
export const libvirtNetworkDnsRules: readonly Rule[] = [
  rule(
    "dns-enable",
    "Invalid value for attribute 'enable' in element 'dns': 'true'",
    atPath("dns.enable", oneOf(["yes", "no"])),
  ),
  rule(
    "local-domain",
    "Invalid value for attribute 'localOnly' in element 'domain': 'true'",
    atPath("domain.local_only", oneOf(["yes", "no"])),
  ),
  rule(
    "dns-host",
    "Invalid IP address in network 'lan' DNS HOST record",
    inElements("dns.host", "ip", (ip) => (isAddress(ip) ? undefined : { bound: "be an address", value: quoted(ip) })),
  ),
  rule(
    "dns-host-names",
    "Missing hostname in network X DNS HOST record",
    inElements("dns.host", "hostnames", (names) =>
      Array.isArray(names) && names.length === 0 ? { bound: "name at least one host", value: "none" } : undefined,
    ),
  ),
  rule(
    "dns-text",
    "prohibited character in DNS TXT record name 'a b'",
    inElements("dns.tx_ts", "name", (name) =>
      /\s/.test(String(name)) ? { bound: "have no spaces", value: quoted(name) } : undefined,
    ),
  ),
  rule(
    "dns-forwarder",
    "Invalid forwarder IP address",
    inElements("dns.forwarders", "addr", (address) =>
      isAddress(address) ? undefined : { bound: "be an address", value: quoted(address) },
    ),
  ),
];
