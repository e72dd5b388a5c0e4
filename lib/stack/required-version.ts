import { TerraformElement } from "cdktf";
import type { Construct } from "constructs";
import type { Tool } from "./tool";

/** Has Terraform, or OpenTofu, refuse a release that is older than what the stack was rendered for. */
export class RequiredVersion extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly tool: Tool,
  ) {
    super(scope, id);
  }

  public override toTerraform(): object {
    return { terraform: { required_version: `>= ${this.tool.replace(/^\w+ /, "")}.0` } };
  }
}
