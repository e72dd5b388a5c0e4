import type { DomainDevicesDisks } from "../providers/libvirt/domain";

/** The disks of a guest, by the paths of their volumes; paths are tokens. */
export interface GuestDisks {
  readonly root: { readonly path: string };
  /** The cloud-init seed. */
  readonly seed: string | undefined;
  readonly installer: string | undefined;
  readonly data: readonly { readonly name: string; readonly path: string }[];
}

/**
 * The disks as libvirt numbers them. The seed is the second virtio disk: cloud kernels have no driver for a SATA CD-ROM.
 * Its letter is kept free where there is none, so that no data disk ever changes its own.
 */
export function renderDisks({ root, seed, installer, data }: GuestDisks): DomainDevicesDisks[] {
  return [
    { ...virtioDisk("vda", root.path), ...(installer === undefined ? {} : { boot: { order: 1 } }) },
    ...(seed === undefined ? [] : [{ ...virtioDisk("vdb", seed, "raw"), readOnly: true }]),
    ...data.map(({ name, path }, index) => ({ ...virtioDisk(`vd${letter(index + 2)}`, path), serial: name })),
    ...(installer === undefined ? [] : [cdrom(installer)]),
  ];
}

function virtioDisk(dev: string, file: string, type: "qcow2" | "raw" = "qcow2"): DomainDevicesDisks {
  return {
    device: "disk",
    driver: { name: "qemu", type, ...(type === "qcow2" ? { discard: "unmap" } : {}) },
    source: { file: { file } },
    target: { dev, bus: "virtio" },
  };
}

/** Comes after the root disk: an empty disk does not boot, and a later start finds the installed system first. */
function cdrom(file: string): DomainDevicesDisks {
  return {
    device: "cdrom",
    driver: { name: "qemu", type: "raw" },
    source: { file: { file } },
    target: { dev: "sda", bus: "sata" },
    readOnly: true,
    boot: { order: 2 },
  };
}

function letter(index: number): string {
  return String.fromCharCode("a".charCodeAt(0) + index);
}
