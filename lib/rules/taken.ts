import { type Document, isReference, type Rendered } from "./document";
import { indexed } from "./indexed";
import { quoted } from "./look";
import type { Rule } from "./rule";

/** How many of those that have what one has are told of: whoever reads of three looks for the rest himself. */
const TOLD = 3;

/**
 * Finds the other resources of a type, made on the same daemon, that have a key, too; a few of them where they are many.
 */
export function sharers(
  keysOf: (one: Rendered) => readonly unknown[],
): (resource: Rendered, document: Document, key: unknown) => readonly Rendered[] {
  const onMachine = (resource: Rendered, document: Document, key: unknown) =>
    `${document.machineOf(resource)}\n${String(key)}`;
  const find = indexed((one, document) => [...new Set(keysOf(one).map((key) => onMachine(one, document, key)))]);
  return (resource, document, key) => {
    const group = find(document, resource.type, onMachine(resource, document, key));
    return group.length < 2 && group[0] === resource
      ? []
      : group
          .slice(0, TOLD + 1)
          .filter((other) => other !== resource)
          .slice(0, TOLD);
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
