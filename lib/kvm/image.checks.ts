import * as path from "node:path";
import { isFile } from "../core/file-content";
import type { Problems } from "../core/problems";
import { Size } from "../units/size";
import type { FileSource } from "./file-source";
import type { ImageFormat, ImageKind } from "./guest-image";
import { readImageHeader } from "./image-header";

/** An image with its facts read; `empty` where the guest has none. */
export type RootImage =
  | {
      readonly kind: "disk";
      readonly file: FileSource;
      readonly format: ImageFormat;
      readonly virtualSize: Size | undefined;
    }
  | {
      readonly kind: "volume";
      readonly path: string;
      readonly format: ImageFormat;
      readonly virtualSize: Size | undefined;
    }
  | { readonly kind: "installer"; readonly file: FileSource }
  | { readonly kind: "empty" };

/** Reads what a local image's header tells. */
export function resolveImage(image: ImageKind | undefined, folder: string, problems: Problems): RootImage {
  if (image === undefined) {
    return { kind: "empty" };
  }
  if (image.kind !== "disk") {
    return image;
  }
  const { source } = image.file;
  if (source.kind === "url") {
    return { ...image, format: image.format ?? "qcow2" };
  }
  const fallback = { format: image.format ?? "qcow2", virtualSize: undefined } as const;
  if (/\.iso$/i.test(source.path)) {
    problems.add("image", "be a disk image", source.path, "GuestImage.installIso takes an installation medium");
  }
  const full = path.resolve(folder, source.path);
  if (!problems.literal("image", source.path) || !isFile(full)) {
    return { ...image, ...fallback };
  }
  const header = problems.read("image", () => readImageHeader(full), undefined);
  return header
    ? { ...image, format: header.format, virtualSize: Size.bytes(header.virtualSize) }
    : { ...image, ...fallback };
}

/** A file that is brought along, or a root image with the disk that is made from it. */
export function checkImage(
  image: RootImage | { readonly kind: "file"; readonly prop: string; readonly file: FileSource | undefined },
  rootDisk: Size | undefined,
  folder: string,
  problems: Problems,
): void {
  const file = "file" in image ? image.file : undefined;
  const prop = "prop" in image ? image.prop : "image";
  if (file?.source.kind === "file" && !isFile(path.resolve(folder, file.source.path))) {
    problems.add(
      prop,
      "be a file of this machine",
      file.source.path,
      "relative paths start at the project's folder; use fromUrl for a file that is fetched at apply",
    );
  }
  const size = "virtualSize" in image ? image.virtualSize : undefined;
  if (size && rootDisk?.isLessThan(size)) {
    problems.add(
      "rootDisk",
      `be at least the image's ${size}`,
      rootDisk,
      "the guest would see a disk that ends too early",
    );
  }
}
