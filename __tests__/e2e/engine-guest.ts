import * as path from "node:path";
import {
  ContainersInsideVm,
  type ContainersInsideVmProps,
  DockerService,
  Duration,
  GuestImage,
  type HostStack,
  KvmHost,
  KvmNetwork,
  Size,
  StoragePool,
} from "../../lib/index";
import type { Case, World } from "./case";
import { WEB_IMAGE } from "./fixtures";
import { GuestSupplies } from "./registry";

/** The address of the host on the guests' network, and where it serves packages and images there. */
export const SUPPLIES = { host: "10.78.0.1", port: 18998 } as const;

/** Serves them there while a case runs. */
export function serving({ host, port }: { readonly host: string; readonly port: number }): NonNullable<Case["around"]> {
  let supplies: GuestSupplies | undefined;
  return {
    before: ({ fixtures }) => {
      supplies = new GuestSupplies(fixtures, host, port);
    },
    after: () => supplies?.close(),
  };
}

/** The address of the guest. */
export const ADDRESS = "10.78.0.20";

/** A key that nobody has. */
export const OTHER_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";

/** The least that shows an engine in a guest: one guest with an engine, and one page. */
export function addEngineGuest(
  stack: HostStack,
  world: World,
  name: string,
  props: Partial<ContainersInsideVmProps>,
  address: string = ADDRESS,
  id = "e2e-apps",
): ContainersInsideVm {
  const { kvmUri, emulated } = world.capabilities;
  const host = new KvmHost(stack, "kvm", { uri: kvmUri, emulated });
  const pool = new StoragePool(stack, name, { host, path: `/var/lib/libvirt/images/${name}` });
  const lan = new KvmNetwork(stack, `${name}-lan`, { host, subnet: "10.78.0.0/24" });
  const apps = new ContainersInsideVm(stack, id, {
    name: "e2e-apps",
    host,
    pool,
    image: GuestImage.fromFile(path.join(world.fixtures, "guest.qcow2")),
    memory: Size.gibibytes(1),
    vcpus: 2,
    rootDisk: Size.gibibytes(8),
    networks: [{ network: lan, address }],
    users: [{ name: "ops", sshKeys: [OTHER_KEY] }],
    engineDisk: Size.gibibytes(4),
    onDestroy: "delete",
    readyTimeout: Duration.minutes(6),
    ...props,
  });
  new DockerService(stack, "web", { host: apps, image: WEB_IMAGE, ports: ["0.0.0.0:8080:80"] });
  return apps;
}
