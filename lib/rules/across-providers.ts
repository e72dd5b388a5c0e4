import { at, elements } from "./at";
import { blocks, type Document, isReference, member, type Rendered } from "./document";
import { enclosing } from "./enclosing";
import { indexed } from "./indexed";
import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { prefixOf } from "./subnet";

/** The machine behind an endpoint of either provider; undefined for one that says nothing of it. */
function hostOf(endpoint: string): string | undefined {
  const [, scheme = "", host = ""] = /^([a-z+]+):\/\/(?:[^/@]*@)?([^/:?]*)/.exec(endpoint) ?? [];
  return scheme === "unix" || (scheme === "qemu" && host === "") ? "local" : host === "" ? undefined : host;
}

/** The IPv4 subnets of a network of Docker's, each with every larger one around it. */
function subnetsOf({ body }: Rendered): string[][] {
  return blocks(body.ipam_config).flatMap(({ subnet }) => {
    const [address = "", prefix] = typeof subnet === "string" && !isReference(subnet) ? subnet.split("/") : [];
    const around = enclosing(address, Number(prefix));
    return around.length > 0 ? [around] : [];
  });
}

const bySubnet = indexed((one) => subnetsOf(one).map(([own]) => own));
const bySubnetAround = indexed((one) => subnetsOf(one).flat());
const byBridge = indexed(({ body }) => {
  const name = member(body, "options")?.["com.docker.network.bridge.name"];
  return typeof name === "string" && !isReference(name) ? [name] : [];
});
/** Containers by the ports that they publish by TCP. */
const byPort = indexed(({ body }) =>
  blocks(body.ports).flatMap(({ external, protocol = "tcp" }) =>
    protocol === "tcp" && typeof external === "number" ? [external] : [],
  ),
);

function onSameMachine(network: Rendered, document: Document): (other: Rendered) => boolean {
  const mine = hostOf(document.machineOf(network));
  return (other) => mine !== undefined && hostOf(document.machineOf(other)) === mine;
}

const network = rulesOf("libvirt/network", "libvirt_network");
const domain = rulesOf("libvirt/domain", "libvirt_domain");

/** What libvirt and Docker take from each other on one machine. */
export const acrossProviderRules: readonly Rule[] = [
  network(
    "subnet-of-docker",
    "Network is already in use by interface br-X; or Pool overlaps with other one on this address space",
    (one, document) =>
      elements(one.body, "ips").flatMap(({ attribute, element: { address, netmask, prefix = prefixOf(netmask) } }) => {
        const [mine = "", ...larger] = isReference(address) ? [] : enclosing(String(address), Number(prefix));
        const met = new Set([
          ...bySubnetAround(document, "docker_network", mine),
          ...larger.flatMap((key) => bySubnet(document, "docker_network", key)),
        ]);
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
      const met = typeof name === "string" ? byBridge(document, "docker_network", name) : [];
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
          return (typeof port === "number" ? byPort(document, "docker_container", port) : [])
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
