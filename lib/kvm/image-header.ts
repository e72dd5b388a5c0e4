import * as fs from "node:fs";

/** What the first bytes of a disk image tell. */
export interface ImageHeader {
  readonly format: "qcow2" | "raw";
  /** The size that a guest sees, in bytes. */
  readonly virtualSize: number;
}

/** Reads a disk image's header. A file that is not qcow2 counts as raw, and is as large as it is. */
export function readImageHeader(path: string): ImageHeader {
  const file = fs.openSync(path, "r");
  try {
    const head = Buffer.alloc(32);
    const read = fs.readSync(file, head, 0, head.length, 0);
    if (read === head.length && head.toString("latin1", 0, 4) === "QFI\xfb") {
      return { format: "qcow2", virtualSize: Number(head.readBigUInt64BE(24)) };
    }
    return { format: "raw", virtualSize: fs.fstatSync(file).size };
  } finally {
    fs.closeSync(file);
  }
}
