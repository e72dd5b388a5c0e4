import type { GuestFile, GuestUser, UserDataModel } from "../cloud-init/user-data";
import { shortHash } from "../core/naming";
import { Problems } from "../core/problems";
import { Duration } from "../units/duration";
import type { Size } from "../units/size";
import { checkUserData } from "./cloud-init.checks";
import type { DataDiskProps } from "./data-disk";
import type { FileSource } from "./file-source";
import type { GuestImage } from "./guest-image";
import { type GuestInterface, type GuestInterfaceProps, resolveInterfaces } from "./guest-interfaces.model";
import { checkImage, type RootImage, resolveImage } from "./image.checks";
import type { IKvmHost } from "./kvm-host";
import type { IKvmNetwork } from "./kvm-network";
import { Os } from "./os";
import type { IStoragePool } from "./storage-pool";

/** A kernel that the host starts without a boot loader. */
export interface DirectBoot {
  /** The kernel. Changing its content restarts the guest, disks kept. Becomes `os.kernel`. */
  readonly kernel: FileSource;
  /**
   * The initial file system. Changing its content restarts the guest, disks kept. Becomes `os.initrd`.
   * @default - none
   */
  readonly initrd?: FileSource | undefined;
  /**
   * The kernel's arguments. Changing it restarts the guest, disks kept. Becomes `os.cmdline`.
   * @default - none
   */
  readonly commandLine?: string | undefined;
}

