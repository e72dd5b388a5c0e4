import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Lazy } from "cdktf";
import type { GuestKeys, HostStack, SshKeys } from "../../lib/index";
import {
  ContainersInsideVm,
  DockerHost,
  DockerNetwork,
  DockerService,
  GuestImage,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Machine,
  Size,
  StoragePool,
} from "../../lib/index";
import { synth } from "../../lib/testing";
import { testStack } from "./app";

export const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";
export const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "berth-props-"));
fs.writeFileSync(path.join(FOLDER, "Dockerfile"), "FROM scratch\n");
fs.writeFileSync(path.join(FOLDER, "Other"), "FROM scratch\n");
fs.writeFileSync(path.join(FOLDER, "vmlinuz"), "kernel");
fs.writeFileSync(path.join(FOLDER, "initrd"), "initrd");

/** Everything a stack says: its JSON, what it writes beside it, its warnings, or its problems. */
export function outcome(build: (stack: HostStack) => void): string {
  const stack = testStack();
  try {
    build(stack);
    const { template, warnings } = synth(stack);
    return JSON.stringify([template.json, warnings]);
  } catch (error) {
    return (error as Error).message;
  }
}

export interface Family {
  /** File under lib and interface that declares the props. */
  readonly file: string;
  readonly of: string;
  readonly base: object;
  readonly build: (stack: HostStack, props: never) => void;
  /** For every prop another value than the base's, or several where one says too little. */
  readonly other: Readonly<Record<string, unknown>>;
}

export const docker = (stack: HostStack) => new DockerHost(stack, "docker");
export const docker2 = (stack: HostStack) => new DockerHost(stack, "docker2", { host: "ssh://rack2" });
export const rack = (stack: HostStack) =>
  (stack.node.tryFindChild("rack") as Machine | undefined) ?? new Machine(stack, "rack");
export const kvm = (stack: HostStack) => new KvmHost(stack, "kvm");
export const pool = (stack: HostStack, host = kvm(stack)) => new StoragePool(stack, "pool", { host, path: "/pools/a" });

/** Props that need the stack are given as functions of it. */
export type Late = (stack: HostStack) => unknown;
export const late = (make: Late): Late => make;
export const settle = (stack: HostStack, props: object): Record<string, never> =>
  Object.fromEntries(
    Object.entries(props).map(([key, value]) => [key, typeof value === "function" ? (value as Late)(stack) : value]),
  ) as never;

export const URL = "https://images.example/a.qcow2";
export const guestBase = {
  image: GuestImage.fromUrl(URL, { virtualSize: Size.gibibytes(2) }),
  memory: Size.mebibytes(512),
  vcpus: 1,
  rootDisk: Size.gibibytes(4),
  users: [{ name: "ops", sshKeys: [KEY] }],
};
export const guest = (stack: HostStack, props: object) => {
  const home = stack.node.tryFindChild("pool") as StoragePool | undefined;
  const own = home ?? pool(stack);
  new KvmGuest(stack, "vm", { host: own.host, pool: own, ...settle(stack, props) } as never);
};
export const lan = (stack: HostStack) =>
  new KvmNetwork(stack, "lan", {
    host: (stack.node.tryFindChild("pool") as StoragePool | undefined)?.host ?? pool(stack).host,
    subnet: "10.1.0.0/24",
  });
export const bridge = (stack: HostStack) =>
  KvmNetwork.fromBridge(stack, "br", { host: pool(stack).host, bridge: "br0" });
export const service = (stack: HostStack, props: object) => {
  const host = (stack.node.tryFindChild("docker") as DockerHost | undefined) ?? docker(stack);
  new DockerService(stack, "web", { host, image: "nginx:1.27.5", ...settle(stack, props) } as never);
};
export const inside = (stack: HostStack, props: object) => {
  const home = pool(stack);
  const networks = [new KvmNetwork(stack, "lan", { host: home.host, subnet: "10.1.0.0/24" })];
  const apps = new ContainersInsideVm(stack, "vm", {
    host: home.host,
    pool: home,
    ...guestBase,
    networks,
    ...settle(stack, props),
  });
  new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5" });
};
export const network = (stack: HostStack) =>
  new DockerNetwork(stack, "net", { host: docker(stack), subnet: "10.2.0.0/24" });

const reference = (name: string) => Lazy.stringValue({ produce: () => `\${file("/run/keys/${name}")}` });

/** Keys as a user's own variables hold them. */
export const OWN_KEYS: GuestKeys = {
  hostKey: reference("host-key"),
  hostPublicKey: `ssh-ed25519 ${"A".repeat(68)}`,
  loginKey: reference("login-key"),
  loginPublicKey: "ssh-ed25519 BBBB",
  ca: "ca",
  serverCertificate: "server",
  serverKey: reference("server-key"),
  clientCertificate: "client",
  clientKey: reference("client-key"),
};

/** The part of them that an engine behind ssh takes. */
export const SSH_KEYS: SshKeys = {
  hostKey: OWN_KEYS.hostKey,
  hostPublicKey: OWN_KEYS.hostPublicKey,
  loginKey: OWN_KEYS.loginKey,
  loginPublicKey: OWN_KEYS.loginPublicKey,
};
