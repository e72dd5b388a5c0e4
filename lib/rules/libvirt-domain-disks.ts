import { at, elements, inElements } from "./at";
import { isReference, type Json, member } from "./document";
import { oneOf, quoted, rulesOn } from "./look";
import type { Rule } from "./rule";

const rule = rulesOn("libvirt/domain", "libvirt_domain");
const disks = (body: Json) => elements(body, "devices.disks");
const inDisks = (path: string, look: Parameters<typeof inElements>[2]) => inElements("devices.disks", path, look);

const kindOf = (disk: Json) => String(disk.device ?? "disk");
const busOf = (disk: Json) => at(disk, "target.bus");

/** The kinds of source; the rest of a source's members say more about one of them. */
const SOURCES: readonly string[] = ["block", "dir", "file", "network", "nvme", "vhost_user", "vhost_vdpa", "volume"];
const sourcesOf = (disk: Json) => SOURCES.filter((kind) => member(disk, "source")?.[kind] !== undefined);

/** The pairs of limits that cannot both be set, and the bursts that need a limit. */
const LIMITS = ["bytes_sec", "iops_sec"] as const;

/** What libvirt and its provider refuse, ignore or undo in a domain's disks. */
export const libvirtDomainDiskRules: readonly Rule[] = [
  rule("disk-source", "missing source information for device vda", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      sourcesOf(element).length > 0 || ["cdrom", "floppy"].includes(kindOf(element))
        ? []
        : [{ attribute: `${attribute}.source`, bound: "name a file, a volume or a block device", value: "nothing" }],
    ),
  ),
  rule("disk-target", "missing target information for device X", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      at(element, "target.dev") === undefined
        ? [
            {
              attribute: `${attribute}.target`,
              bound: "name a device and a bus",
              value: "nothing",
              fix: "such as vda on virtio",
            },
          ]
        : [],
    ),
  ),
  rule("disk-sources", "no error: one of them is dropped", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      sourcesOf(element).length > 1
        ? [{ attribute: `${attribute}.source`, bound: "be of one kind", value: sourcesOf(element).join(" and ") }]
        : [],
    ),
  ),
  rule(
    "disk-device",
    "Invalid value for attribute 'device' in element 'disk': 'dvd'",
    inDisks("device", oneOf(["disk", "cdrom", "floppy", "lun"])),
  ),
  rule(
    "disk-bus",
    "Invalid value for attribute 'bus' in element 'target': 'nvme'",
    inDisks("target.bus", oneOf(["virtio", "sata", "scsi", "usb", "ide", "fdc", "sd", "xen"])),
  ),
  rule(
    "cdrom-bus",
    "disk type of 'vda' does not support ejectable media",
    inDisks("target.bus", (bus, disk) =>
      bus === "virtio" && ["cdrom", "floppy"].includes(kindOf(disk))
        ? {
            bound: `not be "virtio" for a ${kindOf(disk)}`,
            value: '"virtio"',
            fix: kindOf(disk) === "floppy" ? '"fdc", with the device fda' : '"sata", with the device sda',
          }
        : undefined,
    ),
  ),
  rule(
    "ide-on-q35",
    "IDE controllers are unsupported for this QEMU binary or machine type",
    inDisks("target.bus", (bus, _, body) =>
      bus === "ide" && /^(pc-)?q35/.test(String(at(body, "os.type_machine")))
        ? { bound: 'not be "ide" on the machine q35', value: '"ide"', fix: '"sata", with the device sda' }
        : undefined,
    ),
  ),
  rule("lun", "disk device='lun' is only valid for block type disk source", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      kindOf(element) === "lun" && !sourcesOf(element).some((kind) => ["block", "network", "volume"].includes(kind))
        ? [{ attribute: `${attribute}.device`, bound: "stand with a block device as its source", value: '"lun"' }]
        : [],
    ),
  ),
  rule(
    "queues-need-virtio",
    "queues attribute in disk driver element is only supported by virtio-blk",
    inDisks("driver.queues", (queues, disk) =>
      busOf(disk) === undefined || busOf(disk) === "virtio" || isReference(busOf(disk))
        ? undefined
        : { bound: "be left out but on the bus virtio", value: `${String(queues)} on ${String(busOf(disk))}` },
    ),
  ),
  rule(
    "io-thread",
    "Disk iothread '2' not defined in iothreadid",
    inDisks("driver.io_thread", (thread, _, { io_threads: count, io_thread_i_ds: own }) =>
      own !== undefined || isReference(count) || Number(thread) <= Number(count ?? 0)
        ? undefined
        : {
            bound: `be one of the guest's io_threads, ${count === undefined ? "of which there are none" : `1 to ${String(count)}`}`,
            value: String(thread),
          },
    ),
  ),
  rule(
    "io-thread-needs-virtio",
    "IOThreads not available for bus sata target sda",
    inDisks("driver.io_thread", (_, disk) =>
      busOf(disk) === undefined || ["virtio", "scsi"].includes(String(busOf(disk))) || isReference(busOf(disk))
        ? undefined
        : { bound: "be left out but on the bus virtio", value: `on ${String(busOf(disk))}` },
    ),
  ),
  rule("io-tune", "total and read/write bytes_sec cannot be set at the same time", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      LIMITS.flatMap((limit) => {
        const tune = member(element, "io_tune") ?? {};
        const both =
          tune[`total_${limit}`] !== undefined && (tune[`read_${limit}`] ?? tune[`write_${limit}`]) !== undefined;
        return both
          ? [
              {
                attribute: `${attribute}.io_tune.total_${limit}`,
                bound: "be left out where reading or writing is bounded",
                value: "both",
              },
            ]
          : [];
      }),
    ),
  ),
  rule(
    "wwn-bus",
    "Only ide and scsi disk support wwn",
    inDisks("wwn", (wwn, disk) =>
      busOf(disk) === undefined || ["ide", "scsi"].includes(String(busOf(disk))) || isReference(busOf(disk))
        ? undefined
        : {
            bound: "be left out but on the buses scsi and ide",
            value: `${quoted(wwn)} on ${String(busOf(disk))}`,
            fix: "use serial",
          },
    ),
  ),
  rule(
    "wwn",
    "Malformed wwn: 5000",
    inDisks("wwn", (wwn) =>
      /^[0-9a-fA-F]{16}$/.test(String(wwn)) ? undefined : { bound: "be 16 hexadecimal digits", value: quoted(wwn) },
    ),
  ),
  rule(
    "disk-cache",
    "Invalid value for attribute 'cache' in element 'driver': 'fast'",
    inDisks("driver.cache", oneOf(["default", "none", "writethrough", "writeback", "directsync", "unsafe"])),
  ),
  rule(
    "disk-io",
    "io='native' needs either no disk cache or directsync cache mode",
    inDisks("driver.io", (io, disk) => {
      const cache = at(disk, "driver.cache");
      return io !== "native" || isReference(cache) || cache === "none" || cache === "directsync"
        ? undefined
        : {
            bound: 'stand with the cache "none" or "directsync"',
            value: `"native" with ${cache === undefined ? "no cache named" : quoted(cache)}`,
          };
    }),
  ),
  rule(
    "disk-discard",
    "Invalid value for attribute 'discard' in element 'driver': 'on'",
    inDisks("driver.discard", oneOf(["unmap", "ignore"])),
  ),
  rule(
    "disk-format",
    "unknown driver format value 'qcow3'",
    inDisks(
      "driver.type",
      oneOf([
        "raw",
        "qcow2",
        "qcow",
        "qed",
        "vmdk",
        "vdi",
        "vhd",
        "vpc",
        "vhdx",
        "iso",
        "luks",
        "bochs",
        "cloop",
        "dmg",
        "cow",
        "fat",
        "dir",
        "ploop",
      ]),
    ),
  ),
  rule("boot-order", "Invalid value for attribute 'order' in element 'boot': Zero is not permitted", (body) =>
    ["disks", "interfaces", "hostdevs", "redir_devs"].flatMap((list) =>
      inElements(`devices.${list}`, "boot.order", (order) =>
        Number.isInteger(Number(order)) && Number(order) >= 1
          ? undefined
          : { bound: "be a whole number from 1", value: String(order) },
      )(body),
    ),
  ),

  rule("disk-burst", "bps_max/iops_max require corresponding bps/iops values", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      Object.keys(member(element, "io_tune") ?? {})
        .filter(
          (name) => /_(bytes|iops)_sec_max$/.test(name) && at(element, `io_tune.${name.slice(0, -4)}`) === undefined,
        )
        .map((name) => ({
          attribute: `${attribute}.io_tune.${name}`,
          bound: `stand with ${name.slice(0, -4)}`,
          value: String(at(element, `io_tune.${name}`)),
        })),
    ),
  ),
  rule("disk-read-only-bus", "readonly sata disks are not supported", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      element.read_only === true && kindOf(element) === "disk" && ["sata", "ide"].includes(String(busOf(element)))
        ? [
            {
              attribute: `${attribute}.read_only`,
              bound: "be left out on sata and ide",
              value: quoted(busOf(element)),
              fix: 'use virtio, or device = "cdrom"',
            },
          ]
        : [],
    ),
  ),
  rule("disk-rotation", "rotation rate is only valid for SCSI/IDE/SATA", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      at(element, "target.rotation_rate") !== undefined && !["scsi", "ide", "sata"].includes(String(busOf(element)))
        ? [
            {
              attribute: `${attribute}.target.rotation_rate`,
              bound: "be left out where the bus is not scsi, ide or sata",
              value: quoted(busOf(element)),
            },
          ]
        : [],
    ),
  ),
  rule("disk-removable-bus", "removable is only valid for usb disks", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      at(element, "target.removable") !== undefined && !["usb", "scsi"].includes(String(busOf(element)))
        ? [
            {
              attribute: `${attribute}.target.removable`,
              bound: "be left out where the bus is not usb",
              value: quoted(busOf(element)),
            },
          ]
        : [],
    ),
  ),
  rule("disk-network-name", "missing name for disk source", (body) =>
    disks(body).flatMap(({ attribute, element }) =>
      ["rbd", "gluster", "iscsi", "http", "https"].includes(String(at(element, "source.network.protocol"))) &&
      at(element, "source.network.name") === undefined
        ? [{ attribute: `${attribute}.source.network.name`, bound: "be set", value: "nothing" }]
        : [],
    ),
  ),
  rule(
    "disk-path",
    "Cannot access storage file 'data.qcow2': No such file or directory",
    inDisks("source.file.file", (file) =>
      String(file).startsWith("/") ? undefined : { bound: "be an absolute path", value: quoted(file) },
    ),
  ),
];
