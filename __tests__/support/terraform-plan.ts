/** What Terraform would make of a configuration, as far as it is about what is destroyed: moves, removals, and what must not go. */

/** By address, the name of what is there. */
export type KnownState = ReadonlyMap<string, string>;

export interface Planned {
  readonly state: KnownState;
  /** Names of what is destroyed. */
  readonly destroyed: readonly string[];
}

interface Rendered {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly removed?: readonly { readonly from: string }[];
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Body>>>>;
}

interface Body {
  readonly name?: unknown;
  readonly lifecycle?: { readonly prevent_destroy?: unknown };
}

/** What an apply leaves; what it says where it cannot be planned. */
export function planOf(json: object, before: KnownState): Planned | string {
  const { moved = [], removed = [], resource = {} } = json as Rendered;
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
    const name = state.get(from);
    if (name !== undefined && !state.has(to)) {
      state.delete(from);
      state.set(to, name);
    }
  }
  for (const { from } of removed) {
    state.delete(from);
  }
  const destroyed: string[] = [];
  for (const [address, name] of [...state]) {
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
  for (const [address, { name }] of declared) {
    if (typeof name === "string") {
      state.set(address, name);
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
