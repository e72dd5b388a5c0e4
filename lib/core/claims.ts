import type { Construct, IConstruct } from "constructs";
import type { Cidr } from "../units/ipv4";
import { Size } from "../units/size";

/** A thing on a machine that only one construct may have. */
export interface Claim {
  /** The machine, as {@link machineKey} names it. */
  readonly machine: string;
  /** What kind of thing, as the message names it: `port`, `subnet`, `domain name`. */
  readonly kind: string;
  /** Equal keys of one kind on one machine clash. */
  readonly key: string;
  /** The prop that asked for it. */
  readonly prop: string;
  /** The way out. */
  readonly fix: string;
}

/** A published port: clashes with the same port on the same address, and on every address where one side names none. */
export interface PortClaim {
  readonly machine: string;
  readonly prop: string;
  readonly address: string;
  readonly port: number;
  readonly protocol: string;
}

/** A network's addresses: no two networks of a machine may share one. */
interface SubnetClaim {
  readonly machine: string;
  readonly subnet: Cidr;
}

/** A share of a machine's capacity. */
export interface Share {
  readonly machine: string;
  readonly prop: string;
  readonly memory?: Size | undefined;
  readonly cpus?: number | undefined;
}

type Owned<T> = T & { readonly owner: string };

/** Claims that can clash with each other, found by key, and by the construct that made them. */
class Groups<T> {
  private readonly byKey = new Map<string, Owned<T>[]>();
  private readonly byOwner = new Map<string, { mine: Owned<T>; group: readonly Owned<T>[] }[]>();

  add(key: string, claim: Owned<T>): void {
    const group = this.byKey.get(key) ?? [];
    group.push(claim);
    this.byKey.set(key, group);
    const own = this.byOwner.get(claim.owner) ?? [];
    own.push({ mine: claim, group });
    this.byOwner.set(claim.owner, own);
  }

  of(key: string): readonly Owned<T>[] {
    return this.byKey.get(key) ?? [];
  }

  /** A message for every claim of `owner` that meets another one. */
  clashes(
    owner: string,
    meet: (a: T, b: T) => boolean,
    message: (mine: T, others: readonly Owned<T>[]) => string,
  ): string[] {
    return (this.byOwner.get(owner) ?? []).flatMap(({ mine, group }) => {
      const others = group.filter((other) => other !== mine && meet(mine, other));
      return others.length === 0 ? [] : [message(mine, others)];
    });
  }
}

const registries = new WeakMap<IConstruct, Claims>();

/** The claims of the app that a construct belongs to: one registry for all its stacks. */
export function claimsOf(construct: IConstruct): Claims {
  const { root } = construct.node;
  let claims = registries.get(root);
  if (!claims) {
    claims = new Claims();
    registries.set(root, claims);
  }
  return claims;
}

/** Everything that the constructs of one app claim on its machines. Each construct reports the clashes it takes part in. */
export class Claims {
  private readonly exact = new Groups<Claim>();
  private readonly ports = new Groups<PortClaim>();
  private readonly subnets = new Groups<SubnetClaim>();
  private readonly shares = new Groups<Share>();
  private readonly reporting = new WeakSet<IConstruct>();

  /** Claims a thing that has an exact name. */
  public claim(construct: Construct, claim: Claim): void {
    this.exact.add(`${claim.machine}\n${claim.kind}\n${claim.key}`, { ...claim, owner: this.owner(construct) });
  }

  public claimPort(construct: Construct, claim: PortClaim): void {
    this.ports.add(`${claim.machine}\n${claim.protocol}/${claim.port}`, { ...claim, owner: this.owner(construct) });
  }

  public claimSubnet(construct: Construct, machine: string, subnet: Cidr): void {
    this.subnets.add(machine, { machine, subnet, owner: this.owner(construct) });
  }

  public share(construct: Construct, share: Share): void {
    this.shares.add(share.machine, { ...share, owner: this.owner(construct) });
  }

  /** The messages of a machine whose capacity is claimed more than once over. */
  public overCapacity(machine: string, capacity: { cores: number | undefined; memory: Size | undefined }): string[] {
    const shares = this.shares.of(machine);
    const messages: string[] = [];
    const { cores, memory } = capacity;
    const wanted = shares.reduce((sum, { memory: part }) => sum + (part?.toBytes() ?? 0), 0);
    if (memory && wanted > memory.toBytes()) {
      const who = shares.flatMap(({ owner, memory: part }) => (part ? [`${owner} ${part}`] : [])).sort();
      messages.push(
        `'memory' must be at least what stands on the machine, got ${memory} for ${Size.bytes(wanted)} ` +
          `(${who.join(", ")}; shrink one, move one to another machine, or correct the capacity)`,
      );
    }
    if (cores !== undefined) {
      const greedy = shares.filter(({ cpus }) => cpus !== undefined && cpus > cores);
      messages.push(
        ...greedy.map(
          ({ owner, prop, cpus }) =>
            `'cores' must be at least the '${prop}' of every workload, got ${cores} for ${cpus} of ${owner} ` +
            "(give the workload fewer, or correct the capacity)",
        ),
      );
    }
    return messages;
  }

  private owner(construct: Construct): string {
    if (!this.reporting.has(construct)) {
      this.reporting.add(construct);
      construct.node.addValidation({ validate: () => this.clashesOf(construct.node.path) });
    }
    return construct.node.path;
  }

  private clashesOf(owner: string): string[] {
    return [
      ...this.exact.clashes(
        owner,
        () => true,
        (mine, others) =>
          `'${mine.prop}' must be a ${mine.kind} of its own on ${machineName(mine.machine)}, got ${JSON.stringify(mine.key)}, which ${holders(others, owner)} (${mine.fix})`,
      ),
      ...this.ports.clashes(
        owner,
        (a, b) => addressesMeet(a.address, b.address),
        (mine, others) =>
          `'${mine.prop}' must be free on ${machineName(mine.machine)}, got ${endpoint(mine)}, which ${holders(others, owner)} ` +
          "(0.0.0.0 takes the port on every address; choose another host port or address)",
      ),
      ...this.subnets.clashes(
        owner,
        (a, b) => a.subnet.overlaps(b.subnet),
        (mine, others) =>
          `'subnet' must not overlap another network of ${machineName(mine.machine)}, got ${mine.subnet}, which meets ` +
          `${others.map((other) => `${other.subnet} of ${other.owner}`).join(", ")} ` +
          "(libvirt's and Docker's networks share the machine's routes; choose another subnet)",
      ),
    ];
  }
}

/** Two listening addresses that cannot both be had on one port. IPv4 and IPv6 are bound apart. */
function addressesMeet(a: string, b: string): boolean {
  const any = (address: string) => address === "0.0.0.0" || address === "::";
  return a === b || (a.includes(":") === b.includes(":") && (any(a) || any(b)));
}

function endpoint({ address, port, protocol }: PortClaim): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}/${protocol}`;
}

function holders(others: readonly { readonly owner: string }[], owner: string): string {
  const names = [...new Set(others.map((other) => other.owner))].filter((name) => name !== owner).sort();
  return names.length === 0 ? "it claims twice" : `${names.join(", ")} ${names.length === 1 ? "has" : "have"}`;
}

/** The machine or daemon as a message names it. */
function machineName(key: string): string {
  return key.replace(/^endpoint:/, "the machine ").replace(/^engine:/, "");
}
