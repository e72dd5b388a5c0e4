import { shellWord } from "../core/shell-word";
import { quote, UnitError } from "../units/unit-error";

/** A digest that a fetched file must have. Give one of the two. */
export interface Digest {
  /**
   * SHA-256, 64 hexadecimal digits.
   * @default - not checked, unless `sha512` is given
   */
  readonly sha256?: string | undefined;
  /**
   * SHA-512, 128 hexadecimal digits.
   * @default - not checked, unless `sha256` is given
   */
  readonly sha512?: string | undefined;
}

/** A file that is fetched. */
export interface UrlSource {
  readonly kind: "url";
  readonly url: string;
  readonly algorithm: "sha256" | "sha512" | "";
  readonly digest: string;
}

/** The command that prints a file's digest. */
export function howToDigest(url: string): string {
  return `curl -fsSL ${shellWord(url)} | sha256sum prints what sha256 takes`;
}

/** Where a file comes from. */
export type SourceOfFile = UrlSource | { readonly kind: "file"; readonly path: string };

/**
 * A file that is brought to a host: fetched at apply by the machine that runs Terraform, or taken from there. Synth
 * never uses the network.
 *
 * @example FileSource.fromUrl("https://images.example/installer.iso", { sha256: "…" })
 */
export class FileSource {
  private constructor(public readonly source: SourceOfFile) {}

  /**
   * Fetched with `curl` or `wget` on the machine that runs Terraform, checked against the digest, kept in the project's
   * `.berth/images`, and uploaded; the digest is looked at again after each upload. Over https nothing leads it to plain http.
   * Without a digest https is a must, and synth warns. Throws {@link UnitError} for anything but an http or https URL.
   */
  public static fromUrl(url: string, digest: Digest = {}): FileSource {
    if (typeof url !== "string" || !/^https?:\/\/[^\s'"\\${}]+$/i.test(url)) {
      throw new UnitError(
        "an http:// or https:// URL",
        quote(url),
        "a literal; use fromFile for a file of this machine",
      );
    }
    if (/^https?:\/\/[^/]*@/i.test(url)) {
      throw new UnitError(
        "a URL without a user and a password",
        "one with them",
        "both would stand in the JSON and the state",
      );
    }
    const given = Object.entries(digest).filter(([, value]) => value !== undefined) as ["sha256" | "sha512", string][];
    const [algorithm, value] = given[0] ?? (["", ""] as const);
    const digits = algorithm === "sha512" ? 128 : 64;
    if (given.length > 1 || (algorithm !== "" && !new RegExp(`^[0-9a-f]{${digits}}$`).test(value))) {
      throw new UnitError(
        "one digest: sha256 with 64, or sha512 with 128 lower-case hexadecimal digits",
        quote(digest),
      );
    }
    if (algorithm === "" && !/^https:/i.test(url)) {
      throw new UnitError(
        "an https:// URL, or have a digest",
        quote(url),
        `anybody on the way can change it; where you trust it: ${howToDigest(url)}`,
      );
    }
    return new FileSource({ kind: "url", url, algorithm, digest: value });
  }

  /** A file of the machine that synthesizes and applies, absolute or relative to the project. */
  public static fromFile(path: string): FileSource {
    return new FileSource({ kind: "file", path });
  }
}
