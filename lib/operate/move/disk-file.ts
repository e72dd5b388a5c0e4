import * as fs from "node:fs";
import { hashFile } from "../../core/file-content";

/** A disk as a file: two that are alike are copies. */
export interface DiskFile {
  readonly bytes: number;
  readonly sha256: string;
}

export function readDisk(file: string): DiskFile {
  return { bytes: fs.statSync(file).size, sha256: hashFile(file) };
}

export function isCopy(a: DiskFile, b: DiskFile): boolean {
  return a.bytes === b.bytes && a.sha256 === b.sha256;
}
