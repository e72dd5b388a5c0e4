import { Lazy, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { GuestFile } from "../cloud-init/user-data";
import { BodyHash } from "../core/body-hash";
import { claimsOf } from "../core/claims";
import { mapProps } from "../core/prop-map";
import { Domain } from "../providers/libvirt/domain";
import { standOn } from "../providers/terraform/stand-on";
import { TerraformData } from "../providers/terraform/terraform-data";
import { Size } from "../units/size";
import { DataDisk, type DataDiskProps } from "./data-disk";
import { DirectBootFiles } from "./direct-boot";
import { GuestSeed } from "./guest-seed";
import { type KvmGuestModel, type KvmGuestProps, resolveKvmGuest } from "./kvm-guest.model";
import { renderDevices, renderDomain } from "./kvm-guest.render";
import type { IKvmHost } from "./kvm-host";
import { RootDisk } from "./root-disk";
import type { IStoragePool } from "./storage-pool";
import { UploadedVolume } from "./uploaded-volume";

/** A virtual machine. */
export interface IKvmGuest extends IConstruct {
  readonly host: IKvmHost;
  readonly name: string;
  /** The address on its first network, known at synth. Throws where nobody can know it. */
  readonly address: string;
  readonly resource: Domain;
}

const PROPS = {
  vcpu: "vcpus",
  destroy: "shutdownTimeout",
  "devices.disks": "dataDisks",
  "devices.interfaces": "networks",
  "devices.graphics": "vnc",
  "devices.serials": "serialConsole",
  "devices.channels": "guestAgent",
  "os.cmdline": "directBoot.commandLine",
  "cpu.mode": "host.emulated",
  metadata: "os",
} as const;

/**
 * A virtual machine of one libvirt host.
 *
 * Version 0.9.7 of the provider cannot edit a running guest, so every edit that reaches the domain redefines it: the
 * guest is shut down, made again with its disks, and started. Disks that hold data keep their names and their content
 * through every edit; only `rebuildOn` makes a new root disk. What an edit costs stands with each prop.
 *
 * @example
 * new KvmGuest(stack, "db", {
 *   host: kvm, pool, image: GuestImage.fromUrl(url, { sha512 }), memory: Size.gibibytes(2), vcpus: 2,
 *   rootDisk: Size.gibibytes(20), networks: [lan], users: [{ name: "ops", sshKeys: [key] }],
 * })
 */
export class KvmGuest extends Construct implements IKvmGuest {
  public readonly host: IKvmHost;
  public readonly name: string;
  public readonly resource: Domain;
  private readonly pool: IStoragePool;
  private readonly seed: GuestSeed | undefined;
  private readonly disks: DataDisk[] = [];
  private readonly model: KvmGuestModel;

  constructor(scope: Construct, id: string, props: KvmGuestProps) {
    super(scope, id);
    const { model, problems } = resolveKvmGuest(this.node.path, id, props);
    problems.reportOn(this);
    this.host = props.host;
    this.pool = props.pool;
    this.name = model.name;
    this.model = model;
    const { name: guest, image } = model;
    const rebuild = new TerraformData(this, "Rebuild", { input: model.rebuildOn });
    const root = new RootDisk(this, "Root", { guest, pool: props.pool, size: props.rootDisk, image, rebuild });
    const installer =
      image.kind === "installer"
        ? new UploadedVolume(this, "Installer", {
            pool: props.pool,
            name: `${guest}-installer.iso`,
            file: image.file,
            format: undefined,
            replaceOn: rebuild,
            keepContent: true,
          })
        : undefined;
    this.seed =
      model.seed &&
      new GuestSeed(this, "Seed", { guest, pool: props.pool, seed: model.seed, interfaces: model.interfaces });
    const boot =
      model.directBoot &&
      new DirectBootFiles(this, "Boot", { guest, pool: props.pool, files: model.directBoot, replaceOn: rebuild });
    this.resource = new Domain(this, "Resource", {
      provider: props.host.providerFor(this),
      ...renderDomain(model, props.host.emulated, boot),
      devices: Lazy.anyValue({ produce: () => this.devices(root, installer) }),
    });
    mapProps(this.resource, PROPS);
    this.resource.replaceOn(new TerraformData(this, "Body", { input: Token.asString(new BodyHash(this.resource)) }));
    for (const volume of [root, installer, this.seed, ...(boot?.volumes ?? [])]) {
      if (volume) {
        this.resource.replaceOn(volume.resource, "id");
      }
    }
    for (const { network } of model.interfaces) {
      if (network.resource) {
        standOn(this.resource, network.resource);
      }
    }
    for (const disk of props.dataDisks ?? []) {
      this.addDataDisk(disk);
    }
    if (model.guestAgent) {
      this.seed?.addPackage("qemu-guest-agent");
    }
    this.claim();
  }

  public get address(): string {
    const address = this.model.interfaces[0]?.address;
    if (address === undefined) {
      throw new Error(
        `[${this.node.path}] 'address' must be known at synth to be read, got none ` +
          "(join a network of berth first, or name a fixed address for the first of 'networks')",
      );
    }
    return address;
  }

  /** Adds a disk that holds data. Restarts the guest. */
  public addDataDisk(props: DataDiskProps): DataDisk {
    const disk = new DataDisk(this, `disk-${props.name}`, this.name, this.pool, props);
    this.disks.push(disk);
    this.resource.replaceOn(disk.resource, "id");
    return disk;
  }

  /** Installs a further package at the first boot. Restarts the guest. */
  public addPackage(name: string): void {
    this.needSeed("addPackage").addPackage(name);
  }

  /** Writes a further file at the first boot. Restarts the guest. */
  public addFile(file: GuestFile): void {
    this.needSeed("addFile").addFile(file);
  }

  private needSeed(method: string): GuestSeed {
    if (!this.seed || typeof this.model.seed?.userData === "string") {
      throw new Error(
        `[${this.node.path}] '${method}' must stand on a guest whose user-data berth makes, got one with an installer or 'userData' of its own`,
      );
    }
    return this.seed;
  }

  private devices(root: RootDisk, installer: UploadedVolume | undefined) {
    return renderDevices(this.model, {
      root: { path: root.resource.path },
      seed: this.seed?.resource.path,
      installer: installer?.resource.path,
      data: this.disks.map(({ name, resource }) => ({ name, path: resource.path })),
    });
  }

  private claim(): void {
    const claims = claimsOf(this);
    const machine = this.host.machineKey;
    const { name, memory, vcpus, interfaces, vnc } = this.model;
    claims.claim(this, { machine, kind: "guest name", key: name, prop: "name", fix: "choose another name" });
    claims.share(this, { machine, prop: "vcpus", memory: Size.mebibytes(memory), cpus: vcpus });
    interfaces.forEach(({ network, address, mac }, index) => {
      claims.claim(this, {
        machine,
        kind: "hardware address",
        key: mac,
        prop: `networks[${index}]`,
        fix: "choose another address",
      });
      if (address !== undefined && !network.slots) {
        const on = `${machine}/${Object.values(network.source).join("")}`;
        claims.claim(this, {
          machine: on,
          kind: "network address",
          key: address,
          prop: `networks[${index}].address`,
          fix: "choose another address",
        });
      }
    });
    if (vnc?.port !== undefined) {
      claims.claimPort(this, { machine, address: "127.0.0.1", port: vnc.port, protocol: "tcp" });
    }
  }
}
