import { type Document, isReference, type Rendered } from "./document";
import { indexed } from "./indexed";
import { quoted } from "./look";
import type { Rule } from "./rule";

/**
 * Finds the other resources of a type, made on the same daemon, that have a key, too.
 */
export function sharers(
  keysOf: (one: Rendered) => readonly unknown[],
): (resource: Rendered, document: Document, key: unknown) => readonly Rendered[] {
  const find = indexed((one) => [...new Set(keysOf(one))]);
  return (resource, document, key) => {
    const group = find(document, resource.type, key);
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
