import { blocks, isReference, type Json } from "./document";
import type { Rule, Sight } from "./rule";

type Seen = Omit<Sight, "attribute"> | undefined;

/** The blocks at the end of a way through blocks, such as `task_spec.container_spec.mounts`. */
export function blocksAlong(body: Json, way: string): readonly Json[] {
  return way.split(".").reduce<readonly Json[]>((all, part) => all.flatMap((one) => blocks(one[part])), [body]);
}

/** Looks at one value at the end of a way through blocks, such as `task_spec.restart_policy.condition`, where it is known. */
export function along(way: string, look: (value: unknown, block: Json, body: Json) => Seen): Rule["check"] {
  const end = way.lastIndexOf(".");
  const [home, last] = [way.slice(0, end), way.slice(end + 1)];
  return ({ body }) =>
    blocksAlong(body, home).flatMap((block) => {
      const value = block[last];
      const seen = value === undefined || isReference(value) ? undefined : look(value, block, body);
      return seen ? [{ attribute: way, ...seen }] : [];
    });
}

/** Looks at each element of a list of texts at the end of a way. */
export function eachAlong(way: string, look: (element: unknown) => Seen): (one: { readonly body: Json }) => Sight[] {
  const end = way.lastIndexOf(".");
  const [home, last] = [way.slice(0, end), way.slice(end + 1)];
  return ({ body }) =>
    blocksAlong(body, home).flatMap((block) =>
      (Array.isArray(block[last]) ? (block[last] as unknown[]) : []).flatMap((element) => {
        const seen = isReference(element) ? undefined : look(element);
        return seen ? [{ attribute: way, ...seen }] : [];
      }),
    );
}
