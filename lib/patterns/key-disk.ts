import { Fn, TerraformLocal, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { claimsOf } from "../core/claims";
import { ShellScript } from "../core/shell-script";
import { type IStoragePool, poolName } from "../kvm/storage-pool";
import { Volume } from "../providers/libvirt/volume";
import { TerraformData } from "../providers/terraform/terraform-data";
import type { GuestKeys, SshKeys } from "./guest-keys";

/** Serial number by which a guest finds its key disk. */
export const KEY_DISK_SERIAL = "berth-keys";

/** Lines of the bundle: the name that the guest knows a file by, and the key it holds. */
const SSH_FILES: readonly (readonly [string, keyof SshKeys])[] = [
  ["host_key", "hostKey"],
  ["authorized_key", "loginPublicKey"],
];
const TLS_FILES: readonly (readonly [string, keyof GuestKeys])[] = [
  ["ca.pem", "ca"],
  ["server.pem", "serverCertificate"],
  ["server.key", "serverKey"],
];

/** How many files a guest must find on its key disk. */
export function keyFileCount(tls: boolean): number {
  return SSH_FILES.length + (tls ? TLS_FILES.length : 0);
}

function filesOf(keys: SshKeys | GuestKeys): readonly (readonly [string, string])[] {
  return [
    ...SSH_FILES.map(([file, key]) => [file, keys[key]] as const),
    ...("serverKey" in keys ? TLS_FILES.map(([file, key]) => [file, keys[key]] as const) : []),
  ];
}

/** What a {@link KeyDisk} takes. */
export interface KeyDiskProps {
  readonly guest: string;
  readonly pool: IStoragePool;
  readonly keys: SshKeys | GuestKeys;
}

const WRITE = new ShellScript(
  "write-keys.sh",
  `set -eu
umask 077
rm -f "$BERTH_FILE"
printf %s "$BERTH_BUNDLE" >"$BERTH_FILE"
`,
);

const REMOVE = new ShellScript("remove-keys.sh", 'rm -f "$BERTH_FILE"\n');

/**
 * A small volume that carries a guest's keys to it. Neither the JSON nor the seed image nor the hypervisor's process list
 * shows them: the bundle is written to a file that only its owner can read, uploaded, and removed again within one apply.
 */
export class KeyDisk extends Construct {
  public readonly resource: Volume;

  constructor(scope: Construct, id: string, { guest, pool, keys }: KeyDiskProps) {
    super(scope, id);
    claimsOf(this).claim(this, {
      machine: TerraformStack.of(this).node.path,
      kind: "file with keys",
      key: guest,
      prop: "name",
      fix: "guests of one stack that carry containers need names of their own, on whatever host",
    });
    const lines = filesOf(keys)
      .map(([file, key]) => `${file} ${Fn.base64encode(key)}\n`)
      .join("");
    const bundle = new TerraformLocal(this, "Bundle", lines);
    // No folder of its own: two guests of one apply would make and remove it under each other.
    const file = `\${path.module}/.berth-keys-${guest}`;
    const write = new TerraformData(this, "Write", {
      triggersReplace: [Fn.nonsensitive(Fn.sha256(bundle.asString))],
      localExec: { file: WRITE.pathIn(this), environment: { BERTH_FILE: file, BERTH_BUNDLE: bundle.asString } },
    });
    this.resource = new Volume(this, "Resource", {
      provider: pool.host.providerFor(this),
      name: `${guest}-keys.raw`,
      pool: poolName(pool),
      create: { content: { url: file } },
    });
    this.resource.dependOn(write);
    this.resource.replaceOn(write, "id");
    new TerraformData(this, "Remove", {
      triggersReplace: [this.resource.reference("id"), write.reference("id")],
      localExec: { file: REMOVE.pathIn(this), environment: { BERTH_FILE: file } },
    });
  }
}
