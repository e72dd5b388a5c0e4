import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { GuestUser } from "../cloud-init/user-data";
import { claimsOf } from "../core/claims";
import { providerAlias } from "../core/naming";
import { type Problem, Problems } from "../core/problems";
import { readProps } from "../core/shape";
import type { HostNeeds, IDockerHost } from "../docker/docker-host";
import { CONSTRAINTS, type DockerLine } from "../docker/docker-line";
import { GuestImage } from "../kvm/guest-image";
import { type IKvmGuest, KvmGuest } from "../kvm/kvm-guest";
import type { IKvmHost } from "../kvm/kvm-host";
import { DockerProvider } from "../providers/docker/provider";
import type { LeanResource } from "../providers/lean";
import type { Domain } from "../providers/libvirt/domain";
import type { Volume } from "../providers/libvirt/volume";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import {
  ANY_USER,
  checkGuest,
  checkKeys,
  checkTransport,
  checkUser,
  ENGINE_USER,
  withEngineUser,
} from "./containers-inside-vm.checks";
import {
  type ContainersInsideVmProps,
  ENGINE_SHAPE,
  type SshTransport,
  splitProps,
} from "./containers-inside-vm.props";
import { readdressed } from "./engine-address";
import { checkEngineSettings } from "./engine-settings";
import { ENGINE_DISK_SERIAL, ENGINE_PORT, PROBE_USER, renderEngineScript } from "./engine-setup";
import { type Connection, sshConnection, sshEndpoint, tlsConnection, tlsEndpoint } from "./engine-transport";
import { GeneratedKeys, type GuestKeys, type SshKeys } from "./guest-keys";
import { type InsideLimits, lacking } from "./inside-limits";
import { KEY_DISK_SERIAL, KeyDisk } from "./key-disk";
import { Readiness } from "./readiness";

/** Stand in for keys that are missing, so that the rest can still be checked. */
const NO_KEYS: GuestKeys = {
  hostKey: "",
  hostPublicKey: "",
  loginKey: "",
  loginPublicKey: "",
  ca: "",
  serverCertificate: "",
  serverKey: "",
  clientCertificate: "",
  clientKey: "",
};

/** What an engine behind ssh takes of given keys; more is refused by name. */
function sshPart({ hostKey, hostPublicKey, loginKey, loginPublicKey }: SshKeys): SshKeys {
  // OpenSSH is told it on a line of its own, where a comment has no place.
  return { hostKey, hostPublicKey: hostPublicKey.split(" ").slice(0, 2).join(" "), loginKey, loginPublicKey };
}

/**
 * A virtual machine that is a Docker host as well: every Docker construct takes it as its host, in the same apply.
 *
 * The guest's ssh host key and the engine's certificates are made before it boots, reach it on a disk of their own, and
 * are pinned from the first connection. The engine's data live on a disk of their own, too: redefining or rebuilding the
 * guest keeps it, and containers, images and volumes come back with the engine. What is inside is made anew exactly when
 * the disk it lives on is replaced.
 *
 * Terraform cannot see that a guest is off: a plan then fails because the engine does not answer. Start it with
 * `virsh start`, and plan again.
 *
 * @example
 * const apps = new ContainersInsideVm(stack, "apps", {
 *   host: kvm, pool, image, networks: [lan], memory, vcpus: 2, rootDisk, users: [{ name: "ops", sshKeys: [key] }],
 * });
 * new DockerService(stack, "api", { host: apps, image: "nginx:1.27.5" });
 */
export class ContainersInsideVm extends Construct implements IKvmGuest, IDockerHost {
  public readonly guest: KvmGuest;
  public readonly host: IKvmHost;
  public readonly name: string;
  public readonly resource: Domain;
  public readonly address: string;
  public readonly line: DockerLine;
  public readonly endpoint: string;
  public readonly machineKey: string;
  public readonly engineKey: string;
  /** When the certificates end, as the outputs of a stack may say; undefined with keys of your own, or over ssh. */
  public readonly expiry: GeneratedKeys["expiry"] | undefined;
  private readonly connection: Connection;
  private readonly users: readonly GuestUser[];
  private readonly problems: Problems;
  private readonly readiness: Readiness;
  /** The volume that everything inside lives on. */
  private readonly ground: Volume;
  private readonly limits: InsideLimits;