/** What a `KvmGuest` takes. */
export interface KvmGuestProps {
  readonly host: IKvmHost;
  /** Where the guest's own disks lie. Changing it moves nothing: new disks are made, and protected ones refuse. Becomes `pool`. */
  readonly pool: IStoragePool;
  /**
   * What the root disk is made from. A guest keeps the one it was made from until `rebuildOn` changes. Becomes a base
   * volume and `backing_store`, or the installation medium.
   * @default - an empty root disk, for a guest with `directBoot`
   */
  readonly image?: GuestImage | undefined;
  /**
   * Memory, whole MiB from 64. Changing it restarts the guest, disks kept. Becomes `memory`.
   */
  readonly memory: Size;
  /** Processors, a whole number from 1. Changing it restarts the guest, disks kept. Becomes `vcpu`. */
  readonly vcpus: number;
  /**
   * Capacity of the root disk, at least that of the image. The provider cannot change it: an apply that tries fails and
   * touches nothing. Becomes `capacity`.
   */
  readonly rootDisk: Size;
  /**
   * Name in libvirt. Changing it replaces the guest and its root disk. Becomes `name`.
   * @default - the construct's id
   */
  readonly name?: string | undefined;
  /**
   * Further disks. They are protected, outlive every edit, and keep their names for life. Adding one restarts the guest.
   * Becomes volumes and `devices.disks`.
   * @default - none
   */
  readonly dataDisks?: readonly DataDiskProps[] | undefined;
  /**
   * Networks to join. Changing it restarts the guest, disks kept. Becomes `devices.interfaces`.
   * @default - none
   */
  readonly networks?: readonly (IKvmNetwork | GuestInterfaceProps)[] | undefined;
  /**
   * What runs in the guest. Changing it restarts the guest, disks kept. Becomes `metadata`.
   * @default Os.generic()
   */
  readonly os?: Os | undefined;
  /**
   * Who can log in, by ssh key. A guest from an image needs at least one. Acts at the first boot only; changing it
   * restarts the guest. Becomes part of the seed.
   * @default - nobody
   */
  readonly users?: readonly GuestUser[] | undefined;
  /**
   * Packages of the guest's distribution to install. Acts at the first boot only; changing it restarts the guest.
   * Becomes part of the seed.
   * @default - none
   */
  readonly packages?: readonly string[] | undefined;
  /**
   * Files that the guest has from its first boot. Acts at the first boot only; changing it restarts the guest. Becomes
   * part of the seed.
   * @default - none
   */
  readonly files?: readonly GuestFile[] | undefined;
  /**
   * Shell script that runs as root at the end of the first boot, and stops at the first command that fails. Acts at the
   * first boot only; changing it restarts the guest. Becomes part of the seed.
   * @default - none
   */
  readonly firstBootScript?: string | undefined;
  /**
   * Host name in the guest, a DNS label. Changing it restarts the guest. Becomes part of the seed.
   * @default - the guest's name
   */
  readonly hostname?: string | undefined;
  /**
   * Time zone in the guest, such as `"Europe/Berlin"`. Acts at the first boot only; changing it restarts the guest.
   * Becomes part of the seed.
   * @default - the image's own
   */
  readonly timezone?: string | undefined;
  /**
   * cloud-init user-data as it is, instead of `users`, `packages`, `files`, `firstBootScript` and `timezone`. Not for
   * secrets. Acts at the first boot only; changing it restarts the guest. Becomes part of the seed.
   * @default - made from the other props
   */
  readonly userData?: string | undefined;
  /**
   * A kernel that the host starts without a boot loader. Changing it restarts the guest, disks kept. Becomes
   * `os.kernel`, `os.initrd` and `os.cmdline`.
   * @default - the guest boots from its disk
   */
  readonly directBoot?: DirectBoot | undefined;
  /**
   * A channel to the QEMU guest agent, and the agent's package. Changing it restarts the guest, disks kept. Becomes
   * `devices.channels`.
   * @default false
   */
  readonly guestAgent?: boolean | undefined;
  /**
   * A serial console, reached with `virsh console`. Changing it restarts the guest, disks kept. Becomes
   * `devices.serials`.
   * @default true
   */
  readonly serialConsole?: boolean | undefined;
  /**
   * A screen over VNC on the host's loopback address: `true` on a free port, or a port from 5900 to 65535. Changing it
   * restarts the guest, disks kept. Becomes `devices.graphics`.
   * @default false
   */
  readonly vnc?: boolean | { readonly port: number } | undefined;
  /**
   * Starts the guest with its host. Changing it restarts the guest, disks kept. Becomes `autostart`.
   * @default true
   */
  readonly autostart?: boolean | undefined;
  /**
   * Starts the guest when it is made. Terraform does not see that a guest was stopped later. Changing it restarts or
   * stops the guest, disks kept. Becomes `running`.
   * @default true
   */
  readonly running?: boolean | undefined;
  /**
   * How long the guest may take to shut down, whole seconds from 1, before destroying it is given up; or `"power-off"`
   * for guests that do not listen, which cuts the power and can lose what they had not written. Changing it restarts
   * the guest, disks kept. Becomes `destroy.shutdown.timeout`.
   * @default Duration.minutes(2)
   */
  readonly shutdownTimeout?: Duration | "power-off" | undefined;
  /**
   * Any text. Changing it rebuilds the guest: a new root disk from the image as it is then, and a first boot. What was on
   * the old root disk is lost; data disks stay. Becomes a trigger of the root volume, and the seed's instance id.
   * @default - never rebuilt
   */
  readonly rebuildOn?: string | undefined;
}

/** Props with every default filled in, total even where the input was bad. */
export interface KvmGuestModel {
  readonly name: string;
  /** MiB. */
  readonly memory: number;
  readonly vcpus: number;
  readonly image: RootImage;
  readonly os: Os;
  readonly interfaces: readonly GuestInterface[];
  readonly directBoot: DirectBoot | undefined;
  readonly guestAgent: boolean;
  readonly serialConsole: boolean;
  readonly vnc: { readonly port: number | undefined } | undefined;
  readonly autostart: boolean;
  readonly running: boolean;
  /** Seconds; undefined cuts the power. */
  readonly shutdownSeconds: number | undefined;
  readonly rebuildOn: string;
  /** What the seed is made from; undefined for a guest that gets none. */
  readonly seed: GuestSeedModel | undefined;
}

/** First-boot configuration: raw, or made from props. */
export interface GuestSeedModel {
  readonly instanceId: string;
  readonly hostname: string;
  readonly userData: string | UserDataModel;
}

