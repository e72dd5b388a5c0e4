import { type GrowTeller, grow } from "../operate/grow/grow";
import type { Growth } from "../operate/grow/growth";
import { Terraform } from "../operate/machines/terraform";
import { complain, say } from "./output";
import { needStack } from "./stack-json";

const MIB = 1024 ** 2;

const TELLER: GrowTeller = {
  disk: ({ construct, address, volume, from, to }, commands) => {
    const lines = [`${volume}: ${mib(from)} -> ${mib(to)}`, ...commands].map((line) => `  ${line}`);
    say([`${construct ?? address} (${address})`, ...lines].join("\n"));
  },
  cannot: () => say("  CANNOT: a disk does not become smaller; say the size that it has"),
  done: (growth) => say(`done: ${growth.volume}; ${howItIsSeen(growth)}`),
  failed: ({ volume }, said) => say(`FAILED: ${volume}: ${said}`),
};

/** Tells, or with `apply` does, what makes disks as large as the code says. Returns the exit code: 0, 1 where something is left, 2 for a wrong call. */
export async function growDisks(stack: string, apply: boolean): Promise<number> {
  const document = needStack(stack);
  if (document === undefined) {
    return 2;
  }
  try {
    const left = await grow(document, new Terraform(stack), apply, TELLER);
    const todo = apply ? `${left} left` : `${left} to do: berth grow --apply`;
    say(left === 0 ? "every disk is as large as the code says: apply" : todo);
    return left === 0 ? 0 : 1;
  } catch (error) {
    complain((error as Error).message);
    return 2;
  }
}

function mib(bytes: number): string {
  return `${(bytes / MIB).toFixed(0)} MiB`;
}

function howItIsSeen({ guest }: Growth): string {
  return guest === undefined
    ? "cloud-init grows a root file system at the next boot; for another disk, in the guest: resize2fs /dev/disk/by-id/virtio-NAME"
    : `${guest} sees it now; in the guest: resize2fs /dev/disk/by-id/virtio-NAME, for a root disk growpart /dev/vda 1 before`;
}
