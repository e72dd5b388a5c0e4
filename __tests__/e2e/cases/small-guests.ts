import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import {
  Duration,
  FileSource,
  GuestImage,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Os,
  Size,
  StoragePool,
} from "../../../lib/index";
import type { Asking, Case, Environment, World } from "../case";
import { changed, console, equal, inode, matches, same } from "../checks";
import { run } from "../shell";

const POOL = "/var/lib/libvirt/images/e2e-small";
const ADOPTED = "/var/lib/libvirt/images/e2e-adopted";
const BRIDGE = "br-e2e-small";
const READY = /berth-guest: ready/;

/** Guests that start in seconds: a kernel without a system, an image of this machine, an image of the host. */
class SmallGuests extends HostStack {
  constructor(app: App, environment: Environment, world: World) {
    super(app, "small-guests");
    const kvm = new KvmHost(this, "kvm", { uri: world.capabilities.kvmUri, emulated: world.capabilities.emulated });
    const pool = new StoragePool(this, "e2e-small", { host: kvm, path: POOL });
    const adopted = new StoragePool(this, "e2e-adopted", { host: kvm, path: ADOPTED, directory: "adopt" });
    const lan = new KvmNetwork(this, "e2e-isolated", {
      host: kvm,
      subnet: "10.78.0.0/28",
      mode: "isolated",
      bridgeName: "br-e2e-iso",
      autostart: false,
    });
    const outside = KvmNetwork.fromBridge(this, "outside", { host: kvm, bridge: BRIDGE });
    const kernel = FileSource.fromFile(path.join(world.fixtures, "vmlinuz"));
    const initrd = FileSource.fromFile(path.join(world.fixtures, "initrd.img"));
    const common = { host: kvm, pool, shutdownTimeout: Duration.seconds(30), autostart: false };
    new KvmGuest(this, "e2e-direct", {
      ...common,
      memory: Size.mebibytes(Number(environment.MEMORY ?? 192)),
      vcpus: Number(environment.VCPUS ?? 1),
      rootDisk: Size.mebibytes(64),
      directBoot: { kernel, initrd, commandLine: environment.ARGUMENTS ?? "console=ttyS0" },
      networks: [
        { network: lan, address: "10.78.0.5" },
        { network: outside, mac: "52:54:00:00:e2:e2" },
      ],
      dataDisks: [
        { name: "data", size: Size.mebibytes(32), onDestroy: environment.RELEASE === "1" ? "delete" : "keep" },
        { name: "more", size: Size.mebibytes(16), pool: adopted, onDestroy: "delete" },
        ...(environment.EXTRA === "1"
          ? [{ name: "extra", size: Size.mebibytes(8), onDestroy: "delete" as const }]
          : []),
      ],
      guestAgent: true,
      vnc: { port: 5977 },
      os: Os.debian("12"),
    });
    new KvmGuest(this, "e2e-file", {
      ...common,
      memory: Size.mebibytes(512),
      vcpus: 1,
      rootDisk: Size.gibibytes(3),
      image: GuestImage.fromFile(path.join(world.fixtures, "guest.qcow2")),
      running: environment.STOPPED !== "1",
      networks: [
        { network: outside, address: "192.168.199.20/24", gateway: "192.168.199.1", nameservers: ["192.168.199.1"] },
      ],
      users: [
        {
          name: "ops",
          sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq"],
          groups: ["adm"],
          sudo: false,
        },
      ],
      files: [
        { path: "/opt/berth/note", content: "$NOTE stays as it is\n", permissions: "0600", owner: "daemon:daemon" },
      ],
      firstBootScript: [
        'for word in $(stat -c \'%U:%G=%a\' /opt/berth/note) "$(id -Gn ops | tr \' \' ,)" "$(cat /etc/timezone)"; do echo "e2e: $word" > /dev/console; done',
        'echo "e2e: $(cat /opt/berth/note)" > /dev/console',
        "echo \"e2e: address $(ip -4 -o addr show | tr -s ' ' | cut -d' ' -f4 | grep -v 127.0 | head -n 1)\" > /dev/console",
      ].join("\n"),
      hostname: "small",
      timezone: "Europe/Berlin",
    });
  }
}

