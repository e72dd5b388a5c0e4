import { FILE_SHAPE, type GuestFile, type GuestUser, USER_SHAPE } from "../cloud-init/user-data";
import {
  construct,
  either,
  flag,
  instance,
  type Kind,
  list,
  number,
  oneOf,
  optional,
  required,
  type Shape,
  shaped,
  text,
} from "../core/shape";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import { type DataDiskProps, DISK_SHAPE } from "./data-disk";
import { FileSource } from "./file-source";
import { GuestImage } from "./guest-image";
import type { GuestInterfaceProps } from "./guest-interfaces.model";
import type { IKvmHost } from "./kvm-host";
import type { IKvmNetwork } from "./kvm-network";
import { Os } from "./os";
import type { IStoragePool } from "./storage-pool";

/** A kernel that the host starts without a boot loader. */
export interface DirectBoot {
  /** The kernel. Changing its content, or where it comes from, restarts the guest, disks kept. Becomes `os.kernel`. */
  readonly kernel: FileSource;
  /**
   * The initial file system. Changing its content, or where it comes from, restarts the guest, disks kept. Becomes `os.initrd`.
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
  /**
   * Where the guest's own disks lie. Changing it moves nothing: it makes new, empty disks, and is refused while one of them is kept.
   * Becomes `pool`.
   */
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
   * Name in libvirt, of which its disks have theirs. Changing it replaces the guest and its root disk, and is refused while it has
   * disks that are kept. Becomes `name`.
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
   * Networks to join. The first that leads outside – NAT, or one that is not berth's – gives the default route and the name
   * servers, or the very first where none does. Changing it restarts the guest, disks kept. Becomes `devices.interfaces`.
   * @default - none
   */
  readonly networks?: readonly (IKvmNetwork | GuestInterfaceProps)[] | undefined;
  /**
   * What runs in the guest. Changing it restarts the guest, disks kept. Becomes `metadata`.
   * @default Os.generic()
   */
  readonly os?: Os | undefined;
  /**
   * Who can log in, by ssh key. A guest from an image needs at least one. Changing it restarts the guest, disks kept, and acts
   * at that boot: who left cannot log in any more. Becomes part of the seed.
   * @default - nobody
   */
  readonly users?: readonly GuestUser[] | undefined;
  /**
   * Packages of the guest's distribution to install. Acts at the first boot only: changing it later restarts the guest, installs
   * nothing, and is a warning until `rebuildOn` changes. Becomes part of the seed.
   * @default - none
   */
  readonly packages?: readonly string[] | undefined;
  /**
   * Files that the guest has. Changing it restarts the guest, disks kept, and acts at that boot. Becomes part of the seed.
   * @default - none
   */
  readonly files?: readonly GuestFile[] | undefined;
  /**
   * Shell script that runs as root at the end of the first boot, and stops at the first command that fails. Acts at the
   * first boot only: changing it later restarts the guest, runs nothing, and is a warning until `rebuildOn` changes. Becomes part
   * of the seed.
   * @default - none
   */
  readonly firstBootScript?: string | undefined;
  /**
   * Host name in the guest, a DNS label. Changing it restarts the guest, disks kept, and acts at that boot. Becomes part of the
   * seed.
   * @default - the guest's name
   */
  readonly hostname?: string | undefined;
  /**
   * Time zone in the guest, such as `"Europe/Berlin"`. Changing it restarts the guest, disks kept, and acts at that boot.
   * Becomes part of the seed.
   * @default - the image's own
   */
  readonly timezone?: string | undefined;
  /**
   * cloud-init user-data as it is, instead of `users`, `packages`, `files`, `firstBootScript` and `timezone`. Not for
   * secrets. cloud-init does most of it at the first boot only, and changing it later restarts the guest: what of it acts then is
   * cloud-init's to say. Becomes part of the seed.
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
   * A serial console, reached with `virsh console`; with `log` the host also writes what it prints to that file.
   * Changing it restarts the guest, disks kept. Becomes `devices.serials`.
   * @default true
   */
  readonly serialConsole?: boolean | { readonly log: string } | undefined;
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

const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown) => typeof value === "object" && value !== null;

const HOST: Kind<IKvmHost> = construct('a KVM host, such as new KvmHost(stack, "kvm")', "emulated");
const POOL: Kind<IStoragePool> = construct("a storage pool, such as new StoragePool(stack, …)", "name");
const NETWORK: Kind<IKvmNetwork> = construct("a KVM network, such as new KvmNetwork(stack, …)", "source");
const SIZE = instance(Size, "Size.gibibytes(2)");
const FILE = instance(FileSource, 'FileSource.fromFile("vmlinuz")');

const INTERFACE: Kind<GuestInterfaceProps> = shaped("a network, or an object with 'network'", {
  network: required(NETWORK),
  address: optional(text),
  gateway: optional(text),
  nameservers: optional(list(text)),
  mac: optional(text),
});

export const GUEST_SHAPE: Shape<KvmGuestProps> = {
  host: required(HOST),
  pool: required(POOL),
  image: optional(instance(GuestImage, 'GuestImage.fromUrl("https://…")')),
  memory: required(SIZE, Size.gibibytes(1)),
  vcpus: required(number, 1),
  rootDisk: required(SIZE, Size.tebibytes(1)),
  name: optional(text),
  dataDisks: optional(list(shaped("an object with 'name' and 'size'", DISK_SHAPE))),
  networks: optional(
    list(
      either<IKvmNetwork | GuestInterfaceProps>(
        "a KVM network, or an object with 'network'",
        { when: (value) => isObject(value) && "node" in (value as object), kind: NETWORK },
        { when: isObject, kind: INTERFACE },
      ),
    ),
  ),
  os: optional(instance(Os, 'Os.debian("12")')),
  users: optional(list(shaped("an object with 'name' and 'sshKeys'", USER_SHAPE))),
  packages: optional(list(text)),
  files: optional(list(shaped("an object with 'path' and 'content'", FILE_SHAPE))),
  firstBootScript: optional(text),
  hostname: optional(text),
  timezone: optional(text),
  userData: optional(text),
  directBoot: optional(
    shaped<DirectBoot>("an object with 'kernel'", {
      kernel: required(FILE),
      initrd: optional(FILE),
      commandLine: optional(text),
    }),
  ),
  guestAgent: optional(flag),
  serialConsole: optional(
    either<boolean | { readonly log: string }>(
      "true, false, or an object with 'log'",
      { when: (value) => typeof value === "boolean", kind: flag },
      { when: isObject, kind: shaped("an object with 'log'", { log: required(text) }) },
    ),
  ),
  vnc: optional(
    either<boolean | { readonly port: number }>(
      "true, false, or an object with 'port'",
      { when: (value) => typeof value === "boolean", kind: flag },
      { when: isObject, kind: shaped("an object with 'port'", { port: required(number) }) },
    ),
  ),
  autostart: optional(flag),
  running: optional(flag),
  shutdownTimeout: optional(
    either<Duration | "power-off">(
      'a Duration, or "power-off"',
      { when: isText, kind: oneOf("power-off") },
      { when: isObject, kind: instance(Duration, "Duration.minutes(2)") },
    ),
  ),
  rebuildOn: optional(text),
};
