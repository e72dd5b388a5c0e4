import { isIP } from "node:net";
import { atPath, elements, inElements } from "./at";
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
  rule("dns-host-names", "Missing hostname in network X DNS HOST record", (body) =>
    elements(body, "dns.host").flatMap(({ attribute, element: { hostnames } }) =>
      hostnames === undefined || (Array.isArray(hostnames) && hostnames.length === 0)
        ? [{ attribute: `${attribute}.hostnames`, bound: "name at least one host", value: "none" }]
        : [],
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
  rule(
    "dns-service-port",
    "invalid DNS SRV port '70000'",
    inElements("dns.sr_vs", "port", (port) =>
      Number(port) >= 1 && Number(port) <= 65_535 ? undefined : { bound: "be 1 to 65535", value: String(port) },
    ),
  ),

  rule(
    "dns-service-protocol",
    "Invalid protocol attribute value '_tcp' in DNS SRV record",
    inElements("dns.sr_vs", "protocol", (protocol) =>
      ["tcp", "udp"].includes(String(protocol)) ? undefined : { bound: 'be "tcp" or "udp"', value: quoted(protocol) },
    ),
  ),
];
