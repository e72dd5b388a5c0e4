import { createHash } from "node:crypto";
import * as fs from "node:fs";

const CHUNK = 1024 * 1024;

/** True for a file, or a link to one: anything else may never end when it is read. */
export function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** SHA-256 of a file of any size. */
export function hashFile(file: string): string {
  const hash = createHash("sha256");
  const buffer = Buffer.alloc(CHUNK);
  const handle = fs.openSync(file, "r");
  try {
    for (let read = fs.readSync(handle, buffer); read > 0; read = fs.readSync(handle, buffer)) {
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    fs.closeSync(handle);
  }
  return hash.digest("hex");
}
