import { atPath, inElements } from "./at";
import { oneOf, rulesOn } from "./look";
import type { Rule } from "./rule";

const rule = rulesOn("libvirt/domain", "libvirt_domain");

/** Words that libvirt reads in one place of a domain: the rule's id, where, which words, and what it says to any other. */
interface Words {
  readonly id: string;
  /** The list whose elements have the attribute; none for an attribute that stands once. */
  readonly list?: string;
  readonly path: string;
  readonly words: readonly string[];
  readonly says: string;
}

const SCSI = [
  "auto",
  "buslogic",
  "lsilogic",
  "lsisas1068",
  "vmpvscsi",
  "ibmvscsi",
  "virtio-scsi",
  "lsisas1078",
  "virtio-transitional",
  "virtio-non-transitional",
  "ncr53c90",
  "dc390",
  "am53c974",
];
const USB = [
  "piix3-uhci",
  "piix4-uhci",
  "ehci",
  "ich9-ehci1",
  "ich9-uhci1",
  "ich9-uhci2",
  "ich9-uhci3",
  "vt82c686b-uhci",
  "pci-ohci",
  "nec-xhci",
  "qusb1",
  "qusb2",
  "qemu-xhci",
  "none",
];

const ALL: readonly Words[] = [
  {
    id: "vcpu-placement",
    path: "vcpu_placement",
    words: ["static", "auto"],
    says: "Invalid value for attribute 'placement' in element 'vcpu': 'dynamic'",
  },
  {
    id: "memory-allocation",
    path: "memory_backing.memory_allocation.mode",
    words: ["immediate", "ondemand"],
    says: "Invalid value for attribute 'mode' in element 'allocation': 'prealloc'",
  },
  {
    id: "suspend-to-memory",
    path: "pm.suspend_to_mem.enabled",
    words: ["yes", "no"],
    says: "Invalid value for attribute 'enabled' in element 'suspend-to-mem': 'off'",
  },
  {
    id: "suspend-to-disk",
    path: "pm.suspend_to_disk.enabled",
    words: ["yes", "no"],
    says: "Invalid value for attribute 'enabled' in element 'suspend-to-disk': 'off'",
  },
  {
    id: "disk-protocol",
    list: "devices.disks",
    path: "source.network.protocol",
    words: ["nbd", "rbd", "iscsi", "gluster", "sheepdog", "http", "https", "ftp", "ftps", "tftp", "ssh", "nfs", "vxhs"],
    says: "unknown protocol type 'ceph'",
  },
  {
    id: "disk-removable",
    list: "devices.disks",
    path: "target.removable",
    words: ["on", "off"],
    says: "Invalid value for attribute 'removable' in element 'target': 'yes'",
  },
  {
    id: "disk-copy-on-read",
    list: "devices.disks",
    path: "driver.copy_on_read",
    words: ["on", "off"],
    says: "Invalid value for attribute 'copy_on_read' in element 'driver': 'yes'",
  },
  {
    id: "disk-snapshot",
    list: "devices.disks",
    path: "snapshot",
    words: ["internal", "external", "no", "manual"],
    says: "Invalid value for attribute 'snapshot' in element 'disk': 'none'",
  },
  {
    id: "spice-streaming",
    list: "devices.graphics",
    path: "spice.streaming.mode",
    words: ["filter", "all", "off"],
    says: "Invalid value for attribute 'mode' in element 'streaming': 'on'",
  },
  {
    id: "spice-image",
    list: "devices.graphics",
    path: "spice.image.compression",
    words: ["auto_glz", "auto_lz", "quic", "glz", "lz", "off"],
    says: "Invalid value for attribute 'compression' in element 'image': 'auto'",
  },
  {
    id: "spice-clipboard",
    list: "devices.graphics",
    path: "spice.clip_board.copy_paste",
    words: ["yes", "no"],
    says: "Invalid value for attribute 'copypaste' in element 'clipboard': 'off'",
  },
  {
    id: "spice-mouse",
    list: "devices.graphics",
    path: "spice.mouse.mode",
    words: ["server", "client"],
    says: "Invalid value for attribute 'mode' in element 'mouse': 'host'",
  },
  {
    id: "console-type",
    list: "devices.consoles",
    path: "target.type",
    words: ["serial", "virtio", "xen", "uml", "lxc", "openvz", "sclp", "sclplm"],
    says: "unknown target type 'tty' specified for character device",
  },
  {
    id: "redirected-bus",
    list: "devices.redir_devs",
    path: "bus",
    words: ["usb"],
    says: "Invalid value for attribute 'bus' in element 'redirdev': 'pci'",
  },
  {
    id: "firmware-feature",
    list: "os.firmware_info.features",
    path: "name",
    words: ["enrolled-keys", "secure-boot"],
    says: "Invalid value for attribute 'name' in element 'feature': 'secureboot'",
  },
  {
    id: "iommu-model",
    path: "devices.iommu.model",
    words: ["intel", "smmuv3", "virtio"],
    says: "Invalid value for attribute 'model' in element 'iommu': 'amd'",
  },
  {
    id: "shared-memory-model",
    list: "devices.shmems",
    path: "model.type",
    words: ["ivshmem", "ivshmem-plain", "ivshmem-doorbell"],
    says: "unknown shmem model type 'plain'",
  },
  {
    id: "interface-driver",
    list: "devices.interfaces",
    path: "driver.name",
    words: ["qemu", "vhost"],
    says: "Invalid value for attribute 'name' in element 'driver': 'vhost-net'",
  },
  {
    id: "clock-timer-policy",
    list: "clock.timer",
    path: "tick_policy",
    words: ["delay", "catchup", "merge", "discard"],
    says: "Invalid value for attribute 'tickpolicy' in element 'timer': 'catch-up'",
  },
  {
    id: "vsock-model",
    path: "devices.vsock.model",
    words: ["virtio", "virtio-transitional", "virtio-non-transitional"],
    says: "Invalid value for attribute 'model' in element 'vsock': 'vhost'",
  },
  {
    id: "page-reporting",
    path: "devices.mem_balloon.free_page_reporting",
    words: ["on", "off"],
    says: "Invalid value for attribute 'freePageReporting' in element 'memballoon': 'yes'",
  },
  {
    id: "video-acceleration",
    list: "devices.videos",
    path: "model.accel.accel3d",
    words: ["yes", "no"],
    says: "Invalid value for attribute 'accel3d' in element 'acceleration': 'on'",
  },
  {
    id: "cpu-cache-mode",
    path: "cpu.cache.mode",
    words: ["emulate", "passthrough", "disable"],
    says: "Invalid value for attribute 'mode' in element 'cache': 'none'",
  },
  { id: "firmware", path: "os.firmware", words: ["efi", "bios"], says: "unknown firmware value uefi" },
  {
    id: "clock-timer-name",
    list: "clock.timer",
    path: "name",
    words: ["platform", "pit", "rtc", "hpet", "tsc", "kvmclock", "hypervclock", "armvtimer"],
    says: "unknown timer name 'tscc'",
  },
  {
    id: "clock-timer-present",
    list: "clock.timer",
    path: "present",
    words: ["yes", "no"],
    says: "Invalid value for attribute 'present' in element 'timer': 'false'",
  },
  {
    id: "disk-io-word",
    list: "devices.disks",
    path: "driver.io",
    words: ["native", "threads", "io_uring"],
    says: "Invalid value for attribute 'io' in element 'driver': 'aio'",
  },
  {
    id: "disk-detect-zeros",
    list: "devices.disks",
    path: "driver.detect_zeros",
    words: ["off", "on", "unmap"],
    says: "Invalid value for attribute 'detect_zeroes' in element 'driver': 'unmapped'",
  },
  {
    id: "interface-direct-mode",
    list: "devices.interfaces",
    path: "source.direct.mode",
    words: ["vepa", "private", "bridge", "passthrough"],
    says: "Invalid value for attribute 'mode' in element 'source': 'bridged'",
  },
  {
    id: "vnc-share-policy",
    list: "devices.graphics",
    path: "vnc.share_policy",
    words: ["allow-exclusive", "force-shared", "ignore"],
    says: "Invalid value for attribute 'sharePolicy' in element 'graphics': 'exclusive'",
  },
  {
    id: "video-type",
    list: "devices.videos",
    path: "model.type",
    words: ["vga", "cirrus", "vmvga", "xen", "vbox", "qxl", "parallels", "virtio", "gop", "none", "bochs", "ramfb"],
    says: "Invalid value for attribute 'type' in element 'model': 'vmware'",
  },
  {
    id: "controller-type",
    list: "devices.controllers",
    path: "type",
    words: ["ide", "fdc", "scsi", "sata", "virtio-serial", "ccid", "usb", "pci", "xenbus", "isa", "nvme"],
    says: "Invalid value for attribute 'type' in element 'controller': 'nvmee'",
  },
  {
    id: "filesystem-driver",
    list: "devices.filesystems",
    path: "driver.type",
    words: ["path", "handle", "loop", "nbd", "ploop", "virtiofs", "mtp"],
    says: "Invalid value for attribute 'type' in element 'driver': 'virtio-fs'",
  },
  {
    id: "rng-model",
    list: "devices.rngs",
    path: "model",
    words: ["virtio", "virtio-transitional", "virtio-non-transitional"],
    says: "Invalid value for attribute 'model' in element 'rng': 'virtio-rng'",
  },
  {
    id: "tpm-version",
    list: "devices.tpms",
    path: "backend.emulator.version",
    words: ["1.2", "2.0"],
    says: "Invalid value for attribute 'version' in element 'backend': '2'",
  },
  {
    id: "serial-type",
    list: "devices.serials",
    path: "target.type",
    words: ["isa-serial", "usb-serial", "pci-serial", "spapr-vio-serial", "system-serial", "sclp-serial", "isa-debug"],
    says: "unknown target type 'isa' specified for character device",
  },
  {
    id: "panic-model",
    list: "devices.panics",
    path: "model",
    words: ["hyperv", "isa", "pseries", "s390", "pvpanic"],
    says: "Invalid value for attribute 'model' in element 'panic': 'isaa'",
  },
  {
    id: "vsock-auto",
    path: "devices.vsock.cid.auto",
    words: ["yes", "no"],
    says: "Invalid value for attribute 'auto' in element 'cid': 'true'",
  },
  {
    id: "memory-access",
    path: "memory_backing.memory_access.mode",
    words: ["shared", "private"],
    says: "unknown memoryBacking/access/mode 'share'",
  },
  {
    id: "numa-mode",
    path: "numa_tune.memory.mode",
    words: ["strict", "preferred", "interleave", "restrictive"],
    says: "Invalid value for attribute 'mode' in element 'memory': 'stricct'",
  },
  {
    id: "balloon-auto-deflate",
    path: "devices.mem_balloon.auto_deflate",
    words: ["on", "off"],
    says: "Invalid value for attribute 'autodeflate' in element 'memballoon': 'yes'",
  },
  {
    id: "kvm-hidden",
    path: "features.kvm.hidden.state",
    words: ["on", "off"],
    says: "Invalid value for attribute 'state' in element 'hidden': 'yes'",
  },
  {
    id: "apic-eoi",
    path: "features.apic.eoi",
    words: ["on", "off"],
    says: "unknown value for attribute eoi: yes",
  },
  {
    id: "ioapic-driver",
    path: "features.ioapic.driver",
    words: ["kvm", "qemu"],
    says: "Unknown driver mode: split",
  },
  {
    id: "disk-error-policy",
    list: "devices.disks",
    path: "driver.error_policy",
    words: ["stop", "report", "ignore", "enospace"],
    says: "Invalid value for attribute 'error_policy' in element 'driver': 'halt'",
  },
  {
    id: "filesystem-access-mode",
    list: "devices.filesystems",
    path: "access_mode",
    words: ["passthrough", "mapped", "squash"],
    says: "Invalid value for attribute 'accessmode' in element 'filesystem': 'map'",
  },
  {
    id: "input-bus",
    list: "devices.inputs",
    path: "bus",
    words: ["ps2", "usb", "xen", "parallels", "virtio", "none"],
    says: "unknown input bus type 'usb2'",
  },
];

/** One rule for each place where libvirt reads one of a few words. */
export const libvirtDomainWordRules: readonly Rule[] = [
  ...ALL.map(({ id, list, path, words, says }) =>
    rule(id, says, list === undefined ? atPath(path, oneOf(words)) : inElements(list, path, oneOf(words))),
  ),
  rule(
    "controller-model",
    "Unknown model type 'xhci'",
    inElements("devices.controllers", "model", (model, { type }) =>
      type === "scsi" ? oneOf(SCSI)(model) : type === "usb" ? oneOf(USB)(model) : undefined,
    ),
  ),
];
