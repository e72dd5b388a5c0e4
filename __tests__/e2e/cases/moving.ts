import * as path from "node:path";
import type { App } from "cdktf";
import { Duration, HostStack, KvmGuest, KvmHost, KvmNetwork, Os, Renamed, Size, StoragePool } from "../../../lib/index";
import { berth, recovered } from "../berth";
import type { Asking, Case, Environment, World } from "../case";
import { equal, matches, same } from "../checks";
import { smallSystem } from "../fixtures";
import { SecondLibvirt } from "../second-libvirt";
import { run } from "../shell";

const STACK = "moving";
const POOL = "/var/lib/libvirt/images/e2e-moving";
let second: SecondLibvirt | undefined;

/** A guest with data, on one host or the other. */
class Moving extends HostStack {
  constructor(app: App, environment: Environment, { capabilities, fixtures }: World) {
    super(app, STACK);
    const { HOST = "one", DATA = "32", ID = "e2e-mv", MEMORY = "160", RELEASE } = environment;
    const { emulated } = capabilities;
    const one = new KvmHost(this, "one", { uri: capabilities.kvmUri, emulated });
    const two = new KvmHost(this, "two", { uri: second?.uri, emulated });
    const places = {
      one: { host: one, pool: new StoragePool(this, "e2e-one", { host: one, path: POOL }) },
      two: {
        host: two,
        pool: new StoragePool(this, "e2e-two", { host: two, path: "/var/lib/libvirt/images/e2e-two" }),
      },
    };
    const networks = {
      one: new KvmNetwork(this, "e2e-mv-one", { host: one, subnet: "10.77.50.0/24", mode: "isolated" }),
      two: new KvmNetwork(this, "e2e-mv-two", { host: two, subnet: "10.77.51.0/24", mode: "isolated" }),
    };
    const here = HOST === "two" ? "two" : "one";
    if (ID !== "e2e-mv") {
      new Renamed(this, "renamed", { from: "e2e-mv", to: ID });
    }
    new KvmGuest(this, ID, {
      ...places[here],
      name: "e2e-mv",
      networks: [networks[here]],
      memory: Size.mebibytes(Number(MEMORY)),
      vcpus: 1,
      rootDisk: Size.mebibytes(64),
      directBoot: smallSystem(fixtures),
      dataDisks: [{ name: "data", size: Size.mebibytes(Number(DATA)), onDestroy: RELEASE === "1" ? "delete" : "keep" }],
      os: Os.debian("12"),
      shutdownTimeout: Duration.seconds(30),
    });
  }
}

const DISK = path.join(POOL, "e2e-mv-data.qcow2");
const THERE = () => path.join(second?.files ?? "", "images", "e2e-two", "e2e-mv-data.qcow2");
const uuid = (ask: Asking) => ask.virsh("domuuid", "e2e-mv");
const capacity = (ask: Asking) => /capacity unit='bytes'>(\d+)/.exec(ask.virsh("vol-dumpxml", DISK))?.[1];
const onSecond = (...args: string[]) => run("virsh", ["-q", "-c", second?.uri ?? "", ...args]).out.trim();
/** Bytes that nobody else would write, in the middle of a disk. */
const written = (file: string, verb: "write" | "read") => {
  const { code, out } = run("qemu-io", ["-f", "qcow2", "-c", `${verb} -P 0x42 16M 4k`, file]);
  equal(`${verb} of the pattern`, [code, /Pattern verification failed/.test(out)], [0, false]);
};
const MOVED = { HOST: "two", DATA: "64" };

