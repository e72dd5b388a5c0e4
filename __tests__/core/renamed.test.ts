import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { Construct } from "constructs";
import {
  DockerHost,
  DockerService,
  FROZEN_CONTEXT,
  GuestImage,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  LOCK_FILE_CONTEXT,
  Os,
  Renamed,
  Size,
  StoragePool,
} from "../../lib/index";
import { synth } from "../../lib/testing";

type Moved = { moved?: readonly { from: string; to: string }[] };

/** Addresses of a service, by the id of its construct. */
function addressOf(id: string): string {
  const stack = new HostStack(new App(), "st");
  new DockerService(stack, id, { host: new DockerHost(stack, "docker"), image: "nginx:1.27.5" });
  const { resource } = synth(stack).template.json as { resource: { docker_container: object } };
  return `docker_container.${Object.keys(resource.docker_container)[0]}`;
}

test("the resources of a construct are moved from where they were", () => {
  const stack = new HostStack(new App(), "st");
  const docker = new DockerHost(stack, "docker");
  new Renamed(stack, "renamed", { from: "web", to: "shop" });
  new DockerService(stack, "shop", { host: docker, name: "web", image: "nginx:1.27.5" });
  expect((synth(stack).template.json as Moved).moved).toEqual([{ from: addressOf("web"), to: addressOf("shop") }]);
});

test("a rename within a scope that was renamed before says all of what it is about", () => {
  const stack = new HostStack(new App(), "st");
  const docker = new DockerHost(stack, "docker");
  new Renamed(stack, "renamed-scope", { from: "old", to: "shop" });
  new Renamed(stack, "renamed-b", { from: "shop/b", to: "shop/d" });
  const scope = new Construct(stack, "shop");
  for (const id of ["a", "d"]) {
    new DockerService(scope, id, { host: docker, name: `shop-${id}`, image: "nginx:1.27.5" });
  }
  const { moved = [] } = synth(stack).template.json as Moved;
  const id = (address: string) => address.replace(/^docker_container\.(.*)_\w{8}$/, "$1");
  expect(moved.map(({ from, to }) => [id(from), id(to)])).toEqual([
    ["old_a", "shop_a"],
    ["shop_b", "shop_d"],
  ]);
});

test("two renames stand beside each other", () => {
  const stack = new HostStack(new App(), "st");
  const docker = new DockerHost(stack, "docker");
  for (const name of ["aa", "bb"]) {
    new Renamed(stack, `renamed-${name}`, { from: `old-${name}`, to: name });
    new DockerService(stack, name, { host: docker, name: `old-${name}`, image: "nginx:1.27.5" });
  }
  expect((synth(stack).template.json as Moved).moved).toEqual([
    { from: addressOf("old-aa"), to: addressOf("aa") },
    { from: addressOf("old-bb"), to: addressOf("bb") },
  ]);
});

const IMAGE = GuestImage.fromUrl("https://images.example.org/debian.qcow2", { sha256: "0".repeat(64) });

/** The address of a guest, in a project that has a lock file. */
function guestAddress(lock: string, id: string, from?: string): string {
  const app = new App({
    outdir: path.join(path.dirname(lock), "cdktf.out"),
    context: { [LOCK_FILE_CONTEXT]: lock, [FROZEN_CONTEXT]: from === undefined ? "0" : "1" },
  });
  const stack = new HostStack(app, "st");
  const host = new KvmHost(stack, "kvm");
  const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.77.0.0/24" });
  const pool = new StoragePool(stack, "pool", { host, path: "/var/lib/libvirt/images/team" });
  if (from !== undefined) {
    new Renamed(stack, "renamed", { from, to: id });
  }
  const guest = new KvmGuest(stack, id, {
    host,
    pool,
    name: "db",
    os: Os.debian("12"),
    image: IMAGE,
    memory: Size.gibibytes(1),
    vcpus: 1,
    rootDisk: Size.gibibytes(4),
    networks: [lan],
    users: [
      { name: "ops", sshKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq"] },
    ],
  });
  app.synth();
  return guest.address;
}

test("a guest keeps its address, also where the lock file is frozen", () => {
  const lock = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "berth-renamed-")), "berth.lock.json");
  const before = guestAddress(lock, "db");
  expect(guestAddress(lock, "store", "db")).toBe(before);
});

test("what cannot be: a construct that is there already, or never comes", () => {
  const stack = new HostStack(new App(), "st");
  new DockerHost(stack, "shop");
  new Renamed(stack, "late", { from: "front", to: "shop" });
  new Renamed(stack, "never", { from: "web", to: "nowhere" });
  new Renamed(stack, "same", { from: "docker", to: "docker" });
  new DockerHost(stack, "docker");
  expect(() => synth(stack)).toThrow(
    "3 problems in 3 constructs; no HostStack was written.\n" +
      "  [st/late] 'to' must name a construct that stands after this, got \"shop\" (addresses are given in order)\n" +
      "  [st/never] 'to' must be the path of a construct of this stack, got \"nowhere\"\n" +
      "  [st/same] 'to' must be another path than before, got \"docker\"\n",
  );
});

test("what is no path, or said twice", () => {
  const stack = new HostStack(new App(), "st");
  const host = new DockerHost(stack, "docker");
  for (const [index, from] of ["", "/aa", "aa/", "__proto__"].entries()) {
    new Renamed(stack, `renamed-${index}`, { from, to: "web" });
  }
  new Renamed(stack, "one", { from: "old", to: "web" });
  new Renamed(stack, "two", { from: "old", to: "api" });
  for (const id of ["web", "api"]) {
    new DockerService(stack, id, { host, image: "nginx:1.27.5" });
  }
  const bound = "'from' must be a path below the stack, such as \"shop/web\", got";
  expect(() => synth(stack)).toThrow(
    "6 problems in 6 constructs; no HostStack was written.\n" +
      `  [st/renamed-0] ${bound} ""\n` +
      `  [st/renamed-1] ${bound} "/aa"\n` +
      `  [st/renamed-2] ${bound} "aa/"\n` +
      `  [st/renamed-3] ${bound} "__proto__"\n` +
      "  [st/one] 'from' must be said once, got \"old\", which st/two has, too\n" +
      "  [st/two] 'from' must be said once, got \"old\", which st/one has, too\n",
  );
});
