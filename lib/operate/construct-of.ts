import type { Rendered } from "../rules/document";

/** The construct of a resource as its user sees it: a construct's own resource stands under it as `Resource`. */
export function constructOf({ path }: Rendered): string | undefined {
  return path?.replace(/\/Resource$/, "");
}
