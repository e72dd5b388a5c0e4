import * as fc from "fast-check";
import { Duration } from "../../lib/units/duration";

/** Reads what Go's Duration.String() prints, in milliseconds. */
function readGo(text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?$/.exec(
    text.replace(/^(\d+)ms$/, (_, ms: string) => `${Number(ms) / 1000}s`),
  );
  const [, hours = "0", minutes = "0", seconds = "0"] = match ?? [];
  return Math.round(Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000);
}

describe("Duration", () => {
  test.each([
    [Duration.seconds(30), "30s"],
    [Duration.seconds(60), "1m0s"],
    [Duration.seconds(90), "1m30s"],
    [Duration.hours(1), "1h0m0s"],
    [Duration.milliseconds(500), "500ms"],
    [Duration.milliseconds(1500), "1.5s"],
    [Duration.seconds(0), "0s"],
  ])("prints %s as Go does", (duration, text) => {
    expect(duration.toString()).toBe(text);
  });

  test("prints a text that reads back as the same length", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 * 24 * 3_600_000 }),
        (ms) => readGo(Duration.milliseconds(ms).toString()) === ms,
      ),
    );
  });

  test("rounds a wait up and refuses to cut a length", () => {
    expect(Duration.milliseconds(1001).toSecondsCeil()).toBe(2);
    expect(Duration.hours(3).toSeconds()).toBe(10_800);
    expect(() => Duration.milliseconds(1500).toSeconds()).toThrow(
      new Error("must be a whole number of seconds, got 1.5s"),
    );
  });

  test("refuses what is no length", () => {
    expect(() => Duration.seconds(-1)).toThrow(
      new Error(
        "must be a whole number of milliseconds from 0 to 9223372036854, 292 years, got -1 s (give a literal number, not a token)",
      ),
    );
    expect(Duration.milliseconds(9_223_372_036_854).toMilliseconds()).toBe(9_223_372_036_854);
    for (const [amount, shown] of [
      [9_223_372_037, "9223372037 s"],
      [Number.NaN, "NaN s"],
      [1n, "1n s"],
      ["5", '"5" s'],
    ] as const) {
      expect(() => Duration.seconds(amount as number)).toThrow(`got ${shown} (give a literal number, not a token)`);
    }
    expect(() => Duration.milliseconds(0.5)).toThrow(
      new Error(
        "must be a whole number of milliseconds from 0 to 9223372036854, 292 years, got 0.5 ms (give a literal number, not a token)",
      ),
    );
  });
});
