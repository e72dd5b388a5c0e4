import * as fc from "fast-check";
import { Size } from "../../lib/units/size";

describe("Size", () => {
  test.each([
    [Size.bytes(1), 1, "1 bytes"],
    [Size.kibibytes(1), 1024, "1 KiB"],
    [Size.mebibytes(64), 67_108_864, "64 MiB"],
    [Size.mebibytes(2048), 2_147_483_648, "2 GiB"],
    [Size.gibibytes(1.5), 1_610_612_736, "1536 MiB"],
    [Size.tebibytes(2), 2_199_023_255_552, "2 TiB"],
    [Size.bytes(0), 0, "0 bytes"],
  ])("%s is %d bytes", (size, bytes, text) => {
    expect(size.toBytes()).toBe(bytes);
    expect(size.toString()).toBe(text);
  });

  test.each([
    [
      () => Size.mebibytes(-1),
      "must be a whole number of bytes from 0 to 2^53 - 1, got -1 MiB (give a literal number, not a token)",
    ],
    [
      () => Size.bytes(0.5),
      "must be a whole number of bytes from 0 to 2^53 - 1, got 0.5 bytes (give a literal number, not a token)",
    ],
    [
      () => Size.gibibytes(Number.NaN),
      "must be a whole number of bytes from 0 to 2^53 - 1, got NaN GiB (give a literal number, not a token)",
    ],
    [
      () => Size.tebibytes(1e9),
      "must be a whole number of bytes from 0 to 2^53 - 1, got 1000000000 TiB (give a literal number, not a token)",
    ],
    [
      () => Size.kibibytes(1025).toMebibytes(),
      "must be a whole number of MiB, got 1025 KiB (nearest: Size.mebibytes(1))",
    ],
  ])("refuses what is no amount: %#", (make, message) => {
    expect(make).toThrow(new Error(message));
  });

  test("keeps every whole number of MiB exactly", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 33 - 1 }), (n) => Size.mebibytes(n).toMebibytes() === n));
  });

  test("compares by bytes", () => {
    expect(Size.gibibytes(1).isLessThan(Size.mebibytes(1025))).toBe(true);
    expect(Size.gibibytes(1).isLessThan(Size.mebibytes(1024))).toBe(false);
  });
});
