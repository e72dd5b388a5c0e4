import * as fs from "node:fs";
import * as path from "node:path";
import { Construct } from "constructs";
import {
  Duration,
  type HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Os,
  Released,
  Renamed,
  Size,
  StoragePool,
} from "../../../lib/index";
import type { World } from "../case";
import { equal, inode, matches } from "../checks";
import { smallSystem } from "../fixtures";
import { run, until } from "../shell";
import type { Ask, LifecycleChange, Mark } from "./change";

const NAME = "e2e-life";
const POOL = `/var/lib/libvirt/images/${NAME}`;
const CONSOLE = path.join("/var/lib/libvirt/images", `${NAME}.console`);

/** A hypervisor that nobody is at: what is refused never asks it. */
const OTHER_HOST = "qemu:///system?socket=/run/e2e-no-libvirt.sock";

/** What a state of the code differs in. */
interface State {
  readonly host?: string;
  readonly other?: string;
  readonly on?: "host" | "other";
  readonly pool?: string;
  readonly poolName?: string;
  readonly second?: string;
  readonly secondName?: string;
  readonly subnet?: string;
  readonly guest?: string | undefined;
  readonly guestName?: string;
  readonly in?: "pool" | "spare";
  readonly memory?: number;
  readonly networks?: readonly ("lan" | "second")[];
  readonly disks?: readonly string[];
  readonly onDestroy?: "keep" | "delete";
  /** A network that no guest is on, and a pool that nothing lies in. */
  readonly idle?: boolean;
  readonly small?: readonly string[];
  readonly scope?: string;
  readonly renamed?: Readonly<Record<string, string>>;
  readonly released?: readonly string[];
}

const all =
  (state: State = {}) =>
  (stack: HostStack, { capabilities, fixtures }: World): void => {
    const of = {
      host: "kvm",
      on: "host" as const,
      pool: "pool",
      second: "second",
      guest: "db",
      in: "pool" as const,
      networks: ["lan", "second"] as const,
      disks: ["data", "logs"],
      onDestroy: "keep" as const,
      small: [],
      ...state,
    };
    for (const [index, [from, to]] of Object.entries(of.renamed ?? {}).entries()) {
      new Renamed(stack, `renamed-${index}`, { from, to });
    }
    for (const [index, from] of (of.released ?? []).entries()) {
      new Released(stack, `released-${index}`, { from });
    }
    const scope = of.scope === undefined ? stack : new Construct(stack, of.scope);
    const { kvmUri, emulated } = capabilities;
    const here = new KvmHost(stack, of.host, { uri: kvmUri, emulated });
    const host = of.on === "other" ? new KvmHost(stack, of.other ?? "rack2", { uri: OTHER_HOST, emulated }) : here;
    const pool = new StoragePool(scope, of.pool, { host, name: of.poolName ?? `${NAME}-pool`, path: POOL });
    const spare = new StoragePool(scope, "spare", { host, name: `${NAME}-spare`, path: `${POOL}-spare` });
    if (of.idle === true) {
      new KvmNetwork(scope, "idle", { host, name: `${NAME}-idle`, subnet: "10.77.84.0/24", mode: "isolated" });
      new StoragePool(scope, "empty", { host, name: `${NAME}-empty`, path: `${POOL}-empty` });
    }
    const networks = {
      lan: new KvmNetwork(scope, "lan", {
        host,
        name: `${NAME}-lan`,
        subnet: of.subnet ?? "10.77.80.0/24",
        mode: "isolated",
      }),
      second: new KvmNetwork(scope, of.second, {
        host,
        name: of.secondName ?? `${NAME}-second`,
        subnet: "10.77.82.0/24",
        mode: "isolated",
      }),
    };
    const common = {
      host,
      pool: of.in === "spare" ? spare : pool,
      vcpus: 1,
      rootDisk: Size.mebibytes(64),
      directBoot: smallSystem(fixtures),
      os: Os.debian("12"),
      shutdownTimeout: Duration.seconds(60),
    };
    if (of.guest !== undefined) {
      new KvmGuest(scope, of.guest, {
        ...common,
        name: of.guestName ?? `${NAME}-db`,
        memory: Size.mebibytes(of.memory ?? 160),
        networks: of.networks.map((id) => networks[id]),
        dataDisks: of.disks.map((name) => ({ name, size: Size.mebibytes(32), onDestroy: of.onDestroy })),
        serialConsole: { log: CONSOLE },
      });
    }
    for (const id of of.small) {
      new KvmGuest(scope, id, { ...common, name: `${NAME}-${id}`, memory: Size.mebibytes(128), running: false });
    }
  };

