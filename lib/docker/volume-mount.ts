import { Construct } from "constructs";
import { checkOptions, FLAG, type Options } from "../units/options";
import { Size } from "../units/size";
import { quote, UnitError } from "../units/unit-error";
import type { IDockerVolume } from "./docker-volume";

/** What a mount may restrict. */
export interface MountOptions {
  /**
   * The container may read but not write.
   * @default false
   */
  readonly readOnly?: boolean | undefined;
}

const MOUNT: Options<MountOptions> = { readOnly: FLAG };
const TMPFS: Options<{ readonly size?: Size }> = {
  size: {
    what: "a Size of at least 4 KiB",
    fix: "the kernel takes 0 for no limit at all",
    is: (value) => value instanceof Size && value.toBytes() >= 4096,
  },
};

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
  volume(volume: IDockerVolume, target: string, options: MountOptions = {}): Mount {
    checkOptions(options, MOUNT);
    if (!Construct.isConstruct(volume) || !("volumeName" in volume)) {
      throw new UnitError("a volume construct", quote(volume), "new DockerVolume(…) or DockerVolume.fromName(…)");
    }
    return { kind: "volume", volume, target: path(target), readOnly: options.readOnly ?? false };
  },

  /** A file or folder of the host, by absolute path; the engine makes a missing one as a folder. Becomes `volumes.host_path`. */
  bind(hostPath: string, target: string, options: MountOptions = {}): Mount {
    checkOptions(options, MOUNT);
    return { kind: "bind", hostPath: path(hostPath), target: path(target), readOnly: options.readOnly ?? false };
  },

  /** Memory that is gone when the container stops. Becomes `tmpfs`; a change is made to happen by the container's hash label. */
  tmpfs(target: string, options: { readonly size?: Size } = {}): Mount {
    checkOptions(options, TMPFS);
    return { kind: "tmpfs", target: path(target), size: options.size };
  },
} as const;

function path(text: string): string {
  if (typeof text !== "string" || text === "") {
    throw new UnitError("a path", quote(text));
  }
  return text;
}
