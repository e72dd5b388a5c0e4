import type { IConstruct } from "constructs";

/** The construct at a path below another one; undefined where there is none. */
export function constructAt(scope: IConstruct, path: string): IConstruct | undefined {
  return path.split("/").reduce<IConstruct | undefined>((at, part) => at?.node.tryFindChild(part), scope);
}
