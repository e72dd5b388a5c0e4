import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Provider attribute, snake_case with dots and without indexes, to the prop that it comes from. `null` says that the
 * attribute is derived from a prop which is checked where it stands, so that one mistake is reported once.
 */
export type PropMap = Readonly<Record<string, string | null>>;

const MAP = Symbol("berth/prop-map");
const OWNER = Symbol("berth/owner");

/** What is noted on a resource: a property of it costs a fraction of what a table beside it does. */
interface Noted {
  [MAP]?: PropMap;
  [OWNER]?: IConstruct;
}

/**
 * Tells the rules which prop each attribute of a resource comes from, and which construct its user wrote it on, so that
 * they can name what the user wrote.
 */
export function mapProps(resource: TerraformResource, map: PropMap, owner?: IConstruct): void {
  const noted = resource as Noted;
  noted[MAP] = map;
  if (owner) {
    noted[OWNER] = owner;
  }
}

/** The prop behind an attribute, `null` for a derived one; the attribute itself where nobody said. */
export function propOf(resource: IConstruct | undefined, attribute: string): string | null {
  const map = (resource as Noted | undefined)?.[MAP];
  if (!map) {
    return attribute;
  }
  const parts = attribute.split(".").filter((part) => !/^\d+$/.test(part));
  for (let length = parts.length; length > 0; length--) {
    const known = map[parts.slice(0, length).join(".")];
    if (known !== undefined) {
      return known;
    }
  }
  return (parts[0] ?? attribute).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The construct that a resource belongs to as its user sees it: the parent of a child called `Resource`. */
export function ownerOf(resource: IConstruct): IConstruct {
  const named = (resource as Noted)[OWNER];
  return named ?? (resource.node.id === "Resource" && resource.node.scope ? resource.node.scope : resource);
}
