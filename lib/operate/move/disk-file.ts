import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { pipeline } from "node:stream/promises";

/** A disk as a file: two that are alike are copies. */
export interface DiskFile {
  readonly bytes: number;
  readonly sha256: string;
}

export async function readDisk(file: string): Promise<DiskFile> {
  const hash = createHash("sha256");
  await pipeline(fs.createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return { bytes: fs.statSync(file).size, sha256: hash.digest("hex") };
}

export function isCopy(a: DiskFile, b: DiskFile): boolean {
  return a.bytes === b.bytes && a.sha256 === b.sha256;
}
