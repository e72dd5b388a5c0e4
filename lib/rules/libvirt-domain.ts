import { at } from "./at";
import { bytesOf } from "./byte-units";
import { blocks, isReference, type Json, member } from "./document";
import { nameSights } from "./libvirt-name";
import { quoted, repeated, rulesOf, rulesOn } from "./look";
import { macSights } from "./mac";
import type { Rule } from "./rule";
import { taken } from "./taken";

const LEAST_MEMORY = 16 * 1024 ** 2;

/** Elements of a device list, with the attribute that each stands under. */
function devices(body: Json, family: string): { readonly attribute: string; readonly device: Json }[] {
  return blocks(member(body, "devices")?.[family]).map((device, index) => ({
    attribute: `devices.${family}.${index}`,
    device,
  }));
}

/** Which names a bus gives its disks. */
const PREFIXES: Readonly<Record<string, string>> = {
  virtio: "vd",
  sata: "sd",
  scsi: "sd",
  usb: "sd",
  ide: "hd",
  fdc: "fd",
};

const rule = rulesOn("libvirt/domain", "libvirt_domain");
const make = rulesOf("libvirt/domain", "libvirt_domain");

/** What libvirt and its provider refuse, ignore or undo in a domain. */
export const libvirtDomainRules: readonly Rule[] = [
  rule("name", "XML error: name X cannot contain '/'", ({ name }) => nameSights(name), { claimed: true }),
  make(
    "name-taken",
    "domain 'X' already exists with uuid …",
    taken("name", ({ body }) => body.name, "be a name of its own on the host"),
    { claimed: true },
  ),
  rule(
    "memory-minimum",
    "no error: libvirt counts KiB where no unit is given, and the guest never boots",
    ({ memory, memory_unit: unit = "KiB" }) => {
      const bytes = bytesOf(memory, unit);
      const fix = Number(memory) <= 32 ? `did you mean ${String(memory)} GiB?` : undefined;
      return memory === undefined || isReference(memory) || !(bytes < LEAST_MEMORY)
        ? []
        : [{ attribute: "memory", bound: "be at least 16 MiB", value: `${String(memory)} ${String(unit)}`, fix }];
    },
    { claimed: true },
  ),
  rule("vcpu", "Domain requires at least 1 vCPU; or the provider refuses a fraction", (body) => {
    const { vcpu } = body;
    const most = at(body, "devices.iommu.driver.eim") === "on" ? Number.POSITIVE_INFINITY : 255;
    const count = Number(vcpu);
    return vcpu === undefined || isReference(vcpu) || (count >= 1 && count <= most)
      ? []
      : [
          {
            attribute: "vcpu",
            bound: "be a whole number from 1 to 255",
            value: String(vcpu),
            fix: count > 255 ? 'more need an intel iommu with eim = "on"' : undefined,
          },
        ];
  }),
  rule(
    "emulation-needs-cpu",
    "CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor",
    (body) =>
      body.type === "qemu" && member(body, "cpu")?.mode === "host-passthrough"
        ? [
            {
              attribute: "cpu.mode",
              bound: 'not be "host-passthrough" for a guest that is emulated',
              value: '"host-passthrough"',
              fix: '"maximum" gives the most',
            },
          ]
        : [],
  ),
  rule("disk-target-duplicate", "XML error: target 'vda' duplicated for disk sources 'A' and 'B'", (body) =>
    repeated(devices(body, "disks"), ({ device }) => member(device, "target")?.dev).map(({ attribute, device }) => ({
      attribute: `${attribute}.target.dev`,
      bound: "be another device for each disk",
      value: `${quoted(member(device, "target")?.dev)} twice`,
    })),
  ),
  rule("disk-target-bus", "XML error: Invalid harddisk device name: X; or the guest sees another name", (body) =>
    devices(body, "disks").flatMap(({ attribute, device }) => {
      const { dev, bus } = member(device, "target") ?? {};
      const prefix = PREFIXES[String(bus)];
      const good = typeof dev !== "string" || prefix === undefined || new RegExp(`^${prefix}[a-z]{1,2}$`).test(dev);
      return good
        ? []
        : [
            {
              attribute: `${attribute}.target.dev`,
              bound: `be named ${prefix}a to ${prefix}z on the bus ${String(bus)}`,
              value: quoted(dev),
            },
          ];
    }),
  ),
  rule(
    "disk-serial",
    "no error: the guest sees the first 20 characters",
    (body) =>
      devices(body, "disks").flatMap(({ attribute, device: { serial } }) =>
        typeof serial !== "string" || isReference(serial) || /^[\w.+-]{1,20}$/.test(serial)
          ? []
          : [
              {
                attribute: `${attribute}.serial`,
                bound: "be 1 to 20 letters, digits, '_', '.', '+' or '-'",
                value: quoted(serial),
              },
            ],
      ),
    { proof: "read" },
  ),
  rule("boot-order-duplicate", "boot order X is already used by another device", (body) =>
    repeated(
      [...devices(body, "disks"), ...devices(body, "interfaces")],
      ({ device }) => member(device, "boot")?.order,
    ).map(({ attribute, device }) => ({
      attribute: `${attribute}.boot.order`,
      bound: "be another number for each device",
      value: `${String(member(device, "boot")?.order)} twice`,
    })),
  ),
  rule("boot-order-and-devices", "per-device boot elements cannot be used together with os/boot elements", (body) =>
    blocks(member(body, "os")?.boot_devices).length > 0 &&
    devices(body, "disks").some(({ device }) => member(device, "boot"))
      ? [{ attribute: "os.boot_devices", bound: "be left out where a device has a boot order", value: "both" }]
      : [],
  ),
  rule(
    "initrd-needs-kernel",
    "no error: the arguments and the initial file system are ignored",
    (body) => {
      const os = member(body, "os") ?? {};
      const alone = ["initrd", "cmdline"].filter((name) => os[name] !== undefined && os.kernel === undefined);
      return alone.map((name) => ({ attribute: `os.${name}`, bound: "stand with a kernel", value: `${name} alone` }));
    },
    { proof: "read" },
  ),
  rule(
    "mac",
    "Provider produced inconsistent result after apply: .mac.address; or expected unicast mac address",
    (body) =>
      devices(body, "interfaces").flatMap(({ attribute, device }) =>
        macSights(`${attribute}.mac.address`, member(device, "mac")?.address),
      ),
  ),
  rule(
    "mac-duplicate",
    "no error: two interfaces answer to one address",
    (body) =>
      repeated(devices(body, "interfaces"), ({ device }) => member(device, "mac")?.address).map(
        ({ attribute, device }) => ({
          attribute: `${attribute}.mac.address`,
          bound: "be another address for each interface",
          value: `${quoted(member(device, "mac")?.address)} twice`,
        }),
      ),
    { proof: "read" },
  ),
  rule("vnc-port", "Failed to find an unused port in range 'vnc'; or .vnc.port: was -1, but now 5902", (body) =>
    devices(body, "graphics").flatMap(({ attribute, device }) => {
      const { port, auto_port: auto } = member(device, "vnc") ?? {};
      const good =
        port === undefined ||
        isReference(port) ||
        (auto !== true && Number.isInteger(Number(port)) && Number(port) >= 5900 && Number(port) <= 65535);
      return good
        ? []
        : [
            {
              attribute: `${attribute}.vnc.port`,
              bound: "be a whole number from 5900 to 65535, without auto_port",
              value: String(port),
            },
          ];
    }),
  ),
  rule("spice-port", "spice port must be in range [5900,65535]", (body) =>
    devices(body, "graphics").flatMap(({ attribute, device }) => {
      const { port } = member(device, "spice") ?? {};
      return port === undefined || isReference(port) || (Number(port) >= 5900 && Number(port) <= 65535)
        ? []
        : [
            {
              attribute: `${attribute}.spice.port`,
              bound: "be a whole number from 5900 to 65535",
              value: String(port),
            },
          ];
    }),
  ),
  rule(
    "console-exposed",
    "no error: anybody who reaches the host sees and steers the guest",
    (body) =>
      devices(body, "graphics").flatMap(({ attribute, device }) =>
        ["vnc", "spice"].flatMap((kind) => {
          const { listen, passwd } = member(device, kind) ?? {};
          const exposed =
            typeof listen === "string" && !/^(127\.|::1$|localhost$)/.test(listen) && passwd === undefined;
          return exposed
            ? [
                {
                  attribute: `${attribute}.${kind}.listen`,
                  bound: "be a loopback address",
                  value: quoted(listen),
                  fix: "reach it through ssh -L",
                },
              ]
            : [];
        }),
      ),
    { severity: "warning", proof: "read" },
  ),
  rule("never-zero", "Provider produced inconsistent result after apply: was 0, but now null", (body) =>
    ["io_threads", "title", "description"].flatMap((name) =>
      body[name] === 0 || body[name] === ""
        ? [{ attribute: name, bound: "be left out rather than empty", value: quoted(body[name]) }]
        : [],
    ),
  ),
];
