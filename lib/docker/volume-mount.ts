import { Construct } from "constructs";
import { Size } from "../units/size";
import { UnitError } from "../units/unit-error";
import type { IDockerVolume } from "./docker-volume";

/** What a mount may restrict. */
export interface MountOptions {
  /**
   * The container may read but not write.
   * @default false
   */
  readonly readOnly?: boolean | undefined;
}

/** Something that a container sees in its file system. Made by {@link VolumeMount}. */
export type Mount =
  | { readonly kind: "volume"; readonly volume: IDockerVolume; readonly target: string; readonly readOnly: boolean }
  | { readonly kind: "bind"; readonly hostPath: string; readonly target: string; readonly readOnly: boolean }
  | { readonly kind: "tmpfs"; readonly target: string; readonly size: Size | undefined };

/**
 * Volumes, folders of the host and memory that a container mounts. The target is an absolute path in the container.
 * Changing any of them replaces the container; data in volumes and host folders stays.
 *
 * @example VolumeMount.volume(data, "/var/lib/postgresql/data")
 */
export const VolumeMount = {
  /** A named volume. Becomes `volumes.volume_name`. */
  volume(volume: IDockerVolume, target: string, { readOnly = false }: MountOptions = {}): Mount {
    if (!Construct.isConstruct(volume) || !("volumeName" in volume)) {
      throw new UnitError(
        "a volume construct",
        JSON.stringify(volume) ?? "nothing",
        "new DockerVolume(…) or DockerVolume.fromName(…)",
      );
    }
    return { kind: "volume", volume, target: path(target), readOnly };
  },

  /** A file or folder of the host, by absolute path; the engine makes a missing one as a folder. Becomes `volumes.host_path`. */
  bind(hostPath: string, target: string, { readOnly = false }: MountOptions = {}): Mount {
    return { kind: "bind", hostPath: path(hostPath), target: path(target), readOnly };
  },

  /** Memory that is gone when the container stops. Becomes `tmpfs`; a change is made to happen by the container's hash label. */
  tmpfs(target: string, { size }: { readonly size?: Size } = {}): Mount {
    if (size !== undefined && !(size instanceof Size && size.toBytes() >= 4096)) {
      throw new UnitError("a Size of at least 4 KiB", String(size), "the kernel takes 0 for no limit at all");
    }
    return { kind: "tmpfs", target: path(target), size };
  },
} as const;

function path(text: string): string {
  if (typeof text !== "string" || text === "") {
    throw new UnitError("a path", JSON.stringify(text) ?? "nothing");
  }
  return text;
}
