import { Construct, type IConstruct } from "constructs";
import { BodyHash } from "../core/body-hash";
import { claimsOf } from "../core/claims";
import { LockFile } from "../core/lock-file";
import { shortHash } from "../core/naming";
import { Problems } from "../core/problems";
import { mapProps } from "../core/prop-map";
import { construct, flag, oneOf, optional, readProps, required, type Shape, text } from "../core/shape";
import { Late } from "../providers/late";
import { Network } from "../providers/libvirt/network";
import { TerraformData } from "../providers/terraform/terraform-data";
import { Cidr } from "../units/ipv4";
import { AddressSlots } from "./address-slots";
import type { IKvmHost } from "./kvm-host";
import { checkName } from "./name.checks";

/** What a guest's interface is plugged into. */
export type NetworkSource = { readonly network: string } | { readonly bridge: string };

/** A network that guests join. */
export interface IKvmNetwork extends IConstruct {
  readonly host: IKvmHost;
  readonly source: NetworkSource;
  /** The network, where it is managed here: guests are replaced with it, or their interfaces would be left unplugged. */
  readonly resource: Network | undefined;
  /** Whether guests reach the outside through it by themselves: one that does gives the default route. */
  readonly outward: boolean;
  /** Whether it is known to lead nowhere but to the host. */
  readonly isolated: boolean;
  /** The fixed table of hardware and network addresses, where the network has one. */
  readonly slots: AddressSlots | undefined;
}

/** What a {@link KvmNetwork} takes. */
export interface KvmNetworkProps {
  readonly host: IKvmHost;
  /**
   * Addresses of the network, IPv4, prefix 1 to 30, free of every other network of the machine. The host has the first
   * one. Guests get theirs from a table that is made with the network. Changing it replaces the network and restarts
   * its guests, disks kept. Becomes `ips`.
   */
  readonly subnet: string;
  /**
   * `"nat"`: guests reach the outside through the host; the host reaches them, and containers of its engine only where
   * Docker's firewall rules happen to stand before libvirt's. `"open"`: the host routes and libvirt adds no firewall rules,
   * so the host's own decide: containers of an engine on the host always reach the guests, and Docker's rules keep others
   * out. The outside answers only where a router knows the way back. `"isolated"`: guests reach the host and each other;
   * containers as with `"nat"`. Changing it replaces the network and restarts its
   * guests, disks kept. Becomes `forward.mode`.
   * @default "nat"
   */
  readonly mode?: "nat" | "open" | "isolated" | undefined;
  /**
   * Name in libvirt. Changing it replaces the network and restarts its guests, disks kept. Becomes `name`.
   * @default - the construct's id
   */
  readonly name?: string | undefined;
  /**
   * Name of the bridge on the host, at most 15 characters. Changing it replaces the network and restarts its guests,
   * disks kept. Becomes `bridge.name`.
   * @default - br- and a hash of the path that the construct had first
   */
  readonly bridgeName?: string | undefined;
  /**
   * DNS domain of the guests. Changing it replaces the network and restarts its guests, disks kept. Becomes `domain`.
   * @default - none
   */
  readonly domain?: string | undefined;
  /**
   * Starts the network with the host. Changing it is done in place. Becomes `autostart`.
   * @default true
   */
  readonly autostart?: boolean | undefined;
}

const SHAPE: Shape<KvmNetworkProps> = {
  host: required(construct<IKvmHost>('a KVM host, such as new KvmHost(stack, "kvm")', "emulated")),
  subnet: required(text, "203.0.113.0/24"),
  mode: optional(oneOf("nat", "open", "isolated")),
  name: optional(text),
  bridgeName: optional(text),
  domain: optional(text),
  autostart: optional(flag),
};

/**
 * A network of one libvirt host. Its table of addresses is complete from the start, so a guest that comes or goes later
 * changes neither the network nor its neighbours.
 *
 * @example new KvmNetwork(stack, "lan", { host: kvm, subnet: "10.77.0.0/24" })
 */
export class KvmNetwork extends Construct implements IKvmNetwork {
  public readonly host: IKvmHost;
  public readonly source: NetworkSource;
  public readonly resource: Network;
  public readonly slots: AddressSlots;
  public readonly outward: boolean;
  public readonly isolated: boolean;

