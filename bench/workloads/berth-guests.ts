import * as path from "node:path";
import { App } from "cdktf";
import {
  GuestImage,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  LOCK_FILE_CONTEXT,
  Size,
  StoragePool,
} from "../../lib/index";
import { GUEST, type Workload } from "./workload";

/** Guests of berth's with a cloud-init seed each; all checks on. */
export const workload: Workload = (count, folder) => () => {
  const context = { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") };
  const app = new App({ outdir: path.join(folder, "cdktf.out"), context });
  const stack = new HostStack(app, "bench");
  const host = new KvmHost(stack, "kvm");
  const lan = new KvmNetwork(stack, "lan", { host, subnet: GUEST.subnet });
  const pool = new StoragePool(stack, "pool", { host, path: GUEST.folder });
  const image = GuestImage.fromUrl(GUEST.url, { sha512: "a".repeat(128) });
  for (let index = 0; index < count; index++) {
    new KvmGuest(stack, GUEST.name(index), {
      host,
      pool,
      image,
      vcpus: 2,
      memory: Size.gibibytes(2),
      rootDisk: Size.gibibytes(20),
      networks: [lan],
      users: [{ name: "ops", sshKeys: [GUEST.key] }],
    });
  }
  app.synth();
};
