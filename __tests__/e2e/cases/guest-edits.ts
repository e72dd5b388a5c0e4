import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import {
  type DataDiskProps,
  GuestImage,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Released,
  Size,
  StoragePool,
} from "../../../lib/index";
import { recovered } from "../berth";
import type { Asking, Case, Environment, Step, World } from "../case";
import { changed, equal, inode, matches, same } from "../checks";
import { run, until } from "../shell";

const STACK = "guest-edits";
const GUEST = "e2e-edits";
const POOL = "/var/lib/libvirt/images/e2e-edits";
const DEFAULTS = {
  SUBNET: "10.77.80.0/24",
  NETWORKS: "lan,tier",
  ADDRESS: "",
  OPS: "one",
  DEV: "two",
  HOSTNAME: GUEST,
  FILE: "first\n",
  // The folders of the users are on a disk of their own.
  MOUNTS: "a:/srv/one,b:/srv/two,c:/home",
  PACKAGES: "",
};

const keyFile = ({ scratch }: World, name: string) => path.join(scratch, "guest-edits-keys", name);
const publicKey = (world: World, name: string) => fs.readFileSync(`${keyFile(world, name)}.pub`, "utf8").trim();

/** A guest of an image, with everything that can be edited of it. */
class GuestEdits extends HostStack {
  constructor(app: App, environment: Environment, world: World) {
    super(app, STACK, { tool: "terraform 1.7" });
    const { kvmUri, emulated } = world.capabilities;
    const of = { ...DEFAULTS, ...environment };
    const host = new KvmHost(this, "kvm", { uri: kvmUri, emulated });
    const pool = new StoragePool(this, "pool", { host, name: "e2e-edits", path: POOL });
    const networks = new Map([
      ["lan", new KvmNetwork(this, "lan", { host, name: "e2e-edits-lan", subnet: of.SUBNET })],
      [
        "tier",
        new KvmNetwork(this, "tier", { host, name: "e2e-edits-tier", subnet: "10.77.82.0/24", mode: "isolated" }),
      ],
      [
        "more",
        new KvmNetwork(this, "more", { host, name: "e2e-edits-more", subnet: "10.77.83.0/24", mode: "isolated" }),
      ],
    ]);
    const disks = of.MOUNTS.split(",")
      .filter(Boolean)
      .map((text): DataDiskProps => {
        const [name = "", mountPoint = ""] = text.split(":");
        const onDestroy = environment.RELEASE === "1" || environment.DELETE === name ? "delete" : "keep";
        return { name, size: Size.mebibytes(64), onDestroy, ...(mountPoint === "" ? {} : { mountPoint }) };
      });
    if (environment.RELEASED !== undefined) {
      new Released(this, "released", { from: environment.RELEASED });
    }
    new KvmGuest(this, GUEST, {
      host,
      pool,
      image: GuestImage.fromFile(path.join(world.fixtures, "guest.qcow2")),
      memory: Size.mebibytes(512),
      vcpus: 2,
      rootDisk: Size.gibibytes(3),
      networks: of.NETWORKS.split(",").map((name) => {
        const network = networks.get(name) as KvmNetwork;
        return name === "lan" && of.ADDRESS !== "" ? { network, address: of.ADDRESS } : network;
      }),
      hostname: of.HOSTNAME,
      users: [
        { name: "ops", sshKeys: [publicKey(world, of.OPS)], groups: ["adm"] },
        ...(of.DEV === "" ? [] : [{ name: "dev", sshKeys: [publicKey(world, of.DEV)], sudo: false }]),
      ],
      files:
        of.FILE === "" ? [] : [{ path: "/etc/shop/conf", content: of.FILE, permissions: "0640", owner: "root:adm" }],
      packages: of.PACKAGES.split(",").filter(Boolean),
      dataDisks: disks,
    });
  }

  public get guest(): KvmGuest {
    return this.node.findChild(GUEST) as KvmGuest;
  }
}

/** Where the guest is now, network by network, as synth says. */
const addresses = new Map<string, string>();

