import { ownerPath } from "../core/address";
import type { Document, Rendered } from "../rules/document";

/** The construct of a resource as its user sees it. */
export function constructOf({ path }: Rendered): string | undefined {
  return path === undefined ? undefined : ownerPath(path);
}

/** How a person is told of a resource: by its construct, where somebody knows it. */
export function named(construct: string | null, address: string): string {
  return construct === null ? address : `${construct} (${address})`;
}

/** The constructs of a stack's resources, by address. */
export function constructsIn(stack: Document | undefined): ReadonlyMap<string, string> {
  return new Map(
    (stack?.all ?? []).flatMap((one) => {
      const construct = constructOf(one);
      return construct === undefined ? [] : [[one.address, construct] as const];
    }),
  );
}
