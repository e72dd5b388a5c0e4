/** Terraform's state, as `terraform state pull` prints it; more stands there, and stays. */
export interface State {
  readonly version: number;
  readonly terraform_version: string;
  readonly serial: number;
  readonly lineage: string;
  readonly outputs?: Attributes;
  readonly resources: readonly StateResource[];
}

export interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly module?: string;
  readonly provider: string;
  readonly instances: readonly StateInstance[];
}

export interface StateInstance {
  readonly schema_version: number;
  readonly attributes?: Attributes;
  readonly status?: string;
  readonly deposed?: string;
  readonly index_key?: string | number;
  /** The provider's own notes. */
  readonly private?: string;
  /** Addresses of what it stands on. */
  readonly dependencies?: readonly string[];
}

export type Attributes = { readonly [name: string]: unknown };

/** The attributes of a resource of the root module that has no `count`; undefined where the state does not know it. */
export function attributesOf(state: State | undefined, address: string): Attributes | undefined {
  return find(state, address)?.instances.find(({ deposed }) => deposed === undefined)?.attributes;
}

/** The ids of all resources of a type that the state knows. */
export function idsIn(state: State | undefined, type: string): readonly string[] {
  const own = (state?.resources ?? []).filter((one) => one.mode === "managed" && one.type === type);
  return own.flatMap(({ instances }) =>
    instances.flatMap(({ attributes }) => (typeof attributes?.id === "string" ? [attributes.id] : [])),
  );
}

/** A resource was made, and something after it failed: the next apply makes it again. */
export function isTainted(state: State | undefined, address: string): boolean {
  return find(state, address)?.instances.some(({ status }) => status === "tainted") === true;
}

const indexes = new WeakMap<State, ReadonlyMap<string, StateResource>>();

function find(state: State | undefined, address: string): StateResource | undefined {
  return state && indexOf(state).get(address);
}

/** The managed resources of the root module, by address. A state is asked for every resource of a stack. */
function indexOf(state: State): ReadonlyMap<string, StateResource> {
  const own = ({ mode, module }: StateResource) => mode === "managed" && module === undefined;
  const known =
    indexes.get(state) ?? new Map(state.resources.filter(own).map((one) => [`${one.type}.${one.name}`, one]));
  indexes.set(state, known);
  return known;
}

/**
 * The state with a resource as it is given, in place of what it knew of it. What is still to be destroyed of it, and the provider's
 * notes, stay.
 */
export function withResource(state: State, resource: Omit<StateResource, "instances">, instance: StateInstance): State {
  const before = find(state, `${resource.type}.${resource.name}`);
  const notes = before?.instances.find(({ deposed }) => deposed === undefined)?.private;
  const deposed = before?.instances.filter((one) => one.deposed !== undefined) ?? [];
  const now = { ...(notes === undefined ? {} : { private: notes }), ...instance };
  const others = state.resources.filter((one) => one !== before);
  return { ...state, resources: [...others, { ...before, ...resource, instances: [now, ...deposed] }] };
}

/** The state without some resources of the root module. */
export function withoutResources(state: State, addresses: readonly string[]): State {
  const gone = new Set(addresses.map((address) => find(state, address)));
  return { ...state, resources: state.resources.filter((one) => !gone.has(one)) };
}