/** One command in the guest, as one of its users. */
function ssh(ask: Asking, address: string, user: string, key: string, ...command: readonly string[]) {
  // Host keys are the guest's own, and nobody knows them: only these tests log in without.
  const options = [
    "BatchMode=yes",
    "IdentitiesOnly=yes",
    "StrictHostKeyChecking=no",
    "UserKnownHostsFile=/dev/null",
    "ConnectTimeout=3",
    "LogLevel=ERROR",
  ];
  return run("ssh", [
    "-i",
    keyFile(ask.world, key),
    ...options.flatMap((one) => ["-o", one]),
    `${user}@${address}`,
    ...command,
  ]);
}

const lan = () => addresses.get("lan") ?? "";

async function answers(ask: Asking, key: string, address = lan()): Promise<void> {
  await until(
    `the guest answers at ${address}`,
    300,
    () => ssh(ask, address, "ops", key, "test -e /run/sshd.pid -o -e /run/sshd").code === 0,
  );
}

function told(ask: Asking, key: string, ...command: readonly string[]): string {
  const { code, out } = ssh(ask, lan(), "ops", key, ...command);
  if (code !== 0) {
    throw new Error(`in the guest: ${command.join(" ")}: exit ${code}: ${out}`);
  }
  // The image's hosts file has no name of the guest, and sudo says so.
  return out.replaceAll(/^sudo: unable to resolve host .*\n?/gm, "").trim();
}

const mounted = (ask: Asking, key: string) =>
  told(
    ask,
    key,
    "for m in /srv/one /srv/two; do findmnt -no SOURCE --mountpoint $m >/dev/null && echo $m=$(cat $m/mark); done; true",
  )
    .split("\n")
    .filter(Boolean);

/** What was written before is read after every edit. */
function data(ask: Asking, key: string): void {
  equal("the mark on the root disk", told(ask, key, "sudo cat /var/lib/mark"), "root");
  same(ask, "disk a", inode(path.join(POOL, `${GUEST}-a.qcow2`)));
  same(ask, "root disk", inode(path.join(POOL, `${GUEST}-root.qcow2`)));
}

const step = (
  name: string,
  environment: Environment,
  check: (ask: Asking, key: string) => void | Promise<void>,
): Step => ({
  name,
  environment,
  check: async (ask) => {
    const key = environment.OPS ?? DEFAULTS.OPS;
    await answers(ask, key);
    changed(ask, "uuid", ask.virsh("domuuid", GUEST));
    data(ask, key);
    await check(ask, key);
  },
});

const NETWORK = { SUBNET: "10.77.81.0/24" };
const LATER = { ...NETWORK, ADDRESS: "10.77.81.33", NETWORKS: "tier,more,lan" };
const USERS = { ...LATER, OPS: "three", DEV: "", FILE: "second\n", HOSTNAME: "other" };

