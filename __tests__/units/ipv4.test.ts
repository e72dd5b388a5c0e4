import * as fc from "fast-check";
import { Cidr, formatIpv4, parseIpv4 } from "../../lib/units/ipv4";

describe("addresses", () => {
  test("read back what they print", () => {
    fc.assert(fc.property(fc.nat(2 ** 32 - 1), (n) => parseIpv4(formatIpv4(n)) === n));
  });

  test.each(["", "1.2.3", "1.2.3.4.5", "256.0.0.1", "1.2.3.04", "a.b.c.d", "1.2.3.-4", "127.1"])(
    "refuses %j",
    (text) => {
      expect(parseIpv4(text)).toBeUndefined();
    },
  );
});

describe("Cidr", () => {
  test.each([
    ["10.77.0.0", '"10.77.0.0"'],
    ["10.77.0.0/31", '"10.77.0.0/31"'],
    ["10.77.0.0/0", '"10.77.0.0/0"'],
    ["10.77.0/24", '"10.77.0/24"'],
    ["10.77.0.0/24/1", '"10.77.0.0/24/1"'],
    ["fd00::/64", '"fd00::/64"'],
  ])("refuses %s", (text, shown) => {
    expect(() => Cidr.parse(text)).toThrow(
      new Error(`must be an IPv4 subnet such as 10.77.0.0/24 with a prefix of 1 to 30, got ${shown}`),
    );
  });

  test("names the network where host bits are set", () => {
    expect(() => Cidr.parse("10.77.0.5/24")).toThrow(
      new Error('must be a subnet without host bits, got "10.77.0.5/24" (did you mean "10.77.0.0/24"?)'),
    );
  });

  const cidr = fc
    .tuple(fc.nat(2 ** 32 - 1), fc.integer({ min: 1, max: 30 }))
    .map(([n, prefix]) => Cidr.around(formatIpv4(n), prefix));

  test("contains the addresses it counts, and no others", () => {
    fc.assert(
      fc.property(cidr, fc.nat(), (subnet, n) => {
        const offset = n % subnet.size;
        return subnet.offsetOf(subnet.host(offset)) === offset;
      }),
    );
    expect(Cidr.parse("10.0.0.0/30").offsetOf("10.0.0.4")).toBeUndefined();
  });

  test("reads back what it prints, and overlaps the same in both directions", () => {
    fc.assert(
      fc.property(cidr, cidr, (a, b) => {
        expect(Cidr.parse(a.toString()).toString()).toBe(a.toString());
        expect(a.overlaps(b)).toBe(b.overlaps(a));
        expect(a.overlaps(a)).toBe(true);
      }),
    );
    expect(Cidr.parse("10.0.0.0/24").overlaps(Cidr.parse("10.0.1.0/24"))).toBe(false);
    expect(Cidr.parse("10.0.0.0/16").overlaps(Cidr.parse("10.0.200.0/24"))).toBe(true);
  });

  test("keeps the network's own and the broadcast address from machines", () => {
    const subnet = Cidr.parse("10.0.0.0/30");
    expect([0, 1, 2, 3].map((offset) => subnet.isUsable(offset))).toEqual([false, true, true, false]);
  });
});
