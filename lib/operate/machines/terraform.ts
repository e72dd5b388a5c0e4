import * as fs from "node:fs";
import * as path from "node:path";
import { asCommand, type Ran, run } from "./command";
import type { State } from "./state";

/** Terraform, or OpenTofu, in one stack's folder. The command is `TERRAFORM_BINARY_NAME`, as for cdktf, or `terraform`. */
export class Terraform {
  public readonly name = process.env.TERRAFORM_BINARY_NAME ?? "terraform";

  constructor(public readonly folder: string) {}

  public run(...args: readonly string[]): Ran {
    return run(this.name, args, { cwd: this.folder });
  }

  /** As a person types it, where the folder is not the present one. */
  public command(...args: readonly string[]): string {
    return asCommand(this.name, this.folder === "." ? args : [`-chdir=${this.folder}`, ...args]);
  }

  /** The state; undefined where there is none yet. Throws with Terraform's words where it cannot be had. */
  public pullState(): State | undefined {
    const { code, out, err } = this.run("state", "pull");
    if (code !== 0) {
      throw new Error(`${this.command("state", "pull")}: ${err.trim()}`);
    }
    return out.trim() === "" ? undefined : (JSON.parse(out) as State);
  }

  public pushState(state: State): Ran {
    return run(this.name, ["state", "push", "-"], { cwd: this.folder, input: JSON.stringify(state) });
  }

  /** Full addresses of the providers that were chosen, by the end of their names, such as `kreuzwerker/docker`. */
  public providers(): readonly string[] {
    const { out } = this.run("version", "-json");
    const { provider_selections: chosen = {} } = JSON.parse(out === "" ? "{}" : out) as {
      provider_selections?: Readonly<Record<string, string>>;
    };
    return Object.keys(chosen);
  }

  public has(file: string): boolean {
    return fs.existsSync(path.resolve(this.folder, file));
  }
}