/** Every edit of a guest, asked of the guest itself: it answers where it should, and has what the code says. */
export const guestEdits: Case = {
  name: STACK,
  needs: ["kvm"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => {
    const stack = new GuestEdits(app, environment, world);
    for (const name of ["lan", "tier", "more"]) {
      try {
        addresses.set(name, stack.guest.addressOn(stack.node.findChild(name) as KvmNetwork));
      } catch {
        addresses.delete(name);
      }
    }
    return stack;
  },
  guests: [],
  around: {
    before: (world) => {
      const folder = path.dirname(keyFile(world, "one"));
      fs.rmSync(folder, { recursive: true, force: true });
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      for (const name of ["one", "two", "three"]) {
        run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", keyFile(world, name)]);
      }
    },
    after: () => undefined,
  },
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        await answers(ask, "one");
        told(ask, "one", "cloud-init status --wait >/dev/null; true");
        told(
          ask,
          "one",
          "echo a | sudo tee /srv/one/mark; echo b | sudo tee /srv/two/mark; echo root | sudo tee /var/lib/mark; sync",
        );
        equal("mounted", mounted(ask, "one"), ["/srv/one=a", "/srv/two=b"]);
        equal(
          "the file",
          told(ask, "one", "sudo stat -c '%a %U:%G' /etc/shop/conf; sudo cat /etc/shop/conf"),
          "640 root:adm\nfirst",
        );
        equal("dev logs in", ssh(ask, lan(), "dev", "two", "true").code, 0);
        equal("dev is no root", ssh(ask, lan(), "dev", "two", "sudo -n true").code, 1);
        changed(ask, "uuid", ask.virsh("domuuid", GUEST));
        data(ask, "one");
      },
    },
    {
      name: "a network was off while the guest ran",
      check: async (ask) => {
        const boot = () => told(ask, "one", "cat /proc/sys/kernel/random/boot_id");
        const before = boot();
        ask.virsh("net-destroy", "e2e-edits-lan");
        ask.virsh("net-start", "e2e-edits-lan");
        equal("ssh while it is unplugged", ssh(ask, lan(), "ops", "one", "true").code, 255);
        recovered(ask, STACK, /guest e2e-edits is not plugged into e2e-edits-lan/);
        await answers(ask, "one");
        equal("it goes on where it was", boot(), before);
        data(ask, "one");
      },
    },
    step("another subnet", NETWORK, (ask, key) => {
      matches("its address", lan(), /^10\.77\.81\./);
      equal("mounted", mounted(ask, key), ["/srv/one=a", "/srv/two=b"]);
    }),
    step("another address", { ...NETWORK, ADDRESS: "10.77.81.33" }, () => equal("its address", lan(), "10.77.81.33")),
    step("a network more", { ...NETWORK, ADDRESS: "10.77.81.33", NETWORKS: "lan,tier,more" }, async (ask, key) => {
      await answers(ask, key, addresses.get("more"));
      await answers(ask, key, addresses.get("tier"));
    }),
    step("networks in another order", LATER, async (ask, key) => {
      await answers(ask, key, addresses.get("more"));
      await answers(ask, key, addresses.get("tier"));
    }),
    step("another key, a user less, another file and host name", USERS, (ask, key) => {
      equal("the old key of ops", ssh(ask, lan(), "ops", "one", "true").code, 255);
      equal("dev", ssh(ask, lan(), "dev", "two", "true").code, 255);
      equal("the file", told(ask, key, "cat /etc/shop/conf"), "second");
      equal("its name", told(ask, key, "hostname"), "other");
      equal("what dev had", told(ask, key, "sudo ls -d /home/dev"), "/home/dev");
    }),
    step("the user comes again, the file goes", { ...USERS, DEV: "two", FILE: "" }, (ask, key) => {
      equal("dev logs in", ssh(ask, lan(), "dev", "two", "true").code, 0);
      equal("the file", told(ask, key, "test -e /etc/shop/conf || echo gone"), "gone");
    }),
    step("two disks change places", { ...USERS, MOUNTS: "a:/srv/two,b:/srv/one,c:/home" }, (ask, key) =>
      equal("mounted", mounted(ask, key), ["/srv/one=b", "/srv/two=a"]),
    ),
    step(
      "two are not mounted any more, the other in its place",
      { ...USERS, MOUNTS: "a:/srv/one,b:,c:" },
      (ask, key) => {
        equal("mounted", mounted(ask, key), ["/srv/one=a"]);
        equal("lines of fstab", told(ask, key, "grep -c x-berth /etc/fstab"), "1");
        // The folder below the disk is from before that key left the code.
        equal("the old key of ops", ssh(ask, lan(), "ops", "one", "true").code, 255);
      },
    ),
    step("both where they were", { ...USERS, MOUNTS: "a:/srv/one,b:/srv/two,c:/home" }, (ask, key) =>
      equal("mounted", mounted(ask, key), ["/srv/one=a", "/srv/two=b"]),
    ),
    {
      ...step("a disk goes", { ...USERS, MOUNTS: "a:/srv/one,c:/home", RELEASED: `${GUEST}/disk-b` }, (ask, key) => {
        equal("mounted", mounted(ask, key), ["/srv/one=a"]);
        equal("lines of fstab", told(ask, key, "grep -c x-berth /etc/fstab"), "2");
        ask.virsh("vol-delete", path.join(POOL, `${GUEST}-b.qcow2`));
      }),
    },
    step(
      "a package more is for a first boot",
      { ...USERS, MOUNTS: "a:/srv/one,c:/home", PACKAGES: "influxdb" },
      (ask, key) => {
        // It cannot be had here: whoever tried to install it would say so.
        matches("cloud-init", told(ask, key, "cloud-init status --wait"), /status: done/);
        equal("the package", told(ask, key, "dpkg -s influxdb >/dev/null 2>&1 || echo none"), "none");
      },
    ),
  ],
};
