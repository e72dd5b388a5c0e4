import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { KvmGuestProps } from "../../lib/index";
import {
  DockerHost,
  DockerNetwork,
  DockerService,
  type DockerServiceProps,
  GuestImage,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Size,
  StoragePool,
} from "../../lib/index";
import { testApp } from "./app";
import { problemsOf } from "./messages";

export const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";
export const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "berth-bad-"));
export const QCOW2 = path.join(FOLDER, "small.qcow2");
const header = Buffer.alloc(104);
header.write("QFI\xfb", 0, "latin1");
header.writeUInt32BE(3, 4);
header.writeBigUInt64BE(BigInt(3 * 1024 ** 3), 24);
fs.writeFileSync(QCOW2, header);

export class World extends HostStack {
  public readonly docker = new DockerHost(this, "docker");
  public readonly kvm = new KvmHost(this, "kvm");
  public readonly pool = new StoragePool(this, "pool", { host: this.kvm, path: "/pools/a" });
  public readonly lan = new KvmNetwork(this, "lan", { host: this.kvm, subnet: "10.1.0.0/24" });
  public readonly net = new DockerNetwork(this, "net", { host: this.docker, subnet: "10.2.0.0/24" });

  public service(props: Partial<DockerServiceProps>, id = "web"): DockerService {
    return new DockerService(this, id, { host: this.docker, image: "nginx:1.27.5", ...props });
  }

  public guest(props: Partial<KvmGuestProps>, id = "vm"): KvmGuest {
    return new KvmGuest(this, id, {
      host: this.kvm,
      pool: this.pool,
      image: GuestImage.fromVolume("/golden.qcow2"),
      memory: Size.gibibytes(1),
      vcpus: 1,
      rootDisk: Size.gibibytes(10),
      users: [{ name: "ops", sshKeys: [KEY] }],
      ...props,
    });
  }
}

/** What a synth says about a world with something wrong in it; nothing is written then. */
export function say(build: (world: World) => void): string[] {
  const app = testApp();
  const world = new World(app, "st");
  build(world);
  const problems = problemsOf(() => app.synth());
  expect(fs.existsSync(path.join(app.outdir, "stacks", "st", "cdk.tf.json"))).toBe(false);
  return problems;
}

/** Values that no type allows, but JavaScript and the environment can bring. */
export const wrong = (value: unknown) => value as never;
