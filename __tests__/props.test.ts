import * as fs from "node:fs";
import * as path from "node:path";
import { families } from "./support/prop-families";
import { outcome } from "./support/prop-world";

/** The props that an interface declares, read from its source. */
function declared(file: string, name: string): string[] {
  const source = fs.readFileSync(path.join(__dirname, "..", "lib", file), "utf8");
  const [, body = ""] =
    new RegExp(`export interface ${name} (?:extends \\w+ )?\\{\\n(.*?)\\n\\}`, "s").exec(source) ?? [];
  return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((match) => match[1] ?? "");
}

describe.each(families.map((family) => [family.of, family] as const))("%s", (name, family) => {
  test("every prop is tried", () => {
    expect(Object.keys(family.other).sort()).toEqual(declared(family.file, name).sort());
  });

  const before = outcome((stack) => family.build(stack, family.base as never));

  test("stands as the others are compared with", () => {
    expect(before).toMatch(/^\[/);
  });

  test.each(Object.entries(family.other))("%s alone changes the JSON or what a rule says", (prop, value) => {
    expect(outcome((stack) => family.build(stack, { ...family.base, [prop]: value } as never))).not.toBe(before);
  });
});

test("every props interface of the public API is tried", () => {
  const index = fs.readFileSync(path.join(__dirname, "..", "lib", "index.ts"), "utf8");
  const names = [
    ...index.matchAll(
      /\b(\w+(?:Props|Options|Facts|Digest)|Digest|DirectBoot|EngineSettings|EngineProxies|GuestKeys|SshKeys|SshTransport|GuestUser|GuestFile|NetworkAttachment)\b/g,
    ),
  ].map((match) => match[1] ?? "");
  const own = [...new Set(names)].filter((name) => name !== "ContainersInsideVmProps");
  expect([...new Set(families.map(({ of }) => of))].sort()).toEqual(own.sort());
});
