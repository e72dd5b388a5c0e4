import * as fs from "node:fs";
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
export function resolveImage(image: ImageKind | undefined, problems: Problems): RootImage {
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
  if (!problems.literal("image", source.path) || !isFile(source.path)) {
    return { ...image, format: image.format ?? "qcow2" };
  }
  const { format, virtualSize } = readImageHeader(source.path);
  return { ...image, format, virtualSize: Size.bytes(virtualSize) };
}

/** A file that is brought along, or a root image with the disk that is made from it. */
export function checkImage(
  image: RootImage | { readonly kind: "file"; readonly prop: string; readonly file: FileSource | undefined },
  rootDisk: Size | undefined,
  problems: Problems,
): void {
  const file = "file" in image ? image.file : undefined;
  const prop = "prop" in image ? image.prop : "image";
  if (file?.source.kind === "file" && !isFile(file.source.path)) {
    problems.add(
      prop,
      "be a file of this machine",
      file.source.path,
      "relative paths start at the folder that synth runs in; use fromUrl for a file that is fetched at apply",
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

function isFile(path: string): boolean {
  return fs.existsSync(path) && fs.statSync(path).isFile();
}
