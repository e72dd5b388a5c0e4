import { problemMessage } from "../core/problems";
import { givesAway, PRIVATE_KEY } from "../core/secrets";
import { type FileSource, howToDigest } from "./file-source";
import type { KvmGuestModel } from "./kvm-guest.model";
import type { KvmGuestProps } from "./kvm-guest.props";

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
            fix: howToDigest(file.source.url),
          }),
        ]
      : [],
  );
}

/** What a guest reads at its boot lies in its seed, which everybody who reads the pool or the project can read. */
export function secretsInSeed({ userData, firstBootScript, files = [] }: SeedTexts): readonly string[] {
  const texts = [
    ["userData", userData],
    ["firstBootScript", firstBootScript],
    ...files.map(({ content }, index) => [`files[${index}]`, content] as const),
  ] as const;
  return texts.flatMap(([prop, text]) =>
    // A private key is refused elsewhere.
    typeof text === "string" && givesAway(text) && !PRIVATE_KEY.test(text)
      ? [
          problemMessage({
            prop,
            bound: "not hold a password or a token",
            value: "one",
            fix: "it stays in the seed image and in the project; log in by ssh keys, and fetch secrets in the guest",
          }),
        ]
      : [],
  );
}

type SeedTexts = Pick<KvmGuestProps, "userData" | "firstBootScript" | "files">;
