import type { IResolvable, LocalExecProvisioner, TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { LeanResource } from "../lean";

/** What {@link TerraformData} takes. */
export interface TerraformDataConfig extends TerraformMetaArguments {
  /** A value to keep; a change of it is an update in place. */
  readonly input?: string | IResolvable | undefined;
  /** Values whose change replaces this resource. */
  readonly triggersReplace?: readonly (string | IResolvable)[] | undefined;
  /** Shell script that runs on the machine of Terraform when this is made. */
  readonly localExec?: LocalExec | undefined;
}

/** A script run by `/bin/sh` on the machine that runs Terraform. */
export interface LocalExec {
  /** Path of the script, as Terraform reads it: an error names it, where a text would be repeated whole. */
  readonly file: string;
  /** Environment of the script; values may hold Terraform references. */
  readonly environment: Readonly<Record<string, string>>;
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

function renderLocalExec({ file, environment }: LocalExec): LocalExecProvisioner {
  return {
    type: "local-exec",
    interpreter: ["/bin/sh"],
    command: file,
    environment: { ...environment },
  };
}
