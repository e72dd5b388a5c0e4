import { flag, list, optional, required, type Shape, text } from "../core/shape";
import { toYaml } from "../core/yaml";
import { RUN_BOOT_SCRIPT } from "./boot-command";

/** A person or program that can log in to a guest. Who leaves the code cannot log in after the next boot; the home folder stays. */
export interface GuestUser {
  /** Login name: a lower-case letter or `_`, then up to 31 letters, digits, `_` or `-`. */
  readonly name: string;
  /**
   * OpenSSH public keys that let the user in, from the next boot on; one that leaves the list does not any more, also where a disk
   * at `/home` comes or goes, or where the root disk is a new one: in the guest, they end with `[berth]`. Keys that somebody added
   * there, and that were never in this list, stay. There are no passwords.
   */
  readonly sshKeys: readonly string[];
  /**
   * Groups besides the user's own.
   * @default - none
   */
  readonly groups?: readonly string[] | undefined;
  /**
   * May become root without a password, as the default user of cloud images may.
   * @default true
   */
  readonly sudo?: boolean | undefined;
}

/**
 * A file that a guest has. A change is written at the next boot, over what a program made of the file; one that leaves the code is
 * removed, unless a program changed it. Not for secrets: the seed image is written beside the JSON.
 */
export interface GuestFile {
  /** Absolute path in the guest. */
  readonly path: string;
  /** The file's text. */
  readonly content: string;
  /**
   * Mode in octal digits.
   * @default "0644"
   */
  readonly permissions?: string | undefined;
  /**
   * Owner and group; a user of the guest's, or one that the image has.
   * @default "root:root"
   */
  readonly owner?: string | undefined;
}

export const USER_SHAPE: Shape<GuestUser> = {
  name: required(text),
  sshKeys: required(list(text)),
  groups: optional(list(text)),
  sudo: optional(flag),
};

export const FILE_SHAPE: Shape<GuestFile> = {
  path: required(text),
  content: required(text),
  permissions: optional(text),
  owner: optional(text),
};

/** What cloud-init itself does, most of it at the first boot only. */
export interface UserDataModel {
  readonly hostname: string;
  /** Names of the users, which the boot script has made by then: without any, cloud-init makes the image's own. */
  readonly users: readonly string[];
  readonly packages: readonly string[];
  readonly firstBootScript: string | undefined;
  /** Whether the first boot makes ssh host keys. Without, a boot script must bring one: making them takes seconds. */
  readonly makesHostKeys: boolean;
}

/** Where the first-boot script lies in a guest. */
const SCRIPT = "/var/lib/berth/first-boot.sh";

/**
 * cloud-config text for a guest. Keys that cloud-init already does by default are not written. Users, files and mounts are the boot
 * script's: cloud-init would see to them once, and never again.
 */
export function renderUserData({ hostname, users, packages, firstBootScript, makesHostKeys }: UserDataModel): string {
  const script = firstBootScript === undefined ? undefined : `#!/bin/sh\nset -e\n${firstBootScript.trim()}\n`;
  const config = {
    hostname,
    ssh_pwauth: false,
    ...(makesHostKeys ? {} : { ssh_genkeytypes: [] }),
    // Hardware addresses and networks may be others at any boot.
    updates: { network: { when: ["boot-new-instance", "boot"] } },
    bootcmd: [RUN_BOOT_SCRIPT],
    users: users.map((name) => ({ name })),
    ...(packages.length === 0 ? {} : { package_update: true, packages }),
    ...(script === undefined
      ? {}
      : { write_files: [{ path: SCRIPT, content: script, permissions: "0700" }], runcmd: [["/bin/sh", SCRIPT]] }),
  };
  return `#cloud-config\n${toYaml(config)}`;
}
