import { at, elements } from "./at";
import { isObject, isReference, type Json, type Rendered } from "./document";
import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { sharers, taken } from "./taken";
import { writtenFile } from "./written-file";

const make = rulesOf("libvirt/domain", "libvirt_domain");

const macsOf = (body: Json) => elements(body, "devices.interfaces").map(({ element }) => at(element, "mac.address"));
const onMac = sharers(({ body }) => macsOf(body).filter((mac) => typeof mac === "string" && !isReference(mac)));

/** The PCI devices of the host that a domain takes, each by its address. */
function hostdevsOf(body: Json): { readonly attribute: string; readonly key: string }[] {
  return elements(body, "devices.hostdevs").flatMap(({ attribute, element }) => {
    const address = at(element, "subsys_pci.source.address");
    const parts = ["domain", "bus", "slot", "function"].map((name) => (isObject(address) ? (address[name] ?? 0) : 0));
    return isObject(address) && !parts.some(isReference)
      ? [{ attribute: `${attribute}.subsys_pci.source.address`, key: parts.map(Number).join(":") }]
      : [];
  });
}

const onHostdev = sharers(({ body }) => hostdevsOf(body).map(({ key }) => key));

/** The sets of processors that a domain is pinned to. */
function pinnedBy(body: Json): { readonly attribute: string; readonly set: string }[] {
  return elements(body, "cpu_tune.vcpu_pin").flatMap(({ attribute, element: { cpu_set: set } }) =>
    typeof set === "string" && !isReference(set) ? [{ attribute: `${attribute}.cpu_set`, set }] : [],
  );
}

const onProcessors = sharers(({ body }) => pinnedBy(body).map(({ set }) => set));

/** The interfaces of the host that a domain's are connected to. */
const tapsOf = ({ body }: Rendered): string[] =>
  elements(body, "devices.interfaces").flatMap(({ element }) => {
    const tap = at(element, "target.dev");
    return typeof tap === "string" && !isReference(tap) ? [tap] : [];
  });
const onTap = sharers(tapsOf);

/** The ports at which a domain's serial lines listen. */
const listenersOf = ({ body }: Rendered): string[] =>
  ["serials", "consoles"].flatMap((list) =>
    elements(body, `devices.${list}`).flatMap(({ element }) => {
      const port = at(element, "source.tcp.service");
      return at(element, "source.tcp.mode") === "bind" && port !== undefined && !isReference(port)
        ? [String(port)]
        : [];
    }),
  );
const onListener = sharers(listenersOf);

/** The address of a domain's socket to its host. */
const cidOf = ({ body }: Rendered): string | undefined => {
  const cid = at(body, "devices.vsock.cid.address");
  return cid === undefined || isReference(cid) ? undefined : String(cid);
};
const onCid = sharers((domain) => [cidOf(domain)]);

/** The file that a disk writes to, where no other guest may write to it either. */
const fileOf = (disk: Json) => {
  const file = disk.shareable === true ? undefined : writtenFile(disk);
  return isReference(file) && !/\.(path|name|id)\}/.test(String(file)) ? undefined : file;
};
const onFile = sharers(({ body }) =>
  elements(body, "devices.disks").flatMap(({ element }) => (fileOf(element) === undefined ? [] : [fileOf(element)])),
);

/** The fixed ports that a domain's consoles listen on. */
function portsOf(body: Json): { readonly attribute: string; readonly port: number }[] {
  return elements(body, "devices.graphics").flatMap(({ attribute, element }) =>
    ["vnc", "spice"].flatMap((kind) => {
      const port = at(element, `${kind}.port`);
      return typeof port === "number" && port > 0 ? [{ attribute: `${attribute}.${kind}.port`, port }] : [];
    }),
  );
}

const onPort = sharers(({ body }) => portsOf(body).map(({ port }) => port));

