import * as fs from "node:fs";
import * as path from "node:path";
import { commandLine } from "../../core/shell-word";
import { type Ran, run, runBeside } from "./command";
import type { State } from "./state";
import { StateLock } from "./state-lock";

/** Terraform, or OpenTofu, in one stack's folder. The command is `TERRAFORM_BINARY_NAME`, as for cdktf, or `terraform`. */
export class Terraform {
  public readonly name = process.env.TERRAFORM_BINARY_NAME || "terraform";
  private lock: StateLock | undefined;

  constructor(public readonly folder: string) {}

  /**
   * Does something while nobody else changes the state. A server that wants to be told the id of its lock (backend `http`) takes
   * no change without it: there the lock is let go of right before a change, which then locks by itself, and which Terraform
   * refuses where the state was changed in between.
   *
   * Throws with Terraform's words, which say who has the lock, where it is taken.
   */
  public async locked<T>(work: () => Promise<T>): Promise<T> {
    this.lock = await StateLock.take(this);
    try {
      return await work();
    } finally {
      await this.lock?.release();
      this.lock = undefined;
    }
  }

  /** Runs a command that changes the state: under the lock that is held, else under one of its own. */
  public async change(command: readonly string[], args: readonly string[], input?: string): Promise<Ran> {
    if (this.lock !== undefined && this.wantsLockId) {
      await this.lock.release();
      this.lock = undefined;
    }
    const all = [...command, ...(this.lock === undefined ? [] : ["-lock=false"]), ...args];
    return runBeside(this.name, all, { cwd: this.folder, ...(input === undefined ? {} : { input }) });
  }

  public get stateArguments(): readonly string[] {
    const { type, config } = this.backend();
    return type === "local" && typeof config?.path === "string" ? [`-state=${config.path}`] : [];
  }

  private get wantsLockId(): boolean {
    return this.backend().type === "http";
  }

  /** The backend as it was initialized. */
  private backend(): { readonly type?: string; readonly config?: { readonly path?: unknown } } {
    const file = path.resolve(this.folder, process.env.TF_DATA_DIR ?? ".terraform", "terraform.tfstate");
    const content = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as { backend?: object }) : {};
    return content.backend ?? {};
  }

  public run(...args: readonly string[]): Ran {
    return run(this.name, args, { cwd: this.folder });
  }

  /** As a person types it, where the folder is not the present one. */
  public command(...args: readonly string[]): string {
    return commandLine([this.name, ...(this.folder === "." ? [] : [`-chdir=${this.folder}`]), ...args]);
  }

  /** The state; undefined where there is none yet. Throws with Terraform's words where it cannot be had. */
  public pullState(): State | undefined {
    if (!this.has(process.env.TF_DATA_DIR ?? ".terraform")) {
      throw new Error(`${this.folder} is not initialized yet: run ${this.command("init")}`);
    }
    const { code, out, err } = this.run("state", "pull");
    if (code !== 0) {
      throw new Error(`${this.command("state", "pull")}: ${err.trim()}`);
    }
    return out.trim() === "" ? undefined : (JSON.parse(out) as State);
  }

  public pushState(state: State): Promise<Ran> {
    return this.change(["state", "push"], ["-"], JSON.stringify(state));
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
