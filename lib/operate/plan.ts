import { isObject } from "../rules/document";

/** What of `terraform show -json PLAN` the report reads; more stands there. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  /** What differs from what the state says. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly configuration?: {
    readonly provider_config?: Readonly<
      Record<string, { readonly full_name?: string; readonly version_constraint?: string }>
    >;
    readonly root_module?: { readonly resources?: readonly ConfiguredResource[] };
  };
}

/** One resource, before and after. */
export interface ResourceChange {
  readonly address: string;
  readonly mode?: string;
  readonly type: string;
  readonly provider_name?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
    readonly after_unknown?: Values | undefined;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export type Values = { readonly [attribute: string]: unknown };

interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Values;
  readonly depends_on?: readonly string[];
}

/** True for what `terraform show -json PLAN` prints. */
export function isPlan(value: unknown): value is Plan {
  if (!isObject(value) || !("resource_changes" in value || "configuration" in value)) {
    return false;
  }
  const { resource_changes: changes = [] } = value;
  return Array.isArray(changes) && changes.every(isChange);
}

function isChange(one: unknown): boolean {
  if (!isObject(one) || typeof one.address !== "string" || typeof one.type !== "string" || !isObject(one.change)) {
    return false;
  }
  const { actions, before, after } = one.change;
  return (
    Array.isArray(actions) &&
    actions.every((action) => typeof action === "string") &&
    [before, after].every((side) => side === undefined || side === null || isObject(side))
  );
}

/** What an update changes: where, without indexes, and whether it takes it away. */
export interface Alteration {
  /** Such as `memory`, or `ips.dhcp.ranges.end`. */
  readonly path: string;
  readonly removed: boolean;
}

/** What an update changes to something known. */
export function alterations({
  change: { before, after, after_unknown: later },
}: ResourceChange): readonly Alteration[] {
  const known = Object.keys({ ...before, ...after }).filter((name) => later?.[name] !== true);
  const found = known.flatMap((name) => differences(before?.[name], after?.[name], later?.[name], name));
  const paths = new Map(found.map((one) => [`${one.path} ${one.removed}`, one]));
  return [...paths.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function differences(before: unknown, after: unknown, later: unknown, path: string): readonly Alteration[] {
  if (later === true || JSON.stringify(before ?? null) === JSON.stringify(after ?? null)) {
    return [];
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((one, index) =>
      differences(one, after[index], Array.isArray(later) ? later[index] : undefined, path),
    );
  }
  if (isObject(before) && isObject(after)) {
    return Object.keys({ ...before, ...after }).flatMap((name) =>
      differences(before[name], after[name], isObject(later) ? later[name] : undefined, `${path}.${name}`),
    );
  }
  const shorter = Array.isArray(before) && Array.isArray(after) && after.length < before.length;
  return [{ path, removed: !isNothing(before) && (isNothing(after) || shorter) }];
}

/** Providers of the older kind write 0 for a number that nobody gives. */
function isNothing(value: unknown): boolean {
  return (
    value === undefined || value === null || value === "" || value === 0 || /^(\[\]|\{\})$/.test(JSON.stringify(value))
  );
}

/** The version of a provider that the configuration asks for, by the provider's local name. */
export function constraintOf(plan: Plan, provider: string): string | undefined {
  const all = Object.values(plan.configuration?.provider_config ?? {});
  return all.find(({ full_name: name }) => name?.endsWith(`/${provider}`))?.version_constraint;
}

type Reached = (address: string) => readonly string[];

const known = new WeakMap<Plan, Reached>();

/** For every resource of the root module, those that refer to it or wait for it, directly or through others. */
export function dependents(plan: Plan): Reached {
  const before = known.get(plan);
  const found = before ?? reached(plan, () => true);
  known.set(plan, found);
  return found;
}

/**
 * For every resource of the root module, those that are hit with it: what refers to it, directly or through others. Who only waits
 * for it is not, but for what waits until a guest is ready: that runs in the guest.
 */
export function hitWith(plan: Plan): Reached {
  return reached(plan, (target) => target.startsWith("terraform_data."));
}

/** What the replacement of a resource comes from, in words: other resources of the plan that it is replaced with. */
export function triggersOf(
  plan: Plan,
  { address }: ResourceChange,
  constructOf: (address: string) => string | null | undefined,
): readonly string[] {
  const hitBy = dependents(plan);
  return (plan.resource_changes ?? [])
    .filter(({ type, change: { actions } }) => actions.includes("create") && type !== "terraform_data")
    .filter((other) => other.change.actions.length === 2 && other.address !== address)
    .filter((other) => hitBy(plain(other.address)).includes(plain(address)))
    .map((other) => constructOf(other.address) ?? other.address);
}

function plain(address: string): string {
  return address.replace(/\[.*\]$/, "");
}

/** @param waiting - whether waiting for a resource counts, as referring to it does */
function reached(plan: Plan, waiting: (target: string) => boolean): Reached {
  const direct = new Map<string, Set<string>>();
  for (const { address, expressions, depends_on: after = [] } of plan.configuration?.root_module?.resources ?? []) {
    const waits = after.filter((one) => waiting(one));
    for (const reference of [...references(expressions), ...waits]) {
      const target = /^(?:data\.)?[a-z]\w*\.[\w-]+/.exec(reference)?.[0];
      if (target !== undefined && target !== address) {
        const mine = direct.get(target) ?? new Set();
        direct.set(target, mine.add(address));
      }
    }
  }
  return (address) => {
    const found = new Set<string>();
    const open = [plain(address)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      for (const one of direct.get(next) ?? []) {
        if (!found.has(one)) {
          found.add(one);
          open.push(one);
        }
      }
    }
    return [...found].sort();
  };
}

function* references(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const one of value) {
      yield* references(one);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, one] of Object.entries(value)) {
      if (key === "references" && Array.isArray(one)) {
        yield* one.filter((text): text is string => typeof text === "string");
      } else {
        yield* references(one);
      }
    }
  }
}
