import { problemMessage } from "../core/problems";
import { shellWord } from "../core/shell-word";
import type { FileSource } from "./file-source";
import type { KvmGuestModel } from "./kvm-guest.model";

/** Packages that a guest installs at its first boot, where no network of its leads outside. */
export function unreachable({ interfaces }: KvmGuestModel, packages: readonly string[]): readonly string[] {
  const closed = interfaces.length === 0 || interfaces.every(({ network }) => network.isolated);
  return packages.length > 0 && closed
    ? [
        problemMessage({
          prop: "networks",
          bound: "lead outside where packages are installed",
          value: `isolated networks only, and ${packages.join(", ")}`,
          fix: "take an image that has them, or acknowledge that a mirror stands on the host",
        }),
      ]
    : [];
}

/** User-data of one's own that lets nobody in: neither a user, nor a key, nor a password. */
export function lockedOut(userData: string | undefined): readonly string[] {
  const closed =
    typeof userData === "string" &&
    userData.startsWith("#cloud-config") &&
    !/^\s*(-\s*)?(users|ssh_authorized_keys|ssh_import_id|password|chpasswd|disable_root|runcmd|bootcmd)\s*:/m.test(
      userData,
    );
  return closed
    ? [
        problemMessage({
          prop: "userData",
          bound: "let somebody in",
          value: "neither a user nor a key",
          fix: "add users with ssh_authorized_keys, or acknowledge that nobody needs to log in",
        }),
      ]
    : [];
}

/** Files that are fetched, and that could be others the next time. */
export function undigested(files: readonly (FileSource | undefined)[]): readonly string[] {
  return files.flatMap((file) =>
    file?.source.kind === "url" && file.source.digest === ""
      ? [
          problemMessage({
            prop: "image",
            bound: "have a digest where it is fetched",
            value: JSON.stringify(file.source.url),
            fix: `curl -fsSL ${shellWord(file.source.url)} | sha256sum prints what sha256 takes`,
          }),
        ]
      : [],
  );
}
