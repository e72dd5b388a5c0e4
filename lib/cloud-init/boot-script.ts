import { KEYS_AGAIN, renderAccounts } from "./account-script";
import { renderFiles } from "./file-script";
import { MAKE_FILE_SYSTEM, type Mount, renderMounts, WAIT_FOR_DISK } from "./mount-script";
import { writeInput } from "./shell-text";
import type { GuestFile, GuestUser } from "./user-data";

/** What a guest is made to be at every boot. */
export interface BootModel {
  readonly hostname: string;
  /** Such as `Europe/Berlin`; undefined leaves the image's own. */
  readonly timezone: string | undefined;
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
export function renderBootScript({ hostname, timezone, users, mounts, files, scripts }: BootModel): string {
  return [
    "set -eu",
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "umask 022",
    'say() { echo "berth: $*" >/dev/console; }',
    'fail() { say "FAILED: $*"; exit 1; }',
    // What goes wrong with one user keeps nobody else from logging in, and nothing else from being done.
    "failed=no",
    'problem() { say "FAILED: $*"; failed=yes; }',
    "state=/var/lib/berth",
    'mkdir -p "$state"',
    "work=$(mktemp -d /run/berth.XXXXXX)",
    'chmod 755 "$work"',
    `trap 'rm -rf "$work"' EXIT`,
    ...WAIT_FOR_DISK,
    ...MAKE_FILE_SYSTEM,
    ...FIRST_BOOT_IS_OVER,
    ...renderHostname(hostname),
    ...(timezone === undefined ? TIMEZONE_OF_THE_IMAGE : renderTimezone(timezone)),
    ...renderAccounts(users),
    ...renderMounts(mounts),
    ...(mounts.length > 0 && users.length > 0 ? [KEYS_AGAIN] : []),
    ...renderFiles(files),
    ...scripts.flatMap((script) => [...writeInput(script), '/bin/sh "$work/input"']),
    '[ "$failed" = no ]',
    "",
  ].join("\n");
}

/**
 * cloud-init does at a later boot what nothing asked it for before, such as installing a first package. What acts at the first boot
 * acts then or never: so it is told that all of it was done. A guest that booted before has made its ssh host keys.
 */
const FIRST_BOOT_IS_OVER: readonly string[] = [
  "done=/var/lib/cloud/instance/sem",
  'if [ -e "$done/config_ssh" ]; then',
  "  for module in package_update_upgrade_install package-update-upgrade-install write_files runcmd scripts_user scripts-user; do",
  '    [ -e "$done/config_$module" ] || : >"$done/config_$module"',
  "  done",
  "fi",
];

/** The name is found by programs in the guest, whatever its DNS knows; the line of the hosts file is berth's own. */
function renderHostname(hostname: string): readonly string[] {
  return [
    `if [ "$(hostname)" != ${hostname} ]; then echo ${hostname} >/etc/hostname; hostname ${hostname}; fi`,
    `{ grep -v '# berth$' /etc/hosts || :; echo '127.0.1.1 ${hostname} # berth'; } >"$work/hosts"`,
    'cmp -s "$work/hosts" /etc/hosts || cat "$work/hosts" >/etc/hosts',
  ];
}

function renderTimezone(timezone: string): readonly string[] {
  return [
    // The image's own is remembered, for the day that the code says none.
    '[ -e "$state/localtime" ] || readlink /etc/localtime >"$state/localtime" || :',
    `if [ -e /usr/share/zoneinfo/${timezone} ]; then`,
    `  [ "$(readlink -f /etc/localtime)" = "$(readlink -f /usr/share/zoneinfo/${timezone})" ] || ln -sf /usr/share/zoneinfo/${timezone} /etc/localtime`,
    `  echo ${timezone} >/etc/timezone`,
    `else say "the image has no time zone ${timezone}"; fi`,
  ];
}

const TIMEZONE_OF_THE_IMAGE: readonly string[] = [
  'if [ -e "$state/localtime" ]; then',
  '  zone=$(cat "$state/localtime")',
  '  if [ -n "$zone" ]; then ln -sf "$zone" /etc/localtime; echo "${zone#*/zoneinfo/}" >/etc/timezone',
  "  else rm -f /etc/localtime /etc/timezone; fi",
  '  rm "$state/localtime"',
  "fi",
];
