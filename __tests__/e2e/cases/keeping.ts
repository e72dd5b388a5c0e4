import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import {
  DockerHost,
  DockerService,
  DockerVolume,
  Duration,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Os,
  Released,
  Renamed,
  Size,
  StoragePool,
  VolumeMount,
} from "../../../lib/index";
import { recovered } from "../berth";
import type { Asking, Case, Environment, World } from "../case";
import { equal, inode, matches, same } from "../checks";
import { smallSystem, WEB_IMAGE } from "../fixtures";
import { run } from "../shell";

const STACK = "keeping";
const POOL = "/var/lib/libvirt/images/e2e-keep";
const DISKS = ["data", "logs"].map((name) => path.join(POOL, `e2e-keep-db-${name}.qcow2`));

/** A volume, and a guest with two disks, that hold what nobody may lose. */
class Keeping extends HostStack {
  constructor(app: App, environment: Environment, { fixtures, capabilities }: World) {
    super(app, STACK, environment.TOOL === "none" ? {} : { tool: "terraform 1.7" });
    const { DATA = "data", GUEST = "db", ENGINE = "docker", RENAMED = "", RELEASED = "", POOL_GONE } = environment;
    const onDestroy = environment.RELEASE === "1" ? "delete" : "keep";
    const kvm = new KvmHost(this, "kvm", { uri: capabilities.kvmUri, emulated: capabilities.emulated });
    const docker = new DockerHost(this, ENGINE, { host: capabilities.dockerHost });
    for (const [index, words] of RENAMED.split(",").filter(Boolean).entries()) {
      const [from = "", to = ""] = words.split(">");
      new Renamed(this, `renamed-${index}`, { from, to });
    }
    for (const [index, from] of RELEASED.split(",").filter(Boolean).entries()) {
      new Released(this, `released-${index}`, { from, ...(environment.FORGOTTEN === "1" ? { forgotten: true } : {}) });
    }
    if (DATA !== "") {
      const data = new DockerVolume(this, DATA, { host: docker, name: "e2e-keep-data", onDestroy });
      new DockerService(this, "web", {
        host: docker,
        name: "e2e-keep-web",
        image: WEB_IMAGE,
        volumes: [VolumeMount.volume(data, "/data")],
        stopGracePeriod: Duration.seconds(1),
      });
    }
    if (POOL_GONE === "1") {
      return;
    }
    const pool = new StoragePool(this, "pool", { host: kvm, name: "e2e-keep", path: POOL });
    const lan = new KvmNetwork(this, "e2e-keep-lan", { host: kvm, subnet: "10.77.70.0/24", mode: "isolated" });
    if (GUEST !== "") {
      new KvmGuest(this, GUEST, {
        host: kvm,
        pool,
        name: "e2e-keep-db",
        memory: Size.mebibytes(160),
        vcpus: 1,
        rootDisk: Size.mebibytes(64),
        directBoot: smallSystem(fixtures),
        networks: [lan],
        dataDisks: (environment.DISKS ?? "data,logs")
          .split(",")
          .filter(Boolean)
          .map((name) => ({ name, size: Size.mebibytes(32), onDestroy })),
        os: Os.debian("12"),
        shutdownTimeout: Duration.seconds(30),
      });
    }
  }
}

/** Bytes that nobody else would write, in the middle of each disk. */
const pattern = (verb: "write" | "read") => {
  for (const disk of DISKS) {
    // A guest that runs has its disk locked; it may be read all the same.
    const shared = verb === "read" ? ["-r", "-U"] : [];
    const { code, out } = run("qemu-io", [...shared, "-f", "qcow2", "-c", `${verb} -P 0x42 16M 4k`, disk]);
    equal(`${verb} of the pattern on ${disk}`, [code, /Pattern verification failed/.test(out)], [0, false]);
  }
};

const volumeHolds = (ask: Asking) =>
  equal(
    "what the volume holds",
    ask.docker("run", "--rm", "-v", "e2e-keep-data:/data", WEB_IMAGE, "cat", "/data/word"),
    "precious",
  );

const disksAreThere = (ask: Asking) => {
  for (const disk of DISKS) {
    same(ask, disk, inode(disk));
  }
  pattern("read");
};

const all = (ask: Asking) => {
  volumeHolds(ask);
  disksAreThere(ask);
};

const inState = (ask: Asking, type: string) =>
  (
    JSON.parse(fs.readFileSync(path.join(ask.folder, `terraform.${STACK}.tfstate`), "utf8")) as {
      resources: { type: string }[];
    }
  ).resources.filter((one) => one.type === type).length;