  constructor(scope: Construct, id: string, props: KvmNetworkProps) {
    super(scope, id);
    const problems = new Problems();
    const read = readProps(this.node.path, props, SHAPE, problems);
    const { host, mode = "nat", name = id, domain, autostart = true } = read;
    if (problems.literal("name", name)) {
      checkName(name, problems);
    }
    const bridgeName = read.bridgeName ?? this.ownBridge();
    problems.literal("bridgeName", bridgeName);
    const good = problems.literal("subnet", read.subnet);
    const subnet = good ? problems.read("subnet", () => Cidr.parse(read.subnet), STAND_IN) : STAND_IN;
    problems.reportOn(this);
    this.host = host;
    this.source = { network: name };
    this.outward = mode === "nat";
    this.isolated = mode === "isolated";
    this.slots = new AddressSlots(this, subnet);
    this.resource = new Network(this, "Resource", {
      provider: host.providerFor(this),
      name,
      autostart,
      ...(mode === "isolated" ? {} : { forward: { mode } }),
      bridge: { name: bridgeName, stp: "on", delay: "0" },
      ...(domain === undefined ? {} : { domain: { name: domain, localOnly: "yes" } }),
      ips: [{ family: "ipv4", address: subnet.host(1), prefix: subnet.prefix, dhcp: { hosts: this.slots.table() } }],
    });
    mapProps(this.resource, { bridge: "bridgeName", ips: "subnet", forward: "mode", domain: "domain" });
    // The provider applies a change of autostart only; it takes any other for done, or fails half-way.
    const body = new BodyHash(this.resource, ({ autostart: _inPlace, ...rest }) => rest);
    this.resource.replaceOn(new TerraformData(this, "Body", { input: new Late((stack) => body.standIn(stack)) }));
    this.claim(name, bridgeName, problems.all.length === 0 ? subnet : undefined);
  }

  /** A bridge that the host already has, such as `br0`. Defines nothing; guests get addresses from whoever gives them there. */
  public static fromBridge(
    scope: Construct,
    id: string,
    props: { readonly host: IKvmHost; readonly bridge: string },
  ): IKvmNetwork {
    return new ExistingKvmNetwork(scope, id, "bridge", props);
  }

  /** A libvirt network that exists and is not managed here, such as `default`. Defines nothing. */
  public static fromName(
    scope: Construct,
    id: string,
    props: { readonly host: IKvmHost; readonly name: string },
  ): IKvmNetwork {
    return new ExistingKvmNetwork(scope, id, "name", props);
  }

  private ownBridge(): string {
    const { path } = this.node;
    return LockFile.of(this).bridge(path, (attempt) => `br-${shortHash(attempt === 0 ? path : `${path} ${attempt}`)}`);
  }

  private claim(name: string, bridgeName: string, subnet: Cidr | undefined): void {
    const claims = claimsOf(this);
    const machine = this.host.machineKey;
    claims.claim(this, {
      machine: this.host.engineKey,
      kind: "libvirt network name",
      key: name,
      prop: "name",
      fix: "choose another name",
    });
    claims.claim(this, {
      machine,
      kind: "bridge name",
      key: bridgeName,
      prop: "bridgeName",
      fix: "choose another bridgeName",
    });
    claims.claim(this, {
      machine,
      kind: "block of hardware addresses",
      key: this.slots.macPrefix,
      prop: "subnet",
      fix: "choose another subnet",
    });
    if (subnet) {
      claims.claimSubnet(this, machine, subnet);
    }
  }
}

/** Stands in for a subnet that could not be read, so that the rest of the construct can still be checked. */
const STAND_IN = Cidr.parse("203.0.113.0/24");

class ExistingKvmNetwork extends Construct implements IKvmNetwork {
  public readonly host: IKvmHost;
  public readonly source: NetworkSource;
  public readonly resource = undefined;
  public readonly slots = undefined;
  public readonly outward = true;
  public readonly isolated = false;

  constructor(
    scope: Construct,
    id: string,
    kind: "bridge" | "name",
    props: { readonly host: IKvmHost; readonly [name: string]: unknown },
  ) {
    super(scope, id);
    const problems = new Problems();
    const shape = { host: SHAPE.host, [kind]: required(text, "stand-in") };
    const { host, [kind]: given } = readProps(this.node.path, props, shape as never, problems);
    const name = String(given);
    const longest = kind === "bridge" ? 15 : 63;
    if (problems.literal(kind, name)) {
      const good = new RegExp(`^[a-zA-Z0-9][\\w.-]{0,${longest - 1}}$`).test(name);
      problems.check(good, kind, `be a name of 1 to ${longest} letters, digits, '_', '.' or '-'`, name);
    }
    problems.reportOn(this);
    this.host = host;
    this.source = kind === "bridge" ? { bridge: name } : { network: name };
  }
}
