import * as fs from "node:fs";
import { UnitError } from "../units/unit-error";

/** What the first bytes of a disk image tell. */
export interface ImageHeader {
  readonly format: "qcow2" | "raw";
  /** The size that a guest sees, in bytes. */
  readonly virtualSize: number;
}

/** How the first bytes of formats begin that libvirt could not use as what they are not. */
const OTHERS: readonly { readonly name: string; readonly magic: string }[] = [
  { name: "a VMDK image", magic: "KDMV" },
  { name: "a VMDK description", magic: "# Disk DescriptorFile" },
  { name: "a VHDX image", magic: "vhdxfile" },
  { name: "a VHD image", magic: "conectix" },
  { name: "a gzip file", magic: "\x1f\x8b" },
  { name: "an xz file", magic: "\xfd7zXZ" },
  { name: "a zstd file", magic: "\x28\xb5\x2f\xfd" },
];

/**
 * Reads a disk image's header. A file that is not qcow2 counts as raw, and is as large as it is. Throws
 * {@link UnitError} for what is no disk image, or not whole without another file.
 */
export function readImageHeader(path: string): ImageHeader {
  const file = fs.openSync(path, "r");
  try {
    const { size } = fs.fstatSync(file);
    const head = Buffer.alloc(64);
    fs.readSync(file, head, 0, head.length, 0);
    const start = head.toString("latin1");
    const text = /^[\t\n\r\x20-\x7e]+$/.test(head.subarray(0, Math.min(size, head.length)).toString("latin1"));
    const other = OTHERS.find(({ magic }) => start.startsWith(magic)) ?? (text ? { name: "a text" } : undefined);
    if (other || size === 0) {
      throw new UnitError(
        "a qcow2 or raw disk image",
        `${other?.name ?? "an empty file"}: ${path}`,
        "convert it with qemu-img convert -O qcow2",
      );
    }
    if (!start.startsWith("QFI\xfb")) {
      return { format: "raw", virtualSize: size };
    }
    if (head.readBigUInt64BE(8) !== 0n) {
      throw new UnitError(
        "an image that is whole by itself",
        `one with a backing file: ${path}`,
        "flatten it with qemu-img convert -O qcow2",
      );
    }
    return { format: "qcow2", virtualSize: Number(head.readBigUInt64BE(24)) };
  } finally {
    fs.closeSync(file);
  }
}
