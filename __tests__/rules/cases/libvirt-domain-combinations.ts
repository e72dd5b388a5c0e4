import { type Body, type Case, domain } from "./case";
import { devices, disk, nic, other } from "./domain-parts";

const user = (more: Body): Body => devices("interfaces", { source: { user: {} }, model: { type: "virtio" }, ...more });
const cell = (id: number, cpus: string, distance?: number): Body => ({
  id,
  cpus,
  memory: 32768,
  unit: "KiB",
  ...(distance !== undefined && { distances: { siblings: [{ id: 1 - id, value: distance }] } }),
});
const VIRTIOFS = { source: { mount: { dir: "/srv" } }, target: { dir: "share" }, driver: { type: "virtiofs" } };
const SHARED = { memory_backing: { memory_source: { type: "memfd" }, memory_access: { mode: "shared" } } };
const XPATH = (path: string) => ["virsh", "dumpxml", "%", "--xpath", path];

const PCI = (slot: number): Body =>
  devices("hostdevs", { managed: true, subsys_pci: { source: { address: { domain: 0, bus: 1, slot, function: 0 } } } });
const PIN = (set: string): Body => ({ cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: set }] } });
const VNC = (port: number): Body => devices("graphics", { vnc: { port, listen: "127.0.0.1" } });

