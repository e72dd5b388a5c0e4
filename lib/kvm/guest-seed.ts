import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { renderBootScript } from "../cloud-init/boot-script";
import type { Mount } from "../cloud-init/mount-script";
import { renderNetworkConfig } from "../cloud-init/network-config";
import { seedImage } from "../cloud-init/seed";
import { type GuestFile, type GuestUser, renderUserData } from "../cloud-init/user-data";
import { mapProps } from "../core/prop-map";
import { digestOfBytes, StackFiles } from "../core/stack-files";
import { Late } from "../providers/late";
import { Volume } from "../providers/libvirt/volume";
import { TerraformData } from "../providers/terraform/terraform-data";
import type { GuestInterface } from "./guest-interfaces.model";
import type { GuestSeedModel } from "./kvm-guest.model";
import { type SeedParts, seedPartsText } from "./seed-parts";
import { type IStoragePool, poolName } from "./storage-pool";

/** What a {@link GuestSeed} takes. */
export interface GuestSeedProps {
  readonly guest: string;
  readonly pool: IStoragePool;
  readonly seed: GuestSeedModel;
  readonly interfaces: readonly GuestInterface[];
}

/**
 * The image that a guest's first boot reads, made at synth and written with the stack. Its volume carries the content's
 * hash in its name: changed content is another volume, and the guest is redefined with it.
 */
export class GuestSeed extends Construct {
  public readonly resource: Volume;
  private readonly packages: string[] = [];
  private readonly files: GuestFile[] = [];
  private readonly users: GuestUser[] = [];
  private readonly mounts: Mount[] = [];
  private readonly bootScripts: string[] = [];
  private makesHostKeys = true;
  /** The image as it was last made; undefined since something was added. */
  private made: Buffer | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GuestSeedProps,
  ) {
    super(scope, id);
    const { guest, pool } = props;
    const url = StackFiles.of(TerraformStack.of(this)).add(() => ({ name: "seed.iso", bytes: this.bytes() }));
    this.resource = new Volume(this, "Resource", {
      provider: pool.host.providerFor(this),
      name: new Late(() => `${guest}-seed-${digestOfBytes(this.bytes()).slice(0, 12)}.iso`),
      pool: poolName(pool),
      create: { content: { url: new Late(url) } },
    });
    mapProps(this.resource, { name: null });
    // Nothing depends on it: it lets plans show what an edit of the seed is about.
    new TerraformData(this, "Parts", { input: new Late(() => seedPartsText(this.parts)) });
  }

  /** Installs a further package at the first boot. */
  public addPackage(name: string): void {
    if (!this.packages.includes(name)) {
      this.grow(this.packages, name);
    }
  }

  /** By the prop that it comes from. */
  private get parts(): SeedParts {
    const { seed, interfaces } = this.props;
    const { userData: given, hostname } = seed;
    const networks = { hashed: this.networks(interfaces) };
    if (typeof given === "string") {
      return { hostname: { shown: hostname }, networks, userData: { hashed: given } };
    }
    const users = [...given.users, ...this.users];
    const files = [...given.files, ...this.files];
    return {
      hostname: { shown: hostname },
      timezone: { shown: given.timezone },
      networks,
      users: { shown: users.map(({ name }) => name).join(", "), hashed: users },
      files: { shown: files.map(({ path }) => path).join(", "), hashed: files },
      mountPoints: { shown: this.mounts.map(({ serial, target }) => `${serial} at ${target}`).join(", ") },
      packages: { shown: this.installs.join(", ") },
      firstBootScript: { hashed: given.firstBootScript },
      bootScripts: { hashed: this.bootScripts },
    };
  }

  private networks(interfaces: readonly GuestInterface[]) {
    return interfaces.map(({ mac, fixed, gateway, nameservers }) => ({ mac, address: fixed, gateway, nameservers }));
  }

  /** Every package that the first boot installs. */
  public get installs(): readonly string[] {
    const { userData } = this.props.seed;
    return [...(typeof userData === "string" ? [] : userData.packages), ...this.packages];
  }

  /** Lets the guest have a further file. */
  public addFile(file: GuestFile): void {
    this.grow(this.files, file);
  }

  /** Lets a further user exist. */
  public addUser(user: GuestUser): void {
    this.grow(this.users, user);
  }

  /** Mounts a disk at every boot. */
  public addMount(mount: Mount): void {
    this.grow(this.mounts, mount);
  }

  /** Runs a further script at every boot. */
  public addBootScript(script: string): void {
    this.grow(this.bootScripts, script);
  }

  /** Makes no ssh host keys at the first boot: a boot script brings one. */
  public bringHostKey(): void {
    this.makesHostKeys = false;
    this.made = undefined;
  }

  private grow<T>(list: T[], one: T): void {
    list.push(one);
    this.made = undefined;
  }

  private bytes(): Buffer {
    this.made ??= this.make();
    return this.made;
  }

  private make(): Buffer {
    const { seed, interfaces } = this.props;
    const { userData: given, hostname } = seed;
    const raw = typeof given === "string";
    const userData = raw
      ? given
      : renderUserData({
          hostname,
          firstBootScript: given.firstBootScript,
          users: [...given.users, ...this.users].map(({ name }) => name),
          packages: [...given.packages, ...this.packages],
          makesHostKeys: this.makesHostKeys,
        });
    const boot = raw
      ? undefined
      : renderBootScript({
          hostname,
          timezone: given.timezone,
          users: [...given.users, ...this.users],
          mounts: this.mounts,
          files: [...given.files, ...this.files],
          scripts: this.bootScripts,
        });
    const networkConfig = renderNetworkConfig(this.networks(interfaces));
    return seedImage({ instanceId: seed.instanceId, hostname, userData, networkConfig, boot });
  }
}
