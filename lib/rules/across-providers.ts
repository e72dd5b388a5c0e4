import { at, elements } from "./at";
import { blocks, type Document, isReference, member, type Rendered } from "./document";
import { enclosing } from "./enclosing";
import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { prefixOf } from "./subnet";

/** The machine behind an endpoint of either provider; undefined for one that says nothing of it. */
function hostOf(endpoint: string): string | undefined {
  const [, scheme = "", host = ""] = /^([a-z+]+):\/\/(?:[^/@]*@)?([^/:?]*)/.exec(endpoint) ?? [];
  return scheme === "unix" || (scheme === "qemu" && host === "") ? "local" : host === "" ? undefined : host;
}

interface Bridges {
  /** By each of their subnets. */
  readonly own: ReadonlyMap<string, readonly Rendered[]>;
  /** By each of their subnets and every larger one around it. */
  readonly around: ReadonlyMap<string, readonly Rendered[]>;
  readonly byName: ReadonlyMap<string, readonly Rendered[]>;
}

const known = new WeakMap<Document, Bridges>();

/** The networks of Docker, whose bridges stand on the same machine as libvirt's; each document is looked through once. */
function dockerBridges(document: Document): Bridges {
  const found = known.get(document);
  if (found) {
    return found;
  }
  const own = new Map<string, Rendered[]>();
  const around = new Map<string, Rendered[]>();
  const byName = new Map<string, Rendered[]>();
  const add = (map: Map<string, Rendered[]>, key: string, one: Rendered) =>
    map.set(key, [...(map.get(key) ?? []), one]);
  for (const network of document.resources("docker_network")) {
    for (const { subnet } of blocks(network.body.ipam_config)) {
      const [address = "", prefix] = typeof subnet === "string" && !isReference(subnet) ? subnet.split("/") : [];
      const [mine, ...larger] = enclosing(address, Number(prefix));
      if (mine !== undefined) {
        add(own, mine, network);
        for (const key of [mine, ...larger]) {
          add(around, key, network);
        }
      }
    }
    const name = member(network.body, "options")?.["com.docker.network.bridge.name"];
    if (typeof name === "string" && !isReference(name)) {
      add(byName, name, network);
    }
  }
  const bridges = { own, around, byName };
  known.set(document, bridges);
  return bridges;
}

function onSameMachine(network: Rendered, document: Document): (other: Rendered) => boolean {
  const mine = hostOf(document.machineOf(network));
  return (other) => mine !== undefined && hostOf(document.machineOf(other)) === mine;
}

const network = rulesOf("libvirt/network", "libvirt_network");
const domain = rulesOf("libvirt/domain", "libvirt_domain");

const published = new WeakMap<Document, ReadonlyMap<number, readonly Rendered[]>>();

/** The containers that publish a port by TCP; each document is looked through once. */
function publishers(document: Document, port: number): readonly Rendered[] {
  let index = published.get(document);
  if (!index) {
    const all = new Map<number, Rendered[]>();
    for (const container of document.resources("docker_container")) {
      for (const { external, protocol = "tcp" } of blocks(container.body.ports)) {
        if (protocol === "tcp" && typeof external === "number") {
          all.set(external, [...(all.get(external) ?? []), container]);
        }
      }
    }
    index = all;
    published.set(document, all);
  }
  return index.get(port) ?? [];
}

/** What libvirt and Docker take from each other on one machine. */
export const acrossProviderRules: readonly Rule[] = [
  network(
    "subnet-of-docker",
    "Network is already in use by interface br-X; or Pool overlaps with other one on this address space",
    (one, document) =>
      elements(one.body, "ips").flatMap(({ attribute, element: { address, netmask, prefix = prefixOf(netmask) } }) => {
        const [mine = "", ...larger] = isReference(address) ? [] : enclosing(String(address), Number(prefix));
        const { own, around } = dockerBridges(document);
        const met = new Set([...(around.get(mine) ?? []), ...larger.flatMap((key) => own.get(key) ?? [])]);
        return [...met].filter(onSameMachine(one, document)).map((other) => ({
          attribute: `${attribute}.address`,
          bound: "not meet a network of Docker on the same machine",
          value: `${mine}, which meets ${other.address}`,
          fix: "choose another subnet",
        }));
      }),
    { proof: "read", claimed: true },
  ),
  network(
    "bridge-of-docker",
    "Network interface X already exists: File exists",
    (one, document) => {
      const name = at(one.body, "bridge.name");
      const met = typeof name === "string" ? (dockerBridges(document).byName.get(name) ?? []) : [];
      return met.filter(onSameMachine(one, document)).map((other) => ({
        attribute: "bridge.name",
        bound: "be a bridge of its own on the machine",
        value: `${quoted(name)}, which ${other.address} has`,
        fix: "choose another name",
      }));
    },
    { proof: "read" },
  ),
  domain(
    "console-port-of-docker",
    "Failed to find an available port: Address already in use; or port is already allocated",
    (one, document) =>
      elements(one.body, "devices.graphics").flatMap(({ attribute, element }) =>
        ["vnc", "spice"].flatMap((kind) => {
          const port = at(element, `${kind}.port`);
          return (typeof port === "number" ? publishers(document, port) : [])
            .filter(onSameMachine(one, document))
            .map((other) => ({
              attribute: `${attribute}.${kind}.port`,
              bound: "be a port that no container of the machine publishes",
              value: `${String(port)}, which ${other.address} publishes`,
              fix: "choose another port",
            }));
        }),
      ),
    { proof: "read", claimed: true },
  ),
];
