import type { Cidr } from "../units/ipv4";
import { isReversed } from "./address-range";
import { at, elements, inElements } from "./at";
import { blocks, isReference, type Json, member, type Rendered } from "./document";
import { enclosing } from "./enclosing";
import { nameSights } from "./libvirt-name";
import { quoted, rulesOf } from "./look";
import { macSights } from "./mac";
import { reservedSights } from "./reserved-range";
import type { Rule, Sight } from "./rule";
import { prefixOf, subnetAround } from "./subnet";
import { sharers, taken } from "./taken";

/** The IPv4 subnets of a network, with the attribute that each is made of. */
function subnetsOf({ body }: Rendered): { readonly attribute: string; readonly subnet: Cidr }[] {
  return blocks(body.ips).flatMap(({ address, prefix: given, netmask }, index) => {
    const prefix = given ?? prefixOf(netmask);
    const subnet =
      typeof address === "string" && !isReference(address) ? subnetAround(address, Number(prefix)) : undefined;
    return subnet ? [{ attribute: `ips.${index}.address`, subnet }] : [];
  });
}

const onSubnet = sharers((network) =>
  subnetsOf(network).flatMap(({ subnet }) => enclosing(subnet.host(0), subnet.prefix)),
);

const rule = rulesOf("libvirt/network", "libvirt_network");

/** What libvirt and its provider refuse or change on their own in networks. */
export const libvirtNetworkRules: readonly Rule[] = [
  rule("name", "missing name information; or name X cannot contain '/'", ({ body: { name } }) => nameSights(name), {
    claimed: true,
  }),
  rule("bridge-name", "error creating bridge interface X: Numerical result out of range", ({ body }) => {
    const name = member(body, "bridge")?.name;
    return typeof name !== "string" || isReference(name) || /^[a-zA-Z0-9_.-]{1,15}$/.test(name)
      ? []
      : [{ attribute: "bridge.name", bound: "be 1 to 15 letters, digits, '_', '.' or '-'", value: quoted(name) }];
  }),
  rule(
    "bridge-missing",
    "error creating bridge interface virbr5: File exists, when several networks are made at once",
    ({ body }) => {
      const managed = !["bridge", "private", "vepa", "passthrough", "hostdev"].includes(
        String(member(body, "forward")?.mode),
      );
      return managed && member(body, "bridge")?.name === undefined
        ? [{ attribute: "bridge.name", bound: "be set", value: "nothing" }]
        : [];
    },
    { proof: "read" },
  ),
  rule(
    "name-taken",
    "network 'X' already exists with uuid …",
    taken("name", ({ body }) => body.name, "be a name of its own on the host"),
    { claimed: true },
  ),
  rule(
    "bridge-taken",
    "bridge name 'X' already in use.",
    taken(
      "bridge.name",
      ({ body }) => (at(body, "forward.mode") === "bridge" ? undefined : at(body, "bridge.name")),
      "be a bridge of its own on the host",
    ),
    { claimed: true },
  ),
  rule(
    "subnet-taken",
    "internal error: Network is already in use by interface br0",
    (network, document) =>
      subnetsOf(network).flatMap(({ attribute, subnet }) =>
        onSubnet(network, document, subnet.toString()).map(({ address }) => ({
          attribute,
          bound: "not overlap another network of the host",
          value: `${subnet}, which meets ${address}`,
          fix: "choose another subnet",
        })),
      ),
    { claimed: true },
  ),
  rule(
    "zone",
    "zone trusted requested for network X but firewalld is not active",
    ({ body }) =>
      at(body, "bridge.zone") === undefined
        ? []
        : [
            {
              attribute: "bridge.zone",
              bound: "be left out on a host without firewalld",
              value: quoted(at(body, "bridge.zone")),
            },
          ],
    { severity: "warning" },
  ),
  rule("nat-range", "range A - B is reversed", ({ body }) =>
    elements(body, "forward.nat.addresses").flatMap(({ attribute, element: { start, end } }) =>
      isReversed(start, end)
        ? [{ attribute, bound: "go from the lower address to the higher", value: `${String(start)} to ${String(end)}` }]
        : [],
    ),
  ),
  rule("tftp-root", "Child process (dnsmasq …) unexpected exit status 3: TFTP directory is not there", ({ body }) =>
    inElements("ips", "tftp.root", (root) =>
      String(root).startsWith("/") ? undefined : { bound: "be an absolute path on the host", value: quoted(root) },
    )(body),
  ),
  rule("mac", "Provider produced inconsistent result after apply: .mac.address", ({ body }) =>
    macSights("mac.address", member(body, "mac")?.address),
  ),
  rule(
    "domain",
    "a name that no resolver asks for",
    ({ body }) => {
      const name = member(body, "domain")?.name;
      return typeof name !== "string" ||
        isReference(name) ||
        /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(name)
        ? []
        : [{ attribute: "domain.name", bound: "be DNS labels with dots between them", value: quoted(name) }];
    },
    { proof: "read" },
  ),
  rule(
    "reserved-range",
    "no error: the host's own traffic goes astray",
    ({ body }) =>
      blocks(body.ips).flatMap(({ address, prefix }, index) =>
        typeof address === "string" && typeof prefix === "number" && !isReference(address)
          ? reservedSights(`ips.${index}.address`, address, prefix)
          : [],
      ),
    { proof: "read" },
  ),
  rule("addresses", "range A - B is not entirely within network N/P", ({ body }) =>
    blocks(body.ips).flatMap(addressSights),
  ),
];

function addressSights(entry: Json, index: number): Sight[] {
  const { address, netmask, family = "ipv4" } = entry;
  if (typeof address === "string" && !isReference(address) && address.includes("/")) {
    const [bare, length] = address.split("/");
    const fix = `write ${bare}, and ${length} as its prefix`;
    return [
      { attribute: `ips.${index}.address`, bound: "be an address without a prefix", value: quoted(address), fix },
    ];
  }
  const prefix = entry.prefix ?? (netmask === undefined ? undefined : prefixOf(netmask));
  const known = typeof address === "string" && !isReference(address) && typeof prefix === "number";
  if (family !== "ipv4" || !known || address.includes(":")) {
    return [];
  }
  const cidr = subnetAround(address, prefix);
  if (!cidr) {
    return [
      {
        attribute: `ips.${index}.address`,
        bound: "be an IPv4 address with a prefix of 1 to 30",
        value: `${address}/${prefix}`,
      },
    ];
  }
  const dhcp = member(entry, "dhcp");
  const outside = (value: unknown) => {
    const offset = typeof value === "string" && !isReference(value) ? cidr.offsetOf(value) : 1;
    return offset === undefined || !cidr.isUsable(offset);
  };
  const bound = `be an address that a machine may have in ${cidr}`;
  return [
    ...(outside(address) ? [{ attribute: `ips.${index}.address`, bound, value: quoted(address) }] : []),
    ...blocks(dhcp?.hosts).flatMap(({ ip }, host) =>
      outside(ip) || ip === address
        ? [{ attribute: `ips.${index}.dhcp.hosts.${host}.ip`, bound, value: quoted(ip) }]
        : [],
    ),
    ...blocks(dhcp?.ranges).flatMap(({ start, end }, range) =>
      [start, end]
        .filter(outside)
        .map((value) => ({ attribute: `ips.${index}.dhcp.ranges.${range}`, bound, value: quoted(value) })),
    ),
  ];
}
