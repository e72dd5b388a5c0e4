import { TerraformDataSource, type TerraformElement, TerraformResource } from "cdktf";
import { addressOf } from "../core/naming";
import { problemMessage } from "../core/problems";
import { ownerOf } from "../core/prop-map";
import type { Located } from "./synthesis-error";

/** Resources that have one address: cdktf merges them into one without a word. */
export function sameAddresses(elements: readonly TerraformElement[]): Located[] {
  const known = new Map<string, TerraformElement>();
  const problems: Located[] = [];
  for (const element of elements) {
    const address = placeOf(element);
    const first = address === undefined ? undefined : known.get(address);
    if (first && address !== undefined) {
      const message = problemMessage({
        prop: "id",
        bound: "give an address of its own",
        value: `${address}, which ${ownerOf(first).node.path} has`,
        fix: "addresses keep letters, digits, '_' and '-' of ids; choose another id",
      });
      problems.push({ path: ownerOf(element).node.path, message });
    } else if (address !== undefined) {
      known.set(address, element);
    }
  }
  return problems;
}

/** Where a resource stands in the JSON; undefined for other elements, and for a resource that moved away. */
function placeOf(element: TerraformElement): string | undefined {
  if (TerraformResource.isTerraformResource(element)) {
    return element.hasResourceMove() ? undefined : addressOf(element);
  }
  return TerraformDataSource.isTerraformDataSource(element)
    ? `data.${element.terraformResourceType}.${element.friendlyUniqueId}`
    : undefined;
}
