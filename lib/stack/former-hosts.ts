import { TerraformProvider, TerraformStack } from "cdktf";
import { blocks, isObject, type Json, member } from "../rules/document";
import { holdsTokens } from "./holds-tokens";
import type { Members } from "./merge";
import { endpointsIn } from "./named-resources";

/**
 * The provider blocks that hosts had under ids that the code does not have any more: Terraform destroys with them what left the code
 * together with the id, or what a state holds that was not applied since. Each has the settings of the block that leads to the same
 * daemon now; a daemon that no host leads to has none.
 */
export function formerHosts(stack: TerraformStack, hosts: Readonly<Record<string, string>>): readonly Members[] {
  // Hosts make their blocks right below the stack; whatever else is there is looked for where one is missing.
  const missingIn = (present: readonly TerraformProvider[]) =>
    Object.entries(hosts).filter(([host]) => !present.some(({ fqn }) => fqn === host));
  if (missingIn(stack.node.children.filter(TerraformProvider.isTerraformProvider)).length === 0) {
    return [];
  }
  const all = stack.node.root.node.findAll().filter(TerraformProvider.isTerraformProvider);
  const own = all.filter((block) => TerraformStack.of(block) === stack);
  // What another stack's block takes from its resources is not to be had here.
  const others = all.filter((block) => !own.includes(block) && !holdsTokens(block.toTerraform()));
  return missingIn(own).flatMap(([host, endpoint]): Members[] => {
    const [type = "", alias] = host.split(".");
    const same = [...own, ...others].find(
      (block) =>
        block.terraformResourceType === type &&
        endpointsIn(block.toTerraform() as Json).some(([, other]) => other === endpoint),
    );
    return same === undefined ? [] : [under(alias, same, own)];
  });
}

/** A block under another alias, and what Terraform has to know of its provider where the stack does not say so itself. */
function under(alias: string | undefined, block: TerraformProvider, own: readonly TerraformProvider[]): Members {
  const type = block.terraformResourceType;
  const rendered = block.toTerraform() as Json;
  const renamed = blocks(member(rendered, "provider")?.[type]).map((body) => ({ ...body, alias }));
  const isRequired = own.some(({ terraformResourceType }) => terraformResourceType === type);
  return {
    provider: { [type]: renamed },
    ...(isRequired || !isObject(rendered.terraform) ? {} : { terraform: rendered.terraform }),
  };
}