/** What Terraform cannot do: disks that grow, a guest that goes to another host, a construct with another name. */
export const moving: Case = {
  name: STACK,
  needs: ["kvm"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new Moving(app, environment, world),
  guests: [],
  around: {
    before: async ({ scratch }) => {
      second = new SecondLibvirt(path.join(scratch, "second"));
      await second.start();
    },
    after: () => second?.stop(),
  },
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: () => [
    {
      name: "first",
      check: (ask) => {
        ask.virsh("destroy", "e2e-mv");
        written(DISK, "write");
        ask.virsh("start", "e2e-mv");
        same(ask, "uuid", uuid(ask));
      },
    },
    {
      name: "a disk grows under a guest that runs",
      environment: { DATA: "48" },
      before: (ask) => {
        const told = berth(ask, STACK, "grow");
        matches("what it told", told.out, /e2e-mv-data\.qcow2: 32 MiB -> 48 MiB\n.*blockresize e2e-mv/);
        equal("told only", [told.code, capacity(ask)], [1, "33554432"]);
        const done = berth(ask, STACK, "grow", "--apply");
        equal(`grown: ${done.out}`, [done.code, capacity(ask)], [0, "50331648"]);
      },
      check: (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        equal("the volume", capacity(ask), "50331648");
        matches("what the guest sees", ask.virsh("domblkinfo", "e2e-mv", DISK), /Capacity:\s+50331648/);
        same(ask, "uuid", uuid(ask));
      },
    },
    {
      name: "a disk grows while its guest is off",
      environment: { DATA: "64" },
      before: (ask) => {
        ask.virsh("destroy", "e2e-mv");
        equal("grown", berth(ask, STACK, "grow", "--apply").code, 0);
        recovered(ask, STACK, /1 done/);
      },
      check: (ask) => {
        equal("the volume", capacity(ask), "67108864");
        same(ask, "uuid", uuid(ask));
      },
    },
    {
      name: "a disk does not become smaller",
      environment: { DATA: "32" },
      before: (ask) =>
        matches("grow", berth(ask, STACK, "grow", "--apply").out, /CANNOT: a disk does not become smaller/),
      fails: { says: /Update Not Supported/, within: 60 },
      check: (ask) => equal("the volume", capacity(ask), "67108864"),
    },
    {
      name: "another host",
      environment: MOVED,
      before: (ask) => {
        const from = ask.world.capabilities.kvmUri;
        equal("told", berth(ask, STACK, "move", `${STACK}/e2e-mv`, "--from", from).code, 0);
        equal("still there", ask.virsh("domstate", "e2e-mv"), "running");
        const bad = berth(ask, STACK, "move", `${STACK}/e2e-mv`, "--from", "qemu+ssh://-lroot/system", "--apply");
        matches("no host", bad.out, /^--from must name a machine that begins with a letter or digit/);
        onSecond("vol-create-as", "e2e-two", "e2e-mv-data.qcow2", "4M", "--format", "raw");
        const stopped = berth(ask, STACK, "move", `${STACK}/e2e-mv`, "--from", from, "--apply");
        matches(
          "a disk of somebody's",
          stopped.out,
          /STOPPED: e2e-mv-data\.qcow2 is in the pool e2e-two there already, and is another disk/,
        );
        equal(
          "the guest that was left starts no more",
          /Autostart: +(\w+)/.exec(ask.virsh("dominfo", "e2e-mv"))?.[1],
          "disable",
        );
        onSecond("vol-create-as", "e2e-two", "e2e-mv-data.qcow2.berth-move", "1", "--format", "raw");
        const { code, out } = berth(ask, STACK, "move", `${STACK}/e2e-mv`, "--from", from, "--apply");
        equal(`moved: ${out}`, code, 0);
        matches("the first one again", out, /^\S+ is there already, and is the same$/m);
        matches(
          "half of it",
          out,
          /^a half copy was removed; copied e2e-mv-data\.qcow2, and read it back: sha256 \w{64}$/m,
        );
        equal("no mark is left", /berth-move/.test(onSecond("vol-list", "e2e-two")), false);
      },
      check: (ask) => {
        equal("the guest there", onSecond("domstate", "e2e-mv"), "running");
        equal("the guest that was left", ask.virsh("domstate", "e2e-mv"), "shut off");
        onSecond("destroy", "e2e-mv");
        written(THERE(), "read");
        onSecond("start", "e2e-mv");
        ask.virsh("undefine", "e2e-mv");
        for (const volume of ask.virsh("vol-list", "e2e-one").split("\n")) {
          ask.virsh("vol-delete", volume.trim().split(/\s+/)[1] ?? "");
        }
      },
    },
    {
      name: "another name in the code",
      environment: { ...MOVED, ID: "e2e-store" },
      check: (ask) => {
        // The guest's body names its disks by their addresses, which are others now: it is restarted, and nothing else happens.
        matches("the apply", ask.applied, /1 added, 1 changed, 1 destroyed/);
        onSecond("destroy", "e2e-mv");
        written(THERE(), "read");
        onSecond("start", "e2e-mv");
      },
    },
    {
      name: "a guest is rolled out",
      environment: { ...MOVED, ID: "e2e-store", MEMORY: "176" },
      before: (ask) => {
        matches("without a gate", berth(ask, STACK, "rollout", `${STACK}/e2e-store`).out, /nothing tells when/);
        const { code, out } = berth(ask, STACK, "rollout", `${STACK}/e2e-store`, "--apply", "--ready", "true");
        equal(`rolled out: ${out}`, code, 0);
      },
      check: (ask) => {
        matches("the apply", ask.applied, /0 added, 0 changed, 0 destroyed/);
        matches("its memory", onSecond("dominfo", "e2e-mv"), /Max memory:\s+180224 KiB/);
      },
    },
  ],
};
