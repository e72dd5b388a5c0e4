import type { Reference } from "../providers/late";
import type { DomainDevicesDisks } from "../providers/libvirt/domain";

/** The disks that every guest of its kind has, by the paths of their volumes. */
export interface GuestDisks {
  readonly root: Reference;
  /** The cloud-init seed. */
  readonly seed: Reference | undefined;
  readonly installer: Reference | undefined;
}

/**
 * The disks as libvirt numbers them. The seed is the second virtio disk: cloud kernels have no driver for a SATA CD-ROM.
 * Its letter is kept free where there is none, so that no data disk ever changes its own.
 */
export function renderDisks({ root, seed, installer }: GuestDisks): DomainDevicesDisks[] {
  return [
    { ...virtioDisk("vda", root), ...(installer === undefined ? {} : { boot: { order: 1 } }) },
    ...(seed === undefined ? [] : [{ ...virtioDisk("vdb", seed, "raw"), readOnly: true }]),
    ...(installer === undefined ? [] : [cdrom(installer)]),
  ];
}

/** The data disk with this index; the guest finds it by its name. */
export function renderDataDisk(index: number, name: string, path: Reference): DomainDevicesDisks {
  return { ...virtioDisk(`vd${String.fromCharCode("c".charCodeAt(0) + index)}`, path), serial: name };
}

/** A raw disk behind all letters that data disks can have. */
export function renderReadOnlyDisk(path: Reference): DomainDevicesDisks {
  return { ...virtioDisk("vdaa", path, "raw"), readOnly: true };
}

function virtioDisk(dev: string, file: Reference, type: "qcow2" | "raw" = "qcow2"): DomainDevicesDisks {
  return {
    device: "disk",
    driver: { name: "qemu", type, ...(type === "qcow2" ? { discard: "unmap" } : {}) },
    source: { file: { file } },
    target: { dev, bus: "virtio" },
  };
}

/** Comes after the root disk: an empty disk does not boot, and a later start finds the installed system first. */
function cdrom(file: Reference): DomainDevicesDisks {
  return {
    device: "cdrom",
    driver: { name: "qemu", type: "raw" },
    source: { file: { file } },
    target: { dev: "sda", bus: "sata" },
    readOnly: true,
    boot: { order: 2 },
  };
}
