import { Construct, type IConstruct } from "constructs";
import { claimsOf } from "../core/claims";
import { Problems } from "../core/problems";
import { mapProps } from "../core/prop-map";
import { construct, oneOf, optional, readProps, required, type Shape, text } from "../core/shape";
import { isSharedFolder } from "../core/shared-folders";
import type { Reference } from "../providers/late";
import { Pool } from "../providers/libvirt/pool";
import type { IKvmHost } from "./kvm-host";
import { checkName } from "./name.checks";

/** Where a host keeps disks. */
export interface IStoragePool extends IConstruct {
  readonly host: IKvmHost;
  /** The pool's name, known at synth. */
  readonly name: string;
  /** The pool, where it is managed here: what lies in it is made after it. */
  readonly resource: Pool | undefined;
}

/** How a volume names the pool that it lies in: made after it where the pool is managed here. */
export function poolName({ resource, name }: IStoragePool): string | Reference {
  return resource?.reference("name") ?? name;
}

/** What a {@link StoragePool} takes. */
export interface StoragePoolProps {
  readonly host: IKvmHost;
  /**
   * Folder on the host, absolute. The provider cannot change it: an apply that tries fails and touches nothing. Becomes
   * `target.path`.
   */
  readonly path: string;
  /**
   * Name in libvirt. Changing it replaces the pool and every disk in it, and what is on them is lost: refused while one of
   * them is kept. Becomes `name`.
   * @default - the construct's id
   */
  readonly name?: string | undefined;
  /**
   * `"create"`: the folder is made with the pool and removed with it, which fails while foreign files are in it.
   * `"adopt"`: the folder exists and is never removed. Cannot be changed afterwards: the provider keeps what was decided
   * when the pool was made. Becomes `create.build` and `destroy.delete`.
   * @default "create"
   */
  readonly directory?: "create" | "adopt" | undefined;
}

const SHAPE: Shape<StoragePoolProps> = {
  host: required(construct<IKvmHost>('a KVM host, such as new KvmHost(stack, "kvm")', "emulated")),
  path: required(text, "/stand-in"),
  name: optional(text),
  directory: optional(oneOf("create", "adopt")),
};

/**
 * A folder on a host that libvirt keeps disks in.
 *
 * @example new StoragePool(stack, "pool", { host: kvm, path: "/var/lib/libvirt/images/team" })
 */
export class StoragePool extends Construct implements IStoragePool {
  public readonly host: IKvmHost;
  public readonly name: string;
  public readonly resource: Pool;

  constructor(scope: Construct, id: string, props: StoragePoolProps) {
    super(scope, id);
    const problems = new Problems();
    const { host, path, name = id, directory = "create" } = readProps(this.node.path, props, SHAPE, problems);
    if (problems.literal("name", name)) {
      checkName(name, problems);
    }
    problems.literal("path", path);
    if (directory === "create" && isSharedFolder(path)) {
      problems.add(
        "path",
        "be a folder of the pool's own",
        path,
        'name a folder below it, or take it as it is with directory: "adopt"',
      );
    }
    problems.reportOn(this);
    this.host = host;
    this.name = name;
    this.resource = new Pool(this, "Resource", {
      provider: host.providerFor(this),
      name,
      type: "dir",
      target: { path },
      ...(directory === "adopt" ? { create: { build: false }, destroy: { delete: false } } : {}),
    });
    mapProps(this.resource, { "target.path": "path", target: "path" });
    const claims = claimsOf(this);
    const machine = host.machineKey;
    claims.claim(this, {
      machine: host.engineKey,
      kind: "storage pool name",
      key: name,
      prop: "name",
      fix: "choose another name, or use StoragePool.fromName for one of them",
    });
    claims.claim(this, {
      machine,
      kind: "storage pool folder",
      key: path.replace(/\/+$/, ""),
      prop: "path",
      fix: "choose another folder",
    });
  }

  /** A pool that exists and is not managed here. Defines nothing. */
  public static fromName(
    scope: Construct,
    id: string,
    props: { readonly host: IKvmHost; readonly name: string },
  ): IStoragePool {
    return new ExistingStoragePool(scope, id, props);
  }
}

class ExistingStoragePool extends Construct implements IStoragePool {
  public readonly host: IKvmHost;
  public readonly name: string;
  public readonly resource = undefined;

  constructor(scope: Construct, id: string, props: { readonly host: IKvmHost; readonly name: string }) {
    super(scope, id);
    const problems = new Problems();
    const shape = { host: SHAPE.host, name: required(text, "stand-in") };
    const { host, name } = readProps(this.node.path, props, shape, problems);
    if (problems.literal("name", name)) {
      problems.check(/^[a-zA-Z0-9][\w.+-]*$/.test(name), "name", "be the name of a storage pool", name);
    }
    problems.reportOn(this);
    this.host = host;
    this.name = name;
  }
}

/** Claims a volume's name in a pool: two volumes of one name are one file, and the second apply fails. */
export function claimVolume(construct: Construct, pool: IStoragePool, name: string, prop: string): void {
  const machine = `${pool.host.engineKey}, pool ${pool.name}`;
  claimsOf(construct).claim(construct, { machine, kind: "volume", key: name, prop, fix: "choose another name" });
}
