import { at } from "./at";
import { isObject, type Json } from "./document";

/** What a disk writes to, a file or a volume; nothing for one that only reads. */
export function writtenFile(disk: Json): unknown {
  if (disk.read_only === true || disk.device === "cdrom") {
    return undefined;
  }
  const volume = at(disk, "source.volume");
  return isObject(volume) && typeof volume.volume === "string"
    ? `${String(volume.pool)}/${volume.volume}`
    : at(disk, "source.file.file");
}

/** A reference to one attribute of one resource as a key: equal ones are one thing, though Terraform computes what it is. */
export function keyOf(value: unknown): unknown {
  const match = /^\$\{([\w.-]+)\}$/.exec(String(value));
  return match ? match[1] : value;
}
