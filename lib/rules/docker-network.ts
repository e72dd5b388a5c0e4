import { Cidr } from "../units/ipv4";
import { UnitError } from "../units/unit-error";
import { blocks, isObject, isReference, type Rendered } from "./document";
import { enclosing } from "./enclosing";
import { indexed } from "./indexed";
import { isOutside } from "./ipv6-range";
import { misspelt, on, quoted, rulesOf } from "./look";
import { reservedSights } from "./reserved-range";
import type { Rule, Sight } from "./rule";
import { subnetAround } from "./subnet";
import { sharers, taken } from "./taken";

const PREDEFINED: ReadonlySet<string> = new Set(["bridge", "host", "none", "default"]);

const DRIVERS: readonly string[] = ["bridge", "overlay", "macvlan", "ipvlan", "host", "null"];

/** The IPv4 subnets of a network. */
function subnetsOf({ body }: Rendered): { readonly index: number; readonly subnet: string }[] {
  return blocks(body.ipam_config).flatMap(({ subnet }, index) =>
    typeof subnet === "string" && !isReference(subnet) && !subnet.includes(":") ? [{ index, subnet }] : [],
  );
}

/** Containers by the networks of the stack that they join, once for each time. */
const joining = indexed(({ body }, document) =>
  blocks(body.networks_advanced).flatMap(({ name }) => {
    const network = document.referred(name);
    return network ? [network] : [];
  }),
);

const onSubnet = sharers((network) =>
  subnetsOf(network).flatMap(({ subnet }) => {
    const [address = "", prefix] = subnet.split("/");
    return enclosing(address, Number(prefix));
  }),
);

const rule = rulesOf("docker/network", "docker_network");

