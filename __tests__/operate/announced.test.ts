import { beyond } from "../../lib/operate/announced";
import type { Change, ChangeClass } from "../../lib/operate/change-class";

const change = (address: string, found: ChangeClass): Change => ({
  construct: null,
  address,
  class: found,
  reason: "why",
  rule: null,
  alsoHits: [],
});

describe("what a plan does beyond what was announced", () => {
  test.each<ChangeClass>(["none", "in-place"])("%s may come along", (found) => {
    expect(beyond([], [change("a.b", found)])).toBeUndefined();
  });

  test.each<ChangeClass>(["restart", "replaced", "stopped", "removed", "data-lost", "fails", "ignored"])(
    "%s has to be announced, of this resource",
    (found) => {
      expect(beyond([change("a.other", found)], [change("a.b", found)])).toBe(`a.b: ${found}: why`);
      expect(beyond([change("a.b", found)], [change("a.b", found)])).toBeUndefined();
    },
  );

  test("it may do less than was announced, and not more", () => {
    const announced = [change("a.b", "replaced")];
    expect(beyond(announced, [change("a.b", "restart")])).toBeUndefined();
    expect(beyond(announced, [change("a.b", "stopped")])).toBe("a.b: stopped: why");
    expect(beyond(announced, [change("a.b", "fails")])).toBe("a.b: fails: why");
    expect(beyond([change("a.b", "data-lost")], [change("a.b", "ignored")])).toBe("a.b: ignored: why");
  });

  test("all of it is told", () => {
    expect(beyond([], [change("a.b", "data-lost"), change("a.c", "none"), change("a.d", "restart")])).toBe(
      "a.b: data-lost: why; a.d: restart: why",
    );
  });
});
