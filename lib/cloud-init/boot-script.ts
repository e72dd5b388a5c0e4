import { renderAccounts } from "./account-script";
import { renderFiles } from "./file-script";
import { MAKE_FILE_SYSTEM, type Mount, renderMounts, WAIT_FOR_DISK } from "./mount-script";
import { writeInput } from "./shell-text";
import type { GuestFile, GuestUser } from "./user-data";

/** What a guest is made to be at every boot. */
export interface BootModel {
  readonly hostname: string;
  readonly users: readonly GuestUser[];
  readonly mounts: readonly Mount[];
  readonly files: readonly GuestFile[];
  /** Shell scripts that run as root, before ssh and any container engine start; none after one that failed. */
  readonly scripts: readonly string[];
}

/**
 * The script that a guest runs at every boot: what the code says of the guest now, whatever it was when it booted first. It may run
 * any number of times. Users come first, so that somebody can look where the rest fails.
 */
export function renderBootScript({ hostname, users, mounts, files, scripts }: BootModel): string {
  return [
    "set -eu",
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "umask 022",
    'say() { echo "berth: $*" >/dev/console; }',
    'fail() { say "FAILED: $*"; exit 1; }',
    "state=/var/lib/berth",
    'mkdir -p "$state"',
    "work=$(mktemp -d /run/berth.XXXXXX)",
    'chmod 755 "$work"',
    `trap 'rm -rf "$work"' EXIT`,
    ...WAIT_FOR_DISK,
    ...MAKE_FILE_SYSTEM,
    `if [ "$(hostname)" != ${hostname} ]; then echo ${hostname} >/etc/hostname; hostname ${hostname}; fi`,
    ...renderAccounts(users),
    ...renderMounts(mounts),
    ...renderFiles(files),
    ...scripts.flatMap((script) => [...writeInput(script), '/bin/sh "$work/input"']),
    "",
  ].join("\n");
}
