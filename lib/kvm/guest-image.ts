import { Size } from "../units/size";
import { UnitError } from "../units/unit-error";
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
  public static fromUrl(
    url: string,
    { format = "qcow2", virtualSize, ...digest }: ImageFacts & Digest = {},
  ): GuestImage {
    return new GuestImage({ kind: "disk", file: FileSource.fromUrl(url, digest), ...facts(format, virtualSize) });
  }

  /** A disk image of this machine. Its header, read at synth, tells the format and the size. */
  public static fromFile(path: string): GuestImage {
    return new GuestImage({ kind: "disk", file: FileSource.fromFile(path), format: undefined, virtualSize: undefined });
  }

  /**
   * An image that the host already has, by absolute path; it is used in place by every guest made from it, and never
   * changed or removed here.
   */
  public static fromVolume(path: string, { format = "qcow2", virtualSize }: ImageFacts = {}): GuestImage {
    if (!/^\/\S+$/.test(path)) {
      throw new UnitError("an absolute path on the host", JSON.stringify(path));
    }
    return new GuestImage({ kind: "volume", path, ...facts(format, virtualSize) });
  }

  /** An installation medium: the root disk starts empty, and the guest boots from the medium until a system is on it. */
  public static installIso(file: FileSource): GuestImage {
    if (!(file instanceof FileSource)) {
      throw new UnitError(
        "a FileSource",
        JSON.stringify(file) ?? "nothing",
        'such as FileSource.fromUrl("https://…/installer.iso", { sha256: "…" })',
      );
    }
    return new GuestImage({ kind: "installer", file });
  }
}

function facts(
  format: ImageFormat,
  virtualSize: Size | undefined,
): { format: ImageFormat; virtualSize: Size | undefined } {
  if (format !== "qcow2" && format !== "raw") {
    throw new UnitError(
      'a format of "qcow2" or "raw"',
      JSON.stringify(format),
      "convert the image with qemu-img convert -O qcow2",
    );
  }
  if (virtualSize !== undefined && !(virtualSize instanceof Size)) {
    throw new UnitError("a Size, such as Size.gibibytes(3)", JSON.stringify(virtualSize) ?? "nothing");
  }
  return { format, virtualSize };
}
