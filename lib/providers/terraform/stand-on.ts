import { type TerraformResource, TerraformStack } from "cdktf";
import type { LeanResource } from "../lean";
import { TerraformData } from "./terraform-data";

/**
 * Says that `dependent` stands on `base`: it is made after it, destroyed before it, and replaced with it. Within a stack
 * that is an order and a trigger. Across stacks Terraform knows neither, so the stack takes the base's id as a value.
 */
export function standOn(dependent: LeanResource, base: TerraformResource): void {
  if (dependent.cdktfStack === base.cdktfStack) {
    dependent.dependOn(base);
    dependent.replaceOn(base, "id");
    return;
  }
  const stack = TerraformStack.of(dependent);
  stack.addDependency(base.cdktfStack);
  const id = `stands-on-${base.node.path.replaceAll("/", "-")}`;
  const known = stack.node.tryFindChild(id) as TerraformData | undefined;
  const bridge = known ?? new TerraformData(stack, id, { triggersReplace: [base.getStringAttribute("id")] });
  dependent.replaceOn(bridge, "id");
}
