import * as fs from "node:fs";
import {
  FileSource,
  GuestImage,
  type HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Released,
  Renamed,
  Size,
  StoragePool,
} from "../../lib/index";
import { Project } from "../support/project";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";

const shop =
  (id: string, disks: readonly string[] = ["data", "logs"], onDestroy: "keep" | "delete" = "keep") =>
  (stack: HostStack) => {
    const host = new KvmHost(stack, "kvm");
    const pool = new StoragePool(stack, "pool", { host, path: "/pools/a" });
    const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.1.0.0/24" });
    if (id !== "") {
      return new KvmGuest(stack, id, {
        host,
        pool,
        name: "db",
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(1),
        directBoot: { kernel: FileSource.fromFile(__filename) },
        networks: [lan],
        dataDisks: disks.map((name) => ({ name, size: Size.gibibytes(1), onDestroy })),
      });
    }
    return undefined;
  };

describe("a guest", () => {
  test("with kept disks names both, and one line lets go of both", () => {
    const project = new Project();
    project.synth(shop("db"));
    expect(project.problems(shop(""))).toEqual([
      '[shop/db] volume "db-data.qcow2" on qemu:///system and volume "db-logs.qcow2" on qemu:///system are kept and cannot leave the code ' +
        'without a word: Terraform would destroy them (declare it again; leave it on its host with new Released(stack, "released-db", { from: "db" }); ' +
        'or destroy it: set onDestroy: "delete", apply, then remove it; where it was never applied, restore berth.lock.json) [lock/kept]',
    ]);
    const json = project.synth(
      (stack) => {
        shop("")(stack);
        new Released(stack, "released-db", { from: "db" });
      },
      { tool: "opentofu 1.10" },
    );
    expect(json.removed).toHaveLength(2);
  });

  test("loses its disks after they were declared with onDestroy: delete", () => {
    const project = new Project();
    project.synth(shop("db"));
    project.synth(shop("db", ["data", "logs"], "delete"));
    project.synth(shop(""));
  });

  test("that loses one of two kept disks is told that one", () => {
    const project = new Project();
    project.synth(shop("db"));
    expect(project.problems(shop("db", ["logs"]))).toEqual([
      expect.stringContaining('[shop/db/disk-data] volume "db-data.qcow2" on qemu:///system is kept'),
    ]);
  });

  test("of another id is told the Renamed to write, once, and keeps its address with it", () => {
    const project = new Project();
    project.synth(shop("db"));
    expect(project.problems(shop("store"))).toEqual([
      '[shop/store] guest "db" cannot change its construct from shop/db without a word: Terraform would destroy it and create another one of the ' +
        'same name (write new Renamed(stack, "renamed-db", { from: "db", to: "store" }) before it; where it is meant to be another one, ' +
        "give it another name) [lock/renamed]",
    ]);
    const json = project.synth((stack) => {
      new Renamed(stack, "renamed-db", { from: "db", to: "store" });
      shop("store")(stack);
    });
    expect((json.moved as object[]).length).toBeGreaterThan(5);
    // The word may leave the code before every state was applied with it.
    const byFrom = (one: unknown) => [...(one as { from: string }[])].sort((a, b) => (a.from < b.from ? -1 : 1));
    expect(byFrom(project.synth(shop("store")).moved)).toEqual(byFrom(json.moved));
  });
});

test("a pool cannot leave while a disk that was let go of lies in it", () => {
  const project = new Project();
  project.synth(shop("db"));
  const only =
    (...released: readonly string[]) =>
    (stack: HostStack) => {
      new KvmHost(stack, "kvm");
      for (const from of released) {
        new Released(stack, `released-${from}`, { from });
      }
    };
  expect(project.problems(only("db"), { tool: "terraform 1.7" })).toEqual([
    '[shop/pool] storage pool "pool" cannot leave the code while "db-data.qcow2" and "db-logs.qcow2" lies in it: Terraform would fail to destroy it ' +
      '(leave it as well: new Released(stack, "released-pool", { from: "pool" })) [lock/pool]',
  ]);
  expect(project.synth(only("db", "pool"), { tool: "terraform 1.7" }).removed).toHaveLength(3);
});

test("a first boot's props are warned about once the guest was made, until it is rebuilt", () => {
  const project = new Project();
  const withPackages = (packages: readonly string[], firstBootScript?: string, rebuildOn?: string) => {
    const guests: KvmGuest[] = [];
    project.synth((stack) => {
      const host = new KvmHost(stack, "kvm");
      const guest = new KvmGuest(stack, "db", {
        host,
        pool: new StoragePool(stack, "pool", { host, path: "/pools/a" }),
        image: GuestImage.fromVolume("/golden.qcow2"),
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(10),
        networks: [new KvmNetwork(stack, "lan", { host, subnet: "10.1.0.0/24" })],
        users: [{ name: "ops", sshKeys: [KEY] }],
        packages,
        firstBootScript,
        rebuildOn,
      });
      guests.push(guest);
    });
    return guests.flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
  };
  const warning = (props: string) =>
    `${props} acts at the first boot only, and this guest was made before the edit ` +
    "(change 'rebuildOn' for a new root disk and a first boot, or do it in the guest as well) [kvm/guest/first-boot-only]";
  expect(withPackages(["nginx"])).toEqual([]);
  expect(withPackages(["nginx", "curl"])).toEqual([warning("'packages'")]);
  expect(withPackages(["curl", "nginx"], "true")).toEqual([warning("'packages' and 'firstBootScript'")]);
  expect(withPackages(["nginx"])).toEqual([]);
  expect(withPackages(["nginx", "curl"], undefined, "2")).toEqual([]);
  expect(withPackages(["nginx"], undefined, "2")).toEqual([warning("'packages'")]);
});

