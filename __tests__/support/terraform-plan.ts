/** What Terraform would make of a configuration, as far as it is about what is destroyed: moves, removals, and what must not go. */

/** What is there: its name, and the provider block that made it. */
interface Known {
  readonly name: string;
  readonly provider: string;
}

/** By address, what is there. */
export type KnownState = ReadonlyMap<string, Known>;

export interface Planned {
  readonly state: KnownState;
  /** Names of what is destroyed. */
  readonly destroyed: readonly string[];
}

interface Rendered {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly removed?: readonly { readonly from: string }[];
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
  readonly provider?: Readonly<Record<string, readonly { readonly alias?: string }[]>>;
}

interface Body {
  readonly name?: unknown;
  readonly provider?: unknown;
  readonly lifecycle?: { readonly prevent_destroy?: unknown };
}

/** What an apply leaves; what it says where it cannot be planned. */
export function planOf(json: object, before: KnownState): Planned | string {
  const { moved = [], removed = [], resource = {}, provider = {} } = json as Rendered;
  const providers = Object.entries(provider).flatMap(([type, all]) => all.map(({ alias }) => `${type}.${alias}`));
  const declared = new Map(
    Object.entries(resource).flatMap(([type, all]) =>
      Object.entries(all).map(([id, body]): readonly [string, Body] => [`${type}.${id}`, body]),
    ),
  );
  const wrong = misstated(moved, removed, declared);
  if (wrong !== undefined) {
    return wrong;
  }
  const state = new Map(before);
  // A chain is followed from its first address on, and what would arrive where something is stays where it was.
  for (const { from, to } of inOrder(moved)) {
    const known = state.get(from);
    if (known !== undefined && !state.has(to)) {
      state.delete(from);
      state.set(to, known);
    }
  }
  // What is declared is reached by the block that it names; anything else by the one that made it.
  const orphan = [...state].find(([address, known]) => !declared.has(address) && !providers.includes(known.provider));
  if (orphan !== undefined) {
    return `Provider configuration not present: ${orphan[0]}`;
  }
  for (const { from } of removed) {
    state.delete(from);
  }
  const destroyed: string[] = [];
  for (const [address, { name }] of [...state]) {
    const body = declared.get(address);
    if (body?.name === name) {
      continue;
    }
    if (body?.lifecycle?.prevent_destroy === true) {
      return `Instance cannot be destroyed: ${address}`;
    }
    destroyed.push(name);
    state.delete(address);
  }
  for (const [address, { name, provider: block }] of declared) {
    if (typeof name === "string") {
      state.set(address, { name, provider: String(block) });
    }
  }
  return { state, destroyed };
}

function misstated(
  moved: NonNullable<Rendered["moved"]>,
  removed: NonNullable<Rendered["removed"]>,
  declared: ReadonlyMap<string, Body>,
): string | undefined {
  const twice = (all: readonly string[]) => all.find((one, index) => all.indexOf(one) !== index);
  const ambiguous = twice(moved.map(({ from }) => from)) ?? twice(moved.map(({ to }) => to));
  const still = [...moved, ...removed].find(({ from }) => declared.has(from));
  return ambiguous !== undefined
    ? `Ambiguous move statements: ${ambiguous}`
    : still && `Moved or removed object still exists: ${still.from}`;
}

function inOrder(moved: NonNullable<Rendered["moved"]>): NonNullable<Rendered["moved"]> {
  const depth = (to: string, seen: readonly string[] = []): number => {
    const next = moved.find(({ from }) => from === to);
    return next === undefined || seen.includes(next.to) ? 0 : 1 + depth(next.to, [...seen, next.to]);
  };
  return [...moved].sort((a, b) => depth(b.to) - depth(a.to));
}
