import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import * as fc from "fast-check";
import { LockFile } from "../../lib/core/lock-file";
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
    expect(
      Object.keys(
        (JSON.parse(text) as { networks: Record<string, { slots: object }> }).networks["st/lan"]?.slots ?? {},
      ),
    ).toEqual(["st/db"]);
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
      "[st/db] 'networks[0]' must have its slot in berth.lock.json, got a file that has no slot for st/db and is frozen (synthesize once without BERTH_FROZEN, and commit the file)",
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
      "[st/web] 'networks[0]' must have its slot in berth.lock.json, got a file that is of version 7, which a newer berth wrote (use that one)",
      "[st] berth.lock.json must say what was applied and is kept, got a file that is of version 7, which a newer berth wrote (use that one) [lock/lost]",
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

  test("keeps a network's hardware addresses when its subnet changes, and gives the old ones to nobody else", () => {
    const prefixOf = (stack: HostStack, id: string) => (stack.node.findChild(id) as KvmNetwork).slots.macPrefix;
    const first = testApp();
    const before = prefixOf(stackOf(first, ["web"]), "lan");
    first.synth();
    const second = again(first);
    const moved = stackOf(second, ["web"], "10.9.0.0/24");
    const host = moved.node.findChild("kvm") as KvmHost;
    new KvmNetwork(moved, "other", { host, subnet: "10.1.0.0/24" });
    second.synth();
    expect(prefixOf(moved, "lan")).toBe(before);
    expect(prefixOf(moved, "other")).not.toBe(before);
  });

  test("keeps a guest's addresses when its networks stand in another order", () => {
    const on = (app: App, order: readonly [string, string]) => {
      const stack = stackOf(app, []);
      const host = stack.node.findChild("kvm") as KvmHost;
      const pool = stack.node.findChild("pool") as StoragePool;
      const lan = stack.node.findChild("lan") as KvmNetwork;
      const nets = { lan, tier: new KvmNetwork(stack, "tier", { host, subnet: "10.2.0.0/24" }) };
      const guest = new KvmGuest(stack, "db", {
        host,
        pool,
        image: GuestImage.fromVolume("/golden.qcow2"),
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(10),
        users: [{ name: "ops", sshKeys: [KEY] }],
        networks: order.map((name) => nets[name as keyof typeof nets]),
      });
      app.synth();
      return [guest.addressOn(nets.lan), guest.addressOn(nets.tier)];
    };
    const first = testApp();
    const before = on(first, ["lan", "tier"]);
    expect(on(again(first), ["tier", "lan"])).toEqual(before);
  });

  test("remembers an address that the code chose", () => {
    const chosen = (app: App, address?: string) => {
      const stack = stackOf(app, []);
      const child = (id: string) => stack.node.findChild(id);
      const guest = new KvmGuest(stack, "db", {
        host: child("kvm") as KvmHost,
        pool: child("pool") as StoragePool,
        image: GuestImage.fromVolume("/golden.qcow2"),
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(10),
        users: [{ name: "ops", sshKeys: [KEY] }],
        networks: [{ network: child("lan") as KvmNetwork, address }],
      });
      app.synth();
      return guest.address;
    };
    const first = testApp();
    expect(chosen(first, "10.1.0.77")).toBe("10.1.0.77");
    expect(chosen(again(first))).toBe("10.1.0.77");
  });

  test("says so when two branches gave one slot to two guests", () => {
    const app = testApp();
    const slots = { "st/web": 20, "st/db": 20 };
    fs.writeFileSync(
      lockOf(app),
      JSON.stringify({ version: 2, networks: { "st/lan": { macPrefix: "52:54:00:aa:bb", slots } }, stacks: {} }),
    );
    stackOf(app, ["web", "db"]);
    expect(problemsOf(() => app.synth())).toContain(
      "[st/web] 'networks[0]' must have its slot in berth.lock.json, got a file that gives slot 20 to st/db as well " +
        "(two branches met: remove the line of the guest that was not applied yet)",
    );
  });

  test("reads a file of version 1, and writes it as version 2 with the same addresses", () => {
    const app = testApp();
    fs.writeFileSync(lockOf(app), JSON.stringify({ version: 1, networks: { "st/lan": { "st/web/0": 99 } } }));
    expect(addresses(stackOf(app, ["web"]))).toEqual({ web: "10.1.0.99" });
    app.synth();
    expect(JSON.parse(fs.readFileSync(lockOf(app), "utf8"))).toMatchObject({
      version: 2,
      networks: { "st/lan": { slots: { "st/web": 99 } } },
    });
  });
});

describe("where the lock file is", () => {
  const folder = () => fs.mkdtempSync(path.join(os.tmpdir(), "berth-place-"));
  const home = process.cwd();
  afterEach(() => process.chdir(home));
  /** Synthesizes as `node main.js` does in a project that is no test's. */
  const run = (project: string, below = "") => {
    fs.mkdirSync(path.join(project, below), { recursive: true });
    process.chdir(path.join(project, below));
    const app = new App();
    const stack = stackOf(app, ["web"]);
    app.synth();
    return addresses(stack);
  };

  test.each(["cdktf.json", "package.json"])("beside the nearest %s, and read from there again", (mark) => {
    const project = folder();
    fs.writeFileSync(path.join(project, mark), "{}");
    const { web } = run(project, "infra/app");
    expect(JSON.parse(fs.readFileSync(path.join(project, "berth.lock.json"), "utf8"))).toMatchObject({ version: 2 });
    expect(run(project, "infra/app")).toEqual({ web });
  });

  test("where one is already", () => {
    const project = folder();
    fs.writeFileSync(path.join(project, "berth.lock.json"), '{"version":2,"networks":{},"stacks":{}}');
    fs.mkdirSync(path.join(project, "below"));
    fs.writeFileSync(path.join(project, "below", "package.json"), "{}");
    run(project, "below");
    expect(fs.readFileSync(path.join(project, "berth.lock.json"), "utf8")).toContain('"st/web"');
  });

  test("nowhere: the ways out are named, frozen or not", () => {
    const project = folder();
    const message =
      "[st/web] 'networks[0]' must have its slot in berth.lock.json, got no place for it: no folder from here up has a berth.lock.json, " +
      "a cdktf.json or a package.json (add one of them to the project, or name the file: " +
      'new App({ context: { "berth:lockFile": "berth.lock.json" } }))';
    // The tests' own folders are temporary ones, where nothing counts that is not in the project.
    const counts = jest.spyOn(LockFile.prototype, "counts", "get").mockReturnValue(true);
    expect(problemsOf(() => run(project))).toEqual([message]);
    process.env.BERTH_FROZEN = "1";
    try {
      expect(problemsOf(() => run(project))).toEqual([message]);
    } finally {
      delete process.env.BERTH_FROZEN;
      counts.mockRestore();
    }
  });
});
