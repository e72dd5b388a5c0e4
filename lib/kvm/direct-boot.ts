import * as path from "node:path";
import { Construct } from "constructs";
import { hashFile, isFile } from "../core/file-content";
import { shortHash } from "../core/naming";
import { projectFolder } from "../core/project-folder";
import type { Reference } from "../providers/late";
import type { TerraformData } from "../providers/terraform/terraform-data";
import type { FileSource } from "./file-source";
import type { DirectBoot } from "./kvm-guest.props";
import type { BootFiles } from "./kvm-guest.render";
import type { IStoragePool } from "./storage-pool";
import { UploadedVolume } from "./uploaded-volume";

/** What {@link DirectBootFiles} takes. */
export interface DirectBootFilesProps {
  readonly guest: string;
  readonly pool: IStoragePool;
  readonly files: DirectBoot;
  readonly replaceOn: TerraformData;
}

/** A kernel and its initial file system, brought to the host. Other content is another volume under another name. */
export class DirectBootFiles extends Construct implements BootFiles {
  public readonly kernel: Reference;
  public readonly initrd: Reference | undefined;
  public readonly volumes: readonly UploadedVolume[];

  constructor(scope: Construct, id: string, { guest, pool, files, replaceOn }: DirectBootFilesProps) {
    super(scope, id);
    const upload = (name: string, file: FileSource) =>
      new UploadedVolume(this, name, {
        pool,
        name: `${guest}-${name}-${contentKey(file, projectFolder(this))}`,
        file,
        format: undefined,
        replaceOn,
        keepContent: false,
      });
    const kernel = upload("kernel", files.kernel);
    const initrd = files.initrd && upload("initrd", files.initrd);
    this.kernel = kernel.resource.reference("path");
    this.initrd = initrd?.resource.reference("path");
    this.volumes = initrd ? [kernel, initrd] : [kernel];
  }
}

/** What the content is known by at synth: a file's bytes, or a URL and its digest. */
function contentKey({ source }: FileSource, folder: string): string {
  if (source.kind === "url") {
    return shortHash(`${source.url} ${source.digest}`);
  }
  const full = path.resolve(folder, source.path);
  return isFile(full) ? hashFile(full).slice(0, 8) : "missing";
}
