import { Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { GuestFile, GuestUser } from "../cloud-init/user-data";
import { BodyHash } from "../core/body-hash";
import { claimsOf } from "../core/claims";
import { warnUnlessAcknowledged } from "../core/construct-warnings";
import type { Problems } from "../core/problems";
import { projectFolder } from "../core/project-folder";
import { mapProps } from "../core/prop-map";
import { Late } from "../providers/late";
import { Domain, type DomainDevicesDisks } from "../providers/libvirt/domain";
import type { Volume } from "../providers/libvirt/volume";
import { standOn } from "../providers/terraform/stand-on";
import { TerraformData } from "../providers/terraform/terraform-data";
import { Size } from "../units/size";
import { checkFile, checkPackage } from "./cloud-init.checks";
import { DataDisk, type DataDiskProps } from "./data-disk";
import { DirectBootFiles } from "./direct-boot";
import { renderDataDisk, renderDisks, renderReadOnlyDisk } from "./guest-disks.render";
import { GuestSeed } from "./guest-seed";
import { lockedOut, secretsInSeed, undigested, unreachable } from "./guest-warnings";
import { type KvmGuestModel, resolveKvmGuest } from "./kvm-guest.model";
import type { KvmGuestProps } from "./kvm-guest.props";
import { renderDevices, renderDomain } from "./kvm-guest.render";
import type { IKvmHost } from "./kvm-host";
import type { IKvmNetwork } from "./kvm-network";
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
  "devices.disks.serial": null,
  "devices.interfaces": "networks",
  "devices.graphics": "vnc",
  "devices.serials": "serialConsole",
  "devices.channels": "guestAgent",
  "os.cmdline": "directBoot.commandLine",
  "cpu.mode": "host.emulated",
  metadata: "os",
  description: null,
} as const;