const diskFile = (disk: string, name = `${NAME}-db`) => path.join(POOL, `${name}-${disk}.qcow2`);

/** Bytes that nobody else would write, in the middle of a disk; its file is the same one, too. */
const onDisks = (...disks: readonly string[]): Mark => {
  const files = () => disks.map((disk) => inode(diskFile(disk))).join(" ");
  let before = "";
  return {
    write: async ({ virsh }) => {
      virsh("destroy", `${NAME}-db`);
      for (const disk of disks) {
        pattern("write", disk);
      }
      await started(virsh);
      before = files();
    },
    read: () => {
      for (const disk of disks) {
        pattern("read", disk);
      }
      return files() === before ? "the same disks" : "other files";
    },
    expected: "the same disks",
  };
};

function pattern(verb: "write" | "read", disk: string): void {
  // A guest that runs has its disk locked; it may be read all the same.
  const shared = verb === "read" ? ["-r", "-U"] : [];
  const { code, out } = run("qemu-io", [...shared, "-f", "qcow2", "-c", `${verb} -P 0x42 16M 4k`, diskFile(disk)]);
  equal(`${verb} of the pattern on ${disk}`, [code, /Pattern verification failed/.test(out)], [0, false]);
}

/** What the guest itself says that it has, once it has started again as it is defined now. */
const sees =
  ({ disks = 3, networks = 2 }: { disks?: number; networks?: number } = {}) =>
  async ({ virsh }: Ask): Promise<void> => {
    equal("the guest", virsh("domstate", `${NAME}-db`), "running");
    virsh("destroy", `${NAME}-db`);
    const text = await started(virsh);
    equal("disks that the guest sees", (text.match(/berth-guest: disk vd/g) ?? []).length, disks);
    equal("networks that the guest sees", (text.match(/berth-guest: nic /g) ?? []).length, networks);
  };

/** Starts the guest, and waits until it listens: one that is just starting does not hear that it is to shut down. */
async function started(virsh: Ask["virsh"]): Promise<string> {
  fs.truncateSync(CONSOLE);
  virsh("start", `${NAME}-db`);
  const text = () => fs.readFileSync(CONSOLE, "utf8");
  await until("the guest prints that it is ready", 300, () => /berth-guest: ready/.test(text()));
  return text();
}

const gone = ({ virsh }: Ask): void =>
  matches("guests", `.${virsh("list", "--all", "--name")}.`, /^(?![\s\S]*e2e-life-db)/);

const others =
  (...names: readonly string[]) =>
  ({ virsh }: Ask): void =>
    equal(
      "guests",
      virsh("list", "--all", "--name")
        .split("\n")
        .map((name) => name.trim())
        .filter((name) => name.startsWith(NAME))
        .sort(),
      names.map((name) => `${NAME}-${name}`),
    );

/** What a run may have left, by the names that its states give. */
export function cleanUpGuests({ capabilities }: World): void {
  const virsh = (...args: string[]) => run("virsh", ["-q", "-c", capabilities.kvmUri, ...args]).out;
  const named = (list: string[]) =>
    virsh(...list, "--all", "--name")
      .split("\n")
      .map((name) => name.trim())
      .filter((name) => name.startsWith(NAME));
  for (const [list, prefix] of [
    ["list", ""],
    ["net-list", "net-"],
    ["pool-list", "pool-"],
  ] as const) {
    for (const name of named([list])) {
      virsh(`${prefix}destroy`, name);
      virsh(`${prefix}undefine`, name);
    }
  }
  for (const file of [POOL, `${POOL}-spare`, `${POOL}-empty`, CONSOLE]) {
    fs.rmSync(file, { recursive: true, force: true });
  }
}

