import { Construct, type IConstruct } from "constructs";
import { claimsOf } from "../core/claims";
import { Problems } from "../core/problems";
import { mapProps } from "../core/prop-map";
import { construct, flag, optional, readProps, required, type Shape, text } from "../core/shape";
import { Network } from "../providers/docker/network";
import type { Reference } from "../providers/late";
import { Cidr } from "../units/ipv4";
import type { IDockerHost } from "./docker-host";

/** A network that containers join. */
export interface IDockerNetwork extends IConstruct {
  readonly host: IDockerHost;
  /** What a container refers to; a token where the network is made here. */
  readonly networkId: string;
  /** The subnet, where it is known. */
  readonly subnet: Cidr | undefined;
  /** The host's own address on the network, where it is known. */
  readonly gateway: string | undefined;
  /** True where nothing on the network reaches the outside. */
  readonly internal: boolean;
  readonly resource: Network | undefined;
}

/** What a {@link DockerNetwork} takes. */
export interface DockerNetworkProps {
  readonly host: IDockerHost;
  /**
   * Addresses of the network, IPv4, prefix 1 to 30, free of every other network of the machine. Changing it replaces the
   * network and the containers on it. Becomes `ipam_config.subnet`.
   */
  readonly subnet: string;
  /**
   * The host's own address on the network. Changing it replaces the network and the containers on it. Becomes
   * `ipam_config.gateway`.
   * @default - the first address of the subnet
   */
  readonly gateway?: string | undefined;
  /**
   * Name on the engine. Changing it replaces the network and the containers on it. Becomes `name`.
   * @default - the construct's id
   */
  readonly name?: string | undefined;
  /**
   * Cuts the network off from the outside; ports cannot be published on it. Changing it replaces the network and the
   * containers on it. Becomes `internal`.
   * @default false
   */
  readonly internal?: boolean | undefined;
}

const SHAPE: Shape<DockerNetworkProps> = {
  host: required(construct<IDockerHost>('a Docker host, such as new DockerHost(stack, "docker")', "carry")),
  subnet: required(text, "198.51.100.0/24"),
  gateway: optional(text),
  name: optional(text),
  internal: optional(flag),
};

/**
 * A bridge network of one engine. Containers on it find each other by service name.
 *
 * @example new DockerNetwork(stack, "back", { host: docker, subnet: "172.30.0.0/24", internal: true })
 */
export class DockerNetwork extends Construct implements IDockerNetwork {
  public readonly host: IDockerHost;
  public readonly subnet: Cidr;
  public readonly gateway: string;
  public readonly internal: boolean;
  public readonly resource: Network;

  constructor(scope: Construct, id: string, props: DockerNetworkProps) {
    super(scope, id);
    const problems = new Problems();
    const read = readProps(this.node.path, props, SHAPE, problems);
    const { host, name = id, internal = false } = read;
    problems.literal("name", name);
    this.host = host;
    this.internal = internal;
    const good = problems.literal("subnet", read.subnet);
    this.subnet = good ? problems.read("subnet", () => Cidr.parse(read.subnet), STAND_IN) : STAND_IN;
    const gateway = read.gateway ?? this.subnet.host(1);
    this.gateway = gateway;
    problems.literal("gateway", gateway);
    problems.reportOn(this);
    this.resource = new Network(this, "Resource", {
      provider: host.providerFor(this),
      name,
      driver: "bridge",
      // Left out, it would be computed, and a network that was internal would stay so.
      internal,
      ipamConfig: [{ subnet: this.subnet.toString(), gateway }],
    });
    host.carry(this.resource);
    mapProps(this.resource, { ipam_config: "subnet", "ipam_config.gateway": "gateway" });
    const claims = claimsOf(this);
    const machine = host.machineKey;
    claims.claim(this, {
      machine: host.engineKey,
      kind: "Docker network name",
      key: name,
      prop: "name",
      fix: "choose another name",
    });
    if (problems.all.length === 0) {
      claims.claimSubnet(this, machine, this.subnet);
    }
  }

  public get networkId(): string {
    return this.resource.id;
  }

  /** A network that exists and is not managed here. Defines nothing. */
  public static fromName(
    scope: Construct,
    id: string,
    props: { readonly host: IDockerHost; readonly name: string },
  ): IDockerNetwork {
    return new ExistingDockerNetwork(scope, id, props);
  }
}

/** How a container names a network that it joins. */
export function networkReference(network: IDockerNetwork): string | Reference {
  return network instanceof DockerNetwork ? network.resource.reference("id") : network.networkId;
}

/** Stands in for a subnet that could not be read, so that the rest of the construct can still be checked. */
const STAND_IN = Cidr.parse("198.51.100.0/24");

class ExistingDockerNetwork extends Construct implements IDockerNetwork {
  public readonly host: IDockerHost;
  public readonly networkId: string;
  public readonly subnet = undefined;
  public readonly gateway = undefined;
  public readonly internal = false;
  public readonly resource = undefined;

  constructor(scope: Construct, id: string, props: { readonly host: IDockerHost; readonly name: string }) {
    super(scope, id);
    const problems = new Problems();
    const shape = { host: SHAPE.host, name: required(text, "stand-in") };
    const { host, name } = readProps(this.node.path, props, shape, problems);
    if (problems.literal("name", name)) {
      const good = /^[a-zA-Z0-9][\w.-]*$/.test(name) && !["bridge", "host", "none", "default"].includes(name);
      problems.check(
        good,
        "name",
        "be the name of a network that somebody made",
        name,
        "leave 'networks' out for the engine's own bridge",
      );
    }
    problems.reportOn(this);
    this.host = host;
    this.networkId = name;
  }
}
