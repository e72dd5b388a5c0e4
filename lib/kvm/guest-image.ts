import { checkOptions, type Options } from "../units/options";
import { Size } from "../units/size";
import { quote, UnitError } from "../units/unit-error";
import { type Digest, FileSource } from "./file-source";

/** Formats of disk images. */
export type ImageFormat = "qcow2" | "raw";

/** What is known of an image that synth does not read. */
export interface ImageFacts {
  /**
   * Format of the image. Most cloud images are qcow2, whatever their name ends in.
   * @default "qcow2"
   */
  readonly format?: ImageFormat | undefined;
  /**
   * The size that a guest sees. A root disk smaller than it is refused.
   * @default - not checked
   */
  readonly virtualSize?: Size | undefined;
}

const DIGEST = { what: "a text", is: (value: unknown) => typeof value === "string" } as const;
const FACTS: Options<ImageFacts> = {
  format: {
    what: '"qcow2" or "raw"',
    fix: "convert other images with qemu-img convert -O qcow2",
    is: (value) => value === "qcow2" || value === "raw",
  },
  virtualSize: { what: "a Size such as Size.gibibytes(3)", is: (value) => value instanceof Size },
};

/** What a guest's root disk is made from. */
export type ImageKind =
  | {
      readonly kind: "disk";
      readonly file: FileSource;
      readonly format: ImageFormat | undefined;
      readonly virtualSize: Size | undefined;
    }
  | {
      readonly kind: "volume";
      readonly path: string;
      readonly format: ImageFormat;
      readonly virtualSize: Size | undefined;
    }
  | { readonly kind: "installer"; readonly file: FileSource };

/**
 * What a guest's root disk is made from. A guest keeps the image that it was made from, whatever the code says later:
 * only `rebuildOn` makes a new root disk.
 *
 * @example GuestImage.fromUrl("https://images.example/debian-12.qcow2", { sha512: "…" })
 */
export class GuestImage {
  private constructor(public readonly image: ImageKind) {}

  /** A cloud image, fetched at apply; see {@link FileSource.fromUrl}. */
  public static fromUrl(url: string, options: ImageFacts & Digest = {}): GuestImage {
    checkOptions(options, { ...FACTS, sha256: DIGEST, sha512: DIGEST });
    const { format, virtualSize, ...digest } = options;
    checkEnding(url, format);
    return new GuestImage({
      kind: "disk",
      file: FileSource.fromUrl(url, digest),
      format: format ?? "qcow2",
      virtualSize,
    });
  }

  /** A disk image of this machine. Its header, read at synth, tells the format and the size. */
  public static fromFile(path: string): GuestImage {
    return new GuestImage({ kind: "disk", file: FileSource.fromFile(path), format: undefined, virtualSize: undefined });
  }

  /**
   * An image that the host already has, by absolute path; it is used in place by every guest made from it, and never
   * changed or removed here.
   */
  public static fromVolume(path: string, options: ImageFacts = {}): GuestImage {
    checkOptions(options, FACTS);
    const { format = "qcow2", virtualSize } = options;
    checkEnding(path, options.format);
    if (!/^\/\S+$/.test(path)) {
      throw new UnitError("an absolute path on the host", quote(path));
    }
    return new GuestImage({ kind: "volume", path, format, virtualSize });
  }

  /** An installation medium: the root disk starts empty, and the guest boots from the medium until a system is on it. */
  public static installIso(file: FileSource): GuestImage {
    if (!(file instanceof FileSource)) {
      throw new UnitError(
        "a FileSource",
        quote(file),
        'such as FileSource.fromUrl("https://…/installer.iso", { sha256: "…" })',
      );
    }
    const { source } = file;
    const place = source.kind === "url" ? source.url : source.path;
    if (/\.(qcow2|raw|vmdk|vdi)$/i.test(place)) {
      throw new UnitError("an installation medium", quote(place), "GuestImage.fromUrl or fromFile takes a disk image");
    }
    return new GuestImage({ kind: "installer", file });
  }
}

/** A file's name may tell that it is no disk image, or of another format. */
function checkEnding(url: unknown, format: ImageFormat | undefined): void {
  const name = String(url)
    .replace(/[?#].*$/, "")
    .toLowerCase();
  const [, ending = ""] = /\.([a-z0-9]+)$/.exec(name) ?? [];
  if (ending === "iso") {
    throw new UnitError("a disk image", quote(url), "GuestImage.installIso takes an installation medium");
  }
  if (["xz", "gz", "bz2", "zst", "zip", "tar", "tgz", "7z"].includes(ending)) {
    throw new UnitError("an image that is not compressed", quote(url), "unpack it, and use fromFile or another URL");
  }
  if (ending === "raw" && format === undefined) {
    throw new UnitError("a qcow2 image", quote(url), 'say format: "raw"');
  }
}
