import type { Construct, IConstruct, IValidation } from "constructs";
import type { Cidr } from "../units/ipv4";
import { everyAddressLike, isEveryAddress } from "../units/listen-address";
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

/** A claim, and the path of the construct that made it. */
interface Owned<T> {
  readonly owner: string;
  readonly claim: T;
}

/** Claims that can clash with each other, by the machine and by what on it. */
class Groups<T> {
  private readonly machines = new Map<string, Map<string, Map<string, Owned<T>[]>>>();

  public add(machine: string, kind: string, key: string, claim: Owned<T>): void {
    const keys = inside(inside(this.machines, machine), kind);
    keys.set(key, append(keys.get(key), claim));
  }

  public of(machine: string, kind: string, key: string): readonly Owned<T>[] {
    return this.machines.get(machine)?.get(kind)?.get(key) ?? [];
  }
}

function inside<T>(outer: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const inner = outer.get(key) ?? new Map<string, T>();
  outer.set(key, inner);
  return inner;
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

/** What one construct claims, and the validation that reports the clashes which the construct takes part in. */
class Claimant implements IValidation {
  public exact: Claim[] | undefined;
  public ports: PortClaim[] | undefined;
  public subnets: SubnetClaim[] | undefined;

  constructor(
    public readonly owner: string,
    private readonly all: Claims,
  ) {}

  public validate(): string[] {
    return this.all.clashesOf(this);
  }
}

/** Everything that the constructs of one app claim on its machines. Each construct reports the clashes it takes part in. */
export class Claims {
  private readonly exact = new Groups<Claim>();
  private readonly ports = new Groups<PortClaim>();
  private readonly subnets = new Map<string, Owned<SubnetClaim>[]>();
  private readonly shares = new Map<string, Owned<Share>[]>();
  private readonly claimants = new Map<IConstruct, Claimant>();
  private readonly meetings = new Map<string, Meetings>();

  /** Claims a thing that has an exact name. */
  public claim(construct: Construct, claim: Claim): void {
    const claimant = this.claimant(construct);
    claimant.exact = append(claimant.exact, claim);
    this.exact.add(claim.machine, claim.kind, claim.key, { owner: claimant.owner, claim });
  }

  public claimPort(construct: Construct, claim: PortClaim): void {
    const claimant = this.claimant(construct);
    claimant.ports = append(claimant.ports, claim);
    const owned = { owner: claimant.owner, claim };
    const { machine, address } = claim;
    this.ports.add(machine, portOf(claim), address, owned);
    this.ports.add(machine, portOf(claim), FAMILY, owned);
  }

  public claimSubnet(construct: Construct, machine: string, subnet: Cidr): void {
    const claimant = this.claimant(construct);
    const claim = { machine, subnet };
    claimant.subnets = append(claimant.subnets, claim);
    this.subnets.set(machine, append(this.subnets.get(machine), { owner: claimant.owner, claim }));
  }

  public share(construct: Construct, claim: Share): void {
    if (claim.memory !== undefined || claim.cpus !== undefined) {
      const { machine } = claim;
      this.shares.set(machine, append(this.shares.get(machine), { owner: construct.node.path, claim }));
    }
  }

  /** The messages of a machine whose capacity is claimed more than once over. */
  public overCapacity(machine: string, capacity: { cores: number | undefined; memory: Size | undefined }): string[] {
    const shares = this.shares.get(machine) ?? [];
    const messages: string[] = [];
    const { cores, memory } = capacity;
    const wanted = shares.reduce((sum, { claim: { memory: part } }) => sum + (part?.toBytes() ?? 0), 0);
    if (memory && wanted > memory.toBytes()) {
      const who = shares.flatMap(({ owner, claim: { memory: part } }) => (part ? [`${owner} ${part}`] : [])).sort();
      messages.push(
        `'memory' must be at least what stands on the machine, got ${memory} for ${Size.bytes(wanted)} ` +
          `(${who.join(", ")}; shrink one, move one to another machine, or correct the capacity)`,
      );
    }
    if (cores !== undefined) {
      const greedy = shares.filter(({ claim: { cpus } }) => cpus !== undefined && cpus > cores);
      messages.push(
        ...greedy.map(
          ({ owner, claim: { prop, cpus } }) =>
            `'cores' must be at least the '${prop}' of every workload, got ${cores} for ${cpus} of ${owner} ` +
            "(give the workload fewer, or correct the capacity)",
        ),
      );
    }
    return messages;
  }

  public clashesOf({ owner, exact = [], ports = [], subnets = [] }: Claimant): string[] {
    return [
      ...clashes(
        exact,
        ({ machine, kind, key }) => this.exact.of(machine, kind, key),
        (mine, others) =>
          `'${mine.prop}' must be a ${mine.kind} of its own on ${machineName(mine.machine)}, got ${JSON.stringify(mine.key)}, which ${holders(others, owner)} (${mine.fix})`,
      ),
      ...clashes(
        ports,
        (mine) => this.onPort(mine),
        (mine, others) =>
          `'${mine.prop}' must be free on ${machineName(mine.machine)}, got ${endpoint(mine)}, which ${holders(others, owner)} ` +
          "(0.0.0.0 takes the port on every address; choose another host port or address)",
      ),
      ...clashes(
        subnets,
        (mine) => this.meetingsOf(mine.machine).get(mine) ?? [],
        (mine, others) =>
          `'subnet' must not overlap another network of ${machineName(mine.machine)}, got ${mine.subnet}, which meets ` +
          `${others.map((other) => `${other.claim.subnet} of ${other.owner}`).join(", ")} ` +
          "(libvirt's and Docker's networks share the machine's routes; choose another subnet)",
      ),
    ];
  }

  private claimant(construct: Construct): Claimant {
    let claimant = this.claimants.get(construct);
    if (!claimant) {
      claimant = new Claimant(construct.node.path, this);
      this.claimants.set(construct, claimant);
      construct.node.addValidation(claimant);
    }
    return claimant;
  }

  /** Two addresses cannot both be listened on at one port where they are the same, or one of them is every address. */
  private onPort(mine: PortClaim): readonly Owned<PortClaim>[] {
    const { machine, address } = mine;
    const on = portOf(mine);
    const family = this.ports.of(machine, on, FAMILY);
    return family.length < 2 || isEveryAddress(address)
      ? family
      : [...this.ports.of(machine, on, address), ...this.ports.of(machine, on, everyAddressLike(address))];
  }

  private meetingsOf(machine: string): ReadonlyMap<SubnetClaim, readonly Owned<SubnetClaim>[]> {
    const group = this.subnets.get(machine) ?? [];
    const known = this.meetings.get(machine);
    if (known?.among === group.length) {
      return known.found;
    }
    const found = meetingsIn(group);
    this.meetings.set(machine, { among: group.length, found });
    return found;
  }
}

/** What was found among a number of subnets. */
interface Meetings {
  readonly among: number;
  readonly found: ReadonlyMap<SubnetClaim, readonly Owned<SubnetClaim>[]>;
}

/** The subnets that share an address with each. Of two that do, one lies within the other. */
function meetingsIn(group: readonly Owned<SubnetClaim>[]): ReadonlyMap<SubnetClaim, readonly Owned<SubnetClaim>[]> {
  const sorted = group
    .map((one, order) => ({ one, order, subnet: one.claim.subnet }))
    .sort((a, b) => a.subnet.base - b.subnet.base || a.subnet.prefix - b.subnet.prefix);
  const found = new Map<SubnetClaim, { readonly one: Owned<SubnetClaim>; readonly order: number }[]>();
  let around: typeof sorted = [];
  for (const entry of sorted) {
    around = around.filter(({ subnet }) => subnet.overlaps(entry.subnet));
    for (const outer of around) {
      found.set(outer.one.claim, append(found.get(outer.one.claim), entry));
      found.set(entry.one.claim, append(found.get(entry.one.claim), outer));
    }
    if (around.length < MET) {
      around.push(entry);
    }
  }
  return new Map(
    [...found].map(([claim, others]) => [claim, others.sort((a, b) => a.order - b.order).map(({ one }) => one)]),
  );
}

function append<T>(list: T[] | undefined, one: T): T[] {
  if (!list) {
    return [one];
  }
  list.push(one);
  return list;
}

/** How many are looked at of those who claim the same, and how many are named: whoever reads of five looks for more. */
const MET = 20;
const TOLD = 5;

/** A message for every claim that meets another one. */
function clashes<T>(
  own: readonly T[],
  meeting: (mine: T) => readonly Owned<T>[],
  message: (mine: T, others: readonly Owned<T>[]) => string,
): string[] {
  const messages: string[] = [];
  for (const mine of own) {
    const all = meeting(mine);
    const others =
      all.length === 1 && all[0]?.claim === mine ? [] : all.slice(0, MET).filter(({ claim }) => claim !== mine);
    if (others.length > 0) {
      messages.push(message(mine, others));
    }
  }
  return messages;
}

/** Stands for all addresses of one kind. */
const FAMILY = "all";

/** IPv4 and IPv6 are bound apart. */
function portOf({ protocol, port, address }: PortClaim): string {
  return address.includes(":") ? `${protocol}/${port} v6` : `${protocol}/${port}`;
}

function endpoint({ address, port, protocol }: PortClaim): string {
  return `${address.includes(":") ? `[${address}]` : address}:${port}/${protocol}`;
}

function holders(others: readonly { readonly owner: string }[], owner: string): string {
  const names = [...new Set(others.map((other) => other.owner))].filter((name) => name !== owner).sort();
  if (names.length === 0) {
    return "it claims twice";
  }
  const told = names.slice(0, TOLD).join(", ");
  return `${told}${names.length > TOLD ? " and more" : ""} ${names.length === 1 ? "has" : "have"}`;
}

/** The machine or daemon as a message names it. */
function machineName(key: string): string {
  return key.replace(/^endpoint:/, "the machine ").replace(/^engine:/, "");
}
