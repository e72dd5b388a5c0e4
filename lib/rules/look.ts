import { suggestion } from "../core/nearest";
import { blocks, isReference, type Json } from "./document";
import type { Rule, Sight } from "./rule";

/** A value as messages show it. */
export function quoted(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}

/** What nearly every rule sees on nearly every resource. */
const NOTHING: readonly Sight[] = [];

/** What is seen on the elements of a list. */
export function seen<T>(all: readonly T[], look: (one: T, index: number) => Sight | undefined): readonly Sight[] {
  let found: Sight[] | undefined;
  for (let index = 0; index < all.length; index++) {
    const sight = look(all[index] as T, index);
    if (sight) {
      found ??= [];
      found.push(sight);
    }
  }
  return found ?? NOTHING;
}

type Check = Rule["check"];
type Extra = Partial<Pick<Rule, "severity" | "proof" | "lines" | "claimed">>;

/** Makes the rules of one resource type: what is alike in all of them is said once. */
export function rulesOf(
  prefix: string,
  type: string,
): (id: string, prevents: string, check: Check, extra?: Extra) => Rule {
  return (id, prevents, check, extra = {}) => ({
    id: `${prefix}/${id}`,
    type,
    severity: "error",
    proof: "run",
    prevents,
    check,
    ...extra,
  });
}

/** The same, for rules that look at the body alone. */
export function rulesOn(
  prefix: string,
  type: string,
): (id: string, prevents: string, look: (body: Json) => readonly Sight[], extra?: Extra) => Rule {
  const make = rulesOf(prefix, type);
  return (id, prevents, look, extra) => make(id, prevents, ({ body }) => look(body), extra);
}

/** Looks at one attribute, where it is present and known at synth. */
export function on(
  attribute: string,
  look: (value: unknown, body: Json) => Omit<Sight, "attribute"> | undefined,
): Check {
  return ({ body }) => {
    const value = body[attribute];
    const sight = value === undefined || value === null || isReference(value) ? undefined : look(value, body);
    return sight ? [{ attribute, ...sight }] : NOTHING;
  };
}

/** Looks at one attribute of every block of a kind, where it is present and known at synth. */
export function inBlocks(
  kind: string,
  attribute: string,
  look: (value: unknown, block: Json, body: Json) => Omit<Sight, "attribute"> | undefined,
): Check {
  return ({ body }) =>
    seen(blocks(body[kind]), (block, index) => {
      const value = block[attribute];
      const sight = value === undefined || isReference(value) ? undefined : look(value, block, body);
      return sight && { attribute: `${kind}.${index}.${attribute}`, ...sight };
    });
}

/** Sees a value that is not one of a few. */
export function oneOf(
  words: readonly string[],
  fix?: string,
): (value: unknown) => Omit<Sight, "attribute"> | undefined {
  const all = words.map((word) => JSON.stringify(word));
  const last = all.pop();
  const bound = all.length === 0 ? `be ${last}` : `be ${all.join(", ")} or ${last}`;
  return (value) => {
    if (words.includes(String(value))) {
      return undefined;
    }
    return { bound, value: quoted(value), fix: fix ?? suggestion(String(value), words) };
  };
}

/** Sees a value that is nearly one of a few; any other may be a name that is not known here. */
export function misspelt(
  words: readonly string[],
  bound: string,
): (value: unknown) => Omit<Sight, "attribute"> | undefined {
  return (value) => {
    const fix = words.includes(String(value)) ? undefined : suggestion(String(value), words);
    return fix === undefined ? undefined : { bound, value: quoted(value), fix };
  };
}

/** Looks at each element of a list that is known at synth. */
export function each(
  attribute: string,
  look: (element: unknown, index: number, all: readonly unknown[]) => Omit<Sight, "attribute"> | undefined,
): Check {
  return ({ body }) => {
    const all: readonly unknown[] = Array.isArray(body[attribute]) ? body[attribute] : [];
    return seen(all, (element, index) => {
      const sight = isReference(element) ? undefined : look(element, index, all);
      return sight && { attribute: `${attribute}.${index}`, ...sight };
    });
  };
}

/** The elements whose key an earlier element has already; elements without a key, or with one that Terraform computes, pass. */
export function repeated<T>(all: readonly T[], keyOf: (one: T) => unknown): T[] {
  if (all.length < 2) {
    return [];
  }
  const before = new Set<unknown>();
  return all.filter((one) => {
    const key = keyOf(one);
    if (key === undefined || isReference(key)) {
      return false;
    }
    const known = before.has(key);
    before.add(key);
    return known;
  });
}