  constructor(scope: Construct, id: string, props: ContainersInsideVmProps) {
    super(scope, id);
    const { own, guest } = splitProps(props);
    const problems = new Problems();
    const read = readProps(this.node.path, own, ENGINE_SHAPE, problems);
    problems.reportOn(this);
    const {
      line = "4",
      enginePackages = ["docker.io"],
      engineDisk = Size.gibibytes(20),
      engine = {},
      transport = "tls",
      rotateOn,
      readyTimeout = Duration.minutes(10),
    } = read;
    const ssh = transport === "tls" ? undefined : transport;
    checkGuest(guest, engineDisk !== "root", problems);
    checkTransport(ssh, guest.users, problems);
    if ((guest.networks ?? []).length === 0) {
      throw new TypeError(
        `[${this.node.path}] 'networks' must name at least one network, got none (the engine is reached over the first)`,
      );
    }
    problems.check(readyTimeout.isWholeSeconds, "readyTimeout", "be whole seconds from 1", readyTimeout);
    const consoleLog = `/var/log/libvirt/qemu/${guest.name ?? id}-console.log`;
    const name = guest.name ?? id;
    const serialConsole = { log: consoleLog };
    this.users = withEngineUser(guest.users, ssh?.user);
    this.problems = problems;
    this.guest = new KvmGuest(this, "Guest", {
      ...guest,
      name,
      // A medium was refused above; the rest is checked as if there were a system.
      image: guest.image?.image.kind === "installer" ? GuestImage.fromVolume("/stand-in.qcow2") : guest.image,
      serialConsole,
      userData: undefined,
      users: ssh ? this.users : guest.users,
    });
    this.host = this.guest.host;
    this.name = this.guest.name;
    this.resource = this.guest.resource;
    this.address = this.guest.address;
    this.line = line;
    this.machineKey = this.node.path;
    this.engineKey = `engine:${this.node.path}`;
    checkKeys(read.keys, { rotateOn, ssh: ssh !== undefined }, problems);
    const { keys, connection, expiry } = ssh
      ? this.overSsh(ssh, sshPart(read.keys ?? NO_KEYS))
      : this.overTls(read.keys as Partial<GuestKeys> | undefined, rotateOn ?? "");
    this.connection = connection;
    this.endpoint = ssh ? sshEndpoint(this.address, ssh.user) : tlsEndpoint(this.address);
    this.expiry = expiry;
    const keyDisk = new KeyDisk(this, "KeyDisk", { guest: this.name, pool: this.guest.pool, keys });
    this.guest.attachReadOnly(keyDisk.resource, KEY_DISK_SERIAL);
    const disk =
      engineDisk === "root"
        ? undefined
        : this.guest.addDataDisk({ name: ENGINE_DISK_SERIAL, size: engineDisk, onDestroy: read.onDestroy ?? "keep" });
    this.ground = disk?.resource ?? this.guest.rootVolume;
    this.guest.addUser({ name: PROBE_USER, sshKeys: [], groups: ["docker", "adm"], sudo: false });
    for (const name of enginePackages) {
      this.guest.addPackage(name);
    }
    this.guest.bringHostKey();
    this.guest.addBootScript(renderEngineScript(engine, { ownDisk: disk !== undefined, tls: ssh === undefined }));
    this.readiness = new Readiness(this, "Readiness", {
      guest: this.resource,
      address: this.address,
      keys,
      timeout: readyTimeout,
      consoleLog,
    });
    const subnets = (guest.networks ?? []).flatMap((entry) => {
      const { slots } = "network" in entry ? entry.network : entry;
      return slots ? [slots.subnet] : [];
    });
    for (const subnet of subnets) {
      claimsOf(this).claimSubnet(this, this.machineKey, subnet);
    }
    checkEngineSettings(engine, subnets, problems);
    const runtimes = Object.keys(engine.runtimes ?? {});
    const enginePort = ssh ? undefined : ENGINE_PORT;
    const knowsAll = subnets.length > 0 && subnets.length === (guest.networks ?? []).length;
    this.limits = { vcpus: guest.vcpus, address: this.address, subnets, knowsAll, enginePort, runtimes };
    this.node.addValidation({
      validate: () => [...readdressed(this, this.endpoint, this.readiness.resource)],
    });
    // Terraform removes what stands on the engine with its provider block, also the last thing that the code takes away.
    this.providerFor(this);
  }

  /** How to log in, as one of the guest's users. */
  public sshCommand(user: string): string {
    checkUser("sshCommand", user, { users: this.users, who: ANY_USER }, this.problems);
    return `ssh ${user}@${this.address}`;
  }

  /** How to point a docker client at the engine, as one of the guest's users who is in the group `docker`. */
  public dockerHostLine(user: string): string {
    const members = this.users.filter((one) => one?.groups?.includes("docker"));
    checkUser("dockerHostLine", user, { users: members, who: ENGINE_USER }, this.problems);
    return `DOCKER_HOST=${sshEndpoint(this.address, user)}`;
  }

  public providerFor(scope: Construct): DockerProvider {
    const stack = TerraformStack.of(scope);
    if (stack !== TerraformStack.of(this)) {
      throw new Error(
        `[${scope.node.path}] 'host' must be a guest of the same stack, got ${this.node.path} ` +
          "(another stack would need the engine's key as an output; put the service into the guest's stack)",
      );
    }
    const id = "Provider";
    const known = this.node.tryFindChild(id) as DockerProvider | undefined;
    const alias = providerAlias(this, stack);
    return known ?? new DockerProvider(this, id, { alias, version: CONSTRAINTS[this.line], ...this.connection });
  }

  public lacks(needs: HostNeeds): readonly Problem[] {
    return lacking(needs, this.limits);
  }

  /** Made when the guest is ready, and anew exactly when the disk that it lives on is. */
  public carry(resource: LeanResource): void {
    resource.dependOn(this.readiness.resource);
    resource.replaceOn(this.ground, "id");
  }

  private overTls(given: Partial<GuestKeys> | undefined, rotateOn: string) {
    const made = given
      ? undefined
      : new GeneratedKeys(this, "Keys", { name: this.name, address: this.address, rotateOn });
    const keys = made ?? { ...NO_KEYS, ...given };
    return { keys, connection: tlsConnection(this.address, keys), expiry: made?.expiry };
  }

  private overSsh(transport: SshTransport, keys: SshKeys) {
    return { keys, connection: sshConnection(this.address, transport, keys), expiry: undefined };
  }
}
