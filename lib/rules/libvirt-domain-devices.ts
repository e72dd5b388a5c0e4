import { at, atPath, elements, inElements } from "./at";
import { isObject, isReference, type Json, member } from "./document";
import { misspelt, oneOf, quoted, repeated, rulesOn } from "./look";
import type { Rule, Sight } from "./rule";

const rule = rulesOn("libvirt/domain", "libvirt_domain");

/** The kinds of source that an interface can have. */
const NIC_SOURCES: readonly string[] = [
  "bridge",
  "client",
  "direct",
  "ethernet",
  "hostdev",
  "internal",
  "mcast",
  "network",
  "null",
  "server",
  "udp",
  "user",
  "vdpa",
  "vds",
  "vhost_user",
];

/** The usual models of network cards. */
const MODELS: readonly string[] = [
  "virtio",
  "virtio-transitional",
  "virtio-non-transitional",
  "virtio-net-pci",
  "e1000",
  "e1000e",
  "e1000-82544gc",
  "e1000-82545em",
  "igb",
  "rtl8139",
  "ne2k_pci",
  "pcnet",
  "vmxnet3",
  "i82551",
  "i82557b",
  "i82559er",
  "usb-net",
  "xen",
  "none",
];

/** Every device that has an alias, with the attribute that it stands under. */
function aliases(body: Json): { readonly attribute: string; readonly name: unknown }[] {
  return Object.entries(member(body, "devices") ?? {}).flatMap(([family, list]) =>
    (Array.isArray(list) ? list : [list]).flatMap((device: unknown, index) =>
      isObject(device) && isObject(device.alias)
        ? [
            {
              attribute: `devices.${family}${Array.isArray(list) ? `.${index}` : ""}.alias.name`,
              name: device.alias.name,
            },
          ]
        : [],
    ),
  );
}

const pciOf = (hostdev: Json) => at(hostdev, "subsys_pci.source.address");

function twice(body: Json, list: string, keyOf: (element: Json) => unknown, path: string, bound: string): Sight[] {
  return repeated(elements(body, list), ({ element }) => keyOf(element)).map(({ attribute, element }) => ({
    attribute: path === "" ? attribute : `${attribute}.${path}`,
    bound,
    value: `${quoted(path === "" ? keyOf(element) : at(element, path))} twice`,
  }));
}

