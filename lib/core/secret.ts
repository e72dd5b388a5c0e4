import { inspect } from "node:util";
import { ref, TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { quote } from "../units/unit-error";
import { projectPath } from "./project-path";

/**
 * A value that is known to Terraform alone: the JSON, snapshots and logs hold its name. It cannot be made a text. The
 * state and the daemon that gets it hold it in clear.
 *
 * @example
 * const password = Secret.fromVariable(stack, "db_password");
 * new DockerService(stack, "db", { host: docker, image: "postgres:16.4", environment: { POSTGRES_PASSWORD: password } });
 */
export class Secret {
  readonly #reference: string;
  readonly #what: string;
  readonly #stack: TerraformStack;

  private constructor(stack: TerraformStack, reference: string, what: string) {
    this.#stack = stack;
    this.#reference = reference;
    this.#what = what;
  }

  /**
   * A sensitive variable of the stack, given to every plan and apply as `TF_VAR_<name>`, or by any other way that
   * Terraform has. Becomes `variable`. Throws for a name that a shell could not export.
   */
  public static fromVariable(scope: Construct, name: string): Secret {
    if (!/^[a-zA-Z_]\w*$/.test(name)) {
      throw new TypeError(
        `[${scope.node.path}] 'name' must be letters, digits and '_', so that TF_VAR_${name} can be set, got ${quote(name)}`,
      );
    }
    const stack = TerraformStack.of(scope);
    const known = stack.node.tryFindChild(name);
    if (known && !(known instanceof TerraformVariable && known.sensitive === true)) {
      throw new TypeError(`[${stack.node.path}] 'name' must be free, or a sensitive variable, got ${known.node.path}`);
    }
    const variable =
      (known as TerraformVariable | undefined) ??
      new TerraformVariable(stack, name, { type: "string", sensitive: true, nullable: false });
    return new Secret(stack, variable.stringValue, `variable ${name}`);
  }

  /**
   * The text of a file on the machine of Terraform, without white space around it; relative paths start at the project.
   * Terraform reads it with every plan and apply. Becomes `sensitive(file(…))`.
   */
  public static fromFile(scope: Construct, file: string): Secret {
    if (typeof file !== "string" || file.trim() === "") {
      throw new TypeError(`[${scope.node.path}] 'file' must name a file, got ${quote(file)}`);
    }
    return new Secret(
      TerraformStack.of(scope),
      // Fn.file would escape the `${path.module}` that the path begins with.
      ref(`sensitive(trimspace(file(${JSON.stringify(projectPath(scope, file))})))`).toString(),
      `file ${file}`,
    );
  }

  /** What Terraform puts the value in place of. */
  public get reference(): string {
    return this.#reference;
  }

  /** Whether it is of the stack of `scope`. In another one it would become an output, in clear in the state of both. */
  public isOf(scope: Construct): boolean {
    return this.#stack === TerraformStack.of(scope);
  }

  public toString(): never {
    throw new TypeError(`a secret (${this.#what}) has no text at synth; pass it where a prop takes a Secret`);
  }

  public toJSON(): never {
    return this.toString();
  }

  public [inspect.custom](): string {
    return `Secret(${this.#what})`;
  }
}
