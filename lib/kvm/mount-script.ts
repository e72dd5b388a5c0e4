/** Shell lines that wait for a disk of the guest by its serial number; `fail` must be a command that ends the script. */
export const WAIT_FOR_DISK: readonly string[] = [
  "device() {",
  '  for _ in $(seq 60); do [ -b "/dev/disk/by-id/virtio-$1" ] && return 0; sleep 0.5; done',
  '  fail "no disk $1"',
  "}",
];

/** Shell lines that mount a disk; an empty one gets a file system once, and what is on it is never touched again. */
export function renderMount(serial: string, target: string): readonly string[] {
  return [
    `device ${serial}`,
    `disk=/dev/disk/by-id/virtio-${serial}`,
    `blkid "$disk" >/dev/null || mkfs.ext4 -q "$disk" || fail "no file system on the ${serial} disk"`,
    `mkdir -p ${target}`,
    `mountpoint -q ${target} || mount "$disk" ${target} || fail "the ${serial} disk cannot be mounted"`,
  ];
}

/** What a guest does at every boot to have a data disk where it was asked for; later boots mount it before any service. */
export function renderMountScript(serial: string, target: string): string {
  return [
    "set -eu",
    'fail() { echo "berth: FAILED: $*" >/dev/console; exit 1; }',
    ...WAIT_FOR_DISK,
    ...renderMount(serial, target),
    `grep -q " ${target} " /etc/fstab || echo "$disk ${target} ext4 defaults,nofail 0 2" >>/etc/fstab`,
    "",
  ].join("\n");
}