const uuid = (ask: Asking, name: string) => ask.virsh("domuuid", name);
const disks = (ask: Asking) => {
  same(ask, "data disk", inode(path.join(POOL, "e2e-direct-data.qcow2")));
  same(ask, "disk in the adopted pool", inode(path.join(ADOPTED, "e2e-direct-more.qcow2")));
  same(ask, "root of e2e-file", inode(path.join(POOL, "e2e-file-root.qcow2")));
};

export const smallGuests: Case = {
  name: "small-guests",
  needs: ["kvm"],
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => new SmallGuests(app, environment, world),
  guests: ["e2e-direct", "e2e-file"],
  around: {
    before: () => {
      run("ip", ["link", "add", BRIDGE, "type", "bridge"]);
      run("ip", ["addr", "add", "192.168.199.1/24", "dev", BRIDGE]);
      run("ip", ["link", "set", BRIDGE, "up"]);
      fs.mkdirSync(ADOPTED, { recursive: true });
      fs.writeFileSync(path.join(ADOPTED, "foreign"), "not ours");
    },
    after: () => {
      run("ip", ["link", "del", BRIDGE]);
      equal("the foreign file in the adopted folder", fs.readdirSync(ADOPTED), ["foreign"]);
      fs.rmSync(ADOPTED, { recursive: true });
      equal("the folder that was made", fs.existsSync(POOL), false);
    },
  },
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        await console(ask, "e2e-direct", READY);
        const report = ask.consoles.textOf("e2e-direct");
        matches("disks", report, /disk vda 67108864\s+berth-guest: disk vdb 33554432\s+berth-guest: disk vdc 16777216/);
        matches("processors", report, /cpus 1\b/);
        matches("the fixed slot", report, /nic 52:54:00:[0-9a-f:]{5}:05/);
        matches("the chosen address", report, /nic 52:54:00:00:e2:e2/);
        matches("VNC", ask.virsh("vncdisplay", "e2e-direct"), /^127\.0\.0\.1:77$/);
        matches("the agent's channel", ask.virsh("dumpxml", "e2e-direct"), /org\.qemu\.guest_agent\.0/);
        await console(ask, "e2e-file", /e2e: daemon:daemon=600/);
        await console(ask, "e2e-file", /e2e: ops,adm/);
        await console(ask, "e2e-file", /e2e: Europe\/Berlin/);
        await console(ask, "e2e-file", /e2e: \$NOTE stays as it is/);
        await console(ask, "e2e-file", /e2e: address 192\.168\.199\.20\/24/);
        await console(ask, "e2e-file", /small.*Cloud-init|Cloud-init v\. \S+ finished/);
        same(ask, "uuid of e2e-direct", uuid(ask, "e2e-direct"));
        same(ask, "uuid of e2e-file", uuid(ask, "e2e-file"));
        disks(ask);
        equal("autostart", /Autostart:\s+(\w+)/.exec(ask.virsh("dominfo", "e2e-direct"))?.[1], "disable");
      },
    },
    {
      name: "disk added, machine and arguments changed",
      environment: { EXTRA: "1", MEMORY: "256", VCPUS: "2", ARGUMENTS: "console=ttyS0 quiet" },
      check: async (ask) => {
        changed(ask, "uuid of e2e-direct", uuid(ask, "e2e-direct"));
        same(ask, "uuid of e2e-file", uuid(ask, "e2e-file"));
        await console(ask, "e2e-direct", READY);
        matches(
          "disks",
          ask.consoles.textOf("e2e-direct"),
          /disk vdb 33554432\s+berth-guest: disk vdc 16777216\s+berth-guest: disk vdd 8388608/,
        );
        matches("processors", ask.consoles.textOf("e2e-direct"), /cpus 2\b/);
        disks(ask);
      },
    },
    {
      name: "guest stopped, disk removed",
      environment: { STOPPED: "1" },
      check: async (ask) => {
        equal("the stopped guest", ask.virsh("domstate", "e2e-file"), "shut off");
        await console(ask, "e2e-direct", READY);
        disks(ask);
      },
    },
  ],
};
