import { type Body, type Case, domain } from "./case";
import { devices, disk } from "./domain-parts";

const driver = (more: Body): Body =>
  devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", ...more } }));
const UEFI = { features: { acpi: true } };
const MEMORY = { memory_backing: { memory_source: { type: "memfd" } } };
const VIRTIOFS = { source: { mount: { dir: "/srv" } }, target: { dir: "share" } };

const spice = (more: Body): Body => devices("graphics", { spice: { auto_port: true, listen: "127.0.0.1", ...more } });

export const libvirtDomainWordCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/firmware": domain(
    { ...UEFI, os: { firmware: "uefi" } },
    `'os.firmware' must be "efi" or "bios", got "uefi" (did you mean "efi"?)`,
    { ...UEFI, os: { firmware: "efi" } },
    { elsewhere: "needs UEFI firmware" },
  ),
  "libvirt/domain/clock-timer-name": domain(
    { clock: { offset: "utc", timer: [{ name: "tscc" }] } },
    `'clock.timer.0.name' must be "platform", "pit", "rtc", "hpet", "tsc", "kvmclock", "hypervclock" or "armvtimer", got "tscc" (did you mean "tsc"?)`,
    {
      clock: { offset: "utc", timer: [{ name: "rtc" }] },
    },
  ),
  "libvirt/domain/disk-io-word": domain(
    driver({ io: "aio" }),
    `'devices.disks.0.driver.io' must be "native", "threads" or "io_uring", got "aio"`,
    driver({ io: "threads" }),
  ),
  "libvirt/domain/disk-detect-zeros": domain(
    driver({ detect_zeros: "unmapped" }),
    `'devices.disks.0.driver.detect_zeros' must be "off", "on" or "unmap", got "unmapped"`,
    driver({ detect_zeros: "on" }),
  ),
  "libvirt/domain/disk-error-policy": domain(
    driver({ error_policy: "halt" }),
    `'devices.disks.0.driver.error_policy' must be "stop", "report", "ignore" or "enospace", got "halt"`,
    driver({ error_policy: "stop" }),
  ),
  "libvirt/domain/interface-direct-mode": domain(
    devices("interfaces", { source: { direct: { dev: "eth0", mode: "bridged" } } }),
    `'devices.interfaces.0.source.direct.mode' must be "vepa", "private", "bridge" or "passthrough", got "bridged" (did you mean "bridge"?)`,
    devices("interfaces", { source: { direct: { dev: "eth0", mode: "bridge" } } }),
  ),
  "libvirt/domain/vnc-share-policy": domain(
    devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1", share_policy: "exclusive" } }),
    `'devices.graphics.0.vnc.share_policy' must be "allow-exclusive", "force-shared" or "ignore", got "exclusive"`,
    devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1", share_policy: "ignore" } }),
  ),
  "libvirt/domain/video-type": domain(
    devices("videos", { model: { type: "vmware", heads: 1, primary: "yes" } }),
    `'devices.videos.0.model.type' must be "vga", "cirrus", "vmvga", "xen", "vbox", "qxl", "parallels", "virtio", "gop", "none", "bochs" or "ramfb", got "vmware"`,
    devices("videos", { model: { type: "virtio", heads: 1, primary: "yes" } }),
  ),
  "libvirt/domain/controller-type": domain(
    devices("controllers", { type: "nvmee" }),
    `'devices.controllers.0.type' must be "ide", "fdc", "scsi", "sata", "virtio-serial", "ccid", "usb", "pci", "xenbus", "isa" or "nvme", got "nvmee" (did you mean "nvme"?)`,
    devices("controllers", { type: "scsi", index: 0, model: "virtio-scsi" }),
  ),
  "libvirt/domain/controller-model": domain(
    devices("controllers", { type: "usb", index: 0, model: "xhci" }),
    `'devices.controllers.0.model' must be "piix3-uhci", "piix4-uhci", "ehci", "ich9-ehci1", "ich9-uhci1", "ich9-uhci2", "ich9-uhci3", "vt82c686b-uhci", "pci-ohci", "nec-xhci", "qusb1", "qusb2", "qemu-xhci" or "none", got "xhci" (did you mean "ehci"?)`,
    devices("controllers", { type: "usb", index: 0, model: "qemu-xhci" }),
  ),
  "libvirt/domain/filesystem-driver": domain(
    { ...MEMORY, ...devices("filesystems", { ...VIRTIOFS, driver: { type: "virtio-fs" } }) },
    `'devices.filesystems.0.driver.type' must be "path", "handle", "loop", "nbd", "ploop", "virtiofs" or "mtp", got "virtio-fs" (did you mean "virtiofs"?)`,
    devices("filesystems", { ...VIRTIOFS, driver: { type: "path" } }),
  ),
  "libvirt/domain/filesystem-access-mode": domain(
    devices("filesystems", { ...VIRTIOFS, access_mode: "map" }),
    `'devices.filesystems.0.access_mode' must be "passthrough", "mapped" or "squash", got "map" (did you mean "mapped"?)`,
    devices("filesystems", { ...VIRTIOFS, access_mode: "mapped" }),
  ),
  "libvirt/domain/rng-model": domain(
    devices("rngs", { model: "virtio-rng", backend: { random: "/dev/urandom" } }),
    `'devices.rngs.0.model' must be "virtio", "virtio-transitional" or "virtio-non-transitional", got "virtio-rng"`,
    devices("rngs", { model: "virtio", backend: { random: "/dev/urandom" } }),
  ),
  "libvirt/domain/tpm-version": domain(
    devices("tpms", { model: "tpm-crb", backend: { emulator: { version: "2" } } }),
    `'devices.tpms.0.backend.emulator.version' must be "1.2" or "2.0", got "2"`,
    devices("tpms", { model: "tpm-crb", backend: { emulator: { version: "2.0" } } }),
    { elsewhere: "needs swtpm" },
  ),
  "libvirt/domain/serial-type": domain(
    devices("serials", { target: { type: "isa", port: 0 } }),
    `'devices.serials.0.target.type' must be "isa-serial", "usb-serial", "pci-serial", "spapr-vio-serial", "system-serial", "sclp-serial" or "isa-debug", got "isa"`,
    devices("serials", { target: { type: "isa-serial", port: 0 } }),
  ),
  "libvirt/domain/panic-model": domain(
    devices("panics", { model: "isaa" }),
    `'devices.panics.0.model' must be "hyperv", "isa", "pseries", "s390" or "pvpanic", got "isaa" (did you mean "isa"?)`,
    devices("panics", { model: "isa" }),
  ),
  "libvirt/domain/vsock-auto": domain(
    { devices: { vsock: { model: "virtio", cid: { auto: "true" } } } },
    `'devices.vsock.cid.auto' must be "yes" or "no", got "true"`,
    {
      devices: { vsock: { model: "virtio", cid: { auto: "no", address: "5" } } },
    },
  ),
  "libvirt/domain/memory-access": domain(
    { memory_backing: { memory_access: { mode: "share" } } },
    `'memory_backing.memory_access.mode' must be "shared" or "private", got "share" (did you mean "shared"?)`,
    {
      memory_backing: { memory_access: { mode: "shared" } },
    },
  ),
  "libvirt/domain/numa-mode": domain(
    { numa_tune: { memory: { mode: "stricct", nodeset: "0" } } },
    `'numa_tune.memory.mode' must be "strict", "preferred", "interleave" or "restrictive", got "stricct" (did you mean "strict"?)`,
    {
      numa_tune: { memory: { mode: "strict", nodeset: "0" } },
    },
  ),
  "libvirt/domain/balloon-auto-deflate": domain(
    { devices: { mem_balloon: { model: "virtio", auto_deflate: "yes" } } },
    `'devices.mem_balloon.auto_deflate' must be "on" or "off", got "yes"`,
    { devices: { mem_balloon: { model: "virtio", auto_deflate: "on" } } },
  ),
  "libvirt/domain/kvm-hidden": domain(
    { features: { kvm: { hidden: { state: "yes" } } } },
    `'features.kvm.hidden.state' must be "on" or "off", got "yes"`,
    {
      features: { kvm: { hidden: { state: "on" } } },
    },
  ),
  "libvirt/domain/apic-eoi": domain(
    { features: { apic: { eoi: "yes" } } },
    `'features.apic.eoi' must be "on" or "off", got "yes"`,
    { features: { apic: { eoi: "on" } } },
  ),
  "libvirt/domain/ioapic-driver": domain(
    { features: { ioapic: { driver: "split" } } },
    `'features.ioapic.driver' must be "kvm" or "qemu", got "split"`,
    {
      features: { ioapic: { driver: "qemu" } },
    },
  ),
  "libvirt/domain/input-bus": domain(
    devices("inputs", { type: "tablet", bus: "usb2" }),
    `'devices.inputs.0.bus' must be "ps2", "usb", "xen", "parallels", "virtio" or "none", got "usb2" (did you mean "usb"?)`,
    devices("inputs", { type: "tablet", bus: "usb" }),
  ),
  "libvirt/domain/clock-timer-present": domain(
    { clock: { offset: "utc", timer: [{ name: "hpet", present: "false" }] } },
    `'clock.timer.0.present' must be "yes" or "no", got "false"`,
    { clock: { offset: "utc", timer: [{ name: "hpet", present: "no" }] } },
  ),
  "libvirt/domain/vcpu-placement": domain(
    { vcpu_placement: "dynamic" },
    `'vcpu_placement' must be "static" or "auto", got "dynamic"`,
    { vcpu_placement: "static" },
  ),
  "libvirt/domain/memory-allocation": domain(
    { memory_backing: { memory_allocation: { mode: "prealloc" } } },
    `'memory_backing.memory_allocation.mode' must be "immediate" or "ondemand", got "prealloc"`,
    {
      memory_backing: { memory_allocation: { mode: "immediate" } },
    },
  ),
  "libvirt/domain/suspend-to-memory": domain(
    { pm: { suspend_to_mem: { enabled: "off" } } },
    `'pm.suspend_to_mem.enabled' must be "yes" or "no", got "off"`,
    {
      pm: { suspend_to_mem: { enabled: "no" } },
    },
  ),
  "libvirt/domain/suspend-to-disk": domain(
    { pm: { suspend_to_disk: { enabled: "off" } } },
    `'pm.suspend_to_disk.enabled' must be "yes" or "no", got "off"`,
    {
      pm: { suspend_to_disk: { enabled: "no" } },
    },
  ),
  "libvirt/domain/disk-protocol": domain(
    devices("disks", {
      source: { network: { protocol: "ceph", name: "pool/img" } },
      target: { dev: "vda", bus: "virtio" },
    }),
    `'devices.disks.0.source.network.protocol' must be "nbd", "rbd", "iscsi", "gluster", "sheepdog", "http", "https", "ftp", "ftps", "tftp", "ssh", "nfs" or "vxhs", got "ceph"`,
    devices("disks", {
      source: { network: { protocol: "rbd", name: "pool/img" } },
      target: { dev: "vda", bus: "virtio" },
    }),
  ),
  "libvirt/domain/disk-removable": domain(
    devices("disks", disk("sda", "usb", { target: { dev: "sda", bus: "usb", removable: "yes" } })),
    `'devices.disks.0.target.removable' must be "on" or "off", got "yes"`,
    devices("disks", disk("sda", "usb", { target: { dev: "sda", bus: "usb", removable: "on" } })),
  ),
  "libvirt/domain/disk-copy-on-read": domain(
    driver({ copy_on_read: "yes" }),
    `'devices.disks.0.driver.copy_on_read' must be "on" or "off", got "yes"`,
    driver({ copy_on_read: "on" }),
  ),
  "libvirt/domain/disk-snapshot": domain(
    devices("disks", disk("vda", "virtio", { snapshot: "none" })),
    `'devices.disks.0.snapshot' must be "internal", "external", "no" or "manual", got "none"`,
    devices("disks", disk("vda", "virtio", { snapshot: "no" })),
  ),
  "libvirt/domain/spice-streaming": domain(
    spice({ streaming: { mode: "on" } }),
    `'devices.graphics.0.spice.streaming.mode' must be "filter", "all" or "off", got "on"`,
    spice({ streaming: { mode: "off" } }),
  ),
  "libvirt/domain/spice-image": domain(
    spice({ image: { compression: "auto" } }),
    `'devices.graphics.0.spice.image.compression' must be "auto_glz", "auto_lz", "quic", "glz", "lz" or "off", got "auto"`,
    spice({ image: { compression: "off" } }),
  ),
  "libvirt/domain/spice-clipboard": domain(
    spice({ clip_board: { copy_paste: "off" } }),
    `'devices.graphics.0.spice.clip_board.copy_paste' must be "yes" or "no", got "off"`,
    spice({ clip_board: { copy_paste: "no" } }),
  ),
  "libvirt/domain/spice-mouse": domain(
    spice({ mouse: { mode: "host" } }),
    `'devices.graphics.0.spice.mouse.mode' must be "server" or "client", got "host"`,
    spice({ mouse: { mode: "client" } }),
  ),
  "libvirt/domain/console-type": domain(
    devices("consoles", { target: { type: "tty", port: 0 } }),
    `'devices.consoles.0.target.type' must be "serial", "virtio", "xen", "uml", "lxc", "openvz", "sclp" or "sclplm", got "tty"`,
    devices("consoles", { target: { type: "serial", port: 0 } }),
  ),
  "libvirt/domain/redirected-bus": domain(
    devices("redir_devs", { bus: "pci", source: { tcp: { mode: "connect", host: "127.0.0.1", service: "4000" } } }),
    `'devices.redir_devs.0.bus' must be "usb", got "pci"`,
    devices("redir_devs", { bus: "usb", source: { tcp: { mode: "connect", host: "127.0.0.1", service: "4000" } } }),
  ),
  "libvirt/domain/firmware-feature": domain(
    { ...UEFI, os: { firmware: "efi", firmware_info: { features: [{ name: "secureboot", enabled: "no" }] } } },
    `'os.firmware_info.features.0.name' must be "enrolled-keys" or "secure-boot", got "secureboot" (did you mean "secure-boot"?)`,
    { ...UEFI, os: { firmware: "efi", firmware_info: { features: [{ name: "secure-boot", enabled: "no" }] } } },
    { elsewhere: "needs UEFI firmware" },
  ),
  "libvirt/domain/iommu-model": domain(
    { devices: { iommu: { model: "amd" } } },
    `'devices.iommu.model' must be "intel", "smmuv3" or "virtio", got "amd"`,
    {
      devices: { iommu: { model: "intel" } },
    },
  ),
  "libvirt/domain/shared-memory-model": domain(
    devices("shmems", { name: "a", model: { type: "plain" } }),
    `'devices.shmems.0.model.type' must be "ivshmem", "ivshmem-plain" or "ivshmem-doorbell", got "plain"`,
    devices("shmems", { name: "a", model: { type: "ivshmem-plain" }, size: 1, size_unit: "M" }),
  ),
  "libvirt/domain/interface-driver": domain(
    devices("interfaces", { source: { user: {} }, model: { type: "virtio" }, driver: { name: "vhost-net" } }),
    `'devices.interfaces.0.driver.name' must be "qemu" or "vhost", got "vhost-net"`,
    devices("interfaces", { source: { user: {} }, model: { type: "virtio" }, driver: { name: "qemu" } }),
  ),
  "libvirt/domain/clock-timer-policy": domain(
    { clock: { offset: "utc", timer: [{ name: "rtc", tick_policy: "catch-up" }] } },
    `'clock.timer.0.tick_policy' must be "delay", "catchup", "merge" or "discard", got "catch-up" (did you mean "catchup"?)`,
    { clock: { offset: "utc", timer: [{ name: "rtc", tick_policy: "catchup" }] } },
  ),
  "libvirt/domain/vsock-model": domain(
    { devices: { vsock: { model: "vhost", cid: { auto: "yes" } } } },
    `'devices.vsock.model' must be "virtio", "virtio-transitional" or "virtio-non-transitional", got "vhost"`,
    {
      devices: { vsock: { model: "virtio", cid: { auto: "yes" } } },
    },
  ),
  "libvirt/domain/page-reporting": domain(
    { devices: { mem_balloon: { model: "virtio", free_page_reporting: "yes" } } },
    `'devices.mem_balloon.free_page_reporting' must be "on" or "off", got "yes"`,
    { devices: { mem_balloon: { model: "virtio", free_page_reporting: "on" } } },
  ),
  "libvirt/domain/video-acceleration": domain(
    devices("videos", { model: { type: "virtio", heads: 1, primary: "yes", accel: { accel3d: "on" } } }),
    `'devices.videos.0.model.accel.accel3d' must be "yes" or "no", got "on"`,
    devices("videos", { model: { type: "virtio", heads: 1, primary: "yes", accel: { accel3d: "no" } } }),
  ),
  "libvirt/domain/cpu-cache-mode": domain(
    { cpu: { mode: "maximum", cache: { mode: "none" } } },
    `'cpu.cache.mode' must be "emulate", "passthrough" or "disable", got "none"`,
    {
      cpu: { mode: "maximum", cache: { mode: "disable" } },
    },
  ),
};
