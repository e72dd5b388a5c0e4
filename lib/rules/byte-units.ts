const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  KB: 1e3,
  k: 1024,
  K: 1024,
  KiB: 1024,
  MB: 1e6,
  M: 1024 ** 2,
  MiB: 1024 ** 2,
  GB: 1e9,
  G: 1024 ** 3,
  GiB: 1024 ** 3,
  TB: 1e12,
  T: 1024 ** 4,
  TiB: 1024 ** 4,
};

/** The units that libvirt reads. */
export const BYTE_UNITS: readonly string[] = Object.keys(BYTES);

/** An amount in bytes; libvirt counts KiB where no unit is given. NaN where the unit is none. */
export function bytesOf(amount: unknown, unit: unknown = "KiB"): number {
  return Number(amount) * (BYTES[String(unit)] ?? Number.NaN);
}
