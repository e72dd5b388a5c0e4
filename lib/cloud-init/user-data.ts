import { flag, list, optional, required, type Shape, text } from "../core/shape";
import { toYaml } from "../core/yaml";

/** A person or program that can log in to a guest. */
export interface GuestUser {
  /** Login name: a lower-case letter or `_`, then up to 31 letters, digits, `_` or `-`. */
  readonly name: string;
  /** OpenSSH public keys that let the user in. There are no passwords. */
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

/** A file that a guest has from its first boot. Not for secrets: the seed image stands beside the JSON. */
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
   * Owner and group. They must exist before users are made.
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

/** What first-boot configuration says, with every default filled in. */
export interface UserDataModel {
  readonly hostname: string;
  readonly timezone: string | undefined;
  readonly users: readonly GuestUser[];
  readonly packages: readonly string[];
  readonly files: readonly GuestFile[];
  readonly firstBootScript: string | undefined;
  /** Shell scripts that run as root at every boot, before ssh and any container engine start. */
  readonly bootScripts: readonly string[];
  /** Whether the first boot makes ssh host keys. Without, a boot script must bring one: making them takes seconds. */
  readonly makesHostKeys: boolean;
}

/** Where the first-boot script lies in a guest. */
const SCRIPT = "/var/lib/berth/first-boot.sh";

/** cloud-config text for a guest. Keys that cloud-init already does by default are not written. */
export function renderUserData(model: UserDataModel): string {
  const { hostname, timezone, users, packages, files, firstBootScript, bootScripts, makesHostKeys } = model;
  const script =
    firstBootScript === undefined
      ? []
      : [{ path: SCRIPT, content: `#!/bin/sh\nset -e\n${firstBootScript.trim()}\n`, permissions: "0700" }];
  const written = [...files.map(renderFile), ...script];
  const config = {
    hostname,
    ...(timezone === undefined ? {} : { timezone }),
    ssh_pwauth: false,
    ...(makesHostKeys ? {} : { ssh_genkeytypes: [] }),
    ...(bootScripts.length === 0 ? {} : { bootcmd: [renderBootScripts(bootScripts)] }),
    users: users.map(renderUser),
    ...(packages.length === 0 ? {} : { package_update: true, packages }),
    ...(written.length === 0 ? {} : { write_files: written }),
    ...(firstBootScript === undefined ? {} : { runcmd: [["/bin/sh", SCRIPT]] }),
  };
  return `#cloud-config\n${toYaml(config)}`;
}

/** cloud-init goes on after a command that failed, so that one command must run all: none starts after one that failed. */
function renderBootScripts(scripts: readonly string[]): readonly string[] {
  const [only, ...more] = scripts;
  return only !== undefined && more.length === 0
    ? ["/bin/sh", "-c", only]
    : ["/bin/sh", "-c", 'for script; do /bin/sh -c "$script" || exit 1; done', "boot", ...scripts];
}

function renderUser({ name, sshKeys, groups = [], sudo = true }: GuestUser) {
  return {
    name,
    shell: "/bin/bash",
    lock_passwd: true,
    ...(groups.length === 0 ? {} : { groups }),
    ...(sudo ? { sudo: "ALL=(ALL) NOPASSWD:ALL" } : {}),
    ...(sshKeys.length === 0 ? {} : { ssh_authorized_keys: sshKeys }),
  };
}

function renderFile({ path, content, permissions = "0644", owner = "root:root" }: GuestFile) {
  return { path, content, permissions, owner };
}
