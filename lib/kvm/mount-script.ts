/** Shell lines that wait for a disk of the guest by its serial number; `fail` must be a command that ends the script. */
export const WAIT_FOR_DISK: readonly string[] = [
  "device() {",
  '  for _ in $(seq 60); do [ -b "/dev/disk/by-id/virtio-$1" ] && return 0; sleep 0.5; done',
  '  fail "no disk $1"',
  "}",
];

/**
 * Shell lines that mount a disk. One that holds nothing at all gets a file system once; what holds anything else than a
 * file system is left alone, and the script ends.
 */
export function renderMount(serial: string, target: string): readonly string[] {
  return [
    `device ${serial}`,
    `disk=$(readlink -f /dev/disk/by-id/virtio-${serial})`,
    'if ! blkid "$disk" >/dev/null; then',
    '  if [ -n "$(wipefs -n "$disk")" ] || [ "$(head -c 1048576 "$disk" | tr -d \'\\000\' | wc -c)" -ne 0 ]; then',
    `    fail "the ${serial} disk holds something that is no file system"`,
    "  fi",
    `  mkfs.ext4 -q "$disk" || fail "no file system on the ${serial} disk"`,
    "fi",
    `mkdir -p ${target}`,
    `there=$(findmnt -rno SOURCE --mountpoint ${target} || :)`,
    `[ -z "$there" ] || [ "$there" = "$disk" ] || fail "${target} is taken by $there"`,
    `[ -n "$there" ] || mount "$disk" ${target} || mountpoint -q ${target} || fail "the ${serial} disk cannot be mounted"`,
  ];
}

/** Where a line of fstab was written by berth. */
const MARK = "x-berth";

/**
 * What a guest does at every boot to have a data disk where it was asked for. Its line of fstab lets later boots mount the
 * disk before services; a boot without the disk comes up all the same, so that somebody can look.
 */
export function renderMountScript(serial: string, target: string): string {
  const options = `defaults,nofail,x-systemd.before=basic.target,${MARK}`;
  const byId = `/dev/disk/by-id/virtio-${serial}`;
  return [
    "set -eu",
    'fail() { echo "berth: FAILED: $*" >/dev/console; exit 1; }',
    ...WAIT_FOR_DISK,
    // A mount point that was another one before.
    `for old in $(findmnt -rno TARGET --source "$(readlink -f ${byId})" || :); do`,
    `  [ "$old" = ${target} ] || umount "$old" || fail "$old is in use"`,
    "done",
    ...renderMount(serial, target),
    `sed -i '\\|^${byId} .*${MARK}|d' /etc/fstab`,
    `echo '${byId} ${target} auto ${options} 0 2' >>/etc/fstab`,
    "",
  ].join("\n");
}
