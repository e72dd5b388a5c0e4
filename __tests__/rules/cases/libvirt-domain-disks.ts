import { type Case, domain } from "./case";
import { devices, disk } from "./domain-parts";

const ROOT = {
  source: { file: { file: "${libvirt_volume.root.path}" } },
  driver: { name: "qemu", type: "raw" },
  target: { dev: "vda", bus: "virtio" },
};

export const libvirtDomainDisksCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/disk-source": domain(
    devices("disks", { target: { dev: "vda", bus: "virtio" } }),
    "'devices.disks.0.source' must name a file, a volume or a block device, got nothing",
    devices("disks", disk("vda")),
  ),
  "libvirt/domain/disk-target": domain(
    devices("disks", { source: { file: { file: "/var/lib/libvirt/images/a.img" } } }),
    "'devices.disks.0.target' must name a device and a bus, got nothing (such as vda on virtio)",
    devices("disks", disk("vda")),
  ),
  "libvirt/domain/disk-sources": domain(
    devices("disks", disk("vda", "virtio", { source: { file: { file: "/a.img" }, block: { dev: "/dev/vg/a" } } })),
    "'devices.disks.0.source' must be of one kind, got block and file",
    devices("disks", disk("vda")),
    { look: ["virsh", "dumpxml", "%", "--xpath", "//disk/source"] },
  ),
  "libvirt/domain/cdrom-bus": domain(
    devices("disks", disk("vda", "virtio", { device: "cdrom" })),
    `'devices.disks.0.target.bus' must not be "virtio" for a cdrom, got "virtio" ("sata", with the device sda)`,
    devices("disks", disk("sda", "sata", { device: "cdrom", read_only: true })),
  ),
  "libvirt/domain/ide-on-q35": domain(
    devices("disks", disk("hda", "ide")),
    `'devices.disks.0.target.bus' must not be "ide" on the machine q35, got "ide" ("sata", with the device sda)`,
    {
      os: { type_machine: "pc" },
      ...devices("disks", disk("hda", "ide")),
    },
  ),
  "libvirt/domain/lun": domain(
    devices("disks", disk("sda", "scsi", { device: "lun" })),
    `'devices.disks.0.device' must stand with a block device as its source, got "lun"`,
    devices(
      "disks",
      disk("sda", "scsi", {
        device: "lun",
        source: { block: { dev: "/dev/vg/a" } },
        driver: { name: "qemu", type: "raw" },
      }),
    ),
  ),
  "libvirt/domain/queues-need-virtio": domain(
    devices("disks", disk("sda", "sata", { driver: { name: "qemu", type: "raw", queues: 2 } })),
    "'devices.disks.0.driver.queues' must be left out but on the bus virtio, got 2 on sata",
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", queues: 2 } })),
  ),
  "libvirt/domain/io-thread": domain(
    {
      io_threads: 1,
      ...devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", io_thread: 2 } })),
    },
    "'devices.disks.0.driver.io_thread' must be one of the guest's io_threads, 1 to 1, got 2",
    {
      io_threads: 1,
      ...devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", io_thread: 1 } })),
    },
  ),
  "libvirt/domain/io-thread-needs-virtio": domain(
    {
      io_threads: 1,
      ...devices("disks", disk("sda", "sata", { driver: { name: "qemu", type: "raw", io_thread: 1 } })),
    },
    "'devices.disks.0.driver.io_thread' must be left out but on the bus virtio, got on sata",
    {
      io_threads: 1,
      ...devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", io_thread: 1 } })),
    },
  ),
  "libvirt/domain/io-tune": domain(
    devices("disks", disk("vda", "virtio", { io_tune: { total_bytes_sec: 1000000, read_bytes_sec: 1000000 } })),
    "'devices.disks.0.io_tune.total_bytes_sec' must be left out where reading or writing is bounded, got both",
    devices("disks", disk("vda", "virtio", { io_tune: { read_bytes_sec: 1000000, write_bytes_sec: 1000000 } })),
  ),
  "libvirt/domain/wwn-bus": domain(
    devices("disks", disk("vda", "virtio", { wwn: "5000c50015ea71aa" })),
    `'devices.disks.0.wwn' must be left out but on the buses scsi and ide, got "5000c50015ea71aa" on virtio (use serial)`,
    devices("disks", disk("sda", "scsi", { wwn: "5000c50015ea71aa" })),
  ),
  "libvirt/domain/wwn": domain(
    devices("disks", disk("sda", "scsi", { wwn: "5000" })),
    `'devices.disks.0.wwn' must be 16 hexadecimal digits, got "5000"`,
    devices("disks", disk("sda", "scsi", { wwn: "5000c50015ea71aa" })),
  ),
  "libvirt/domain/disk-cache": domain(
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", cache: "fast" } })),
    `'devices.disks.0.driver.cache' must be "default", "none", "writethrough", "writeback", "directsync" or "unsafe", got "fast"`,
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", cache: "none" } })),
  ),
  "libvirt/domain/disk-io": domain(
    devices(
      "disks",
      disk("vda", "virtio", { driver: { name: "qemu", type: "raw", cache: "writeback", io: "native" } }),
    ),
    `'devices.disks.0.driver.io' must stand with the cache "none" or "directsync", got "native" with "writeback"`,
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", cache: "none", io: "native" } })),
  ),
  "libvirt/domain/disk-discard": domain(
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", discard: "on" } })),
    `'devices.disks.0.driver.discard' must be "unmap" or "ignore", got "on"`,
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "raw", discard: "unmap" } })),
  ),
  "libvirt/domain/disk-format": domain(
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "qcow3" } })),
    `'devices.disks.0.driver.type' must be "raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vhd", "vpc", "vhdx", "iso", "luks", "bochs", "cloop", "dmg", "cow", "fat", "dir" or "ploop", got "qcow3" (did you mean "qcow2"?)`,
    devices("disks", disk("vda", "virtio", { driver: { name: "qemu", type: "qcow2" } })),
  ),
  "libvirt/domain/disk-device": domain(
    devices("disks", disk("vda", "virtio", { device: "dvd" })),
    `'devices.disks.0.device' must be "disk", "cdrom", "floppy" or "lun", got "dvd"`,
    devices("disks", disk("vda", "virtio", { device: "disk" })),
  ),
  "libvirt/domain/disk-bus": domain(
    devices("disks", disk("sda", "nvme")),
    `'devices.disks.0.target.bus' must be "virtio", "sata", "scsi", "usb", "ide", "fdc", "sd" or "xen", got "nvme"`,
    devices("disks", disk("sda", "usb")),
  ),
  "libvirt/domain/boot-order": domain(
    devices("disks", disk("vda", "virtio", { boot: { order: 0 } })),
    "'devices.disks.0.boot.order' must be a whole number from 1, got 0",
    devices("disks", disk("vda", "virtio", { boot: { order: 1 } })),
  ),
  "libvirt/domain/disk-burst": domain(
    { running: true, ...devices("disks", { ...ROOT, io_tune: { total_iops_sec_max: 1000 } }) },
    "'devices.disks.0.io_tune.total_iops_sec_max' must stand with total_iops_sec, got 1000",
    devices("disks", { ...ROOT, io_tune: { total_iops_sec_max: 1000, total_iops_sec: 500 } }),
    {
      beside: {
        libvirt_pool: {
          p: { name: "berth-rule-own", type: "dir", target: { path: "/var/lib/libvirt/images/berth-rule-own" } },
        },
        libvirt_volume: {
          root: {
            name: "root.img",
            pool: "${libvirt_pool.p.name}",
            capacity: 1048576,
            target: { format: { type: "raw" } },
          },
        },
      },
    },
  ),
  "libvirt/domain/disk-read-only-bus": domain(
    devices("disks", disk("sda", "sata", { read_only: true })),
    `'devices.disks.0.read_only' must be left out on sata and ide, got "sata" (use virtio, or device = "cdrom")`,
    devices("disks", disk("vda", "virtio", { read_only: true })),
  ),
  "libvirt/domain/disk-rotation": domain(
    devices("disks", disk("vda", "virtio", { target: { dev: "vda", bus: "virtio", rotation_rate: 1 } })),
    `'devices.disks.0.target.rotation_rate' must be left out where the bus is not scsi, ide or sata, got "virtio"`,
    devices("disks", disk("sda", "sata", { target: { dev: "sda", bus: "sata", rotation_rate: 1 } })),
  ),
  "libvirt/domain/disk-removable-bus": domain(
    devices("disks", disk("sda", "sata", { target: { dev: "sda", bus: "sata", removable: "on" } })),
    `'devices.disks.0.target.removable' must be left out where the bus is not usb, got "sata"`,
    devices("disks", disk("sda", "usb", { target: { dev: "sda", bus: "usb", removable: "on" } })),
  ),
  "libvirt/domain/disk-network-name": domain(
    devices("disks", { source: { network: { protocol: "rbd" } }, target: { dev: "vda", bus: "virtio" } }),
    "'devices.disks.0.source.network.name' must be set, got nothing",
    devices("disks", {
      source: { network: { protocol: "rbd", name: "pool/img" } },
      target: { dev: "vda", bus: "virtio" },
    }),
  ),
  "libvirt/domain/disk-path": domain(
    {
      running: true,
      ...devices("disks", { source: { file: { file: "data.img" } }, target: { dev: "vda", bus: "virtio" } }),
    },
    `'devices.disks.0.source.file.file' must be an absolute path, got "data.img"`,
    devices("disks", disk("vda")),
  ),
};
