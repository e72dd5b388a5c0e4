import { type Case, domain } from "./case";
import { devices, disk, nic, other } from "./domain-parts";

export const libvirtDomainCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/name": domain(
    { name: "a/b" },
    `'name' must be 1 to 200 characters, without '/' and line breaks, got "a/b"`,
    { name: "berth-rule-own.b" },
  ),
  "libvirt/domain/memory-minimum": domain(
    { memory: 2, memory_unit: "MiB" },
    "'memory' must be at least 16 MiB, got 2 MiB (did you mean 2 GiB?)",
    { memory: 64, memory_unit: "MiB" },
    { look: ["virsh", "dominfo", "%"] },
  ),
  "libvirt/domain/vcpu": domain({ vcpu: 0 }, "'vcpu' must be a whole number from 1 to 255, got 0", { vcpu: 255 }),
  "libvirt/domain/emulation-needs-cpu": domain(
    { type: "qemu", running: true, cpu: { mode: "host-passthrough" } },
    `'cpu.mode' must not be "host-passthrough" for a guest that is emulated, got "host-passthrough" ("maximum" gives the most)`,
    { type: "qemu", cpu: { mode: "maximum" } },
  ),
  "libvirt/domain/disk-target-duplicate": domain(
    devices("disks", disk("vda"), disk("vda")),
    `'devices.disks.1.target.dev' must be another device for each disk, got "vda" twice`,
    devices("disks", disk("vda"), disk("vdb")),
  ),
  "libvirt/domain/disk-target-bus": domain(
    devices("disks", disk("disk1")),
    `'devices.disks.0.target.dev' must be named vda to vdz on the bus virtio, got "disk1"`,
    devices("disks", disk("sda", "sata")),
  ),
  "libvirt/domain/disk-serial": domain(
    devices("disks", disk("vda", "virtio", { serial: "a".repeat(21) })),
    `'devices.disks.0.serial' must be 1 to 20 letters, digits, '_', '.', '+' or '-', got "${"a".repeat(21)}"`,
    devices("disks", disk("vda", "virtio", { serial: "pg" })),
    { read: true },
  ),
  "libvirt/domain/boot-order-duplicate": domain(
    devices("disks", disk("vda", "virtio", { boot: { order: 1 } }), disk("vdb", "virtio", { boot: { order: 1 } })),
    "'devices.disks.1.boot.order' must be another number for each device, got 1 twice",
    devices("disks", disk("vda", "virtio", { boot: { order: 1 } })),
  ),
  "libvirt/domain/boot-order-and-devices": domain(
    { os: { boot_devices: [{ dev: "hd" }] }, ...devices("disks", disk("vda", "virtio", { boot: { order: 1 } })) },
    "'os.boot_devices' must be left out where a device has a boot order, got both",
    { os: { boot_devices: [{ dev: "hd" }] } },
  ),
  "libvirt/domain/initrd-needs-kernel": domain(
    { os: { cmdline: "quiet" } },
    "'os.cmdline' must stand with a kernel, got cmdline alone",
    { os: { kernel: "/k", cmdline: "quiet" } },
    { read: true },
  ),
  "libvirt/domain/mac": domain(
    devices("interfaces", nic("52:54:00:AA:00:01")),
    `'devices.interfaces.0.mac.address' must be in lower case, as libvirt stores it, got "52:54:00:AA:00:01" (did you mean "52:54:00:aa:00:01"?)`,
    devices("interfaces", nic("52:54:00:aa:00:01")),
  ),
  "libvirt/domain/mac-duplicate": domain(
    devices("interfaces", nic("52:54:00:aa:00:01"), nic("52:54:00:aa:00:01")),
    `'devices.interfaces.1.mac.address' must be another address for each interface, got "52:54:00:aa:00:01" twice`,
    devices("interfaces", nic("52:54:00:aa:00:01"), nic("52:54:00:aa:00:02")),
    { read: true },
  ),
  "libvirt/domain/vnc-port": domain(
    { running: true, ...devices("graphics", { vnc: { port: 80, listen: "127.0.0.1" } }) },
    "'devices.graphics.0.vnc.port' must be a whole number from 5900 to 65535, without auto_port, got 80",
    devices("graphics", { vnc: { port: 5999, listen: "127.0.0.1" } }),
  ),
  "libvirt/domain/console-exposed": domain(
    devices("graphics", { vnc: { auto_port: true, listen: "0.0.0.0" } }),
    `'devices.graphics.0.vnc.listen' must be a loopback address, got "0.0.0.0" (reach it through ssh -L)`,
    devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1" } }),
    { read: true },
  ),
  "libvirt/domain/never-zero": domain({ title: "" }, `'title' must be left out rather than empty, got ""`, {
    title: "a",
  }),
  "libvirt/domain/name-taken": domain(
    { name: "berth-rule-own-2" },
    `'name' must be a name of its own on the host, got "berth-rule-own-2", which libvirt_domain.other has (choose another)`,
    {},
    { beside: other({}) },
  ),
  "libvirt/domain/network-missing": domain(
    devices("interfaces", { source: { network: { network: "" } } }),
    "'devices.interfaces.0.source.network.network' must name a network, got nothing",
    {},
  ),
  "libvirt/domain/spice-port": domain(
    { running: true, ...devices("graphics", { spice: { port: 70000, listen: "127.0.0.1" } }) },
    "'devices.graphics.0.spice.port' must be a whole number from 5900 to 65535, got 70000",
    devices("graphics", { spice: { port: 5998, listen: "127.0.0.1" } }),
  ),
  "libvirt/domain/cid-taken": domain(
    { devices: { vsock: { model: "virtio", cid: { auto: "no", address: "42" } } } },
    "'devices.vsock.cid.address' must be a number that no other guest of the machine has, got 42, which libvirt_domain.other has",
    { devices: { vsock: { model: "virtio", cid: { auto: "no", address: "43" } } } },
    { beside: other({ devices: { vsock: { model: "virtio", cid: { auto: "no", address: "42" } } } }), read: true },
  ),
  "libvirt/domain/nvram-taken": domain(
    {
      os: {
        loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
        loader_type: "pflash",
        loader_readonly: "yes",
        nv_ram: { nv_ram: "/var/lib/a.fd" },
      },
    },
    `'os.nv_ram.nv_ram' must be a file of the guest's own, got "/var/lib/a.fd", which libvirt_domain.other has (name it after the guest)`,
    {
      os: {
        loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
        loader_type: "pflash",
        loader_readonly: "yes",
        nv_ram: { nv_ram: "/var/lib/b.fd" },
      },
    },
    {
      beside: other({
        os: {
          type: "hvm",
          loader: "/usr/share/OVMF/OVMF_CODE_4M.fd",
          loader_type: "pflash",
          loader_readonly: "yes",
          nv_ram: { nv_ram: "/var/lib/a.fd" },
        },
      }),
      read: true,
      elsewhere: "needs UEFI firmware",
    },
  ),
  "libvirt/domain/tap-taken": domain(
    devices("interfaces", { source: { user: {} }, model: { type: "virtio" }, target: { dev: "tap-a" } }),
    `'devices.interfaces.target.dev' must be an interface of its own on the host, got "tap-a", which libvirt_domain.other has (leave it out: libvirt chooses one)`,
    devices("interfaces", { source: { user: {} }, model: { type: "virtio" }, target: { dev: "tap-b" } }),
    {
      beside: other(
        devices("interfaces", { source: { user: {} }, model: { type: "virtio" }, target: { dev: "tap-a" } }),
      ),
      read: true,
    },
  ),
  "libvirt/domain/character-port-taken": domain(
    devices("serials", {
      source: { tcp: { mode: "bind", host: "127.0.0.1", service: "4555" } },
      target: { type: "isa-serial", port: 0 },
    }),
    "'devices.serials.source.tcp.service' must be a port of its own on the host, got 4555, which libvirt_domain.other has (choose another)",
    devices("serials", {
      source: { tcp: { mode: "bind", host: "127.0.0.1", service: "4556" } },
      target: { type: "isa-serial", port: 0 },
    }),
    {
      beside: other(
        devices("serials", {
          source: { tcp: { mode: "bind", host: "127.0.0.1", service: "4555" } },
          target: { type: "isa-serial", port: 0 },
        }),
      ),
      read: true,
    },
  ),
};
