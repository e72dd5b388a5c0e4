import { growths } from "../operate/grow/growth";
import { asTyped, execute, failure } from "../operate/machines/execute";
import { Terraform } from "../operate/machines/terraform";
import { withScene } from "../operate/recover/stack-scene";
import { readStack } from "./stack-json";

const MIB = 1024 ** 2;

/** Tells, or with `apply` does, what makes disks as large as the code says. Returns the exit code: 0, 1 where something is left, 2 for a wrong call. */
export function growDisks(stack: string, apply: boolean): number {
  const document = readStack(stack);
  if (document === undefined) {
    console.error(`no cdk.tf.json in ${stack}: synthesize first, and name the stack's folder with --stack`);
    return 2;
  }
  const terraform = new Terraform(stack);
  try {
    return withScene(document, terraform, (scene, tools) => {
      let left = 0;
      for (const { construct, address, volume, from, to, guest, run } of growths(document, scene)) {
        console.log(`${construct ?? address} (${address})\n  ${volume}: ${mib(from)} -> ${mib(to)}`);
        if (run === undefined) {
          console.log("  CANNOT: a disk does not become smaller; say the size that it has");
          left++;
          continue;
        }
        console.log(`  ${asTyped(run, terraform, tools)}`);
        const said = apply ? failure(execute(run, terraform, tools)) : "not done: berth grow --apply";
        console.log(said === undefined ? `  done; ${howItIsSeen(guest)}` : `  ${said}`);
        left += said === undefined ? 0 : 1;
      }
      console.log(left === 0 ? "every disk is as large as the code says: apply" : `${left} left`);
      return left === 0 ? 0 : 1;
    });
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(0)} MiB`;
}

function howItIsSeen(guest: string | undefined): string {
  return guest === undefined
    ? "cloud-init grows a root file system at the next boot; for another disk: resize2fs /dev/disk/by-id/virtio-NAME in the guest"
    : `${guest} sees it now: resize2fs /dev/disk/by-id/virtio-NAME in it (a root disk: growpart /dev/vda 1 first), or at its next boot for the root`;
}