test("disks that are kept stay in their pool, by whatever name the code knows it", () => {
  const project = new Project();
  const inPool =
    ({ at = "pool", name = "disks", id = "pool", onDestroy = "keep" as "keep" | "delete" }) =>
    (stack: HostStack) => {
      const host = new KvmHost(stack, "kvm");
      if (id !== "pool") {
        new Renamed(stack, "renamed", { from: "pool", to: id });
      }
      const pool = new StoragePool(stack, id, { host, name, path: "/pools/a" });
      const spare = new StoragePool(stack, "spare", { host, path: "/pools/b" });
      new KvmGuest(stack, "db", {
        host,
        pool: at === "pool" ? pool : spare,
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(1),
        directBoot: { kernel: FileSource.fromFile(__filename) },
        dataDisks: [{ name: "data", size: Size.gibibytes(1), onDestroy }],
      });
    };
  const refused = (from: string, to: string) =>
    `[shop/db/disk-data] 'pool' cannot change to "${to}" while volume "db-data.qcow2" in "${from}" is kept: Terraform would have to destroy it ` +
    '(set it back; or set onDestroy: "delete", apply, then change it; where nothing was applied so, restore berth.lock.json) [lock/pool-of-disk]';
  project.synth(inPool({}));
  expect(project.problems(inPool({ at: "spare" }))).toEqual([refused("disks", "spare")]);
  expect(project.problems(inPool({ name: "more" }))).toEqual([refused("disks", "more")]);
  project.synth(inPool({ id: "store" }));
  project.synth(inPool({ id: "store", onDestroy: "delete" }));
  project.synth(inPool({ id: "store", at: "spare", onDestroy: "delete" }));
  project.synth(inPool({ id: "store", at: "spare" }));
});

test("the id of a disk that was let go of is that disk's in its pool alone", () => {
  const project = new Project();
  const tool = { tool: "terraform 1.7" } as const;
  const guest =
    (disk: "none" | "pool" | "spare", onDestroy: "keep" | "delete" = "keep", released = false) =>
    (stack: HostStack) => {
      const host = new KvmHost(stack, "kvm");
      const pools = {
        pool: new StoragePool(stack, "pool", { host, path: "/pools/a" }),
        spare: new StoragePool(stack, "spare", { host, path: "/pools/b" }),
      };
      if (released) {
        new Released(stack, "released", { from: "db/disk-data" });
      }
      new KvmGuest(stack, "db", {
        host,
        pool: pools.pool,
        memory: Size.gibibytes(1),
        vcpus: 1,
        rootDisk: Size.gibibytes(1),
        directBoot: { kernel: FileSource.fromFile(__filename) },
        dataDisks: disk === "none" ? [] : [{ name: "data", size: Size.gibibytes(1), pool: pools[disk], onDestroy }],
      });
    };
  project.synth(guest("pool"), tool);
  project.synth(guest("none", "keep", true), tool);
  for (const onDestroy of ["keep", "delete"] as const) {
    expect(project.problems(guest("spare", onDestroy), tool)).toEqual([
      expect.stringMatching(
        /^\[shop\/db\/disk-data\] id cannot be used for volume "db-data.qcow2", as it was that of .* \[lock\/id\]$/,
      ),
    ]);
  }
  project.synth(guest("pool"), tool);
});

test("a network keeps its bridge when it is renamed", () => {
  const project = new Project();
  const bridges = (json: object) =>
    Object.values((json as { resource: { libvirt_network: Record<string, Rendered> } }).resource.libvirt_network).map(
      ({ name, bridge }) => [name, bridge.name],
    );
  const net = (id: string, name: string, subnet: string) => (stack: HostStack) => {
    const host = (stack.node.tryFindChild("kvm") as KvmHost | undefined) ?? new KvmHost(stack, "kvm");
    new KvmNetwork(stack, id, { host, name, subnet });
  };
  const [[, before] = []] = bridges(project.synth(net("lan", "lan", "10.1.0.0/24")));
  const renamed = (stack: HostStack) => {
    new Renamed(stack, "renamed", { from: "lan", to: "tier" });
    net("tier", "lan", "10.1.0.0/24")(stack);
  };
  expect(bridges(project.synth(renamed))).toEqual([["lan", before]]);
  expect(bridges(project.synth(net("tier", "lan", "10.1.0.0/24")))).toEqual([["lan", before]]);
  expect(fs.readFileSync(project.lock, "utf8")).toContain(`"bridge": "${before}"`);
});

interface Rendered {
  readonly name: string;
  readonly bridge: { readonly name: string };
}
