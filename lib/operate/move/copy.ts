import * as fs from "node:fs";
import * as path from "node:path";
import { run } from "../machines/command";
import { mustSucceed } from "../machines/execute";
import type { LibvirtConnection } from "../machines/libvirt-connection";
import { type DiskFile, isCopy, readDisk } from "./disk-file";
import { formatOf, type Parcel } from "./journey";

/** A volume that lies beside a disk while it is copied: without it nobody knows a half copy from a disk of somebody's. */
const MARK = ".berth-move";

/** Where a disk goes from and to. */
export interface Route {
  readonly old: LibvirtConnection;
  readonly there: LibvirtConnection;
  /** A folder for what is under way. */
  readonly scratch: string;
}

/** Copies a disk, and reads it back: what was done. What is there already counts where it is the same, and else is never overwritten. */
export function copyDisk(parcel: Parcel, route: Route): string {
  const { name, pool } = parcel;
  const { there } = route;
  const file = path.join(route.scratch, "disk");
  const held = there.volumes(pool);
  const [before, begun] = [held.get(name), held.get(name + MARK)];
  const disk = fetchDisk(parcel, route, file);
  if (before !== undefined && begun === undefined) {
    if (isCopy(disk, readBack(before.path, route))) {
      return `${name} is there already, and is the same`;
    }
    throw new Error(
      `${name} is in the pool ${pool} there already, and is another disk: ${there.command(["vol-delete", before.path])}, if nobody needs it, and run the same command again`,
    );
  }
  if (begun === undefined) {
    mustSucceed(there.run(["vol-create-as", pool, name + MARK, "1", "--format", "raw"]));
  } else if (before !== undefined) {
    mustSucceed(there.run(["vol-delete", before.path]));
  }
  // Of the file's own size and form: it is read back as it was written, and the pool tells what is in it.
  const size = String(disk.bytes);
  mustSucceed(there.run(["vol-create-as", pool, name, size, "--allocation", "0", "--format", "raw"]));
  mustSucceed(there.run(["vol-upload", "--sparse", name, file, "--pool", pool]));
  mustSucceed(there.run(["pool-refresh", pool]));
  const copied = there.told(["vol-path", name, "--pool", pool]).trim();
  if (!isCopy(disk, readBack(copied, route))) {
    throw new Error(`${name} is not there as it was sent: run the same command again, and look at the disk under it`);
  }
  mustSucceed(there.run(["vol-delete", name + MARK, "--pool", pool]));
  return `${begun === undefined ? "" : "a half copy was removed; "}copied ${name}, and read it back: sha256 ${disk.sha256}`;
}

/** The disk as it is to lie there: whole, and on the disk below it that came along. */
function fetchDisk({ from, pool, format, base }: Parcel, { old, there }: Route, file: string): DiskFile {
  mustSucceed(old.run(["vol-download", "--sparse", from, file]));
  const size = Number(/<physical unit='bytes'>(\d+)</.exec(old.told(["vol-dumpxml", from]))?.[1]);
  const got = fs.statSync(file).size;
  if (got !== size) {
    throw new Error(`${from} has ${size} bytes, and ${got} of them came: run the same command again`);
  }
  if (base) {
    const below = there.told(["vol-path", String(base.body.name), "--pool", pool]).trim();
    mustSucceed(run("qemu-img", ["rebase", "-u", "-f", format, "-F", formatOf(base), "-b", below, file]));
  }
  return readDisk(file);
}

function readBack(volume: string, { there, scratch }: Route): DiskFile {
  const file = path.join(scratch, "back");
  mustSucceed(there.run(["vol-download", "--sparse", volume, file]));
  const disk = readDisk(file);
  fs.rmSync(file);
  return disk;
}
