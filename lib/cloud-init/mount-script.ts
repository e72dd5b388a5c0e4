/** A disk and where the guest has it. */
export interface Mount {
  /** Serial number by which the guest finds the disk. */
  readonly serial: string;
  /** Absolute path without spaces. */
  readonly target: string;
}

/** Shell lines that wait for a disk of the guest by its serial number; `fail` must be a command that ends the script. */
export const WAIT_FOR_DISK: readonly string[] = [
  "device() {",
  '  for _ in $(seq 60); do [ -b "/dev/disk/by-id/virtio-$1" ] && return 0; sleep 0.5; done',
  '  fail "no disk $1"',
  "}",
];

/**
 * Shell functions that make a file system on a disk which holds nothing at all. That is proven before anything is written: a disk
 * that cannot be read as far as it is looked at is no empty one.
 */
export const MAKE_FILE_SYSTEM: readonly string[] = [
  "blank() {",
  '  traces=$(wipefs -n "$1") && [ -z "$traces" ] || return 1',
  '  size=$(blockdev --getsize64 "$1") || return 1',
  '  [ "$size" -lt 1048576 ] || size=1048576',
  '  head -c "$size" "$1" | cmp -s -n "$size" - /dev/zero',
  "}",
  "file_system() {",
  "  found=0",
  '  blkid -p "$1" >/dev/null || found=$?',
  '  [ "$found" -ne 0 ] || return 0',
  '  [ "$found" -eq 2 ] || fail "the $2 disk cannot be read, or holds several things"',
  '  blank "$1" || fail "the $2 disk holds something that is no file system, or cannot be read"',
  '  mkfs.ext4 -q "$1" || fail "no file system on the $2 disk"',
  "}",
];

/** Shell lines that mount a disk, and make a file system on one that holds nothing at all. */
export function renderMount({ serial, target }: Mount): readonly string[] {
  return [
    `device ${serial}`,
    `disk=$(readlink -f /dev/disk/by-id/virtio-${serial})`,
    `file_system "$disk" ${serial}`,
    `mkdir -p ${target}`,
    `there=$(findmnt -rno SOURCE --mountpoint ${target} || :)`,
    `[ -z "$there" ] || [ "$there" = "$disk" ] || fail "${target} is taken by $there"`,
    `[ -n "$there" ] || mount "$disk" ${target} || mountpoint -q ${target} || fail "the ${serial} disk cannot be mounted"`,
  ];
}

/** Where a line of fstab was written by berth. */
const MARK = "x-berth";

/** A boot comes up without the disk, and soon, so that somebody can look. */
const OPTIONS = `defaults,nofail,x-systemd.before=basic.target,x-systemd.device-timeout=10s,${MARK}`;

/**
 * What a guest does at every boot to have its disks where they were asked for, and nowhere else: what is mounted otherwise is
 * unmounted first, all of it, so that disks may change places; then fstab is written, which lets later boots mount the disks before
 * services; then all are mounted.
 */
export function renderMounts(mounts: readonly Mount[]): readonly string[] {
  const outermostFirst = [...mounts].sort((a, b) => (a.target < b.target ? -1 : 1));
  const wanted = outermostFirst.map(({ serial, target }) => `/dev/disk/by-id/virtio-${serial} ${target}`);
  return [
    "cat >\"$work/mounts\" <<'END'",
    ...wanted,
    "END",
    // What berth mounted where before, as far as it is not to stay; the innermost first.
    `grep '${MARK}' /etc/fstab | cut -d' ' -f1,2 | grep -vxF -f "$work/mounts" | sort -r -k2 >"$work/former" || :`,
    "while read -r disk target; do",
    '  [ "$(findmnt -rno SOURCE --mountpoint "$target" || :)" != "$(readlink -f "$disk")" ] || umount "$target" || fail "$target is in use"',
    'done <"$work/former"',
    // A disk that is mounted at another place than its own, whoever did that.
    "while read -r disk target; do",
    '  for old in $(findmnt -rno TARGET --source "$(readlink -f "$disk")" | sort -r || :); do',
    '    [ "$old" = "$target" ] || umount "$old" || fail "$old is in use"',
    "  done",
    'done <"$work/mounts"',
    `grep -v '${MARK}' /etc/fstab >"$work/fstab" || :`,
    `sed 's|$| auto ${OPTIONS} 0 2|' "$work/mounts" >>"$work/fstab"`,
    'cmp -s "$work/fstab" /etc/fstab || cat "$work/fstab" >/etc/fstab',
    ...outermostFirst.flatMap(renderMount),
  ];
}
