import { ContainersInsideVm, GuestImage, HostStack, KvmHost, KvmNetwork, Size, StoragePool } from "../../lib/index";
import { testApp } from "./app";

export const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";

/** A guest that carries containers, with `props` besides those it needs. */
export function insideWorld(id = "st", app = testApp(), props: object = {}) {
  const stack = new HostStack(app, id);
  const host = new KvmHost(stack, "kvm");
  const pool = new StoragePool(stack, "pool", { host, path: "/pools/a" });
  const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.1.0.0/24" });
  const apps = new ContainersInsideVm(stack, "apps", {
    host,
    pool,
    image: GuestImage.fromVolume("/golden.qcow2"),
    memory: Size.gibibytes(2),
    vcpus: 2,
    rootDisk: Size.gibibytes(10),
    networks: [{ network: lan, address: "10.1.0.20" }],
    users: [{ name: "ops", sshKeys: [KEY] }],
    ...props,
  });
  return { app, stack, apps };
}
