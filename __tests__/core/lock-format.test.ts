import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as fc from "fast-check";
import { type LockContent, lockText, parseLock } from "../../lib/core/lock-format";
import { replaceFile } from "../../lib/core/replace-file";

const RESOURCE = {
  address: "docker_volume.data_Resource_1A2B3C4D",
  host: "docker.docker",
  kept: true,
  name: "data",
} as const;

test("lockText writes what parseLock reads", () => {
  const name = fc.stringMatching(/^[a-z][\w/#.-]{0,12}$/);
  const content: fc.Arbitrary<LockContent> = fc.record({
    networks: fc.dictionary(
      name,
      fc.record({ macPrefix: fc.constant("52:54:00:12:34"), slots: fc.dictionary(name, fc.nat(250)) }),
    ),
    stacks: fc.dictionary(
      name,
      fc.record({
        hosts: fc.dictionary(name, fc.constant("qemu:///system")),
        resources: fc.dictionary(name, fc.constant(RESOURCE)),
      }),
    ),
  });
  fc.assert(fc.property(content, (one) => expect(parseLock(lockText(one))).toEqual(one)));
});

test("lockText puts a resource on one line, sorted", () => {
  const stacks = {
    shop: { hosts: { "docker.docker": "unix:///d.sock" }, resources: { "b/Resource": RESOURCE, a: RESOURCE } },
  };
  expect(
    lockText({ networks: { "shop/lan": { macPrefix: "52:54:00:aa:bb", slots: { "shop/vm": 12 } } }, stacks }),
  ).toBe(`{
  "networks": {
    "shop/lan": {
      "macPrefix": "52:54:00:aa:bb",
      "slots": {
        "shop/vm": 12
      }
    }
  },
  "stacks": {
    "shop": {
      "hosts": {
        "docker.docker": "unix:///d.sock"
      },
      "resources": {
        "a": { "address": "docker_volume.data_Resource_1A2B3C4D", "host": "docker.docker", "kept": true, "name": "data" },
        "b/Resource": { "address": "docker_volume.data_Resource_1A2B3C4D", "host": "docker.docker", "kept": true, "name": "data" }
      }
    }
  },
  "version": 2
}
`);
});

test("parseLock reads version 1: slots by guest, numbered where a guest joins a network twice", () => {
  const text = JSON.stringify({ version: 1, networks: { "st/lan": { "st/db/0": 10, "st/db/2": 11, "st/web/1": 12 } } });
  expect(parseLock(text)).toEqual({
    networks: { "st/lan": { slots: { "st/db": 10, "st/db#1": 11, "st/web": 12 } } },
    stacks: {},
  });
});

test.each([
  ["{", /^cannot be read: .+ \(correct it, or restore it from version control\)$/],
  ['{"version":2,"networks":{},"stack":{}}', /^has "stack", which no lock file has/],
  [
    '{"version":2,"stacks":{"s":{"hosts":{},"resources":{"a":{"address":"x.y","name":"n","host":"h","kept":"yes"}}}}}',
    /^has something below "s" that no lock file has \(restore it from version control\)$/,
  ],
  ['{"version":2,"stacks":{"s":{"hosts":{}}}}', /^has something below "s"/],
  ['{"version":2,"stacks":{"s":{"hosts":{},"resources":{},"other":1}}}', /^has something below "s"/],
  ['{"version":2,"stacks":{"s":{"hosts":{},"resources":{},"moved":[1]}}}', /^has something below "s"/],
  ['{"version":2,"stacks":{"s":{"hosts":{},"resources":{},"moved":{"a.b":"${x}"}}}}', /^has something below "s"/],
  [
    '{"version":2,"stacks":{"s":{"hosts":{},"resources":{},"resources":{}}}}',
    /^cannot be read: duplicated mapping key \(1:\d+\) \(correct it, or restore it from version control\)$/,
  ],
  ["[]", /^is not a lock file \(restore it from version control\)$/],
  ['{"version":"x"}', /^is not a lock file \(restore it from version control\)$/],
  ['{"version":3}', /^is of version 3, which a newer berth wrote \(use that one\)$/],
  ['{"version":2,"networks":[]}', /^has something below "networks"/],
  [
    '{\n<<<<<<< HEAD\n"version":2\n=======\n"version":2\n>>>>>>> other\n}',
    /^has the marks of a merge in it \(keep the lines/,
  ],
])("parseLock refuses %j", (text, message) => {
  expect(() => parseLock(text)).toThrow(message);
});

describe("git merges two branches that each", () => {
  const base = {
    networks: { "s/lan": { macPrefix: "52:54:00:aa:bb", slots: { "s/m": 20, "s/n": 21, "s/o": 22 } } },
    stacks: {},
  };
  const merged = (ours: LockContent, theirs: LockContent) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-merge-"));
    const files = [ours, base, theirs].map((content, index) => {
      const file = path.join(folder, String(index));
      fs.writeFileSync(file, lockText(content));
      return file;
    });
    try {
      return execFileSync("git", ["merge-file", "-p", ...files], { encoding: "utf8" });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  const withSlot = (user: string, slot: number) => ({
    ...base,
    networks: { "s/lan": { macPrefix: "52:54:00:aa:bb", slots: { ...base.networks["s/lan"].slots, [user]: slot } } },
  });

  test("added a guest at another end of the list", () => {
    expect(parseLock(merged(withSlot("s/a", 10), withSlot("s/z", 30))).networks["s/lan"]?.slots).toEqual({
      "s/a": 10,
      "s/m": 20,
      "s/n": 21,
      "s/o": 22,
      "s/z": 30,
    });
  });

  test("added a guest at the end: the lines of both sides are read, whatever became of the commas", () => {
    const text = merged(withSlot("s/x", 10), withSlot("s/y", 30));
    const both = text.replace(/^(<{7}|={7}|>{7}).*\n/gm, "");
    expect(parseLock(both).networks["s/lan"]?.slots).toMatchObject({ "s/x": 10, "s/y": 30, "s/m": 20 });
  });

  test("added a guest at the same place: the marks are named", () => {
    expect(() => parseLock(merged(withSlot("s/n1", 10), withSlot("s/n2", 30)))).toThrow(/^has the marks of a merge/);
  });
});

describe("replaceFile", () => {
  const file = () => path.join(fs.mkdtempSync(path.join(os.tmpdir(), "berth-replace-")), "f");

  test("writes where nobody else did", () => {
    const at = file();
    expect(replaceFile(at, undefined, "one")).toBe("one");
    expect(replaceFile(at, "one", "two")).toBe("two");
    expect(fs.readFileSync(at, "utf8")).toBe("two");
    expect(fs.readdirSync(path.dirname(at))).toEqual(["f"]);
  });

  test("refuses what would lose the decisions of another synthesis", () => {
    const at = file();
    fs.writeFileSync(at, "theirs");
    expect(() => replaceFile(at, "read", "ours")).toThrow(
      "was changed by another synthesis meanwhile (synthesize again)",
    );
    expect(fs.readFileSync(at, "utf8")).toBe("theirs");
    expect(fs.readdirSync(path.dirname(at))).toEqual(["f"]);
  });

  test("leaves a link to a file elsewhere a link", () => {
    const [at, link] = [file(), file()];
    fs.writeFileSync(at, "one");
    fs.symlinkSync(at, link);
    replaceFile(link, "one", "two");
    expect(fs.readFileSync(at, "utf8")).toBe("two");
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true);
  });

  test("leaves nothing behind where it cannot write", () => {
    const at = file();
    fs.mkdirSync(`${at}.part`);
    expect(() => replaceFile(at, undefined, "one")).toThrow("EISDIR");
    fs.rmdirSync(`${at}.part`);
    expect(fs.readdirSync(path.dirname(at))).toEqual([]);
  });

  test("takes what another synthesis wrote alike", () => {
    const at = file();
    fs.writeFileSync(at, "same");
    expect(replaceFile(at, "read", "same")).toBe("same");
  });
});