/** What libvirt and its provider refuse, ignore or undo in a domain's devices, disks apart. */
export const libvirtDomainDeviceRules: readonly Rule[] = [
  rule("interface-source", "no error: the guest has an interface that leads nowhere", (body) =>
    elements(body, "devices.interfaces").flatMap(({ attribute, element }) =>
      NIC_SOURCES.some((kind) => member(element, "source")?.[kind] !== undefined)
        ? []
        : [{ attribute: `${attribute}.source`, bound: "name a network, a bridge or another source", value: "nothing" }],
    ),
  ),
  rule("network-missing", "Missing required attribute 'network' in element 'source'", (body) =>
    elements(body, "devices.interfaces").flatMap(({ attribute, element }) => {
      const network = at(element, "source.network");
      return isObject(network) && (network.network === undefined || network.network === "")
        ? [{ attribute: `${attribute}.source.network.network`, bound: "name a network", value: "nothing" }]
        : [];
    }),
  ),
  rule(
    "interface-model",
    "Model name contains invalid characters",
    inElements("devices.interfaces", "model.type", (model) =>
      /^[\w-]+$/.test(String(model)) ? undefined : { bound: "be letters, digits, '_' or '-'", value: quoted(model) },
    ),
  ),
  rule(
    "interface-target",
    'Provider produced inconsistent result after apply: .target.dev: was "vnet77", but now "vnet0"',
    inElements("devices.interfaces", "target.dev", (dev) =>
      /^(vnet|vif|macvtap|macvlan)/.test(String(dev))
        ? {
            bound: "not begin with a word of libvirt's own",
            value: quoted(dev),
            fix: "vnet, vif, macvtap and macvlan are taken",
          }
        : undefined,
    ),
  ),
  rule(
    "interface-link",
    "unknown interface link state 'off'",
    inElements("devices.interfaces", "link.state", oneOf(["up", "down"])),
  ),
  rule("serial-port-twice", "internal error: target port '0' already allocated", (body) =>
    twice(
      body,
      "devices.serials",
      ({ target }) => (isObject(target) ? target.port : undefined),
      "target.port",
      "be another port for each",
    ),
  ),
  rule(
    "pty-path",
    'Provider produced inconsistent result after apply: .source.pty.path: was "/dev/pts/77", but now ""',
    (body) =>
      ["serials", "consoles", "channels"].flatMap((list) =>
        inElements(`devices.${list}`, "source.pty.path", (path) => ({
          bound: "be left out, since libvirt chooses it at every start",
          value: quoted(path),
        }))(body),
      ),
  ),
  rule(
    "watchdog-model",
    "unknown watchdog model 'i6300'",
    inElements("devices.watchdogs", "model", oneOf(["i6300esb", "ib700", "diag288", "itco"])),
  ),
  rule(
    "watchdog-action",
    "unknown watchdog action 'restart'",
    inElements(
      "devices.watchdogs",
      "action",
      oneOf(["reset", "shutdown", "poweroff", "pause", "dump", "none", "inject-nmi"]),
    ),
  ),
  rule("alias", "no error: libvirt drops the alias", (body) =>
    aliases(body).flatMap(({ attribute, name }) =>
      typeof name !== "string" || isReference(name) || /^ua-[\w.-]+$/.test(name)
        ? []
        : [{ attribute, bound: "begin with ua-", value: quoted(name), fix: "libvirt drops every other one" }],
    ),
  ),
  rule("alias-twice", "non unique alias detected: ua-a", (body) =>
    repeated(aliases(body), ({ name }) => name).map(({ attribute, name }) => ({
      attribute,
      bound: "be another alias for each device",
      value: `${quoted(name)} twice`,
    })),
  ),
  rule(
    "vsock-cid",
    "guest CIDs must be >= 3",
    atPath("devices.vsock.cid.address", (address) =>
      Number(address) >= 3
        ? undefined
        : { bound: "be at least 3", value: String(address), fix: "0 to 2 are the host's own" },
    ),
  ),
  rule(
    "pci-address",
    "Invalid PCI address slot='0x20', must be <= 0x1F",
    inElements("devices.hostdevs", "subsys_pci.source.address", (address) => {
      const bounds = { domain: 0xffff, bus: 0xff, slot: 0x1f, function: 7 };
      const odd = Object.entries(bounds).find(
        ([name, most]) => Number(isObject(address) ? (address[name] ?? 0) : 0) > most,
      );
      return (
        odd && {
          bound: `have a ${odd[0]} of at most ${odd[1]}`,
          value: String(isObject(address) ? address[odd[0]] : ""),
        }
      );
    }),
  ),
  rule("hostdev-twice", "Hostdev already exists in the domain configuration", (body) =>
    twice(
      body,
      "devices.hostdevs",
      (hostdev) => (pciOf(hostdev) === undefined ? undefined : quoted(pciOf(hostdev))),
      "subsys_pci.source.address",
      "be another device for each",
    ),
  ),
  rule("controller-twice", "Multiple 'scsi' controllers with index '0'", (body) =>
    twice(
      body,
      "devices.controllers",
      ({ type, index }) => (index === undefined ? undefined : `${String(type)} ${String(index)}`),
      "index",
      "be another number for each of a type",
    ),
  ),
  rule("virtiofs-memory", "'virtiofs' requires shared memory", (body) =>
    elements(body, "devices.filesystems").flatMap(({ attribute, element }) => {
      const shared = at(body, "memory_backing.memory_access.mode") === "shared";
      return at(element, "driver.type") === "virtiofs" && !shared
        ? [
            {
              attribute: `${attribute}.driver.type`,
              bound: "stand with shared memory",
              value: '"virtiofs" alone',
              fix: 'memory_source.type = "memfd" and memory_access.mode = "shared"',
            },
          ]
        : [];
    }),
  ),
  rule(
    "memory-source",
    "unknown memoryBacking/source/type 'ram'",
    atPath("memory_backing.memory_source.type", oneOf(["file", "anonymous", "memfd"])),
  ),
  rule(
    "huge-page-unit",
    "Provider produced inconsistent result after apply: .size: was 2, but now 2048",
    inElements("memory_backing.memory_huge_pages.hugepages", "unit", (unit) =>
      unit === "KiB"
        ? undefined
        : { bound: 'be "KiB", as libvirt stores it', value: quoted(unit), fix: "multiply the size" },
    ),
  ),
  rule(
    "tpm-model",
    "Invalid value for attribute 'model' in element 'tpm': 'tpm-3'",
    inElements("devices.tpms", "model", oneOf(["tpm-tis", "tpm-crb", "tpm-spapr", "spapr-tpm-proxy"])),
  ),
  rule(
    "sound-model",
    "Invalid value for attribute 'model' in element 'sound': 'loud'",
    inElements(
      "devices.sounds",
      "model",
      oneOf(["ich6", "ich7", "ich9", "ac97", "es1370", "sb16", "pcspk", "usb", "virtio"]),
    ),
  ),
  rule(
    "input-type",
    "unknown input device type 'joystick'",
    inElements("devices.inputs", "type", oneOf(["tablet", "mouse", "keyboard", "passthrough", "evdev"])),
  ),
  rule(
    "balloon-model",
    "Invalid value for attribute 'model' in element 'memballoon': 'xenon'",
    atPath(
      "devices.mem_balloon.model",
      oneOf(["virtio", "virtio-transitional", "virtio-non-transitional", "xen", "none"]),
    ),
  ),
  rule("iommu-remap", "IOMMU interrupt remapping requires split I/O APIC (ioapic driver='qemu')", (body) =>
    at(body, "devices.iommu.driver.int_remap") === "on" && at(body, "features.ioapic.driver") !== "qemu"
      ? [
          {
            attribute: "devices.iommu.driver.int_remap",
            bound: 'stand with features.ioapic.driver = "qemu"',
            value: '"on" alone',
          },
        ]
      : [],
  ),
  rule("tpm-once", "only a single TPM non-proxy device is supported", (body) =>
    elements(body, "devices.tpms").filter(({ element }) => element.model !== "spapr-tpm-proxy").length > 1
      ? [{ attribute: "devices.tpms", bound: "be one at most", value: String(elements(body, "devices.tpms").length) }]
      : [],
  ),
  rule(
    "filesystem-target-twice",
    "filesystem target 'share' specified twice",
    (body) =>
      twice(
        body,
        "devices.filesystems",
        ({ target }) => (isObject(target) ? target.dir : undefined),
        "target.dir",
        "be another tag for each",
      ),
    { proof: "read" },
  ),
  rule(
    "interface-model-name",
    "the guest does not start: the network interface model is not supported",
    inElements("devices.interfaces", "model.type", misspelt(MODELS, "be a model that QEMU has")),
    { proof: "read" },
  ),
  rule("hostdev-device", "XML error: missing source of hostdev", (body) =>
    elements(body, "devices.hostdevs").flatMap(({ attribute, element }) =>
      Object.keys(element).some((name) => /^(subsys|caps)_/.test(name))
        ? []
        : [{ attribute, bound: "name a device", value: "none", fix: "such as subsys_pci or subsys_usb" }],
    ),
  ),
  rule("network-by-id", "Network not found: no network with matching name", (body) =>
    elements(body, "devices.interfaces").flatMap(({ attribute, element }) => {
      const network = at(element, "source.network.network");
      return typeof network === "string" && /^\$\{libvirt_network\.[\w-]+\.(id|uuid)\}$/.test(network)
        ? [
            {
              attribute: `${attribute}.source.network.network`,
              bound: "be a network's name",
              value: quoted(network),
              fix: network.replace(/\.\w+\}$/, ".name}"),
            },
          ]
        : [];
    }),
  ),

  rule("filesystem-tag-length", "9p mount tag is longer than 31 characters", (body) =>
    elements(body, "devices.filesystems").flatMap(({ attribute, element }) => {
      const tag = at(element, "target.dir");
      const most = at(element, "driver.type") === "virtiofs" ? 35 : 31;
      return typeof tag === "string" && !isReference(tag) && tag.length > most
        ? [{ attribute: `${attribute}.target.dir`, bound: `have at most ${most} characters`, value: quoted(tag) }]
        : [];
    }),
  ),
  rule("filesystem-modes", "fmode and dmode must be used with accessmode=mapped", (body) =>
    elements(body, "devices.filesystems").flatMap(({ attribute, element }) =>
      (element.fmode ?? element.dmode) !== undefined && element.access_mode !== "mapped"
        ? [
            {
              attribute: `${attribute}.fmode`,
              bound: 'stand with access_mode = "mapped"',
              value: quoted(element.access_mode ?? "none"),
            },
          ]
        : [],
    ),
  ),
];
