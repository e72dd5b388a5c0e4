import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as fc from "fast-check";
import { renderAccounts } from "../../lib/cloud-init/account-script";
import { RUN_BOOT_SCRIPT } from "../../lib/cloud-init/boot-command";
import { renderBootScript } from "../../lib/cloud-init/boot-script";
import { MAKE_FILE_SYSTEM, renderMounts } from "../../lib/cloud-init/mount-script";
import { writeInput } from "../../lib/cloud-init/shell-text";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq it's mine";
const FULL = renderBootScript({
  hostname: "db",
  timezone: "Europe/Berlin",
  users: [
    { name: "ops", sshKeys: [KEY], groups: ["adm", "docker"] },
    { name: "dev", sshKeys: [], sudo: false },
  ],
  mounts: [{ serial: "data", target: "/srv/data" }],
  files: [{ path: "/etc/it's.conf", content: "a\n", permissions: "0600", owner: "daemon:daemon" }],
  scripts: ["echo one", "exit 3", "echo three"],
});

test.each([
  ["full", FULL],
  ["empty", renderBootScript({ hostname: "db", timezone: undefined, users: [], mounts: [], files: [], scripts: [] })],
  ["that reads it", RUN_BOOT_SCRIPT.at(-1) ?? ""],
])("the boot script %s is one that every shell reads", (_, script) => {
  expect(spawnSync("sh", ["-n"], { input: script, encoding: "utf8" }).stderr).toBe("");
  const { error, stdout } = spawnSync("shellcheck", ["-s", "sh", "-e", "SC2016", "-"], {
    input: script,
    encoding: "utf8",
  });
  // Not every machine has shellcheck; where it is, it must have nothing to say.
  expect(error ? "" : stdout).toBe("");
});

test("any text is written as it is", () => {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "berth-input-"));
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "'", '"', "$", "`", "\\", "\n", " ", "END", "é"), maxLength: 80 }),
      (text) => {
        spawnSync("sh", { input: `work=${work}\n${writeInput(text).join("\n")}\n` });
        expect(fs.readFileSync(path.join(work, "input"), "utf8")).toBe(text);
      },
    ),
    { numRuns: 40 },
  );
});

test("no script starts after one that failed, and the boot is told", () => {
  const lines = FULL.split("\n");
  const scripts = lines.slice(lines.indexOf("others_are_removed") + 1);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "berth-boot-"));
  const { status, stdout } = spawnSync("sh", {
    input: `set -eu\nwork=${work}\n${scripts.join("\n")}`,
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([3, "one\n"]);
});

/** The tools that look at a disk, as the script meets them, and a file for the disk. */
function fileSystemOn(
  content: Buffer,
  tools: Readonly<Record<string, string>> = {},
): { code: number | null; said: string } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-disk-"));
  const disk = path.join(folder, "disk");
  fs.writeFileSync(disk, content);
  const all = {
    blkid: "exit 2",
    wipefs: "exit 0",
    blockdev: `echo ${content.length}`,
    "mkfs.ext4": "echo MADE",
    ...tools,
  };
  for (const [name, body] of Object.entries(all)) {
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
  }
  const script = [
    "set -eu",
    'fail() { echo "$*"; exit 1; }',
    ...MAKE_FILE_SYSTEM,
    `file_system ${disk} data`,
    "echo done",
  ].join("\n");
  const { status, stdout } = spawnSync("sh", {
    input: script,
    encoding: "utf8",
    env: { PATH: `${folder}:${process.env.PATH}` },
  });
  return { code: status, said: stdout };
}

