import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { StackFiles } from "./stack-files";

/** A script that Terraform runs on its own machine: a file of the stack, so that an error shows what it printed, and not its text. */
export class ShellScript {
  private readonly bytes: Buffer;

  constructor(
    private readonly name: string,
    text: string,
  ) {
    this.bytes = Buffer.from(text);
  }

  /** The script's path, as Terraform reads it in the stack of `scope`. */
  public pathIn(scope: IConstruct): string {
    return StackFiles.of(TerraformStack.of(scope)).add(() => ({ name: this.name, bytes: this.bytes }))();
  }
}
