import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import * as fc from "fast-check";
import {
  GuestImage,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  LOCK_FILE_CONTEXT,
  Size,
  StoragePool,
} from "../../lib/index";
import { Domain, Network } from "../../lib/providers/libvirt";
import { synth } from "../../lib/testing";
import { testApp, written } from "../support/app";
import { problemsOf } from "../support/messages";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";

function stackOf(app: App, guests: readonly string[], subnet = "10.1.0.0/24"): HostStack {
  const stack = new HostStack(app, "st");
  const host = new KvmHost(stack, "kvm");
  const pool = new StoragePool(stack, "pool", { host, path: "/pools/a" });
  const lan = new KvmNetwork(stack, "lan", { host, subnet });
  for (const id of guests) {
    new KvmGuest(stack, id, {
      host,
      pool,
      image: GuestImage.fromVolume("/golden.qcow2"),
      memory: Size.gibibytes(1),
      vcpus: 1,
      rootDisk: Size.gibibytes(10),
      users: [{ name: "ops", sshKeys: [KEY] }],
      networks: [lan],
    });
  }
  return stack;
}

const addresses = (stack: HostStack) =>
  Object.fromEntries(
    stack.node.children
      .filter((node): node is KvmGuest => node instanceof KvmGuest)
      .map((guest) => [guest.node.id, guest.address]),
  );
const lockOf = (app: App) => String(app.node.getContext(LOCK_FILE_CONTEXT));
const again = (app: App, extra: Readonly<Record<string, unknown>> = {}) =>
  new App({ outdir: app.outdir, context: { [LOCK_FILE_CONTEXT]: lockOf(app), ...extra } });

describe("the lock file", () => {
  test("keeps every guest's address when others come, go, or stand in another order", () => {
    const first = testApp();
    const before = addresses(stackOf(first, ["web", "db", "cache"]));
    first.synth();
    const second = again(first);
    const after = addresses(stackOf(second, ["new", "cache", "web"]));
    second.synth();
    expect(after).toMatchObject({ web: before.web, cache: before.cache });
    expect(Object.values(before)).not.toContain(after.new);
    const third = again(first);
    expect(addresses(stackOf(third, ["new"]))).toEqual({ new: after.new });
  });

  test("leaves out who is gone, and says the same the second time", () => {
    const first = testApp();
    stackOf(first, ["web", "db"]);
    first.synth();
    const second = again(first);
    stackOf(second, ["db"]);
    second.synth();
    const text = fs.readFileSync(lockOf(first), "utf8");
    expect(Object.keys((JSON.parse(text) as { networks: Record<string, object> }).networks["st/lan"] ?? {})).toEqual([
      "st/db/0",
    ]);
    const third = again(first);
    stackOf(third, ["db"]);
    third.synth();
    expect(fs.readFileSync(lockOf(first), "utf8")).toBe(text);
  });

  test("a guest that is added changes neither the network nor its neighbours", () => {
    const app = testApp();
    const [before, after] = [["web"], ["web", "db"]].map((guests) => {
      const { template } = synth(stackOf(again(app), guests));
      return { network: template.only(Network), web: template.all(Domain).find(({ name }) => name === "web") };
    });
    expect(after).toEqual(before);
  });

  test("is not written by a synth into another place, nor by a test", () => {
    const app = testApp();
    const elsewhere = new App({
      outdir: path.join(path.dirname(app.outdir), "..", "elsewhere"),
      context: { [LOCK_FILE_CONTEXT]: lockOf(app) },
    });
    stackOf(elsewhere, ["web"]);
    elsewhere.synth();
    synth(stackOf(again(app), ["web"]));
    expect(fs.existsSync(lockOf(app))).toBe(false);
  });

  test("refuses to change while it is frozen", () => {
    const app = testApp();
    stackOf(app, ["web"]);
    app.synth();
    const frozen = again(app, { "berth:frozen": "1" });
    stackOf(frozen, ["web", "db"]);
    expect(problemsOf(() => frozen.synth())).toEqual([
      "[st/db] 'networks[0]' must have its slot in berth.lock.json, got a file that has no slot for st/db/0 and is frozen (synthesize once without BERTH_FROZEN, and commit the file)",
    ]);
    const same = again(app, { "berth:frozen": "1" });
    stackOf(same, ["web"]);
    same.synth();
    expect(written(same, "st")).toHaveProperty("resource");
  });

  test("says so when it cannot be read, and is left as it is", () => {
    const app = testApp();
    fs.writeFileSync(lockOf(app), '{"version":7}');
    stackOf(app, ["web"]);
    expect(problemsOf(() => app.synth())).toEqual([
      '[st/web] \'networks[0]\' must have its slot in berth.lock.json, got a file that is not a lock file of version 1 (restore it from version control; it looks like {"version":1,"networks":{}})',
    ]);
    expect(fs.readFileSync(lockOf(app), "utf8")).toBe('{"version":7}');
  });

  test("a full network says how many it holds", () => {
    const app = testApp();
    stackOf(app, ["a1", "b1", "c1", "d1", "e1", "f1"], "10.1.0.0/29");
    expect(problemsOf(() => app.synth())).toEqual([
      "[st/f1] 'networks[0]' must have room for the guest, got a network of 5 guests (give the network a larger subnet)",
    ]);
  });

  test("gives every guest another address, whatever they are called", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/), { maxLength: 40 }), (names) => {
        const ids = names.filter((name) => !["kvm", "pool", "lan"].includes(name));
        const given = Object.values(addresses(stackOf(testApp(), ids)));
        return new Set(given).size === ids.length;
      }),
      { numRuns: 15 },
    );
  });
});