describe("a file system is made", () => {
  const zeros = Buffer.alloc(2 * 1024 ** 2);
  const OTHER = "the data disk holds something that is no file system, or cannot be read\n";

  test("on a disk that holds nothing, however small", () => {
    expect(fileSystemOn(zeros)).toEqual({ code: 0, said: "MADE\ndone\n" });
    expect(fileSystemOn(Buffer.alloc(4096))).toEqual({ code: 0, said: "MADE\ndone\n" });
  });

  test("never where there is one", () => {
    expect(fileSystemOn(zeros, { blkid: "exit 0" })).toEqual({ code: 0, said: "done\n" });
  });

  test.each([
    ["the first byte is another", Buffer.concat([Buffer.from([1]), zeros]), {}],
    ["the last byte looked at is another", Buffer.concat([zeros.subarray(0, 1048575), Buffer.from([1])]), {}],
    ["there are traces of one", zeros, { wipefs: "echo trace" }],
    ["traces cannot be looked for", zeros, { wipefs: "exit 1" }],
    ["its size cannot be had", zeros, { blockdev: "exit 1" }],
    ["it ends before its size", zeros.subarray(0, 5000), { blockdev: "echo 1048576" }],
    ["it cannot be read", zeros, { head: "exit 1" }],
  ])("never where %s", (_, content, tools) => {
    expect(fileSystemOn(content, tools)).toEqual({ code: 1, said: OTHER });
  });

  test("never where nobody can tell what it is", () => {
    const said = "the data disk cannot be read, or holds several things\n";
    expect(fileSystemOn(zeros, { blkid: "exit 8" })).toEqual({ code: 1, said });
  });
});

test("mount points are written outermost first", () => {
  const lines = renderMounts([
    { serial: "inner", target: "/srv/a/b" },
    { serial: "outer", target: "/srv/a" },
  ]);
  expect(lines.filter((line) => line.startsWith("/dev/"))).toEqual([
    "/dev/disk/by-id/virtio-outer /srv/a",
    "/dev/disk/by-id/virtio-inner /srv/a/b",
  ]);
});

describe("the keys of a user", () => {
  const lines = renderAccounts([]);
  const functions = lines.slice(0, lines.indexOf("others_are_off"));

  /** What the boots of one root disk leave in the home folders, of which each boot finds one mounted. */
  function boot(state: string, home: string, keys: readonly string[]): string {
    fs.mkdirSync(path.join(state, "work"), { recursive: true });
    fs.mkdirSync(home, { recursive: true });
    const input = [
      "set -eu",
      `state=${state}; work=${state}/work`,
      ...functions,
      `put_home() { home=${home}; }`,
      'runuser() { shift 3; "$@"; }',
      "problem() { exit 9; }",
      'mkdir -p "$accounts/ops"',
      ...writeInput(keys.map((key) => `${key}\n`).join("")),
      'put_keys ops "$work/input"',
    ].join("\n");
    expect(spawnSync("sh", { input, encoding: "utf8" })).toMatchObject({ status: 0, stderr: "" });
    return fs.readFileSync(path.join(home, ".ssh", "authorized_keys"), "utf8");
  }

  test("are those of the code, in whichever folder they are to be, and those that somebody added", () => {
    const base = fs.mkdtempSync(path.join(os.tmpdir(), "berth-keys-"));
    const at = (name: string) => path.join(base, name);
    const [first, second, hidden, disk] = [at("one"), at("two"), at("root/ops"), at("disk/ops")];
    expect(boot(first, hidden, ["k1 ops@a", "k2"])).toBe("k1 ops@a [berth]\nk2 [berth]\n");
    fs.appendFileSync(path.join(hidden, ".ssh", "authorized_keys"), "mine\n");
    boot(first, disk, ["k1 ops@a", "k2"]);
    boot(first, disk, ["k2"]);
    // As cloud-init writes it at a first boot.
    fs.appendFileSync(path.join(hidden, ".ssh", "authorized_keys"), "k1 ops@a\n");
    expect(boot(first, hidden, ["k2"])).toBe("mine\nk2 [berth]\n");
    boot(first, disk, ["k2", "k3"]);
    // Another root disk knows nothing of what the former one gave.
    expect(boot(second, disk, ["k3"])).toBe("k3 [berth]\n");
    expect(boot(second, disk, [])).toBe("");
  });
});
