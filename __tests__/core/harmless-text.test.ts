import fc from "fast-check";
import { harmlessJson, harmlessText, markdownCell } from "../../lib/core/harmless-text";

const nasty = fc.string({
  unit: fc.constantFrom(
    ...[
      "\u001b",
      "\u009b",
      "\r",
      "\n",
      "\t",
      "\0",
      "\u0085",
      "\u2028",
      "\u202e",
      "\u2066",
      "\u00a0",
      " ",
      "a",
      "é",
      "𝄞",
    ],
    ...[
      ":",
      "::",
      "#",
      "##",
      "[",
      "vso[",
      "VSO[",
      "::error::",
      "\\",
      "@",
      "<",
      ">",
      "&",
      "!",
      "(",
      ")",
      "|",
      "`",
      "*",
      "_",
    ],
  ),
});
const isCommand = (text: string) =>
  text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).some((line) => line.trim().startsWith("::")) ||
  /##(\[|vso\[)/i.test(text);

describe("text of many hands", () => {
  test("moves no cursor, and is no command of a runner's", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const harmless = harmlessText(text);
        expect(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u.test(harmless)).toBe(false);
        expect(isCommand(harmless)).toBe(false);
        expect(harmless.split("\n")).toHaveLength(text.split("\n").length);
      }),
      { numRuns: 2000 },
    );
  });

  test("says the same as JSON", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const json = harmlessJson({ [text]: [text] }, 2);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
        expect(isCommand(json)).toBe(false);
        expect(/[^\P{Cc}\n]/u.test(json)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["plain text: 1 GiB → 2 GiB\n  next", "plain text: 1 GiB → 2 GiB\n  next"],
    ["::error::gone", "\\::error::gone"],
    ["a\n  ::set-output name=x::y", "a\n  \\::set-output name=x::y"],
    ["a::b", "a::b"],
    ["x ##[error]y ##VSO[task]", "x #\\#[error]y #\\#VSO[task]"],
    ["\u001b[2Ja\rb\u009bc\u202ed", "\\u001b[2Ja\\u000db\\u009bc\\u202ed"],
  ])("%j is printed as %j", (text, printed) => {
    expect(harmlessText(text)).toBe(printed);
  });

  test.each([
    ["docker_container.web", "docker_container.web"],
    ["a|b\nc", "a\\|b c"],
    ["<img src=x onerror=alert(1)>", "\\<img src=x onerror=alert(1)\\>"],
    ["![x](http://e.example/p.png)", "\\!\\[x\\](http://e.example/p.png)"],
    ["@team #12 fixes", "@<!-- -->team #<!-- -->12 fixes"],
    ["a\rb", "a\\\\u000db"],
    ["&lt; _x_ `y` **z** \\", "&amp;lt; \\_x\\_ \\`y\\` \\*\\*z\\*\\* \\\\"],
  ])("%j is %j in a cell of a table", (text, cell) => {
    expect(markdownCell(text)).toBe(cell);
  });

  test("no cell ends before its text, and none is markup", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const cell = markdownCell(text);
        const bare = cell.replaceAll("<!-- -->", "").replaceAll(/\\[\\`*[\]<>!|~_]/g, "");
        expect(/[\n\r|<>[\]`*]|@\w|#\w/.test(bare.replaceAll(/[@#]/g, ""))).toBe(false);
        expect(/[@#]\w/.test(cell)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