export const libvirtDomainCombinationCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/memory-missing": domain(
    { memory: null, memory_unit: null },
    "'memory' must be set, with its unit, got nothing",
    {},
    { look: ["virsh", "dominfo", "%"] },
  ),
  "libvirt/domain/mac-taken": domain(
    devices("interfaces", nic("52:54:00:00:00:01")),
    `'devices.interfaces.0.mac.address' must be an address of its own on the host, got "52:54:00:00:00:01", which libvirt_domain.other has`,
    devices("interfaces", nic("52:54:00:00:00:02")),
    {
      read: true,
      beside: other(devices("interfaces", nic("52:54:00:00:00:01"))),
    },
  ),
  "libvirt/domain/cpu-model-with-mode": domain(
    { cpu: { mode: "maximum", model: "qemu64" } },
    `'cpu.model' must be left out but for the mode "custom", got with "maximum"`,
    { cpu: { mode: "maximum" } },
    { look: XPATH("//cpu") },
  ),
  "libvirt/domain/disk-file-twice": domain(
    devices(
      "disks",
      disk("vda"),
      disk("vdb", "virtio", { source: { file: { file: "/var/lib/libvirt/images/vda.img" } } }),
    ),
    `'devices.disks.1.source.file.file' must be another file for each disk that is written to, got "/var/lib/libvirt/images/vda.img" twice`,
    devices("disks", disk("vda"), disk("vdb")),
    { read: true },
  ),
  "libvirt/domain/disk-volume-pool": domain(
    devices("disks", disk("vda", "virtio", { source: { volume: { volume: "a.qcow2" } } })),
    "'devices.disks.0.source.volume' must name a pool and a volume, got no pool",
    devices("disks", disk("vda", "virtio", { source: { volume: { pool: "images", volume: "a.qcow2" } } })),
  ),
  "libvirt/domain/interface-direct-device": domain(
    devices("interfaces", { source: { direct: { mode: "bridge" } } }),
    "'devices.interfaces.0.source.direct' must name a device of the host, got none",
    devices("interfaces", { source: { direct: { dev: "eth0", mode: "bridge" } } }),
  ),
  "libvirt/domain/interface-vlan": domain(
    devices("interfaces", {
      source: { bridge: { bridge: "ovs0" } },
      virtual_port: { params: { open_v_switch: {} } },
      vlan: { tags: [{ id: 5000 }] },
    }),
    "'devices.interfaces.0.vlan.tags.0.id' must be at most 4095, got 5000",
    devices("interfaces", {
      source: { bridge: { bridge: "ovs0" } },
      virtual_port: { params: { open_v_switch: {} } },
      vlan: { tags: [{ id: 4094 }] },
    }),
    { elsewhere: "needs Open vSwitch" },
  ),
  "libvirt/domain/interface-bandwidth": domain(
    user({ bandwidth: { inbound: { peak: 100 } } }),
    "'devices.interfaces.0.bandwidth.inbound' must have an average, got none",
    user({ bandwidth: { inbound: { average: 100 } } }),
  ),
  "libvirt/domain/graphics-kinds": domain(
    devices("graphics", {
      vnc: { auto_port: true, listen: "127.0.0.1" },
      spice: { auto_port: true, listen: "127.0.0.1" },
    }),
    "'devices.graphics.0' must be of one kind, got vnc and spice (give each an element of its own)",
    devices(
      "graphics",
      { vnc: { auto_port: true, listen: "127.0.0.1" } },
      { spice: { auto_port: true, listen: "127.0.0.1" } },
    ),
    { look: XPATH("//graphics") },
  ),
  "libvirt/domain/graphics-listeners": domain(
    devices("graphics", {
      vnc: { auto_port: true, listen: "127.0.0.2", listeners: [{ address: { address: "127.0.0.1" } }] },
    }),
    `'devices.graphics.0.vnc.listen' must be the first listener's, "127.0.0.1", got "127.0.0.2"`,
    devices("graphics", {
      vnc: { auto_port: true, listen: "127.0.0.1", listeners: [{ address: { address: "127.0.0.1" } }] },
    }),
  ),
  "libvirt/domain/virtiofs-access-mode": domain(
    { ...SHARED, ...devices("filesystems", { ...VIRTIOFS, access_mode: "mapped" }) },
    `'devices.filesystems.0.access_mode' must be "passthrough" with virtiofs, got "mapped"`,
    { ...SHARED, ...devices("filesystems", { ...VIRTIOFS, access_mode: "passthrough" }) },
  ),
  "libvirt/domain/rng-without-backend": domain(
    devices("rngs", { model: "virtio" }),
    `'devices.rngs.0.backend' must name a source, got nothing (random = "/dev/urandom")`,
    devices("rngs", { model: "virtio", backend: { random: "/dev/urandom" } }),
  ),
  "libvirt/domain/input-tablet-bus": domain(
    devices("inputs", { type: "tablet", bus: "ps2" }),
    `'devices.inputs.0.bus' must not be "ps2" for a tablet, got "ps2" ("usb" or "virtio")`,
    devices("inputs", { type: "mouse", bus: "ps2" }),
  ),
  "libvirt/domain/iommu-needs-q35": domain(
    { os: { type_machine: "pc" }, devices: { iommu: { model: "intel" } } },
    `'devices.iommu.model' must stand with the machine q35, got "intel" on "pc"`,
    {
      devices: { iommu: { model: "intel" } },
    },
  ),
  "libvirt/domain/io-thread-pin": domain(
    { cpu_tune: { io_thread_pin: [{ io_thread: 1, cpu_set: "0" }] } },
    "'cpu_tune.io_thread_pin.0.io_thread' must be one of the guest's io_threads, got 1",
    {
      io_threads: 1,
      cpu_tune: { io_thread_pin: [{ io_thread: 1, cpu_set: "0" }] },
    },
  ),
  "libvirt/domain/maximum-memory-slots": domain(
    { maximum_memory: 1, maximum_memory_unit: "GiB" },
    "'maximum_memory' must stand with maximum_memory and maximum_memory_slots both, got one alone",
    {},
  ),
  "libvirt/domain/maximum-memory": domain(
    {
      vcpu: 2,
      maximum_memory: 32768,
      maximum_memory_unit: "KiB",
      maximum_memory_slots: 2,
      cpu: { mode: "maximum", numa: { cell: [cell(0, "0"), cell(1, "1")] } },
    },
    "'maximum_memory' must be at least the memory, got 32768 KiB",
    {},
  ),
  "libvirt/domain/numa-distance": domain(
    { vcpu: 2, cpu: { mode: "maximum", numa: { cell: [cell(0, "0", 5), cell(1, "1", 20)] } } },
    "'cpu.numa.cell.0.distances.siblings.0.value' must be 10 to 254, got 5",
    {},
  ),
  "libvirt/domain/hyper-v-spinlocks": domain(
    { features: { hyper_v: { spinlocks: { state: "on", retries: 100 } } } },
    "'features.hyper_v.spinlocks.retries' must be at least 4095, got 100",
    { features: { hyper_v: { spinlocks: { state: "on", retries: 8191 } } } },
  ),
  "libvirt/domain/hyper-v-vendor": domain(
    { features: { hyper_v: { vendor_id: { state: "on", value: "more than twelve" } } } },
    `'features.hyper_v.vendor_id.value' must be at most 12 characters without ',', got "more than twelve"`,
    { features: { hyper_v: { vendor_id: { state: "on", value: "twelve" } } } },
  ),
  "libvirt/domain/boot-menu-timeout": domain(
    { os: { boot_menu: { enable: "yes", timeout: "70000" } } },
    `'os.boot_menu.timeout' must be 0 to 65535 milliseconds, got "70000"`,
    {
      os: { boot_menu: { enable: "yes", timeout: "3000" } },
    },
  ),
  "libvirt/domain/usb-id": domain(
    devices("hostdevs", {
      managed: true,
      subsys_usb: { source: { vendor: { id: "z46d" }, product: { id: "0xc52b" } } },
    }),
    `'devices.hostdevs.0.subsys_usb.source' must have ids that begin with 0x, got "z46d"`,
    devices("hostdevs", {
      managed: true,
      subsys_usb: { source: { vendor: { id: "0x046d" }, product: { id: "0xc52b" } } },
    }),
  ),
  "libvirt/domain/wait-needs-running": domain(
    user({ wait_for_ip: { source: "lease", timeout: 3 } }),
    "'devices.interfaces.0.wait_for_ip' must stand with running = true, got a guest that is off",
    user({}),
    {
      read: true,
    },
  ),
  "libvirt/domain/tpm-crb-version": domain(
    devices("tpms", { model: "tpm-crb", backend: { emulator: { version: "1.2" } } }),
    `'devices.tpms.0.backend.emulator.version' must be "2.0" for tpm-crb, got "1.2"`,
    devices("tpms", { model: "tpm-tis", backend: { emulator: { version: "1.2" } } }),
    { read: true, elsewhere: "needs swtpm" },
  ),
  "libvirt/domain/vcpu-cpuset": domain(
    { vcpu_cpuset: "all" },
    `'vcpu_cpuset' must be a set of processors such as 0-3, got "all"`,
    { vcpu_cpuset: "0-1" },
  ),
  "libvirt/domain/metadata": domain({ metadata: { xml: "<a>" } }, `'metadata.xml' must be well-formed XML, got "<a>"`, {
    metadata: { xml: "<a:b xmlns:a='http://example.com/a'/>" },
  }),
  "libvirt/domain/hostdev-taken": domain(
    PCI(3),
    "'devices.hostdevs.0.subsys_pci.source.address' must be a device of its own on the host, got 0:1:3:0, which libvirt_domain.other has",
    PCI(4),
    { read: true, beside: other(PCI(3)), elsewhere: "needs PCI devices" },
  ),
  "libvirt/domain/pinned-processors": domain(
    PIN("0"),
    `'cpu_tune.vcpu_pin.0.cpu_set' must be processors that no other guest is pinned to, got "0", which libvirt_domain.other has`,
    PIN("1"),
    { read: true, beside: other(PIN("0")) },
  ),
  "libvirt/domain/disk-taken": domain(
    devices("disks", disk("vda")),
    `'devices.disks.0.source' must be written to by one guest, got "/var/lib/libvirt/images/vda.img", which libvirt_domain.other has (make each an overlay of its own, or say read_only)`,
    devices("disks", disk("vdb")),
    { read: true, beside: other(devices("disks", disk("vda"))) },
  ),
  "libvirt/domain/console-port-taken": domain(
    VNC(5950),
    "'devices.graphics.0.vnc.port' must be a port of its own on the host, got 5950, which libvirt_domain.other has",
    VNC(5951),
    { read: true, beside: other(VNC(5950)) },
  ),
  "libvirt/domain/agent-channel": domain(
    devices("channels", { source: { null: true }, target: { virt_io: { name: "org.qemu.guest_agent.0" } } }),
    "'devices.channels.0.source' must be unix = {} for the guest agent, got null",
    devices("channels", { source: { unix: {} }, target: { virt_io: { name: "org.qemu.guest_agent.0" } } }),
    { read: true },
  ),
  "libvirt/domain/clock-timezone": domain(
    { clock: { offset: "utc", time_zone: "Europe/Berlin" } },
    `'clock.time_zone' must stand with offset = "timezone", got "Europe/Berlin"`,
    { clock: { offset: "timezone", time_zone: "Europe/Berlin" } },
    { look: XPATH("//clock") },
  ),
  "libvirt/domain/wait-agent-channel": domain(
    { running: true, ...user({ wait_for_ip: { source: "agent", timeout: 3 } }) },
    `'devices.interfaces.0.wait_for_ip.source' must stand with a channel of the guest agent, got "agent" alone`,
    {},
    { read: true },
  ),
  "libvirt/domain/disk-format-of-volume": domain(
    devices("disks", disk("vda", "virtio", { source: { file: { file: "${libvirt_volume.it.path}" } } })),
    `'devices.disks.0.driver.type' must be that of libvirt_volume.it, "qcow2", got nothing, which is raw`,
    devices(
      "disks",
      disk("vda", "virtio", {
        source: { file: { file: "${libvirt_volume.it.path}" } },
        driver: { name: "qemu", type: "qcow2" },
      }),
    ),
    {
      read: true,
      beside: {
        libvirt_pool: {
          p: { name: "berth-rule-own-p", type: "dir", target: { path: "/var/lib/libvirt/images/berth-rule-own" } },
        },
        libvirt_volume: {
          it: {
            name: "a.qcow2",
            pool: "${libvirt_pool.p.name}",
            capacity: 1048576,
            target: { format: { type: "qcow2" } },
          },
        },
      },
    },
  ),
  "libvirt/domain/clock-timezone-missing": domain(
    { clock: { offset: "timezone" } },
    `'clock.time_zone' must be set for the offset timezone, got nothing (such as "Europe/Berlin")`,
    { clock: { offset: "timezone", time_zone: "Europe/Berlin" } },
  ),
  "libvirt/domain/wait-source": domain(
    { running: true, ...user({ wait_for_ip: { source: "dhcp", timeout: 3 } }) },
    `'devices.interfaces.0.wait_for_ip.source' must be "any", "lease" or "agent", got "dhcp"`,
    {},
    { read: true },
  ),
};
