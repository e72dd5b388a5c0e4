const SECTOR = 2048;
const SYSTEM_SECTORS = 16;
const PRIMARY = SYSTEM_SECTORS;
const TERMINATOR = PRIMARY + 1;
const PATH_TABLE_LE = TERMINATOR + 1;
const PATH_TABLE_BE = PATH_TABLE_LE + 1;
const ROOT = PATH_TABLE_BE + 1;
const FIRST_FILE = ROOT + 1;

/** A file of the image: its name as Linux shows it, in lower case, and its bytes. */
export interface IsoFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * An ISO 9660 image with a few files in its root, byte for byte the same for the same files: every date in it is
 * 1 January 1980. Readers without extensions show `USER-DATA.;1` as `user-data`, which is what cloud-init asks for.
 */
export function isoImage(label: string, files: readonly IsoFile[]): Buffer {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  let next = FIRST_FILE;
  const placed = sorted.map(({ name, bytes }) => {
    const sector = next;
    next += Math.max(1, Math.ceil(bytes.length / SECTOR));
    return { name: `${name.toUpperCase()}.;1`, bytes, sector };
  });
  const image = Buffer.alloc(next * SECTOR);
  primaryDescriptor(label, next).copy(image, PRIMARY * SECTOR);
  image.write("\xffCD001\x01", TERMINATOR * SECTOR, "latin1");
  pathTable(false).copy(image, PATH_TABLE_LE * SECTOR);
  pathTable(true).copy(image, PATH_TABLE_BE * SECTOR);
  rootDirectory(placed).copy(image, ROOT * SECTOR);
  for (const { bytes, sector } of placed) {
    bytes.copy(image, sector * SECTOR);
  }
  return image;
}

function primaryDescriptor(label: string, sectors: number): Buffer {
  const out = Buffer.alloc(SECTOR);
  out.write("\x01CD001\x01", 0, "latin1");
  out.fill(" ", 8, 72);
  out.write(label, 40, "latin1");
  both32(out, 80, sectors);
  both16(out, 120, 1);
  both16(out, 124, 1);
  both16(out, 128, SECTOR);
  both32(out, 132, PATH_TABLE_SIZE);
  out.writeUInt32LE(PATH_TABLE_LE, 140);
  out.writeUInt32BE(PATH_TABLE_BE, 148);
  directoryRecord("\0", ROOT, SECTOR, true).copy(out, 156);
  out.fill(" ", 190, 813);
  for (const offset of [813, 830, 847, 864]) {
    // Sixteen digits and an offset from UTC: created and modified in 1980; expires and takes effect at no set time.
    out.write(offset < 847 ? "1980010100000000\0" : "0000000000000000\0", offset, "latin1");
  }
  out[881] = 1;
  return out;
}

const PATH_TABLE_SIZE = 10;

function pathTable(bigEndian: boolean): Buffer {
  const out = Buffer.alloc(PATH_TABLE_SIZE);
  out[0] = 1;
  if (bigEndian) {
    out.writeUInt32BE(ROOT, 2);
    out.writeUInt16BE(1, 6);
  } else {
    out.writeUInt32LE(ROOT, 2);
    out.writeUInt16LE(1, 6);
  }
  return out;
}

function rootDirectory(
  files: readonly { readonly name: string; readonly bytes: Buffer; readonly sector: number }[],
): Buffer {
  const self = directoryRecord("\0", ROOT, SECTOR, true);
  const parent = directoryRecord("\x01", ROOT, SECTOR, true);
  const records = files.map(({ name, bytes, sector }) => directoryRecord(name, sector, bytes.length, false));
  const out = Buffer.concat([self, parent, ...records]);
  if (out.length > SECTOR) {
    throw new Error(`an image of ${files.length} files needs more than one directory sector`);
  }
  return out;
}

function directoryRecord(name: string, sector: number, size: number, isDirectory: boolean): Buffer {
  const length = 33 + name.length + ((name.length + 1) % 2);
  const out = Buffer.alloc(length);
  out[0] = length;
  both32(out, 2, sector);
  both32(out, 10, size);
  Buffer.from([80, 1, 1, 0, 0, 0, 0]).copy(out, 18);
  out[25] = isDirectory ? 2 : 0;
  both16(out, 28, 1);
  out[32] = name.length;
  out.write(name, 33, "latin1");
  return out;
}

/** Numbers stand twice in these structures, once in each byte order. */
function both32(out: Buffer, offset: number, value: number): void {
  out.writeUInt32LE(value, offset);
  out.writeUInt32BE(value, offset + 4);
}
function both16(out: Buffer, offset: number, value: number): void {
  out.writeUInt16LE(value, offset);
  out.writeUInt16BE(value, offset + 2);
}
