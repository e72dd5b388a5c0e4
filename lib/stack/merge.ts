/** What a stack is put together from. */
export type Members = { [name: string]: unknown };

/**
 * Puts a rendered part into the JSON of a stack: objects are merged, lists follow each other, of two other values the later
 * one stays, and `undefined` takes away what was there. What is left of `source` becomes part of `target`.
 */
export function merge(target: Members, source: Members): void {
  for (const key in source) {
    const value = source[key];
    const known = target[key];
    if (value === undefined) {
      delete target[key];
    } else if (Array.isArray(value)) {
      target[key] = Array.isArray(known) ? [...(known as unknown[]), ...(value as unknown[])] : value;
    } else if (isMembers(value) && !isToken(value) && typeof known === "object" && known !== null) {
      merge(known as Members, value);
    } else {
      target[key] = value;
    }
  }
}

/** Sets a value at a path; what stands in the way and holds no members gives way. */
export function setAt(target: Members, path: string, value: unknown): void {
  const parts = path.split(".");
  const last = parts.pop() ?? "";
  const holder = parts.reduce<Members>((holding, part) => {
    const inner = holding[part];
    const next = isMembers(inner) ? inner : {};
    holding[part] = next;
    return next;
  }, target);
  holder[last] = value;
}

export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A token is one value, whatever it is made of. */
function isToken(value: Members): boolean {
  return typeof value.resolve === "function";
}
