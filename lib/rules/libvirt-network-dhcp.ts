import { isIP } from "node:net";
import { addressNumber, isReversed } from "./address-range";
import { elements } from "./at";
import { isReference, type Json, member } from "./document";
import { isOutside, sixteenths } from "./ipv6-range";
import { oneOf, quoted, repeated, rulesOn } from "./look";
import { macSights } from "./mac";
import type { Rule, Sight } from "./rule";
import { prefixOf, subnetAround } from "./subnet";

const rule = rulesOn("libvirt/network", "libvirt_network");

interface Entry {
  readonly attribute: string;
  readonly element: Json;
}

const ips = (body: Json): Entry[] => elements(body, "ips");

/** What every IP entry's DHCP server is told of single machines. */
const hosts = (body: Json): Entry[] => below(body, "hosts");
const ranges = (body: Json): Entry[] => below(body, "ranges");

function below(body: Json, list: string): Entry[] {
  return ips(body).flatMap(({ attribute, element }) =>
    elements(element, `dhcp.${list}`).map((one) => ({ ...one, attribute: `${attribute}.${one.attribute}` })),
  );
}

const isIpv6 = ({ family, address }: Json) => family === "ipv6" || String(address).includes(":");
function twice(body: Json, name: string, bound: string): Sight[] {
  return repeated(hosts(body), ({ element }) => element[name]).map(({ attribute, element }) => ({
    attribute: `${attribute}.${name}`,
    bound,
    value: `${quoted(element[name])} twice`,
  }));
}

