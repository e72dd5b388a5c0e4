import { type Document, isReference, type Rendered } from "./document";
import { quoted } from "./look";
import type { Rule } from "./rule";

/**
 * Finds the other resources of a type, made on the same daemon, that have a key, too. Each
 * document is looked through once, however many resources ask.
 */
export function sharers(
  keysOf: (one: Rendered) => readonly unknown[],
): (resource: Rendered, document: Document, key: unknown) => readonly Rendered[] {
  const indexes = new WeakMap<Document, Map<unknown, Rendered[]>>();
  return (resource, document, key) => {
    let index = indexes.get(document);
    if (!index) {
      index = new Map();
      for (const one of document.resources(resource.type)) {
        for (const its of new Set(keysOf(one))) {
          const group = index.get(its);
          if (group) {
            group.push(one);
          } else {
            index.set(its, [one]);
          }
        }
      }
      indexes.set(document, index);
    }
    const group = index.get(key) ?? [];
    if (group.length < 2 && group[0] === resource) {
      return [];
    }
    const machine = document.machineOf(resource);
    return group.filter((other) => other !== resource && document.machineOf(other) === machine);
  };
}

/** Refuses a value that another resource of the type has on the same daemon. */
export function taken(
  attribute: string,
  keyOf: (one: Rendered) => unknown,
  bound: string,
  fix = "choose another",
): Rule["check"] {
  const find = sharers((one) => [keyOf(one)]);
  return (resource, document) => {
    const key = keyOf(resource);
    return key === undefined || isReference(key)
      ? []
      : find(resource, document, key).map(({ address }) => ({
          attribute,
          bound,
          value: `${quoted(key)}, which ${address} has`,
          fix,
        }));
  };
}
