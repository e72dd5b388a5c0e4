/** Name of the script in the seed image. */
export const BOOT_SCRIPT = "boot";

/** The command that cloud-init runs at every boot: the script is read from the seed, which has room for files of any size. */
export const RUN_BOOT_SCRIPT: readonly string[] = [
  "/bin/sh",
  "-c",
  [
    "seed=$(mktemp -d)",
    "if ! mount -o ro LABEL=cidata \"$seed\"; then echo 'berth: FAILED: no seed' >/dev/console; exit 1; fi",
    `/bin/sh "$seed/${BOOT_SCRIPT}"; code=$?`,
    'umount "$seed"; rmdir "$seed"; exit $code',
  ].join("\n"),
];
