import { laterAddresses } from "../../core/lock-format";
import type { Document, Json, Rendered } from "../../rules/document";
import { constructOf } from "../construct-of";
import { addressesIn, endpointName, literalName, type Resolve, resourcesOn } from "../machines/endpoint";
import type { SeenVolume } from "../machines/libvirt-connection";
import { type Known, resolver } from "../machines/resolve";
import { attributesOf, isTainted, type State } from "../machines/state";
import type { Obstacle, Repair, Step } from "./repair";
import type { EngineSight, HypervisorSight, Sight } from "./sight";

/** What a stack declares, what its state knows, and what the daemons hold. */
export class Scene {
  public readonly resolve: Resolve;
  /** The same without what the daemons say. */
  private readonly declared: Resolve;

  constructor(
    public readonly stack: Document,
    public readonly state: State | undefined,
    public readonly sights: ReadonlyMap<string, Sight>,
    /** Whether a file is there, by its path from the stack's folder. */
    public readonly exists: (file: string) => boolean,
    /** Names of what some stack of the project keeps, or let go of. */
    public readonly kept: ReadonlySet<string> = new Set(),
  ) {
    this.declared = resolver(stack, state);
    const known: Known = new Map(
      stack.all.flatMap((one) => this.computed(one).map((all) => [one.address, all] as const)),
    );
    this.resolve = resolver(stack, state, known);
  }

  /** What a daemon says of a resource that Terraform would compute. */
  private computed(one: Rendered): readonly Readonly<Record<string, string>>[] {
    const name = literalName(one) ?? "";
    const engine = this.engine(one);
    const [path, network, image] = [
      one.type === "libvirt_volume" ? this.volume(one)?.path : undefined,
      one.type === "docker_network" ? engine?.networks.get(name)?.Id : undefined,
      one.type === "docker_image" ? engine?.images.get(name)?.Id : undefined,
    ];
    return [
      ...(path === undefined ? [] : [{ id: path, path, key: path }]),
      ...(network === undefined ? [] : [{ id: network, name }]),
      ...(image === undefined ? [] : [{ image_id: image }]),
      ...(one.type === "docker_volume" && engine?.volumes.has(name) ? [{ id: name, name }] : []),
    ];
  }

  public engine(one: Rendered): EngineSight | undefined {
    const sight = this.sights.get(endpointName(one));
    return sight?.kind === "docker" && sight.error === undefined ? sight : undefined;
  }

  public host(one: Rendered): HypervisorSight | undefined {
    const sight = this.sights.get(endpointName(one));
    return sight?.kind === "libvirt" && sight.error === undefined ? sight : undefined;
  }

  /** A declared volume as its pool holds it. */
  public volume(one: Rendered): SeenVolume | undefined {
    return this.poolOf(one)?.get(literalName(one) ?? "");
  }

  /** The guests that the resources of a Docker endpoint stand on, directly or through others. */
  public guestsUnder(endpoint: string): readonly Rendered[] {
    const found = new Set<Rendered>();
    const open = [...resourcesOn(this.stack, endpoint)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const address of addressesIn(next)) {
        const one = this.stack.at(address);
        if (one !== undefined && !found.has(one)) {
          found.add(one);
          open.push(one);
        }
      }
    }
    return [...found].filter(({ type }) => type === "libvirt_domain");
  }

  /** True where the pool of a declared volume was looked into. */
  public isListed(one: Rendered): boolean {
    return this.poolOf(one) !== undefined;
  }

  /** What is in the pool of a declared volume; undefined where it was not looked into. */
  private poolOf(one: Rendered): ReadonlyMap<string, SeenVolume> | undefined {
    return this.host(one)?.volumes.get(this.declared(String(one.body.pool)) ?? "");
  }

  /** The hosts of guests that do not tell, a line each. */
  public get silent(): readonly string[] {
    return [...this.sights.values()].flatMap(({ kind, endpoint, error }) =>
      kind === "libvirt" && error !== undefined ? [`libvirt at ${endpoint.address} does not answer: ${error}`] : [],
    );
  }

  /** For what must know every host. Throws where one does not tell. */
  public refuseSilence(): void {
    if (this.silent.length > 0) {
      throw new Error(this.silent.join("\n"));
    }
  }

  /** The address under which the state knows a thing that this address claims: it has another name in the code now. */
  public knownAs({ type, address }: Rendered, id: string): string | undefined {
    const other = this.state?.resources.find(
      (one) =>
        one.mode === "managed" &&
        one.type === type &&
        `${one.type}.${one.name}` !== address &&
        one.instances.some(({ attributes }) => attributes?.uuid === id || attributes?.id === id),
    );
    return other && `${other.type}.${other.name}`;
  }

  /** What the state says of a resource; undefined where it does not know it. */
  public attributes(one: Rendered): Json | undefined {
    return attributesOf(this.state, one.address);
  }

  public attribute(one: Rendered, name: string): unknown {
    return this.attributes(one)?.[name];
  }

  public tainted({ address }: Rendered): boolean {
    return isTainted(this.state, address);
  }
}

export type Found = readonly (Step | Obstacle)[];

/** Who a finding is about. */
export function about(one: Rendered): { readonly construct: string | null; readonly address: string } {
  return { construct: constructOf(one) ?? null, address: one.address };
}

/** The next apply makes another one of it. */
export function makeAgain(address: string): Repair {
  return { kind: "command", run: { on: "terraform", args: ["taint", address] } };
}

/** Something of the name is there: an apply that makes it ends with an error. */
export function inTheWay<T extends Step | Obstacle>(found: T): T {
  return { ...found, inTheWay: true };
}

/**
 * Where the state has a thing under another address: to take it as this one, too, would make Terraform destroy it as that one. What the
 * next apply moves here is as it should be.
 */
export function renamed(scene: Scene, one: Rendered, id: string): Found | undefined {
  const other = scene.knownAs(one, id);
  if (other !== undefined && laterAddresses(scene.stack.moves, other).includes(one.address)) {
    return [];
  }
  return other === undefined
    ? undefined
    : [
        {
          ...about(one),
          reason: `it is ${other} in the state: apply its other name first (Renamed, or terraform state mv)`,
        },
      ];
}
