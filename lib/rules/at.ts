import { isObject, isReference, type Json } from "./document";
import type { Sight } from "./rule";

/** The value at the end of a path such as `devices.mem_balloon.model`; undefined where the way there ends before. */
export function at(body: Json, path: string): unknown {
  let value: unknown = body;
  for (const step of stepsOf(path)) {
    if (!isObject(value)) {
      return undefined;
    }
    value = value[step];
  }
  return value;
}

const known = new Map<string, readonly string[]>();

/** Rules ask for the same few paths of every resource. */
export function stepsOf(path: string): readonly string[] {
  let steps = known.get(path);
  if (!steps) {
    steps = path.split(".");
    known.set(path, steps);
  }
  return steps;
}

/** Elements of lists of objects, with the attribute that each stands under: `devices.disks` gives `devices.disks.0`. */
export function elements(body: Json, path: string): { readonly attribute: string; readonly element: Json }[] {
  const all = at(body, path);
  return (Array.isArray(all) ? (all as unknown[]) : []).flatMap((element, index) =>
    isObject(element) ? [{ attribute: `${path}.${index}`, element }] : [],
  );
}

type Seen = Omit<Sight, "attribute"> | undefined;

/** Looks at the value at a path, where it is present and known at synth. */
export function atPath(path: string, look: (value: unknown, body: Json) => Seen): (body: Json) => Sight[] {
  return (body) => {
    const value = at(body, path);
    const seen = value === undefined || isReference(value) ? undefined : look(value, body);
    return seen ? [{ attribute: path, ...seen }] : [];
  };
}

/** Looks at one value of every element of a list, where it is present and known at synth. */
export function inElements(
  list: string,
  path: string,
  look: (value: unknown, element: Json, body: Json) => Seen,
): (body: Json) => Sight[] {
  return (body) =>
    elements(body, list).flatMap(({ attribute, element }) => {
      const value = at(element, path);
      const seen = value === undefined || isReference(value) ? undefined : look(value, element, body);
      return seen ? [{ attribute: `${attribute}.${path}`, ...seen }] : [];
    });
}
