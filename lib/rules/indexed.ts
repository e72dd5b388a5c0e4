import type { Document, Rendered } from "./document";

/**
 * Finds the resources of a type by keys of theirs. Each document is looked through once, however many ask; a resource stands
 * under a key as often as it has it.
 */
export function indexed(
  keysOf: (one: Rendered, document: Document) => readonly unknown[],
): (document: Document, type: string, key: unknown) => readonly Rendered[] {
  const indexes = new WeakMap<Document, Map<string, ReadonlyMap<unknown, readonly Rendered[]>>>();
  return (document, type, key) => {
    const types = indexes.get(document) ?? new Map<string, ReadonlyMap<unknown, readonly Rendered[]>>();
    indexes.set(document, types);
    let index = types.get(type);
    if (!index) {
      index = indexOf(document, type, keysOf);
      types.set(type, index);
    }
    return index.get(key) ?? [];
  };
}

function indexOf(
  document: Document,
  type: string,
  keysOf: (one: Rendered, document: Document) => readonly unknown[],
): ReadonlyMap<unknown, readonly Rendered[]> {
  const index = new Map<unknown, Rendered[]>();
  for (const one of document.resources(type)) {
    for (const key of keysOf(one, document)) {
      const group = index.get(key);
      if (group) {
        group.push(one);
      } else {
        index.set(key, [one]);
      }
    }
  }
  return index;
}
