import { type Case, domain } from "./case";
import { devices, nic } from "./domain-parts";

const TPM = { model: "tpm-tis", backend: { passthrough: { device: { path: "/dev/tpm0" } } } };

export const libvirtDomainDevicesCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/virtiofs-memory": domain(
    devices("filesystems", {
      driver: { type: "virtiofs" },
      source: { mount: { dir: "/srv" } },
      target: { dir: "share" },
    }),
    `'devices.filesystems.0.driver.type' must stand with shared memory, got "virtiofs" alone (memory_source.type = "memfd" and memory_access.mode = "shared")`,
    {
      memory_backing: { memory_source: { type: "memfd" }, memory_access: { mode: "shared" } },
      ...devices("filesystems", {
        driver: { type: "virtiofs" },
        source: { mount: { dir: "/srv" } },
        target: { dir: "share" },
      }),
    },
  ),
  "libvirt/domain/interface-source": domain(
    devices("interfaces", { model: { type: "virtio" } }),
    "'devices.interfaces.0.source' must name a network, a bridge or another source, got nothing",
    devices("interfaces", nic("52:54:00:00:00:01")),
    { look: ["virsh", "dumpxml", "%", "--xpath", "//interface"] },
  ),
  "libvirt/domain/interface-model": domain(
    devices("interfaces", { source: { user: {} }, model: { type: "virt io" } }),
    `'devices.interfaces.0.model.type' must be letters, digits, '_' or '-', got "virt io"`,
    devices("interfaces", { source: { user: {} }, model: { type: "e1000e" } }),
  ),
  "libvirt/domain/interface-target": domain(
    {
      running: true,
      ...devices("interfaces", {
        source: { network: { network: "${libvirt_network.lan.name}" } },
        target: { dev: "vnet77" },
      }),
    },
    `'devices.interfaces.0.target.dev' must not begin with a word of libvirt's own, got "vnet77" (vnet, vif, macvtap and macvlan are taken)`,
    devices("interfaces", { source: { user: {} }, target: { dev: "tap-web" } }),
    { beside: { libvirt_network: { lan: { name: "berth-rule-own", bridge: { name: "br0" } } } } },
  ),
  "libvirt/domain/interface-link": domain(
    devices("interfaces", { source: { user: {} }, link: { state: "off" } }),
    `'devices.interfaces.0.link.state' must be "up" or "down", got "off"`,
    devices("interfaces", { source: { user: {} }, link: { state: "down" } }),
  ),
  "libvirt/domain/graphics-twice": domain(
    {
      running: true,
      ...devices(
        "graphics",
        { vnc: { auto_port: true, listen: "127.0.0.1" } },
        { vnc: { auto_port: true, listen: "127.0.0.1" } },
      ),
    },
    "'devices.graphics.1' must be the only one of its kind, got two",
    devices(
      "graphics",
      { vnc: { auto_port: true, listen: "127.0.0.1" } },
      { spice: { auto_port: true, listen: "127.0.0.1" } },
    ),
  ),
  "libvirt/domain/vnc-password": domain(
    { running: true, ...devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1", passwd: "123456789" } }) },
    "'devices.graphics.0.vnc.passwd' must be at most 8 characters, got 9 characters (VNC knows no longer ones)",
    devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1", passwd: "12345678" } }),
  ),
  "libvirt/domain/spicevmc-needs-spice": domain(
    devices("channels", { source: { spice_vmc: true }, target: { virt_io: { name: "com.redhat.spice.0" } } }),
    "'devices.channels.0.source.spice_vmc' must stand with SPICE graphics, got without",
    {
      devices: {
        channels: [{ source: { spice_vmc: true }, target: { virt_io: { name: "com.redhat.spice.0" } } }],
        graphics: [{ spice: { auto_port: true, listen: "127.0.0.1" } }],
      },
    },
  ),
  "libvirt/domain/serial-port-twice": domain(
    { running: true, ...devices("serials", { target: { port: 0 } }, { target: { port: 0 } }) },
    "'devices.serials.1.target.port' must be another port for each, got 0 twice",
    devices("serials", { target: { port: 0 } }, { target: { port: 1 } }),
  ),
  "libvirt/domain/pty-path": domain(
    devices("serials", { source: { pty: { path: "/dev/pts/77" } } }),
    `'devices.serials.0.source.pty.path' must be left out, since libvirt chooses it at every start, got "/dev/pts/77"`,
    devices("serials", { target: { port: 0 } }),
  ),
  "libvirt/domain/video-model": domain(
    devices("videos", { model: { type: "virtio" } }),
    `'devices.videos.0.model' must say what libvirt would fill in, got no heads, no primary (heads = 1, primary = "yes", vram = 16384 are its own)`,
    devices("videos", { model: { type: "virtio", heads: 1, primary: "yes" } }),
  ),
  "libvirt/domain/video-primary": domain(
    devices(
      "videos",
      { model: { type: "virtio", heads: 1, primary: "yes" } },
      { model: { type: "bochs", heads: 1, primary: "yes", vram: 16384 } },
    ),
    "'devices.videos' must have one primary card, got several",
    devices("videos", { model: { type: "virtio", heads: 1, primary: "yes" } }),
  ),
  "libvirt/domain/watchdog-model": domain(
    devices("watchdogs", { model: "i6300" }),
    `'devices.watchdogs.0.model' must be "i6300esb", "ib700", "diag288" or "itco", got "i6300" (did you mean "i6300esb"?)`,
    devices("watchdogs", { model: "i6300esb" }),
  ),
  "libvirt/domain/watchdog-action": domain(
    devices("watchdogs", { model: "i6300esb", action: "restart" }),
    `'devices.watchdogs.0.action' must be "reset", "shutdown", "poweroff", "pause", "dump", "none" or "inject-nmi", got "restart"`,
    devices("watchdogs", { model: "i6300esb", action: "reset" }),
  ),
  "libvirt/domain/alias": domain(
    devices("watchdogs", { model: "i6300esb", alias: { name: "dog" } }),
    `'devices.watchdogs.0.alias.name' must begin with ua-, got "dog" (libvirt drops every other one)`,
    devices("watchdogs", { model: "i6300esb", alias: { name: "ua-dog" } }),
    { look: ["virsh", "dumpxml", "%", "--xpath", "//watchdog"] },
  ),
  "libvirt/domain/alias-twice": domain(
    {
      devices: {
        watchdogs: [{ model: "i6300esb", alias: { name: "ua-a" } }],
        rngs: [{ model: "virtio", backend: { random: "/dev/urandom" }, alias: { name: "ua-a" } }],
      },
    },
    `'devices.rngs.0.alias.name' must be another alias for each device, got "ua-a" twice`,
    {},
  ),
  "libvirt/domain/vsock-cid": domain(
    { devices: { vsock: { model: "virtio", cid: { auto: "no", address: "2" } } } },
    "'devices.vsock.cid.address' must be at least 3, got 2 (0 to 2 are the host's own)",
    { devices: { vsock: { model: "virtio", cid: { auto: "no", address: "3" } } } },
  ),
  "libvirt/domain/pci-address": domain(
    devices("hostdevs", {
      managed: true,
      subsys_pci: { source: { address: { domain: 0, bus: 1, slot: 32, function: 0 } } },
    }),
    "'devices.hostdevs.0.subsys_pci.source.address' must have a slot of at most 31, got 32",
    devices("hostdevs", {
      managed: true,
      subsys_pci: { source: { address: { domain: 0, bus: 1, slot: 31, function: 0 } } },
    }),
  ),
  "libvirt/domain/hostdev-twice": domain(
    devices(
      "hostdevs",
      { managed: true, subsys_pci: { source: { address: { domain: 0, bus: 1, slot: 3, function: 0 } } } },
      { managed: true, subsys_pci: { source: { address: { domain: 0, bus: 1, slot: 3, function: 0 } } } },
    ),
    `'devices.hostdevs.1.subsys_pci.source.address' must be another device for each, got {"domain":0,"bus":1,"slot":3,"function":0} twice`,
    {},
  ),
  "libvirt/domain/controller-twice": domain(
    devices(
      "controllers",
      { type: "scsi", index: 0, model: "virtio-scsi" },
      { type: "scsi", index: 0, model: "virtio-scsi" },
    ),
    "'devices.controllers.1.index' must be another number for each of a type, got 0 twice",
    devices(
      "controllers",
      { type: "scsi", index: 0, model: "virtio-scsi" },
      { type: "scsi", index: 1, model: "virtio-scsi" },
    ),
  ),
  "libvirt/domain/memory-source": domain(
    { memory_backing: { memory_source: { type: "ram" } } },
    `'memory_backing.memory_source.type' must be "file", "anonymous" or "memfd", got "ram"`,
    {
      memory_backing: { memory_source: { type: "memfd" } },
    },
  ),
  "libvirt/domain/huge-page-unit": domain(
    { memory_backing: { memory_huge_pages: { hugepages: [{ size: 2, unit: "MiB" }] } } },
    `'memory_backing.memory_huge_pages.hugepages.0.unit' must be "KiB", as libvirt stores it, got "MiB" (multiply the size)`,
    { memory_backing: { memory_huge_pages: { hugepages: [{ size: 2048, unit: "KiB" }] } } },
  ),
  "libvirt/domain/tpm-model": domain(
    devices("tpms", { model: "tpm-3", backend: { emulator: { version: "2.0" } } }),
    `'devices.tpms.0.model' must be "tpm-tis", "tpm-crb", "tpm-spapr" or "spapr-tpm-proxy", got "tpm-3"`,
    devices("tpms", { model: "tpm-crb", backend: { emulator: { version: "2.0" } } }),
    { elsewhere: "needs swtpm" },
  ),
  "libvirt/domain/sound-model": domain(
    devices("sounds", { model: "loud" }),
    `'devices.sounds.0.model' must be "ich6", "ich7", "ich9", "ac97", "es1370", "sb16", "pcspk", "usb" or "virtio", got "loud"`,
    devices("sounds", { model: "ich9" }),
  ),
  "libvirt/domain/input-type": domain(
    devices("inputs", { type: "joystick", bus: "usb" }),
    `'devices.inputs.0.type' must be "tablet", "mouse", "keyboard", "passthrough" or "evdev", got "joystick"`,
    devices("inputs", { type: "tablet", bus: "usb" }),
  ),
  "libvirt/domain/balloon-model": domain(
    { devices: { mem_balloon: { model: "xenon" } } },
    `'devices.mem_balloon.model' must be "virtio", "virtio-transitional", "virtio-non-transitional", "xen" or "none", got "xenon"`,
    {
      devices: { mem_balloon: { model: "virtio" } },
    },
  ),
  "libvirt/domain/iommu-remap": domain(
    { devices: { iommu: { model: "intel", driver: { int_remap: "on" } } } },
    `'devices.iommu.driver.int_remap' must stand with features.ioapic.driver = "qemu", got "on" alone`,
    {
      features: { ioapic: { driver: "qemu" } },
      devices: { iommu: { model: "intel", driver: { int_remap: "on" } } },
    },
  ),
  "libvirt/domain/tpm-once": domain(devices("tpms", TPM, TPM), "'devices.tpms' must be one at most, got 2", {}),
  "libvirt/domain/filesystem-target-twice": domain(
    devices(
      "filesystems",
      { source: { mount: { dir: "/srv" } }, target: { dir: "share" } },
      { source: { mount: { dir: "/opt" } }, target: { dir: "share" } },
    ),
    `'devices.filesystems.1.target.dir' must be another tag for each, got "share" twice`,
    devices("filesystems", { source: { mount: { dir: "/srv" } }, target: { dir: "share" } }),
    { read: true },
  ),
  "libvirt/domain/interface-model-name": domain(
    devices("interfaces", { source: { user: {} }, model: { type: "virtoi" } }),
    `'devices.interfaces.0.model.type' must be a model that QEMU has, got "virtoi" (did you mean "virtio"?)`,
    devices("interfaces", { source: { user: {} }, model: { type: "e1000" } }),
    { read: true },
  ),
  "libvirt/domain/hostdev-device": domain(
    devices("hostdevs", { managed: true }),
    "'devices.hostdevs.0' must name a device, got none (such as subsys_pci or subsys_usb)",
    {},
  ),
  "libvirt/domain/network-by-id": domain(
    { running: true, ...devices("interfaces", { source: { network: { network: "${libvirt_network.lan.id}" } } }) },
    `'devices.interfaces.0.source.network.network' must be a network's name, got "\${libvirt_network.lan.id}" (\${libvirt_network.lan.name})`,
    devices("interfaces", { source: { network: { network: "${libvirt_network.lan.name}" } } }),
    { beside: { libvirt_network: { lan: { name: "berth-rule-own", bridge: { name: "br0" } } } } },
  ),
  "libvirt/domain/graphics-kind": domain(
    devices("graphics", {}),
    "'devices.graphics.0' must be of a kind, got none (such as vnc = { auto_port = true })",
    devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1" } }),
    { read: true },
  ),
  "libvirt/domain/filesystem-tag-length": domain(
    {
      running: true,
      ...devices("filesystems", {
        access_mode: "mapped",
        source: { mount: { dir: "/srv" } },
        target: { dir: "/mnt/application/data/uploads/shared" },
      }),
    },
    `'devices.filesystems.0.target.dir' must have at most 31 characters, got "/mnt/application/data/uploads/shared"`,
    devices("filesystems", { access_mode: "mapped", source: { mount: { dir: "/srv" } }, target: { dir: "shared" } }),
  ),
  "libvirt/domain/filesystem-modes": domain(
    devices("filesystems", {
      access_mode: "passthrough",
      fmode: "0644",
      dmode: "0755",
      source: { mount: { dir: "/srv" } },
      target: { dir: "shared" },
    }),
    `'devices.filesystems.0.fmode' must stand with access_mode = "mapped", got "passthrough"`,
    devices("filesystems", { access_mode: "mapped", source: { mount: { dir: "/srv" } }, target: { dir: "shared" } }),
  ),
  "libvirt/domain/vnc-keymap": domain(
    { running: true, ...devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1", keymap: "en_US" } }) },
    `'devices.graphics.0.vnc.keymap' must be a keymap of QEMU's, got "en_US" (such as en-us)`,
    devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1", keymap: "en-us" } }),
  ),
  "libvirt/domain/spice-port-and-auto": domain(
    devices("graphics", { spice: { auto_port: true, port: 5901, listen: "127.0.0.1" } }),
    "'devices.graphics.0.spice.port' must be left out with auto_port, got 5901",
    devices("graphics", { spice: { auto_port: true, listen: "127.0.0.1" } }),
  ),
  "libvirt/domain/listener-exposed": domain(
    devices("graphics", { vnc: { auto_port: true, listeners: [{ address: { address: "0.0.0.0" } }] } }),
    `'devices.graphics.0.vnc.listeners.0.address.address' must be a loopback address, got "0.0.0.0" (reach it through ssh -L)`,
    devices("graphics", { vnc: { auto_port: true, listeners: [{ address: { address: "127.0.0.1" } }] } }),
    { read: true, elsewhere: "was not run" },
  ),
  "libvirt/domain/video-heads": domain(
    devices("videos", { model: { type: "virtio", heads: 0, primary: "yes" } }),
    "'devices.videos.0.model.heads' must be at least 1, got 0",
    devices("videos", { model: { type: "virtio", heads: 1, primary: "yes" } }),
  ),
  "libvirt/domain/console-port-of-docker": domain(
    devices("graphics", { vnc: { port: 5910, listen: "127.0.0.1" } }),
    "'devices.graphics.0.vnc.port' must be a port that no container of the machine publishes, got 5910, which docker_container.other publishes (choose another port)",
    devices("graphics", { vnc: { port: 5911, listen: "127.0.0.1" } }),
    {
      beside: {
        docker_container: {
          other: {
            name: "berth-rule-own-2",
            image: "nginx:1",
            destroy_grace_seconds: 1,
            ports: [{ internal: 80, external: 5910 }],
          },
        },
      },
      read: true,
      elsewhere: "needs both providers",
    },
  ),
};
