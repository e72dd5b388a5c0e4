import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { commandLine, shellWord } from "../../lib/core/shell-word";

/** Anything but NUL, which no word can hold. */
const word = fc.oneof(
  fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0")),
  fc.string({
    unit: fc.constantFrom("'", '"', "\\", "$", "`", "\n", "\r", "!", "*", "~", "#", ";", "-", " ", "a", "é"),
  }),
);

describe("a word of a line of shell", () => {
  test.each(["sh", "bash"])("is the same word to %s, whatever it holds", (shell) => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 200 }), (words) => {
        const { stdout, status } = spawnSync(shell, ["-c", `printf '%s\\0' ${commandLine(words)}`]);
        expect([status, stdout.toString().split("\0").slice(0, -1)]).toEqual([0, words]);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["docker_volume.data_1A", "docker_volume.data_1A"],
    ["", "''"],
    ["a b", "'a b'"],
    ["it's", String.raw`'it'\''s'`],
    ["~", "'~'"],
  ])("%j is written %s", (text, written) => {
    expect(shellWord(text)).toBe(written);
  });
});
