/** What of `terraform show -json PLAN` the report reads; more stands there. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
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
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export type Values = { readonly [attribute: string]: unknown };

interface ConfiguredResource {
  readonly address: string;
  readonly expressions?: Values;
  readonly depends_on?: readonly string[];
}

/** True for a text that holds a plan as JSON. */
export function isPlan(value: unknown): value is Plan {
  return typeof value === "object" && value !== null && ("resource_changes" in value || "configuration" in value);
}

/** What a change changes, by first-level attribute: what forces it, where it makes a thing anew. */
export function changedAttributes({ change }: ResourceChange): readonly string[] {
  const { before, after, after_unknown: unknown, replace_paths: forced } = change;
  if (forced && forced.length > 0) {
    return [...new Set(forced.map(([name]) => String(name)))].sort();
  }
  const [old, next, later] = [before ?? {}, after ?? {}, unknown ?? {}];
  return Object.keys({ ...old, ...next })
    .filter((name) => later[name] !== true && JSON.stringify(old[name] ?? null) !== JSON.stringify(next[name] ?? null))
    .sort();
}

/** Those of the attributes that an update takes away. */
export function removedAttributes({ change: { before, after } }: ResourceChange): readonly string[] {
  return Object.keys(before ?? {}).filter((name) => !isNothing(before?.[name]) && isNothing(after?.[name]));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || /^(\[\]|\{\})$/.test(JSON.stringify(value));
}

/** The version of a provider that the configuration asks for, by the provider's local name. */
export function constraintOf(plan: Plan, provider: string): string | undefined {
  const all = Object.values(plan.configuration?.provider_config ?? {});
  return all.find(({ full_name: name }) => name?.endsWith(`/${provider}`))?.version_constraint;
}

/** For every resource of the root module, those that refer to it or wait for it, directly or through others. */
export function dependents(plan: Plan): (address: string) => readonly string[] {
  const direct = new Map<string, Set<string>>();
  for (const { address, expressions, depends_on: after = [] } of plan.configuration?.root_module?.resources ?? []) {
    for (const reference of [...references(expressions), ...after]) {
      const target = /^(?:data\.)?[a-z]\w*\.[\w-]+/.exec(reference)?.[0];
      if (target !== undefined && target !== address) {
        const mine = direct.get(target) ?? new Set();
        direct.set(target, mine.add(address));
      }
    }
  }
  return (address) => {
    const found = new Set<string>();
    const open = [address.replace(/\[.*\]$/, "")];
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
