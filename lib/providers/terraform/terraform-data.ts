import type { IResolvable, TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { LeanResource } from "../lean";
import { type LocalExec, renderLocalExec } from "./local-exec";

/** What {@link TerraformData} takes. */
export interface TerraformDataConfig extends TerraformMetaArguments {
  /** A value to keep; a change of it is an update in place. */
  readonly input?: string | IResolvable | undefined;
  /** Values whose change replaces this resource. */
  readonly triggersReplace?: readonly (string | IResolvable)[] | undefined;
  /** Shell script that runs on the machine of Terraform when this is made. */
  readonly localExec?: LocalExec | undefined;
}

/**
 * `terraform_data`, built into Terraform 1.4 and later. cdktf's own class runs the terraform binary at synth, which a
 * machine with only Node does not have.
 */
export class TerraformData extends LeanResource<Omit<TerraformDataConfig, "localExec">> {
  public static readonly tfResourceType = "terraform_data";

  constructor(scope: Construct, id: string, { localExec, ...config }: TerraformDataConfig) {
    const provisioners = localExec && [renderLocalExec(localExec)];
    super(
      scope,
      id,
      "terraform_data",
      undefined,
      { ...config, ...(provisioners && { provisioners }) },
      { input: true, triggers_replace: true },
    );
  }

  /** What `input` was at the last apply. */
  public get output(): string {
    return this.getStringAttribute("output");
  }

  public get id(): string {
    return this.getStringAttribute("id");
  }
}
