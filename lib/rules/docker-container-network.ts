import { isIP } from "node:net";
import { Cidr } from "../units/ipv4";
import { everyAddressLike, isEveryAddress } from "../units/listen-address";
import { UnitError } from "../units/unit-error";
import { blocks, type Document, isObject, isReference, type Json, type Rendered } from "./document";
import { inBlocks, on, oneOf, quoted, repeated, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";
import { sharers } from "./taken";

function internalOnly(container: Rendered, document: Document): boolean {
  const networks = blocks(container.body.networks_advanced).map(({ name }) => document.referred(name));
  return networks.length > 0 && networks.every((network) => network?.body.internal === true);
}

function addressSights(container: Rendered, document: Document): Sight[] {
  return blocks(container.body.networks_advanced).flatMap(({ name, ipv4_address: address }, index) => {
    const network = document.referred(name);
    if (typeof address !== "string" || isReference(address) || !network) {
      return [];
    }
    const attribute = `networks_advanced.${index}.ipv4_address`;
    const subnets = blocks(network.body.ipam_config).flatMap(({ subnet, gateway }) =>
      typeof subnet === "string" ? [{ subnet, gateway }] : [],
    );
    if (subnets.length === 0) {
      return [
        {
          attribute,
          bound: "stand on a network with a subnet of its own",
          value: quoted(address),
          fix: "give the network a subnet",
        },
      ];
    }
    const home = subnets.find(({ subnet }) => usableIn(subnet, address));
    if (!home) {
      const bound = `be an address that a container may have in ${subnets.map(({ subnet }) => subnet).join(", ")}`;
      return [{ attribute, bound, value: quoted(address) }];
    }
    return home.gateway === address
      ? [{ attribute, bound: "not be the network's gateway", value: quoted(address) }]
      : [];
  });
}

function usableIn(subnet: string, address: string): boolean {
  try {
    const cidr = Cidr.parse(subnet);
    const offset = cidr.offsetOf(address);
    return offset !== undefined && cidr.isUsable(offset);
  } catch (error) {
    if (error instanceof UnitError) {
      return true;
    }
    throw error;
  }
}

const onPort = sharers((container) => portsOf(container.body).flatMap((port) => [onAny(port), onAddressOf(port)]));
const onAddress = sharers((container) => addressesOf(container).map(({ key }) => key));

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse, drop or undo in a container's networks and ports. */
export const dockerContainerNetworkRules: readonly Rule[] = [
  rule(
    "ports-without-network",
    "conflicting options: port publishing and the container type network mode; or a replacement in every plan",
    (container, document) => {
      const { body } = container;
      const mode = String(body.network_mode ?? "bridge");
      if (blocks(body.ports).length === 0) {
        return [];
      }
      const port = `port ${String(blocks(body.ports)[0]?.internal)}`;
      if (/^(host|none|container:)/.test(mode)) {
        const fix =
          mode === "host"
            ? "a container on the host's network needs no published ports"
            : "a container without a network can publish nothing";
        return [
          { attribute: "ports", bound: "be left out on this network", value: `${port} on network_mode "${mode}"`, fix },
        ];
      }
      return internalOnly(container, document)
        ? [
            {
              attribute: "ports",
              bound: "be left out where every network is internal",
              value: `${port} on internal networks only`,
              fix: "join a network that is not internal",
            },
          ]
        : [];
    },
  ),
  rule("port-range", "invalid port specification", ({ body }) =>
    blocks(body.ports).flatMap((port, index) =>
      (["internal", "external"] as const).flatMap((side) => {
        const value = port[side];
        const good = value === undefined || isReference(value) || (Number(value) >= 1 && Number(value) <= 65535);
        return good
          ? []
          : [{ attribute: `ports.${index}.${side}`, bound: "be a port from 1 to 65535", value: String(value) }];
      }),
    ),
  ),
  rule("port-internal-duplicate", "the second plan is never empty: the order of the two bindings flips", ({ body }) => {
    const keyOf = ({ internal, protocol }: Json) => `${String(internal)}/${String(protocol ?? "tcp")}`;
    return repeated(blocks(body.ports), keyOf).map((port) => ({
      attribute: "ports",
      bound: "publish a container port once",
      value: `${keyOf(port)} twice`,
      fix: "the provider never settles on their order; publish it on 0.0.0.0, or put a proxy in front",
    }));
  }),
  rule("networks-and-mode", "no error: aliases and addresses are dropped", ({ body }) =>
    blocks(body.networks_advanced).length > 0 && body.network_mode !== undefined
      ? [
          {
            attribute: "network_mode",
            bound: "be left out where networks_advanced is set",
            value: quoted(body.network_mode),
          },
        ]
      : [],
  ),
  rule("address", "Invalid address A: It does not belong to any of this network's subnets", addressSights),
  rule("address-taken", "Address already in use", (container, document) =>
    addressesOf(container).flatMap(({ index, key, address }) =>
      onAddress(container, document, key).map((other) => ({
        attribute: `networks_advanced.${index}.ipv4_address`,
        bound: "be an address of its own",
        value: `${quoted(address)}, which ${other.address} has`,
      })),
    ),
  ),
  rule(
    "port-address-empty",
    "the second plan is never empty: a replacement, as two bindings come back",
    inBlocks("ports", "ip", (ip) =>
      ip === "" ? { bound: "be left out rather than empty", value: '""', fix: "0.0.0.0 is every address" } : undefined,
    ),
  ),
  rule(
    "port-address",
    "no error: the port is published on every address, and a replacement in every plan",
    inBlocks("ports", "ip", (ip) =>
      ip === "" || isIP(String(ip)) !== 0
        ? undefined
        : { bound: "be an address", value: quoted(ip), fix: "such as 127.0.0.1" },
    ),
  ),
  rule("port-protocol", "invalid transport protocol: 0", inBlocks("ports", "protocol", oneOf(["tcp", "udp", "sctp"]))),
  rule(
    "port-taken",
    "Bind for 0.0.0.0:P failed: port is already allocated",
    (container, document) =>
      portsOf(container.body).flatMap((mine) =>
        (isEveryAddress(mine.ip)
          ? onPort(container, document, onAny(mine))
          : [
              ...onPort(container, document, onAddressOf(mine)),
              ...onPort(container, document, onAddressOf({ ...mine, ip: everyAddressLike(mine.ip) })),
            ]
        ).map(({ address }) => ({
          attribute: `ports.${mine.index}.external`,
          bound: "be a port that no other container publishes",
          value: `${mine.key}, which ${address} has`,
        })),
      ),
    { claimed: true },
  ),
  rule(
    "publish-all",
    "the second plan is never empty: a replacement, as the engine's choice comes back as ports",
    on("publish_all_ports", (all) =>
      all === true ? { bound: "be left out", value: "true", fix: "publish each port" } : undefined,
    ),
    { lines: ["3.9.0"] },
  ),
  rule("network-mac", "no error: the container has another address", ({ body }) =>
    blocks(body.networks_advanced).flatMap(({ mac_address: mac }, index) =>
      mac === undefined || isReference(mac) || mac === "" || /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(String(mac))
        ? []
        : [{ attribute: `networks_advanced.${index}.mac_address`, bound: "be a hardware address", value: quoted(mac) }],
    ),
  ),
  rule(
    "address-of-version-6",
    "user specified IP address is supported only when connecting to networks with user configured subnets",
    (container, document) =>
      blocks(container.body.networks_advanced).flatMap(({ name, ipv6_address: address }, index) => {
        const network = document.referred(name);
        const served =
          network &&
          (network.body.ipv6 === true ||
            blocks(network.body.ipam_config).some(({ subnet }) => String(subnet).includes(":")));
        return address === undefined || served !== false
          ? []
          : [
              {
                attribute: `networks_advanced.${index}.ipv6_address`,
                bound: "stand on a network with an IPv6 subnet",
                value: quoted(address),
              },
            ];
      }),
  ),
  rule("port-twice", "Bind for 0.0.0.0:P failed: port is already allocated", ({ body }) => {
    const before = new Map<string, PublishedPort[]>();
    return portsOf(body).flatMap((mine) => {
      const others = before.get(mine.key) ?? [];
      before.set(mine.key, others);
      others.push(mine);
      return others.some((one) => meet(one, mine) && one.internal !== mine.internal)
        ? [
            {
              attribute: `ports.${mine.index}.external`,
              bound: "publish one port of the container",
              value: `${mine.key} twice`,
            },
          ]
        : [];
    });
  }),
  rule(
    "network-mode",
    "network service:vpn not found",
    on("network_mode", (mode) =>
      String(mode).includes(":") && !String(mode).startsWith("container:")
        ? {
            bound: "be a network, or container: and an id",
            value: quoted(mode),
            fix: "container:${docker_container.NAME.id}",
          }
        : undefined,
    ),
  ),
  rule("network-twice", "no error: one of the two entries is dropped", ({ body }) =>
    repeated(
      blocks(body.networks_advanced).map((one, index) => ({ index, key: networkOf(one.name) })),
      ({ key }) => (key.startsWith("docker_network.") ? key : undefined),
    ).map(({ index, key }) => ({
      attribute: `networks_advanced.${index}.name`,
      bound: "join each network once",
      value: `${key} twice`,
    })),
  ),

  rule(
    "ports-on-macvlan",
    "the second plan is never empty: a replacement for ports",
    (container, document) => {
      const all = blocks(container.body.networks_advanced).map(({ name }) => document.referred(name));
      const bare = all.length > 0 && all.every((one) => ["macvlan", "ipvlan"].includes(String(one?.body.driver)));
      return bare && blocks(container.body.ports).length > 0
        ? [
            {
              attribute: "ports",
              bound: "be left out where every network is macvlan or ipvlan",
              value: `port ${String(blocks(container.body.ports)[0]?.internal)}`,
              fix: "the container has an address of its own on the network",
            },
          ]
        : [];
    },
    { proof: "read" },
  ),
  rule(
    "address-reserved",
    "Address already in use: an aux_address of the network is kept free",
    (container, document) =>
      blocks(container.body.networks_advanced).flatMap(({ name, ipv4_address: address }, index) => {
        const kept = blocks(document.referred(name)?.body.ipam_config).flatMap(({ aux_address: aux }) =>
          Object.values(isObject(aux) ? aux : {}),
        );
        return address !== undefined && kept.includes(address)
          ? [
              {
                attribute: `networks_advanced.${index}.ipv4_address`,
                bound: "not be an aux_address of the network",
                value: quoted(address),
              },
            ]
          : [];
      }),
  ),
  rule(
    "link-local",
    "invalid link-local IP address",
    ({ body }) =>
      blocks(body.networks_advanced).flatMap(({ link_local_ips: all }, index) =>
        (Array.isArray(all) ? (all as unknown[]) : [])
          .filter((one) => !isReference(one) && isIP(String(one)) === 0)
          .map((one) => ({
            attribute: `networks_advanced.${index}.link_local_ips`,
            bound: "be addresses",
            value: quoted(one),
          })),
      ),
    { lines: ["4.5.0"], proof: "read" },
  ),
  rule(
    "driver-option",
    "no error: what has no '=' is dropped",
    ({ body }) =>
      blocks(body.networks_advanced).flatMap(({ driver_opts: all }, index) =>
        (Array.isArray(all) ? (all as unknown[]) : [])
          .filter((one) => !isReference(one) && !String(one).includes("="))
          .map((one) => ({
            attribute: `networks_advanced.${index}.driver_opts`,
            bound: "be name=value",
            value: quoted(one),
          })),
      ),
    { lines: ["4.5.0"], proof: "read" },
  ),

  rule("overlay-attachable", "Could not attach to network X: network not manually attachable", (container, document) =>
    blocks(container.body.networks_advanced).flatMap(({ name }, index) => {
      const network = document.referred(name);
      return network?.body.driver === "overlay" &&
        network.body.attachable !== true &&
        !isReference(network.body.attachable)
        ? [
            {
              attribute: `networks_advanced.${index}.name`,
              bound: "be a network that containers may join",
              value: network.address,
              fix: "give it attachable = true",
            },
          ]
        : [];
    }),
  ),
];

interface PublishedPort {
  readonly index: number;
  readonly ip: string;
  /** Port and protocol. */
  readonly key: string;
  readonly internal: unknown;
}

/** The fixed ports that a container publishes on its machine. */
function portsOf(body: Json): PublishedPort[] {
  return blocks(body.ports).flatMap(({ external, internal, ip = "0.0.0.0", protocol = "tcp" }, index) =>
    typeof external === "number" ? [{ index, ip: String(ip), key: `${external}/${String(protocol)}`, internal }] : [],
  );
}

/** Names a port on every address of its kind. IPv4 and IPv6 are bound apart. */
function onAny({ key, ip }: PublishedPort): string {
  return `${key} of all like ${everyAddressLike(ip)}`;
}

function onAddressOf({ key, ip }: PublishedPort): string {
  return `${key} on ${ip}`;
}

/** Whether two ports cannot be had at once. */
function meet(a: PublishedPort, b: PublishedPort): boolean {
  return (
    a.key === b.key &&
    (a.ip === b.ip ||
      (everyAddressLike(a.ip) === everyAddressLike(b.ip) && (isEveryAddress(a.ip) || isEveryAddress(b.ip))))
  );
}

/** A network by the resource that makes it, whichever of its attributes names it. */
function networkOf(name: unknown): string {
  return String(name).replace(/^\$\{(docker_network\.[\w-]+)\.(id|name)\}$/, "$1");
}

/** The fixed addresses of a container; the key names the network, too. */
function addressesOf({ body }: Rendered): { readonly index: number; readonly key: string; readonly address: string }[] {
  return blocks(body.networks_advanced).flatMap(({ name, ipv4_address: address }, index) =>
    typeof address === "string" && !isReference(address)
      ? [{ index, key: `${networkOf(name)} ${address}`, address }]
      : [],
  );
}
