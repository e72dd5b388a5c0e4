/** One resource, data source or provider block of a rendered stack. */
export interface Rendered {
  /** `docker_container.web`, `data.docker_network.lan` or `provider.docker.inner`. */
  readonly address: string;
  readonly kind: "resource" | "data" | "provider";
  /** As Terraform calls it; `provider.docker` for a provider block. */
  readonly type: string;
  /** The body as Terraform reads it; `//` left in. */
  readonly body: Json;
  /** Where the construct that made it stands in the tree; undefined for JSON that cdktf did not write. */
  readonly path: string | undefined;
}

export type Json = { readonly [key: string]: unknown };

/** A rendered stack, opened for the rules: every resource, found by type and by address. */
export class Document {
  public readonly all: readonly Rendered[];
  /** The provider blocks. */
  public readonly providers: readonly Rendered[];
  private readonly byAddress: ReadonlyMap<string, Rendered>;
  private readonly byType: ReadonlyMap<string, readonly Rendered[]>;
  private readonly required: Json;
  private readonly machines = new Map<string, string>();
  private readonly onOneMachine = new Map<string, boolean>();

  constructor(public readonly json: Json) {
    this.all = [...rendered(json, "resource"), ...rendered(json, "data")];
    this.providers = [...providers(json)];
    this.required = member(member(json, "terraform"), "required_providers") ?? {};
    const everything = [...this.all, ...this.providers];
    this.byAddress = new Map(everything.map((one) => [one.address, one]));
    const byType = new Map<string, Rendered[]>();
    for (const one of everything) {
      const type = one.kind === "data" ? `data.${one.type}` : one.type;
      const group = byType.get(type);
      if (group) {
        group.push(one);
      } else {
        byType.set(type, [one]);
      }
    }
    this.byType = byType;
  }

  /** The managed resources of a type, the data sources of `data.` and one, or the blocks of a provider. */
  public resources(type: string): readonly Rendered[] {
    return this.byType.get(type) ?? [];
  }

  public at(address: string): Rendered | undefined {
    return this.byAddress.get(address);
  }

  /** The resource that a value such as `${docker_network.lan.id}` refers to, where it is nothing but a reference. */
  public referred(value: unknown): Rendered | undefined {
    const match = typeof value === "string" ? /^\$\{((?:data\.)?\w+\.[\w-]+)(?:\.\w+)?\}$/.exec(value) : undefined;
    return match?.[1] === undefined ? undefined : this.at(match[1]);
  }

  /** The endpoint of the daemon that something is made on; its provider block where the endpoint is computed, or nowhere said. */
  public machineOf({ type, body }: Rendered): string {
    const named = typeof body.provider === "string" ? body.provider : undefined;
    const key = named ?? type;
    let machine = this.machines.get(key);
    if (machine === undefined) {
      machine = this.endpointOf(providerOf(type), named);
      this.machines.set(key, machine);
    }
    return machine;
  }

  /** True where everything that a provider makes here is made on one machine. */
  public isOnOneMachine(provider: string): boolean {
    let one = this.onOneMachine.get(provider);
    if (one === undefined) {
      const own = this.all.filter(({ type }) => providerOf(type) === provider);
      one = new Set(own.map((resource) => this.machineOf(resource))).size < 2;
      this.onOneMachine.set(provider, one);
    }
    return one;
  }

  private endpointOf(provider: string, named: string | undefined): string {
    const name = named ?? provider;
    const block = this.at(`provider.${name}`);
    if (!block && named !== undefined) {
      return name;
    }
    const usual = provider === "libvirt" ? "qemu:///system" : "unix:///var/run/docker.sock";
    const endpoint = block?.body.host ?? block?.body.uri ?? usual;
    return typeof endpoint === "string" && endpoint !== "" && !isReference(endpoint) ? endpoint : name;
  }

  /** Addresses that things had in states of before, to those that they have next. */
  public get moves(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      blocks(this.json.moved).flatMap(({ from, to }) =>
        typeof from === "string" && typeof to === "string" ? [[from, to]] : [],
      ),
    );
  }

  /** The version constraint that the stack asks of a provider, by the provider's local name. */
  public constraintOf(provider: string): string | undefined {
    const required = this.required[provider];
    return isObject(required) && typeof required.version === "string" ? required.version : undefined;
  }
}

function rendered(json: Json, kind: "resource" | "data"): Rendered[] {
  const found: Rendered[] = [];
  const types = member(json, kind) ?? {};
  for (const type of Object.keys(types)) {
    const group = member(types, type) ?? {};
    for (const name of Object.keys(group)) {
      const body = group[name];
      if (isObject(body)) {
        const path = member(member(body, "//"), "metadata")?.path;
        const address = kind === "data" ? `data.${type}.${name}` : `${type}.${name}`;
        found.push({ address, kind, type, body: plain(body), path: typeof path === "string" ? path : undefined });
      }
    }
  }
  return found;
}

/** Terraform takes a block in a list for the block: `lifecycle` is looked at as one, however it was written. */
function plain(body: Json): Json {
  const [lifecycle, more] = Array.isArray(body.lifecycle) ? (body.lifecycle as unknown[]) : [];
  return lifecycle !== undefined && more === undefined ? { ...body, lifecycle } : body;
}

function* providers(json: Json): Generator<Rendered> {
  for (const [name, group] of Object.entries(member(json, "provider") ?? {})) {
    for (const body of blocks(group)) {
      const alias = typeof body.alias === "string" ? `.${body.alias}` : "";
      const path = member(member(body, "//"), "metadata")?.path;
      const type = `provider.${name}`;
      yield { address: type + alias, kind: "provider", type, body, path: typeof path === "string" ? path : undefined };
    }
  }
}

/** A member that is an object, or undefined. */
export function member(value: unknown, key: string): Json | undefined {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : undefined;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for text that Terraform computes. */
export function isReference(value: unknown): boolean {
  return typeof value === "string" && (value.includes("${") || value.includes("%{"));
}

const NONE: readonly Json[] = [];

/** A nested block or list of objects as a list, whichever way it was written; what Terraform computes is left out. */
export function blocks(value: unknown): readonly Json[] {
  if (Array.isArray(value)) {
    return value.every(isObject) ? value : value.filter(isObject);
  }
  return isObject(value) ? [value] : NONE;
}

/** The provider that a type belongs to, by its local name: `docker` for `docker_container`. */
export function providerOf(type: string): string {
  const end = type.indexOf("_");
  return end < 0 ? type : type.slice(0, end);
}

/** How a message names an attribute of something that no construct stands for. */
export function attributeOn({ address, kind, type }: Rendered, attribute: string): string {
  return type === "local" ? address : kind === "provider" || type === "output" ? `${address}.${attribute}` : attribute;
}
