import * as path from "node:path";
import type { Document } from "../rules/document";
import { beyond } from "./announced";
import type { Change } from "./change-class";
import { changesOf } from "./changes";
import { constructsIn } from "./construct-of";
import { forget, privateFolder } from "./machines/private-folder";
import type { Terraform } from "./machines/terraform";
import type { Plan } from "./plan";

/** A plan that was looked at, and can be applied as it is. */
export interface Planned {
  readonly file: string;
  readonly plan: Plan;
  readonly changes: readonly Change[];
}

/** A plan was not applied: it does more than was announced, or Terraform says no. */
export class NotApplied extends Error {}

/**
 * Plans of a stack, of all of it or of what is targeted. What is applied is the very file that was looked at. Plans hold secrets, and
 * lie in a private folder.
 */
export class TargetedPlans {
  private readonly folder = privateFolder("plan");
  private readonly constructs: ReadonlyMap<string, string>;
  private made = 0;

  constructor(
    stack: Document,
    private readonly terraform: Terraform,
  ) {
    this.constructs = constructsIn(stack);
  }

  public async make(targets: readonly string[]): Promise<Planned> {
    const file = path.join(this.folder, `plan-${++this.made}`);
    const only = targets.map((target) => `-target=${target}`);
    await this.must("plan", "-input=false", "-no-color", `-out=${file}`, ...only);
    const { code, out, err } = this.terraform.run("show", "-json", file);
    if (code !== 0) {
      throw new NotApplied(`${this.terraform.command("show")}: ${err.trim()}`);
    }
    const plan = JSON.parse(out) as Plan;
    return { file, plan, changes: changesOf(plan, this.constructs) };
  }

  /** @param announced - what was said that would be done */
  public async apply({ file, changes }: Planned, announced: readonly Change[]): Promise<void> {
    const more = beyond(announced, changes);
    if (more !== undefined) {
      throw new NotApplied(`it would do more than was said: ${more}`);
    }
    await this.must("apply", "-input=false", "-no-color", file);
  }

  /** Forgets the plans. */
  public close(): void {
    forget(this.folder);
  }

  private async must(command: string, ...args: readonly string[]): Promise<void> {
    const { code, err } = await this.terraform.change([command], args);
    if (code !== 0) {
      throw new NotApplied(`${this.terraform.command(command)}: ${err.trim()}`);
    }
  }
}

/** Makes some resources of a stack, where no harm comes to anything else. Throws {@link NotApplied} otherwise. */
export async function makeAlone(targets: readonly string[], stack: Document, terraform: Terraform): Promise<void> {
  const plans = new TargetedPlans(stack, terraform);
  try {
    await plans.apply(await plans.make(targets), []);
  } finally {
    plans.close();
  }
}
