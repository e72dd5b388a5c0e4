import type { Size } from "../units/size";
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
    return { kind: "volume", volume, target, readOnly };
  },

  /** A file or folder of the host, by absolute path; the engine makes a missing one as a folder. Becomes `volumes.host_path`. */
  bind(hostPath: string, target: string, { readOnly = false }: MountOptions = {}): Mount {
    return { kind: "bind", hostPath, target, readOnly };
  },

  /** Memory that is gone when the container stops. Becomes `tmpfs`; a change is made to happen by the container's hash label. */
  tmpfs(target: string, { size }: { readonly size?: Size } = {}): Mount {
    return { kind: "tmpfs", target, size };
  },
} as const;
