import { Construct } from "constructs";
import { Problems } from "../core/problems";
import { mapProps } from "../core/prop-map";
import { construct, instance, oneOf, optional, readProps, required, type Shape, text } from "../core/shape";
import { Volume } from "../providers/libvirt/volume";
import { Size } from "../units/size";
import { claimVolume, type IStoragePool, poolName } from "./storage-pool";

/** A disk of a guest besides its root disk. */
export interface DataDiskProps {
  /**
   * Name of the disk, 1 to 20 letters, digits, `_`, `.` or `-`: the guest finds it as
   * `/dev/disk/by-id/virtio-<name>`. Changing it makes a new, empty disk: refused while this one is kept. Becomes the
   * volume's `name` and the disk's `serial`.
   */
  readonly name: string;
  /**
   * Capacity, from 1 MiB. The provider cannot change it: an apply that tries fails and touches nothing. Becomes
   * `capacity`.
   */
  readonly size: Size;
  /**
   * Where the disk lies. Changing it makes a new, empty disk: refused while this one is kept. Becomes `pool`.
   * @default - the guest's pool
   */
  readonly pool?: IStoragePool | undefined;
  /**
   * `"keep"`: Terraform refuses to destroy the disk, and synth refuses code that does not have it any more, unless it is
   * `Released`. `"delete"`: destroying it, or removing it from the code, deletes its data. Changing it costs nothing. Becomes
   * `lifecycle.prevent_destroy`, and an entry of `berth.lock.json`.
   * @default "keep"
   */
  readonly onDestroy?: "keep" | "delete" | undefined;
  /**
   * Absolute path where the guest mounts the disk, before any package is installed; no folder of the system's own. A disk
   * that holds nothing gets an ext4 file system once; one that holds anything else than a file system is left alone, and
   * the guest's console says so. At `/home`, or below, users get their folders and keys on the disk. Changing it restarts the
   * guest, and mounts the disk at the new place. Becomes part of the seed.
   * @default - the guest finds the disk, and does nothing with it
   */
  readonly mountPoint?: string | undefined;
}

export const DISK_SHAPE: Shape<DataDiskProps> = {
  name: required(text, "stand-in"),
  size: required(instance(Size, "Size.gibibytes(20)"), Size.gibibytes(1)),
  pool: optional(construct<IStoragePool>("a storage pool, such as new StoragePool(stack, …)", "name")),
  onDestroy: optional(oneOf("keep", "delete")),
  mountPoint: optional(text),
};

/** Folders whose content a system does not start without, or that it makes itself. */
const SYSTEM =
  /^\/(bin|boot|dev|etc|lib\w*|proc|root|run|sbin|sys|tmp|usr|var|var\/lib)$|^\/(dev|proc|run|sys)\/|^\/var\/lib\/(berth|cloud|dbus|dpkg|systemd)(\/|$)|\/\.ssh(\/|$)/;

/** What a disk needs to know of its guest. */
export interface IKvmGuestWithPool {
  readonly name: string;
  readonly host: IStoragePool["host"];
  readonly pool: IStoragePool;
}

/** A disk that holds data: it outlives every edit of its guest. */
export class DataDisk extends Construct {
  public readonly name: string;
  public readonly mountPoint: string | undefined;
  public readonly resource: Volume;

  constructor(scope: Construct, id: string, guest: IKvmGuestWithPool, given: DataDiskProps) {
    super(scope, id);
    const problems = new Problems();
    const props = readProps(this.node.path, given, DISK_SHAPE, problems);
    const { name, size, onDestroy = "keep" } = props;
    if (problems.literal("name", name)) {
      problems.check(
        /^[\w.-]{1,20}$/.test(name),
        "name",
        "be 1 to 20 letters, digits, '_', '.' or '-'",
        name,
        "the disk's serial number has room for no more",
      );
    }
    const { mountPoint } = props;
    if (mountPoint !== undefined && problems.literal("mountPoint", mountPoint)) {
      problems.check(
        /^(\/[\w.-]+)+$/.test(mountPoint) && !/\/\.\.?(\/|$)/.test(mountPoint),
        "mountPoint",
        "be an absolute path of letters, digits, '_', '.' or '-' below /",
        mountPoint,
      );
      const own = SYSTEM.test(mountPoint) ? mountPoint : undefined;
      problems.check(
        own === undefined,
        "mountPoint",
        "leave the system's own folders alone",
        own,
        "choose one below /srv",
      );
    }
    problems.reportOn(this);
    const home = props.pool ?? guest.pool;
    if (home.host !== guest.host) {
      problems.addText(
        "pool",
        `stand on the guest's own host ${guest.host.node.path}`,
        `${home.node.path} on ${home.host.node.path}`,
      );
    }
    this.name = name;
    this.mountPoint = mountPoint;
    this.resource = new Volume(this, "Resource", {
      provider: home.host.providerFor(this),
      name: `${guest.name}-${name}.qcow2`,
      pool: poolName(home),
      capacity: size.toBytes(),
      target: { format: { type: "qcow2" } },
      ...(onDestroy === "keep" ? { lifecycle: { preventDestroy: true } } : {}),
    });
    mapProps(this.resource, { capacity: "size", name: null });
    claimVolume(this, home, `${guest.name}-${name}.qcow2`, "name");
  }
}
