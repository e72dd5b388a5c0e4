import { at } from "./at";
import type { Json } from "./document";

/** The file that a disk writes to; nothing for one that only reads. */
export const writtenFile = (disk: Json) =>
  disk.read_only === true || disk.device === "cdrom" ? undefined : at(disk, "source.file.file");