/** Every change of the libvirt constructs. */
export function guestChanges(): readonly LifecycleChange[] {
  const data = onDisks("data", "logs");
  const row = (construct: string, change: string, after: State, more: Partial<LifecycleChange>): LifecycleChange => ({
    construct,
    change,
    needs: "kvm",
    before: all(),
    after: all(after),
    data,
    check: sees(),
    ...more,
  });
  const deletable = (more: State = {}) => all({ onDestroy: "delete", ...more });
  return [
    row("KvmGuest", "removed", { guest: undefined }, { refused: /volume "e2e-life-db-data.qcow2" on .* are kept/ }),
    row("KvmGuest", "removed, Released", { guest: undefined, released: ["db"] }, { class: "data-lost", check: gone }),
    {
      ...row("KvmGuest", "removed, which onDestroy allows", { guest: undefined }, { class: "data-lost", check: gone }),
      before: deletable(),
      data: undefined,
      isUp: async ({ virsh }) => {
        virsh("destroy", `${NAME}-db`);
        await started(virsh);
      },
    },
    row("KvmGuest", "another added", { small: ["a"] }, {}),
    row("KvmGuest", "another id", { guest: "base" }, { refused: /from: "db", to: "base"/ }),
    row("KvmGuest", "another id, with Renamed", { guest: "base", renamed: { db: "base" } }, { class: "restart" }),
    row("KvmGuest", "another name", { guestName: `${NAME}-base` }, { refused: /'name' cannot change to/ }),
    row("KvmGuest", "another pool", { in: "spare" }, { refused: /'pool' cannot change/ }),
    row("KvmGuest", "its networks in another order", { networks: ["second", "lan"] }, { class: "restart" }),
    row(
      "KvmGuest",
      "its last network removed",
      { networks: ["lan"] },
      { class: "restart", check: sees({ networks: 1 }) },
    ),
    row(
      "KvmGuest",
      "its first network removed",
      { networks: ["second"] },
      { class: "restart", check: sees({ networks: 1 }) },
    ),
    row("KvmGuest", "its disks in another order", { disks: ["logs", "data"] }, { class: "restart" }),
    row(
      "KvmGuest",
      "a disk added in front",
      { disks: ["new", "data", "logs"] },
      { class: "restart", check: sees({ disks: 4 }) },
    ),
    row(
      "KvmGuest",
      "its first disk removed",
      { disks: ["logs"] },
      { refused: /volume "e2e-life-db-data.qcow2" on .* is kept/ },
    ),
    row(
      "KvmGuest",
      "its first disk removed, Released",
      { disks: ["logs"], released: ["db/disk-data"] },
      { class: "restart", check: sees({ disks: 2 }) },
    ),
    {
      ...row(
        "KvmGuest",
        "its last disk removed, which onDestroy allows",
        {},
        { class: "data-lost", check: sees({ disks: 2 }) },
      ),
      before: deletable(),
      after: deletable({ disks: ["data"] }),
      data: onDisks("data"),
    },
    {
      ...row("KvmGuest", "the first of a list removed", {}, { class: "data-lost", check: others("b", "db") }),
      before: all({ small: ["a", "b"] }),
      after: all({ small: ["b"] }),
    },
    {
      ...row(
        "KvmGuest",
        "the last of a list removed, another added",
        {},
        { class: "data-lost", check: others("a", "c", "db") },
      ),
      before: all({ small: ["a", "b"] }),
      after: all({ small: ["a", "c"] }),
    },
    row("KvmNetwork", "another subnet", { subnet: "10.77.81.0/24" }, { class: "replaced" }),
    row("KvmNetwork", "another id", { second: "side" }, { refused: /from: "second", to: "side"/ }),
    row("KvmNetwork", "another id, with Renamed", { second: "side", renamed: { second: "side" } }, {}),
    row("KvmNetwork", "another name", { secondName: `${NAME}-side` }, { class: "replaced" }),
    row("StoragePool", "another id", { pool: "disks" }, { refused: /from: "pool", to: "disks"/ }),
    row("StoragePool", "another id, with Renamed", { pool: "disks", renamed: { pool: "disks" } }, {}),
    row(
      "StoragePool",
      "another name",
      { poolName: `${NAME}-disks` },
      { refused: /'pool' cannot change to "e2e-life-disks"/ },
    ),
    {
      ...row("KvmNetwork and StoragePool", "unused ones removed", {}, { class: "removed" }),
      before: all({ idle: true }),
    },
    row("KvmNetwork and StoragePool", "unused ones added", { idle: true }, {}),
    row("KvmHost", "another id", { host: "rack1" }, {}),
    {
      ...row("KvmHost", "another id, and an unused network and pool removed at once", {}, { class: "removed" }),
      before: all({ idle: true }),
      after: all({ host: "rack1" }),
    },
    {
      ...row(
        "KvmHost",
        "removed with all that is on it",
        {},
        { refused: /host libvirt\.kvm .* cannot leave the code/ },
      ),
      before: deletable(),
      after: () => undefined,
    },
    row("KvmHost", "another one for the same ids", { on: "other" }, { refused: /'host' cannot change from/ }),
    row("all of them on libvirt", "another scope", { scope: "shop" }, { refused: /new Renamed/ }),
    row(
      "all of them on libvirt",
      "another scope, with Renamed",
      {
        scope: "shop",
        renamed: { db: "shop/db", pool: "shop/pool", spare: "shop/spare", lan: "shop/lan", second: "shop/second" },
      },
      { class: "restart" },
    ),
    row(
      "all of them on libvirt",
      "another id of the guest and more memory at once",
      { guest: "base", memory: 176, renamed: { db: "base" } },
      { class: "restart" },
    ),
  ];
}