/** Letters c to z: a is the root disk's, b the seed's. */
const MOST_DATA_DISKS = 24;

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
  /** Where the guest's own disks lie. */
  public readonly pool: IStoragePool;
  /** The volume of the root disk: what lives on it is gone when it is replaced. */
  public readonly rootVolume: Volume;
  private readonly seed: GuestSeed | undefined;
  private readonly disks: DomainDevicesDisks[];
  private dataDisks = 0;
  private readonly problems: Problems;
  private readonly model: KvmGuestModel;

  constructor(scope: Construct, id: string, given: KvmGuestProps) {
    super(scope, id);
    const place = { path: this.node.path, id, folder: projectFolder(this) };
    const { model, props, problems } = resolveKvmGuest(place, given);
    problems.reportOn(this);
    this.problems = problems;
    this.host = props.host;
    this.pool = props.pool;
    this.name = model.name;
    this.model = model;
    const { name: guest, image } = model;
    const rebuild = new TerraformData(this, "Rebuild", { input: model.rebuildOn });
    const root = new RootDisk(this, "Root", { guest, pool: props.pool, size: props.rootDisk, image, rebuild });
    this.rootVolume = root.resource;
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
    // The list stays open: data disks may still be added, and the domain renders it at the end.
    this.disks = renderDisks({
      root: root.resource.reference("path"),
      seed: this.seed?.resource.reference("path"),
      installer: installer?.resource.reference("path"),
    });
    this.resource = new Domain(this, "Resource", {
      provider: props.host.providerFor(this),
      ...renderDomain(model, { path: this.node.path, emulated: props.host.emulated, boot }),
      devices: renderDevices(model, this.disks),
    });
    mapProps(this.resource, PROPS);
    const body = new BodyHash(this.resource);
    this.resource.replaceOn(new TerraformData(this, "Body", { input: new Late((stack) => body.standIn(stack)) }));
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
    warnUnlessAcknowledged(this, "kvm/guest/packages-unreachable", () => unreachable(model, this.seed?.installs ?? []));
    warnUnlessAcknowledged(this, "kvm/guest/nobody-logs-in", () => lockedOut(props.userData));
    warnUnlessAcknowledged(this, "kvm/guest/secret-in-seed", () => secretsInSeed(props));
    const { directBoot } = model;
    const fetched = ["file" in image ? image.file : undefined, directBoot?.kernel, directBoot?.initrd];
    warnUnlessAcknowledged(this, "kvm/guest/image-digest", () => undigested(fetched));
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

  /** The address on one of its networks, known at synth. Throws where nobody can know it. */
  public addressOn(network: IKvmNetwork): string {
    const address = this.model.interfaces.find((one) => one.network === network)?.address;
    if (address === undefined) {
      throw new Error(
        `[${this.node.path}] 'networks' must give an address on ${network.node.path} that is known at synth, got none ` +
          "(join that network, or name a fixed address there)",
      );
    }
    return address;
  }

  /** Adds a disk that holds data. Restarts the guest. */
  public addDataDisk(props: DataDiskProps): DataDisk {
    const known = this.node.tryFindChild(`disk-${props.name}`) !== undefined;
    const id =
      known || Token.isUnresolved(props.name)
        ? `disk-${props.name}-${this.dataDisks}`.replace(/[^\w.-]+/g, "-")
        : `disk-${props.name}`;
    const disk = new DataDisk(this, id, this, props);
    if (this.dataDisks === MOST_DATA_DISKS) {
      this.problems.addText(
        "dataDisks",
        `be at most ${MOST_DATA_DISKS}`,
        "more",
        "the bus has no more letters; make fewer and larger ones",
      );
    }
    if (this.dataDisks < MOST_DATA_DISKS) {
      this.disks.splice(
        this.dataDisks + (this.seed ? 2 : 1),
        0,
        renderDataDisk(this.dataDisks, disk.name, disk.resource.reference("path")),
      );
    }
    this.dataDisks++;
    this.resource.replaceOn(disk.resource, "id");
    if (disk.mountPoint !== undefined) {
      claimsOf(this).claim(disk, {
        machine: this.node.path,
        kind: "mount point",
        key: disk.mountPoint,
        prop: "mountPoint",
        fix: "choose another one",
      });
      this.needSeed("dataDisks.mountPoint")?.addMount({ serial: disk.name, target: disk.mountPoint });
    }
    return disk;
  }

  /**
   * Attaches a volume that somebody else made, read-only and raw, as `/dev/disk/by-id/virtio-<serial>`. The guest is
   * redefined when the volume is replaced. There is room for one.
   */
  public attachReadOnly(volume: Volume, serial: string): void {
    this.disks.push({ ...renderReadOnlyDisk(volume.reference("path")), serial });
    this.resource.replaceOn(volume, "id");
  }

  /** Lets a further user log in. Restarts the guest. */
  public addUser(user: GuestUser): void {
    this.needSeed("addUser")?.addUser(user);
  }

  /** Runs a further script as root at every boot, before ssh and any container engine start. Restarts the guest. */
  public addBootScript(script: string): void {
    this.needSeed("addBootScript")?.addBootScript(script);
  }

  /** Makes no ssh host keys at the first boot, as one of the boot scripts brings one. Restarts the guest. */
  public bringHostKey(): void {
    this.needSeed("bringHostKey")?.bringHostKey();
  }

  /** Installs a further package at the first boot. Restarts the guest. */
  public addPackage(name: string): void {
    checkPackage(name, "addPackage", this.problems);
    this.needSeed("addPackage")?.addPackage(name);
  }

  /** Lets the guest have a further file. Restarts the guest. */
  public addFile(file: GuestFile): void {
    checkFile(file, "addFile", this.problems);
    this.needSeed("addFile")?.addFile(file);
  }

  private needSeed(method: string): GuestSeed | undefined {
    const raw = typeof this.model.seed?.userData === "string";
    if (this.seed && !raw) {
      return this.seed;
    }
    this.problems.addText(
      method,
      "be used on a guest whose user-data berth makes",
      raw ? "one with 'userData' of its own" : "one without a seed",
    );
    return undefined;
  }

  private claim(): void {
    const claims = claimsOf(this);
    const machine = this.host.machineKey;
    const { name, memory, vcpus, interfaces, vnc, consoleLog } = this.model;
    claims.claim(this, {
      machine: this.host.engineKey,
      kind: "guest name",
      key: name,
      prop: "name",
      fix: "choose another name",
    });
    if (consoleLog !== undefined) {
      claims.claim(this, {
        machine,
        kind: "log file",
        key: consoleLog,
        prop: "serialConsole.log",
        fix: "choose another file",
      });
    }
    claims.share(this, { machine, prop: "vcpus", memory: Size.mebibytes(memory), cpus: vcpus });
    for (const [index, { network, address, mac }] of interfaces.entries()) {
      const prop = `networks[${index}]`;
      if (!network.slots) {
        claims.claim(this, { machine, kind: "hardware address", key: mac, prop, fix: "choose another address" });
      }
      if (address !== undefined) {
        const on = `network ${network.slots ? network.node.path : Object.values(network.source).join("")}`;
        claims.claim(this, {
          machine: on,
          kind: "network address",
          key: address,
          prop: `${prop}.address`,
          fix: "choose another address",
        });
      }
    }
    if (vnc?.port !== undefined) {
      claims.claimPort(this, { machine, prop: "vnc", address: "127.0.0.1", port: vnc.port, protocol: "tcp" });
    }
  }
}