/** What Docker and its provider refuse or change on their own in networks. */
export const dockerNetworkRules: readonly Rule[] = [
  {
    id: "docker/network/name",
    type: "docker_network",
    severity: "error",
    prevents: "operation is not permitted on predefined bridge network; network with name X already exists",
    proof: "run",
    check: ({ body: { name } }) => {
      if (typeof name !== "string" || isReference(name)) {
        return [];
      }
      const bound = PREDEFINED.has(name)
        ? "not be a network that Docker makes itself"
        : name.trim() !== "" && !/[\r\n]/.test(name)
          ? undefined
          : "be a line of text";
      return bound === undefined ? [] : [{ attribute: "name", bound, value: JSON.stringify(name) }];
    },
  },
  {
    id: "docker/network/subnet",
    type: "docker_network",
    severity: "error",
    prevents:
      "invalid network config: invalid subnet A: it should be B; failed to allocate gateway (A): Requested address is out of range",
    proof: "run",
    check: ({ body }) =>
      blocks(body.ipam_config).flatMap(({ subnet, gateway }, index) => subnetSights(subnet, gateway, index)),
  },
  {
    id: "docker/network/reserved-range",
    type: "docker_network",
    severity: "error",
    prevents: "no error: the host's own traffic goes astray",
    proof: "read",
    check: ({ body }) =>
      blocks(body.ipam_config).flatMap(({ subnet }, index) => {
        const [address = "", prefix = ""] = typeof subnet === "string" && !isReference(subnet) ? subnet.split("/") : [];
        return reservedSights(`ipam_config.${index}.subnet`, address, Number(prefix));
      }),
  },
  {
    id: "docker/network/subnet-missing",
    type: "docker_network",
    severity: "warning",
    prevents:
      "the engine picks a range of its own, which may be another network's tomorrow: Pool overlaps with other one on this address space",
    proof: "run",
    check: ({ body }) =>
      blocks(body.ipam_config).length > 0 || body.driver === "overlay"
        ? []
        : [
            {
              attribute: "ipam_config",
              bound: "name a subnet",
              value: "nothing",
              fix: "give it one that no other network of the machine has",
            },
          ],
  },
  rule(
    "name-taken",
    "network with name X already exists",
    taken("name", ({ body }) => body.name, "be a name of its own on the engine"),
    { claimed: true },
  ),
  rule(
    "subnet-taken",
    "Pool overlaps with other one on this address space",
    (network, document) =>
      subnetsOf(network).flatMap(({ index, subnet }) =>
        onSubnet(network, document, subnet).map(({ address }) => ({
          attribute: `ipam_config.${index}.subnet`,
          bound: "not overlap another network of the engine",
          value: `${subnet}, which meets ${address}`,
          fix: "choose another subnet",
        })),
      ),
    { claimed: true },
  ),
  rule("aux-address", "auxiliary address: (router:A) must belong to the master pool: S", ({ body }) =>
    blocks(body.ipam_config).flatMap(({ subnet, aux_address: aux }, index) =>
      Object.values(isObject(aux) ? aux : {}).flatMap((address) => {
        const [base = "", prefix] = String(subnet).split("/");
        const home = subnetAround(base, Number(prefix));
        return typeof address !== "string" || isReference(address) || !home || home.offsetOf(address) !== undefined
          ? []
          : [
              {
                attribute: `ipam_config.${index}.aux_address`,
                bound: `be an address in ${home}`,
                value: quoted(address),
              },
            ];
      }),
    ),
  ),
  rule(
    "ipv6-needs-subnet",
    "could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network",
    on("ipv6", (ipv6, { ipam_config: ipam }) =>
      ipv6 === true && !blocks(ipam).some(({ subnet }) => isReference(subnet) || String(subnet).includes(":"))
        ? { bound: "stand with an IPv6 subnet", value: "true alone", fix: "add an ipam_config with one of fd00::/8" }
        : undefined,
    ),
  ),
  rule("driver", 'plugin "bridged" not found', on("driver", misspelt(DRIVERS, "be a driver that there is"))),
  rule("gateway-without-subnet", "every ipam-config entry needs a subnet", ({ body }) =>
    blocks(body.ipam_config).flatMap(({ subnet, gateway, ip_range: range, aux_address: aux }, index) =>
      subnet === undefined && (gateway ?? range ?? aux) !== undefined
        ? [
            {
              attribute: `ipam_config.${index}.subnet`,
              bound: "be set where a gateway or a range is",
              value: "nothing",
            },
          ]
        : [],
    ),
  ),
  rule(
    "driver-once",
    'only one instance of "host" network is allowed',
    on("driver", (driver) =>
      driver === "host" || driver === "null"
        ? {
            bound: "not be one that the engine has once, by itself",
            value: quoted(driver),
            fix: 'give the container network_mode "host"',
          }
        : undefined,
    ),
  ),
  rule(
    "ip-range",
    "no error on some engines, refused by others: the range is not in the subnet",
    ({ body }) =>
      blocks(body.ipam_config).flatMap(({ subnet, ip_range: range }, index) => {
        const [base = "", prefix] = String(subnet).split("/");
        const [start = ""] = String(range).split("/");
        const home = subnetAround(base, Number(prefix));
        return range === undefined ||
          range === "" ||
          isReference(range) ||
          !home ||
          start.includes(":") ||
          home.offsetOf(start) !== undefined
          ? []
          : [{ attribute: `ipam_config.${index}.ip_range`, bound: `be a part of ${home}`, value: quoted(range) }];
      }),
    { proof: "read" },
  ),
  rule("subnets-of-a-bridge", "bridge driver doesn't support multiple subnets", (network) =>
    (network.body.driver === undefined || network.body.driver === "bridge") && subnetsOf(network).length > 1
      ? [
          {
            attribute: "ipam_config",
            bound: "have one IPv4 subnet on a bridge",
            value: String(subnetsOf(network).length),
          },
        ]
      : [],
  ),
  rule("gateway-of-version-6", "failed to allocate gateway (A): Requested address is out of range", ({ body }) =>
    blocks(body.ipam_config).flatMap(({ subnet, gateway }, index) =>
      typeof gateway === "string" && gateway.includes(":") && isOutside(subnet, gateway)
        ? [
            {
              attribute: `ipam_config.${index}.gateway`,
              bound: `be an address in ${String(subnet)}`,
              value: quoted(gateway),
            },
          ]
        : [],
    ),
  ),

  rule("ipv6-missing", "no error: the IPv6 subnet is ignored", ({ body }) =>
    body.ipv6 !== true && !isReference(body.ipv6)
      ? blocks(body.ipam_config).flatMap(({ subnet }, index) =>
          String(subnet).includes(":") && !isReference(subnet)
            ? [
                {
                  attribute: `ipam_config.${index}.subnet`,
                  bound: "stand with ipv6 = true",
                  value: quoted(subnet),
                },
              ]
            : [],
        )
      : [],
  ),

  rule(
    "overlay-gateway",
    "the second plan is never empty: a replacement, as the swarm fills the gateway in",
    ({ body }) =>
      body.driver === "overlay"
        ? blocks(body.ipam_config).flatMap(({ subnet, gateway }, index) =>
            subnet !== undefined && gateway === undefined
              ? [{ attribute: `ipam_config.${index}.gateway`, bound: "be set on an overlay", value: "nothing" }]
              : [],
          )
        : [],
  ),

  rule("subnet-full", "no available IPv4 addresses on this network's address pools", (network, document) => {
    const [{ subnet = "", index = 0 } = {}, more] = subnetsOf(network);
    const prefix = Number(subnet.split("/")[1]);
    // The first address, the last one and the gateway's are nobody's.
    const room = 2 ** (32 - prefix) - 3;
    const joined = joining(document, "docker_container", network).length;
    return subnet !== "" && more === undefined && prefix >= 24 && joined > room
      ? [
          {
            attribute: `ipam_config.${index}.subnet`,
            bound: `have room for ${joined} containers`,
            value: `${subnet}, which has ${Math.max(room, 0)} addresses for them`,
            fix: "choose a shorter prefix",
          },
        ]
      : [];
  }),
];

function subnetSights(subnet: unknown, gateway: unknown, index: number): Sight[] {
  if (typeof subnet !== "string" || isReference(subnet) || subnet.includes(":")) {
    return [];
  }
  let cidr: Cidr;
  try {
    cidr = Cidr.parse(subnet);
  } catch (error) {
    if (error instanceof UnitError) {
      return [
        { attribute: `ipam_config.${index}.subnet`, bound: `be ${error.bound}`, value: error.value, fix: error.fix },
      ];
    }
    throw error;
  }
  if (typeof gateway !== "string" || isReference(gateway)) {
    return [];
  }
  const offset = cidr.offsetOf(gateway);
  return offset !== undefined && cidr.isUsable(offset)
    ? []
    : [
        {
          attribute: `ipam_config.${index}.gateway`,
          bound: `be an address that a machine may have in ${subnet}`,
          value: JSON.stringify(gateway),
        },
      ];
}