const removeReleased = ({ capabilities }: World) => {
  run("docker", ["-H", capabilities.dockerHost, "volume", "rm", "-f", "e2e-keep-data"]);
  const virsh = (...args: string[]) => run("virsh", ["-q", "-c", capabilities.kvmUri, ...args]);
  for (const disk of DISKS) {
    virsh("vol-delete", disk);
  }
  virsh("pool-destroy", "e2e-keep");
  virsh("pool-undefine", "e2e-keep");
  fs.rmSync(POOL, { recursive: true, force: true });
};

/** What is kept stays: when its code goes, comes again, is renamed, or when a whole environment is torn down. */
export const keeping: Case = {
  name: STACK,
  needs: ["kvm", "docker"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new Keeping(app, environment, world),
  guests: [],
  around: { before: removeReleased, after: removeReleased },
  steps: () => [
    {
      name: "first",
      check: (ask) => {
        ask.docker("exec", "e2e-keep-web", "sh", "-c", "echo precious > /data/word");
        ask.virsh("destroy", "e2e-keep-db");
        pattern("write");
        ask.virsh("start", "e2e-keep-db");
        all(ask);
      },
    },
    {
      name: "a kept volume leaves the code",
      environment: { DATA: "" },
      refused: /volume "e2e-keep-data" on .* is kept/,
      check: all,
    },
    {
      name: "one kept disk leaves the code",
      environment: { DISKS: "logs" },
      refused: /\[keeping\/db\/disk-data\] volume "e2e-keep-db-data.qcow2" on .* is kept/,
      check: all,
    },
    {
      name: "a guest with kept disks leaves the code",
      environment: { GUEST: "" },
      refused: /volume "e2e-keep-db-data.qcow2" on .* and volume "e2e-keep-db-logs.qcow2" on .* are kept/,
      check: all,
    },
    {
      name: "other ids without a word",
      environment: { DATA: "store", GUEST: "base" },
      refused:
        /from: "data", to: "store"[\s\S]*from: "db", to: "base"|from: "db", to: "base"[\s\S]*from: "data", to: "store"/,
      check: all,
    },
    {
      name: "other ids, with Renamed",
      environment: { DATA: "store", GUEST: "base", RENAMED: "data>store,db>base" },
      check: all,
    },
    { name: "the host has another id", environment: { DATA: "store", GUEST: "base", ENGINE: "engine" }, check: all },
    {
      name: "the volume is let go of",
      environment: { DATA: "", GUEST: "base", ENGINE: "engine", RELEASED: "store" },
      check: (ask) => {
        all(ask);
        equal("Docker volumes in the state", inState(ask, "docker_volume"), 0);
      },
    },
    {
      name: "the volume is declared again",
      environment: { DATA: "store", GUEST: "base", ENGINE: "engine" },
      check: (ask) => {
        all(ask);
        equal("what the service sees", ask.docker("exec", "e2e-keep-web", "cat", "/data/word"), "precious");
      },
    },
    {
      name: "the guest goes, its disks are let go of",
      environment: { DATA: "store", GUEST: "", ENGINE: "engine", RELEASED: "base" },
      check: (ask) => {
        all(ask);
        matches("guests", `.${ask.virsh("list", "--all", "--name")}.`, /^(?![\s\S]*e2e-keep-db)/);
      },
    },
    {
      name: "the guest is declared again",
      environment: { DATA: "store", GUEST: "base", ENGINE: "engine" },
      before: (ask) => recovered(ask, STACK, /2 done/),
      check: all,
    },
    {
      name: "Terraform before 1.7: nothing is planned until the state was told",
      environment: { TOOL: "none", DATA: "", GUEST: "base", ENGINE: "engine", RELEASED: "store" },
      fails: { says: /Terraform would destroy what is let go of: docker_volume\.store_\w+/, within: 60 },
      check: (ask) => {
        all(ask);
        const cwd = path.join(ask.folder, "cdktf.out", "stacks", STACK);
        const address = run("terraform", ["state", "list"], { cwd })
          .out.split("\n")
          .find((line) => line.startsWith("docker_volume."));
        equal("state rm", run("terraform", ["state", "rm", String(address)], { cwd }).code, 0);
      },
    },
    {
      name: "Terraform before 1.7: the state was told",
      environment: { TOOL: "none", DATA: "", GUEST: "base", ENGINE: "engine", RELEASED: "store", FORGOTTEN: "1" },
      check: all,
    },
    {
      name: "torn down, the data stay",
      environment: { DATA: "", ENGINE: "engine", RELEASED: "store,base,pool", POOL_GONE: "1", FORGOTTEN: "1" },
      check: (ask) => {
        all(ask);
        equal("what the state has", inState(ask, "libvirt_volume") + inState(ask, "libvirt_pool"), 0);
      },
    },
  ],
};
