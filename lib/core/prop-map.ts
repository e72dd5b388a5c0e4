import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/** Provider attribute, snake_case, to the prop that it comes from. */
export type PropMap = Readonly<Record<string, string>>;

const maps = new WeakMap<IConstruct, PropMap>();

/** Tells the rules which prop each attribute of a resource comes from, so that they can name what the user wrote. */
export function mapProps(resource: TerraformResource, map: PropMap): void {
  maps.set(resource, map);
}

/** The prop behind an attribute; the attribute itself where nobody said, as with a user's own resources. */
export function propOf(resource: IConstruct | undefined, attribute: string): string {
  const map = resource && maps.get(resource);
  return map?.[attribute] ?? map?.[attribute.split(/[.[]/)[0] ?? attribute] ?? attribute;
}

/** The construct that a resource belongs to as its user sees it: the parent of a child called `Resource`. */
export function ownerOf(resource: IConstruct): IConstruct {
  return resource.node.id === "Resource" && resource.node.scope ? resource.node.scope : resource;
}
