import { Construct } from "constructs";
import { mapProps } from "../core/prop-map";
import { Volume } from "../providers/libvirt/volume";
import type { TerraformData } from "../providers/terraform/terraform-data";
import type { Size } from "../units/size";
import type { RootImage } from "./image.checks";
import { claimVolume, type IStoragePool, poolName } from "./storage-pool";
import { UploadedVolume } from "./uploaded-volume";

/** What a {@link RootDisk} takes. */
export interface RootDiskProps {
  readonly guest: string;
  readonly pool: IStoragePool;
  readonly size: Size;
  readonly image: RootImage;
  /** Changes when, and only when, the guest is to be rebuilt. */
  readonly rebuild: TerraformData;
}

/**
 * A guest's root disk and the base image below it. Both keep their names for life and are replaced together, by the
 * rebuild trigger alone: a base that changed under its overlay would destroy it, and a green plan would not show it.
 */
export class RootDisk extends Construct {
  public readonly resource: Volume;

  constructor(scope: Construct, id: string, { guest, pool, size, image, rebuild }: RootDiskProps) {
    super(scope, id);
    const base =
      image.kind === "disk"
        ? new UploadedVolume(this, "Base", {
            pool,
            name: `${guest}-base.${image.format}`,
            file: image.file,
            format: image.format,
            replaceOn: rebuild,
            keepContent: true,
          })
        : undefined;
    const backing = base?.resource.reference("path") ?? (image.kind === "volume" ? image.path : undefined);
    const format = image.kind === "disk" || image.kind === "volume" ? image.format : undefined;
    this.resource = new Volume(this, "Resource", {
      provider: pool.host.providerFor(this),
      name: `${guest}-root.qcow2`,
      pool: poolName(pool),
      capacity: size.toBytes(),
      target: { format: { type: "qcow2" } },
      ...(backing === undefined || format === undefined
        ? {}
        : { backingStore: { path: backing, format: { type: format } } }),
      lifecycle: { ignoreChanges: ["backing_store"] },
    });
    mapProps(this.resource, { name: null, capacity: "rootDisk", backing_store: "image" }, scope);
    claimVolume(this, pool, `${guest}-root.qcow2`, "name");
    this.resource.replaceOn(rebuild);
    if (base) {
      this.resource.replaceOn(base.resource, "id");
    }
  }
}