/** Fills in the defaults and collects what only the props can show; what the JSON shows is left to the rules. */
export function resolveKvmGuest(
  path: string,
  id: string,
  props: KvmGuestProps,
): { model: KvmGuestModel; problems: Problems } {
  const problems = new Problems();
  const { image, rootDisk, directBoot, vnc = false, shutdownTimeout = Duration.minutes(2), rebuildOn = "" } = props;
  const name = props.name ?? id;
  problems.literal("name", name);
  problems.literal("rebuildOn", rebuildOn);
  if (image === undefined && directBoot === undefined) {
    problems.add(
      "image",
      "be set for a guest that boots from its disk",
      "nothing",
      "give an image, an installer, or 'directBoot'",
    );
  }
  problems.check(
    props.pool.host === props.host,
    "pool",
    `stand on the guest's own host ${props.host.node.path}`,
    props.pool.node.path,
  );
  const resolved = resolveImage(image?.image, problems);
  checkImage(resolved, rootDisk, problems);
  checkBootFiles(directBoot, problems);
  const vcpus = problems.literal("vcpus", props.vcpus) ? props.vcpus : 1;
  const shutdownSeconds = shutdownTimeout === "power-off" ? undefined : shutdownTimeout.toSecondsCeil();
  problems.check(shutdownSeconds !== 0, "shutdownTimeout", 'be at least 1 s, or "power-off"', shutdownTimeout);
  const model: KvmGuestModel = {
    name,
    memory: problems.read("memory", () => props.memory.toMebibytes(), 64),
    vcpus,
    image: resolved,
    os: props.os ?? Os.generic(),
    interfaces: resolveInterfaces(path, props.host, props.networks ?? [], problems),
    directBoot,
    guestAgent: props.guestAgent ?? false,
    serialConsole: props.serialConsole ?? true,
    vnc: vnc === false ? undefined : { port: vnc === true ? undefined : vnc.port },
    autostart: props.autostart ?? true,
    running: props.running ?? true,
    shutdownSeconds,
    rebuildOn,
    seed: resolveSeed(name, props, resolved, problems),
  };
  return { model: Object.freeze(model), problems };
}

function checkBootFiles(directBoot: DirectBoot | undefined, problems: Problems): void {
  checkFile("directBoot.kernel", directBoot?.kernel, problems);
  checkFile("directBoot.initrd", directBoot?.initrd, problems);
}

function checkFile(prop: string, file: FileSource | undefined, problems: Problems): void {
  checkImage({ kind: "file", prop, file }, undefined, problems);
}

function resolveSeed(
  name: string,
  props: KvmGuestProps,
  image: RootImage,
  problems: Problems,
): GuestSeedModel | undefined {
  const {
    users = [],
    packages = [],
    files = [],
    firstBootScript,
    timezone,
    userData,
    rebuildOn = "",
    hostname = name,
  } = props;
  const typed = { users, packages, files, firstBootScript, timezone };
  const given = Object.entries(typed).filter(([, value]) => value !== undefined && value.length > 0);
  const asksForSeed = given.length > 0 || userData !== undefined || props.hostname !== undefined;
  if (image.kind === "installer") {
    for (const [prop, value] of [...given, ...Object.entries({ userData }).filter(([, text]) => text !== undefined)]) {
      problems.add(
        prop,
        "be left out for a guest that is installed from a medium",
        Array.isArray(value) ? `${value.length} of them` : "a text",
        "an installer does not read it",
      );
    }
    return undefined;
  }
  if (image.kind === "empty" && !asksForSeed) {
    return undefined;
  }
  checkUserData(
    { ...typed, userData, hostname },
    given.map(([prop]) => prop),
    problems,
  );
  const instanceId = rebuildOn === "" ? name : `${name}-${shortHash(rebuildOn)}`;
  return { instanceId, hostname, userData: userData ?? { ...typed, hostname } };
}
