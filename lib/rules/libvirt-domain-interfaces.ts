import { at, elements, inElements } from "./at";
import { blocks, isReference, type Json, member } from "./document";
import { quoted, rulesOf, rulesOn } from "./look";
import type { Rule, Sight } from "./rule";

const LIST = "devices.interfaces";
const SOURCES: readonly string[] = [
  "bridge",
  "direct",
  "ethernet",
  "hostdev",
  "internal",
  "network",
  "server",
  "user",
  "vdpa",
  "vds",
  "vhost_user",
];

const rule = rulesOn("libvirt/domain", "libvirt_domain");
const ruleOf = rulesOf("libvirt/domain", "libvirt_domain");
const sourceOf = (nic: Json) => SOURCES.filter((kind) => member(nic, "source")?.[kind] !== undefined);

/** Looks at the interfaces with one kind of source. */
function of(body: Json, kinds: readonly string[], look: (nic: Json, attribute: string) => Sight | undefined): Sight[] {
  return elements(body, LIST).flatMap(({ attribute, element }) => {
    const [kind = ""] = sourceOf(element);
    const seen = kinds.includes(kind) ? look(element, attribute) : undefined;
    return seen ? [seen] : [];
  });
}

/** What libvirt refuses, drops or ignores in a domain's network interfaces. */
export const libvirtDomainInterfaceRules: readonly Rule[] = [
  rule("interface-sources", "no error: one of them is dropped", (body) =>
    elements(body, LIST).flatMap(({ attribute, element }) =>
      sourceOf(element).length > 1
        ? [{ attribute: `${attribute}.source`, bound: "be of one kind", value: sourceOf(element).join(" and ") }]
        : [],
    ),
  ),
  rule("interface-mtu", "setting MTU on interface type user is not supported yet", (body) =>
    of(body, ["user", "hostdev", "vhost_user"], (nic, attribute) =>
      at(nic, "mtu.size") === undefined
        ? undefined
        : {
            attribute: `${attribute}.mtu`,
            bound: `be left out for a ${String(sourceOf(nic)[0])}`,
            value: String(at(nic, "mtu.size")),
          },
    ),
  ),
  rule(
    "interface-vlan-bridge",
    "an interface of type bridge is requesting a vlan tag, but that is not supported",
    (body) =>
      of(body, ["bridge"], (nic, attribute) =>
        blocks(at(nic, "vlan.tags")).length > 0 && nic.virtual_port === undefined
          ? {
              attribute: `${attribute}.vlan`,
              bound: "be left out on a bridge of Linux",
              value: "set",
              fix: "tag the bridge's own port, or name a virtual_port of Open vSwitch",
            }
          : undefined,
      ),
  ),
  rule(
    "interface-target-length",
    "Network interface names must be at most 15 characters",
    inElements(LIST, "target.dev", (name) =>
      String(name).length <= 15 ? undefined : { bound: "have at most 15 characters", value: quoted(name) },
    ),
  ),
  rule(
    "interface-address",
    "Invalid attempt to set network interface guest-side IP route and/or address info, not supported by QEMU",
    (body) =>
      of(body, ["network", "bridge", "direct", "ethernet"], (nic, attribute) =>
        blocks(nic.ip).length > 0
          ? {
              attribute: `${attribute}.ip`,
              bound: "be left out: QEMU tells a guest no address",
              value: "set",
              fix: "set it by cloud-init, or as a dhcp host of the network",
            }
          : undefined,
      ),
  ),
  rule(
    "interface-port-forward",
    "no error, or refused by newer versions: nothing is forwarded",
    (body) =>
      of(body, ["network", "bridge", "direct", "ethernet"], (nic, attribute) =>
        blocks(nic.port_forward).length > 0
          ? { attribute: `${attribute}.port_forward`, bound: "be left out where source is not user", value: "set" }
          : undefined,
      ),
    { proof: "read" },
  ),
  rule(
    "interface-queues-model",
    "no error: only virtio has queues",
    (body) =>
      elements(body, LIST).flatMap(({ attribute, element }) => {
        const model = at(element, "model.type");
        return at(element, "driver.queues") !== undefined &&
          typeof model === "string" &&
          !isReference(model) &&
          !model.startsWith("virtio")
          ? [
              {
                attribute: `${attribute}.driver.queues`,
                bound: "be left out where the model is not virtio",
                value: quoted(model),
              },
            ]
          : [];
      }),
    { proof: "read" },
  ),
  ruleOf(
    "interface-port-group",
    "no error: the network's own settings hold",
    (domain, document) =>
      elements(domain.body, LIST).flatMap(({ attribute, element }) => {
        const group = at(element, "source.network.port_group");
        const network = document.referred(at(element, "source.network.network"));
        const known = blocks(network?.body.port_groups).map(({ name }) => name);
        return typeof group === "string" && !isReference(group) && network && !known.includes(group)
          ? [
              {
                attribute: `${attribute}.source.network.port_group`,
                bound: `be a port group of ${network.address}`,
                value: quoted(group),
              },
            ]
          : [];
      }),
    { proof: "read" },
  ),
  ruleOf(
    "wait-without-dhcp",
    "no error within the time: nobody gives the guest a lease",
    (domain, document) =>
      elements(domain.body, LIST).flatMap(({ attribute, element }) => {
        const network = document.referred(at(element, "source.network.network"));
        const served = blocks(network?.body.ips).some(({ dhcp }) => dhcp !== undefined);
        return at(element, "wait_for_ip.source") === "lease" &&
          network?.type === "libvirt_network" &&
          !served &&
          blocks(network.body.ips).length > 0
          ? [
              {
                attribute: `${attribute}.wait_for_ip.source`,
                bound: "not be lease where the network serves no dhcp",
                value: network.address,
                fix: "give the network a dhcp range",
              },
            ]
          : [];
      }),
    { proof: "read" },
  ),

  rule(
    "interface-mtu-size",
    "Cannot set interface MTU: Invalid argument",
    inElements(LIST, "mtu.size", (size) =>
      Number(size) >= 68 && Number(size) <= 65_535 ? undefined : { bound: "be 68 to 65535 bytes", value: String(size) },
    ),
  ),
  rule(
    "interface-vlan-id",
    "no error, or refused: a tag is from 1 to 4094",
    (body) =>
      elements(body, LIST).flatMap(({ attribute, element }) =>
        elements(element, "vlan.tags").flatMap(({ attribute: inner, element: { id } }) =>
          id === undefined || isReference(id) || (Number(id) !== 0 && Number(id) !== 4095)
            ? []
            : [{ attribute: `${attribute}.${inner}.id`, bound: "be a tag from 1 to 4094", value: String(id) }],
        ),
      ),
    { proof: "read" },
  ),

  ruleOf(
    "interface-vlan-network",
    "an interface connecting to network X is requesting a vlan tag, but that is not supported for this type of network",
    (domain, document) =>
      elements(domain.body, LIST).flatMap(({ attribute, element }) => {
        const network = document.referred(at(element, "source.network.network"));
        const mode = at(network?.body ?? {}, "forward.mode") ?? "none";
        const open = network && at(network.body, "virtual_port.params.open_v_switch") !== undefined;
        return blocks(at(element, "vlan.tags")).length > 0 &&
          network?.type === "libvirt_network" &&
          ["none", "nat", "route", "open"].includes(String(mode)) &&
          !open &&
          element.virtual_port === undefined
          ? [
              {
                attribute: `${attribute}.vlan`,
                bound: `be left out on a network with the mode "${String(mode)}"`,
                value: network.address,
                fix: "a network of its own keeps guests apart",
              },
            ]
          : [];
      }),
  ),
  rule(
    "interface-filter",
    "filterref is not supported for network interfaces of type direct",
    (body) =>
      of(body, ["direct"], (nic, attribute) =>
        nic.filter_ref === undefined
          ? undefined
          : {
              attribute: `${attribute}.filter_ref`,
              bound: `be left out for a ${String(sourceOf(nic)[0])}`,
              value: "set",
            },
      ),
    { proof: "read" },
  ),
];