/** What only one domain of a host can have. */
export const libvirtDomainClaimRules: readonly Rule[] = [
  make(
    "mac-taken",
    "no error: two guests answer to one address",
    (domain, document) =>
      elements(domain.body, "devices.interfaces").flatMap(({ attribute, element }) =>
        onMac(domain, document, at(element, "mac.address")).map(({ address }) => ({
          attribute: `${attribute}.mac.address`,
          bound: "be an address of its own on the host",
          value: `${quoted(at(element, "mac.address"))}, which ${address} has`,
        })),
      ),
    { proof: "read", claimed: true },
  ),
  make(
    "hostdev-taken",
    "PCI device X is in use by driver QEMU, domain Y, when both run",
    (domain, document) =>
      hostdevsOf(domain.body).flatMap(({ attribute, key }) =>
        onHostdev(domain, document, key).map(({ address }) => ({
          attribute,
          bound: "be a device of its own on the host",
          value: `${key}, which ${address} has`,
        })),
      ),
    { proof: "read" },
  ),
  make(
    "pinned-processors",
    "no error: two guests share processors that each was to have for itself",
    (domain, document) =>
      pinnedBy(domain.body).flatMap(({ attribute, set }) =>
        onProcessors(domain, document, set).map(({ address }) => ({
          attribute,
          bound: "be processors that no other guest is pinned to",
          value: `${quoted(set)}, which ${address} has`,
        })),
      ),
    { severity: "warning", proof: "read" },
  ),
  make(
    "disk-taken",
    'Failed to get "write" lock, when both run',
    (domain, document) =>
      elements(domain.body, "devices.disks").flatMap(({ attribute, element }) =>
        (domain.body.running === false ? [] : onFile(domain, document, fileOf(element)))
          .filter(({ body }) => body.running !== false)
          .map(({ address }) => ({
            attribute: `${attribute}.source`,
            bound: "be written to by one guest",
            value: `${quoted(fileOf(element))}, which ${address} has`,
            fix: "make each an overlay of its own, or say read_only",
          })),
      ),
    { proof: "read" },
  ),
  make(
    "console-port-taken",
    "qemu: Failed to find an available port: Address already in use, when both run",
    (domain, document) =>
      portsOf(domain.body).flatMap(({ attribute, port }) =>
        onPort(domain, document, port).map(({ address }) => ({
          attribute,
          bound: "be a port of its own on the host",
          value: `${port}, which ${address} has`,
        })),
      ),
    { proof: "read", claimed: true },
  ),
  make(
    "disk-format-of-volume",
    "no error: libvirt takes the image for raw, and the guest sees its bytes",
    (domain, document) =>
      elements(domain.body, "devices.disks").flatMap(({ attribute, element }) => {
        const volume = document.referred(at(element, "source.file.file"));
        const format = volume?.type === "libvirt_volume" ? at(volume.body, "target.format.type") : undefined;
        const own = at(element, "driver.type");
        return format === undefined ||
          isReference(format) ||
          isReference(own) ||
          (own ?? "raw") === format ||
          format === "iso"
          ? []
          : [
              {
                attribute: `${attribute}.driver.type`,
                bound: `be that of ${volume?.address}, ${quoted(format)}`,
                value: own === undefined ? "nothing, which is raw" : quoted(own),
              },
            ];
      }),
    { proof: "read" },
  ),

  make(
    "cid-taken",
    "vhost-vsock: unable to set guest cid: Address already in use",
    (domain, document) => {
      const cid = cidOf(domain);
      return cid === undefined
        ? []
        : onCid(domain, document, cid).map(({ address }) => ({
            attribute: "devices.vsock.cid.address",
            bound: "be a number that no other guest of the machine has",
            value: `${cid}, which ${address} has`,
          }));
    },
    { proof: "read" },
  ),

  make(
    "nvram-taken",
    'no error until both run: Failed to get "write" lock; and one overwrites what the other\'s firmware keeps',
    taken(
      "os.nv_ram.nv_ram",
      ({ body }) => at(body, "os.nv_ram.nv_ram"),
      "be a file of the guest's own",
      "name it after the guest",
    ),
    { proof: "read" },
  ),
  make(
    "tap-taken",
    "Unable to create tap device X: Device or resource busy, when both run",
    (one, document) =>
      tapsOf(one).flatMap((tap) =>
        onTap(one, document, tap).map(({ address }) => ({
          attribute: "devices.interfaces.target.dev",
          bound: "be an interface of its own on the host",
          value: `${quoted(tap)}, which ${address} has`,
          fix: "leave it out: libvirt chooses one",
        })),
      ),
    { proof: "read" },
  ),
  make(
    "character-port-taken",
    "Failed to bind socket: Address already in use, when both run",
    (one, document) =>
      listenersOf(one).flatMap((port) =>
        onListener(one, document, port).map(({ address }) => ({
          attribute: "devices.serials.source.tcp.service",
          bound: "be a port of its own on the host",
          value: `${port}, which ${address} has`,
          fix: "choose another",
        })),
      ),
    { proof: "read" },
  ),
];