/** What libvirt refuses, or its DHCP server ignores, in a network's addresses. */
export const libvirtNetworkDhcpRules: readonly Rule[] = [
  rule("prefix-and-netmask", "Network 'lan' IP address cannot have both a prefix and a netmask", (body) =>
    ips(body).flatMap(({ attribute, element: { prefix, netmask } }) =>
      prefix !== undefined && netmask !== undefined
        ? [{ attribute: `${attribute}.netmask`, bound: "be left out where a prefix is set", value: "both" }]
        : [],
    ),
  ),
  rule("prefix-missing", "no error: the network is as large as its class, 10.0.0.0/8", (body) =>
    ips(body).flatMap(({ attribute, element: { prefix, netmask, address } }) =>
      address !== undefined && !String(address).includes("/") && prefix === undefined && netmask === undefined
        ? [{ attribute: `${attribute}.prefix`, bound: "be set", value: "nothing", fix: "24 suits most" }]
        : [],
    ),
  ),
  rule("family", "no family specified for non-IPv4 address 'fd00::1' in network 'lan'", (body) =>
    ips(body).flatMap(({ attribute, element: { address, family } }) =>
      typeof address === "string" && !isReference(address) && address.includes(":") && family === undefined
        ? [{ attribute: `${attribute}.family`, bound: 'be "ipv6" for such an address', value: "nothing" }]
        : [],
    ),
  ),
  rule("range-reversed", "range A - B is reversed", (body) =>
    ranges(body).flatMap(({ attribute, element: { start, end } }) =>
      isReversed(start, end)
        ? [{ attribute, bound: "go from the lower address to the higher", value: `${String(start)} to ${String(end)}` }]
        : [],
    ),
  ),
  rule("range-size", "range A - B is too large (> 65535)", (body) =>
    ranges(body).flatMap(({ attribute, element: { start, end } }) =>
      (addressNumber(end) ?? 0) - (addressNumber(start) ?? Number.POSITIVE_INFINITY) > 65_535
        ? [{ attribute, bound: "hold at most 65536 addresses", value: `${String(start)} to ${String(end)}` }]
        : [],
    ),
  ),
  rule(
    "dhcp-once",
    "Multiple IPv4 dhcp sections found -- dhcp is supported only for a single IPv4 address on each network",
    (body) =>
      repeated(
        ips(body).filter(({ element }) => member(element, "dhcp") !== undefined),
        ({ element }) => isIpv6(element),
      ).map(({ attribute }) => ({
        attribute: `${attribute}.dhcp`,
        bound: "stand on one address of each family",
        value: "two",
      })),
  ),
  rule("host-key", "Static host definition in IPv4 network X must have mac or name attribute", (body) =>
    ips(body)
      .filter(({ element }) => !isIpv6(element))
      .flatMap(({ attribute, element }) =>
        elements(element, "dhcp.hosts").flatMap((host) =>
          host.element.mac === undefined && host.element.name === undefined
            ? [{ attribute: `${attribute}.${host.attribute}`, bound: "have a mac or a name", value: "neither" }]
            : [],
        ),
      ),
  ),
  rule("host-address", "Missing IP address in static host definition for network 'lan'", (body) =>
    hosts(body).flatMap(({ attribute, element }) =>
      element.ip === undefined ? [{ attribute: `${attribute}.ip`, bound: "be set", value: "nothing" }] : [],
    ),
  ),
  rule("host-mac", "expected unicast mac address, found multicast '53:54:00:00:00:01'", (body) =>
    // Upper case is kept here, unlike in an interface.
    hosts(body).flatMap(({ attribute, element: { mac } }) =>
      macSights(`${attribute}.mac`, typeof mac === "string" ? mac.toLowerCase() : undefined),
    ),
  ),
  rule(
    "host-twice",
    "no error: the DHCP server takes one of them",
    (body) => twice(body, "mac", "be told one address"),
    { proof: "read" },
  ),
  rule(
    "host-address-twice",
    "no error: the DHCP server takes one of them",
    (body) => twice(body, "ip", "be told to one machine"),
    { proof: "read" },
  ),
  rule("route-gateway", "unreachable static route gateway 'A' specified for network X", (body) =>
    elements(body, "routes").flatMap(({ attribute, element: { gateway } }) => {
      const homes = ips(body).flatMap(({ element: { address, prefix } }) => {
        const home = typeof address === "string" ? subnetAround(address, Number(prefix)) : undefined;
        return home ? [home] : [];
      });
      return addressNumber(gateway) === undefined ||
        homes.length === 0 ||
        homes.some((home) => home.offsetOf(String(gateway)) !== undefined)
        ? []
        : [
            {
              attribute: `${attribute}.gateway`,
              bound: `be an address in ${homes.join(" or ")}`,
              value: quoted(gateway),
            },
          ];
    }),
  ),
  rule("route-address", "Address 'A' in route definition is not a network address", (body) =>
    elements(body, "routes").flatMap(({ attribute, element: { address, prefix } }) => {
      const net = addressNumber(address) !== undefined ? subnetAround(String(address), Number(prefix)) : undefined;
      return net === undefined || net.toString() === `${String(address)}/${String(prefix)}`
        ? []
        : [
            {
              attribute: `${attribute}.address`,
              bound: "be a network's address",
              value: quoted(address),
              fix: `did you mean ${net}?`,
            },
          ];
    }),
  ),
  rule("lease", "The minimum lease time should be greater than 2 minutes", (body) =>
    ranges(body).flatMap(({ attribute, element }) => {
      const { expiry, unit = "minutes" } = member(element, "lease") ?? {};
      const seconds = Number(expiry) * ({ seconds: 1, minutes: 60, hours: 3600 }[String(unit)] ?? 60);
      return expiry === undefined || Number(expiry) === 0 || seconds >= 120
        ? []
        : [
            {
              attribute: `${attribute}.lease.expiry`,
              bound: "be at least 2 minutes",
              value: `${String(expiry)} ${String(unit)}`,
            },
          ];
    }),
  ),
  rule("lease-unit", "Invalid value for attribute 'unit' in element 'lease': 'days'", (body) =>
    [...ranges(body), ...hosts(body)].flatMap(({ attribute, element }) => {
      const unit = member(element, "lease")?.unit;
      const seen = unit === undefined || isReference(unit) ? undefined : oneOf(["seconds", "minutes", "hours"])(unit);
      return seen ? [{ attribute: `${attribute}.lease.unit`, ...seen }] : [];
    }),
  ),
  rule("family-unlike", "ipv6 family specified for non-IPv6 address 'A' in network 'lan'", (body) =>
    ips(body).flatMap(({ attribute, element: { address, family } }) => {
      const own = isIP(String(address)) === 6 ? "ipv6" : isIP(String(address)) === 4 ? "ipv4" : undefined;
      return family === undefined || own === undefined || isReference(family) || family === own
        ? []
        : [
            {
              attribute: `${attribute}.family`,
              bound: "be that of its address",
              value: `${quoted(family)} for ${String(address)}`,
            },
          ];
    }),
  ),
  rule("route-without-gateway", "Missing required gateway attribute in route definition", (body) =>
    elements(body, "routes").flatMap(({ attribute, element }) =>
      element.gateway === undefined ? [{ attribute: `${attribute}.gateway`, bound: "be set", value: "nothing" }] : [],
    ),
  ),
  rule("addresses-of-version-6", "range A - B is not entirely within network N/P", (body) =>
    ips(body)
      .filter(({ element }) => isIpv6(element))
      .flatMap(({ attribute, element }) => {
        const home = `${String(element.address)}/${String(element.prefix)}`;
        const given = [
          ...elements(element, "dhcp.ranges").flatMap((one) => [
            [`${one.attribute}.start`, one.element.start],
            [`${one.attribute}.end`, one.element.end],
          ]),
          ...elements(element, "dhcp.hosts").map((one) => [`${one.attribute}.ip`, one.element.ip]),
        ];
        return given
          .filter(([, address]) => isOutside(home, address))
          .map(([where, address]) => ({
            attribute: `${attribute}.${String(where)}`,
            bound: `be an address in ${home}`,
            value: quoted(address),
          }));
      }),
  ),
  rule("netmask", "Network 'lan' has an invalid netmask", (body) =>
    ips(body).flatMap(({ attribute, element: { netmask } }) =>
      netmask === undefined || isReference(netmask) || !Number.isNaN(prefixOf(netmask))
        ? []
        : [
            {
              attribute: `${attribute}.netmask`,
              bound: "be ones, then zeros",
              value: quoted(netmask),
              fix: "such as 255.255.255.0",
            },
          ],
    ),
  ),

  rule("range-whole", "Missing 'end' attribute in dhcp range for network", (body) =>
    elements(body, "ips").flatMap(({ attribute, element }) =>
      elements(element, "dhcp.ranges").flatMap(({ attribute: inner, element: range }) =>
        ["start", "end"]
          .filter((name) => range[name] === undefined)
          .map((name) => ({ attribute: `${attribute}.${inner}.${name}`, bound: "be set", value: "nothing" })),
      ),
    ),
  ),

  rule(
    "route-own",
    "unreachable static route gateway: the route leads to the network itself",
    (body) =>
      elements(body, "routes").flatMap(({ attribute, element: { address, gateway } }) => {
        const own = ips(body).some(({ element }) => element.address === gateway || element.address === address);
        return own
          ? [
              {
                attribute: `${attribute}.gateway`,
                bound: "be another machine on the network",
                value: quoted(gateway),
                fix: "the network reaches itself without a route",
              },
            ]
          : [];
      }),
    { proof: "read" },
  ),
  rule("range-of-version-6", "range A - B is reversed; or too large", (body) =>
    ranges(body).flatMap(({ attribute, element: { start, end } }) => {
      const [from, to] = [sixteenths(start), sixteenths(end)];
      return from === undefined || to === undefined || (from <= to && to - from <= 65_535n)
        ? []
        : [
            {
              attribute,
              bound: "go from the lower address to the higher, over at most 65536",
              value: `${String(start)} to ${String(end)}`,
            },
          ];
    }),
  ),
  rule("host-of-version-6", "Invalid to specify MAC address 'X' in network in IPv6 static host definition", (body) =>
    hosts(body).flatMap(({ attribute, element: { ip, mac } }) =>
      isIP(String(ip)) === 6 && mac !== undefined
        ? [
            {
              attribute: `${attribute}.mac`,
              bound: "be left out for IPv6",
              value: quoted(mac),
              fix: "name the machine by its id or name",
            },
          ]
        : [],
    ),
  ),
];
