import { Annotations, App, TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { constructAt } from "../core/construct-at";
import { LockFile } from "../core/lock-file";
import type { LockedResource } from "../core/lock-format";
import { canBeReleased } from "../core/lock-format";
import { Problems } from "../core/problems";
import { flag, optional, readProps, required, type Shape, text } from "../core/shape";
import { commandLine } from "../core/shell-word";
import { stackFolder } from "../core/synthesis-hooks";
import { TerraformData } from "../providers/terraform/terraform-data";
import { TOOLS, toolOf } from "./tool";

/** What {@link Released} takes. */
export interface ReleasedProps {
  /**
   * The path that the construct had below its stack, such as `"data"`, `"db/disk-data"`, or `"db"` for everything kept below
   * it; or a storage pool's, whose folder and disks stay with it. Changing it costs nothing once it was applied. Becomes `from`
   * of the `removed` blocks.
   */
  readonly from: string;
  /**
   * You have run the `terraform state rm` commands that synth printed, in every state of this stack: only for a stack whose
   * `tool` is not declared. Changing it touches nothing. Becomes nothing: it takes away the precondition that stops every plan
   * until then.
   * @default false
   */
  readonly forgotten?: boolean | undefined;
}

const SHAPE: Shape<ReleasedProps> = {
  from: required(text, "stand-in"),
  forgotten: optional(flag),
};

/**
 * Lets go of something kept that left the code: it stays on its host with its data, and Terraform forgets it.
 *
 * Where the stack declares its `tool`, that is a `removed` block, and one apply: apply before `terraform destroy`, which reads no
 * such block. `berth.lock.json` remembers it, so that this line may go once it was synthesized. Where no `tool` is declared, plans
 * fail and print what to run with `terraform state rm`, until `forgotten` says that it was run in every state.
 *
 * @example new Released(stack, "released-data", { from: "data" })
 */
export class Released extends TerraformElement {
  /** The path below the stack that is let go of. */
  public readonly from: string;
  private readonly forgotten: boolean;
  private readonly known: readonly (readonly [path: string, resource: LockedResource])[];

  constructor(scope: Construct, id: string, props: ReleasedProps = {} as ReleasedProps) {
    super(scope, id);
    const problems = new Problems();
    const { from, forgotten = false } = readProps(this.node.path, props, SHAPE, problems);
    const stack = TerraformStack.of(this);
    this.from = from;
    this.forgotten = forgotten;
    const before = LockFile.of(this).stackBefore(stack.node.path)?.resources ?? {};
    this.known = Object.entries(before).filter(([path, resource]) => canBeReleased(resource) && this.covers(path));
    problems.literal("from", from);
    problems.check(
      this.known.length > 0 || !LockFile.of(this).counts || problems.all.length > 0,
      "from",
      "be the path of something kept, or of a storage pool, that berth.lock.json remembers",
      from,
      "what is not kept needs no word to leave the code; what was applied everywhere needs none any more",
    );
    problems.reportOn(this);
    if (toolOf(stack) === undefined && !forgotten && this.known.length > 0) {
      this.stopPlans(stack);
    }
    this.node.addValidation({ validate: () => this.stillDeclared() });
  }

  /** Whether a path below the stack is let go of. */
  public covers(path: string): boolean {
    return path === this.from || path.startsWith(`${this.from}/`);
  }

  /** The blocks are the stack's own: it has them from the lock file, also when this is gone. */
  public override toTerraform(): object {
    return {};
  }

  /** Whether Terraform forgets it: by a block that it reads, or because somebody told it. */
  public get isForgotten(): boolean {
    return this.forgotten || toolOf(TerraformStack.of(this)) !== undefined;
  }

  private stillDeclared(): string[] {
    const remembered = LockFile.of(this).stackBefore(TerraformStack.of(this).node.path)?.resources ?? {};
    if (this.known.some(([path]) => !(path in remembered))) {
      return [
        `'from' must be the path of something that is not renamed as well, got "${this.from}" (remove one of the two)`,
      ];
    }
    const declared = this.known.find(([path]) => constructAt(TerraformStack.of(this), path));
    return declared
      ? [
          `'from' must be the path of something that left the code, got "${this.from}", which is declared (remove one of them)`,
        ]
      : [];
  }

  /** Terraform before 1.7 knows no block that forgets: it would destroy what is let go of, so it must not plan yet. */
  private stopPlans(stack: TerraformStack): void {
    const folder = stackFolder(stack, App.of(stack).outdir);
    const addresses = this.known.map(([, { address }]) => address);
    const commands = addresses
      .map((address) => commandLine(["terraform", `-chdir=${folder}`, "state", "rm", address]))
      .join(" && ");
    const word = `set 'forgotten: true' on ${this.node.path}`;
    Annotations.of(this).addWarning(
      `nothing can be applied until Terraform has forgotten what is let go of: ${commands}, then ${word} ` +
        `(or declare the stack's tool, one of ${TOOLS.join(", ")}: a plan then does it)`,
    );
    new TerraformData(this, "Guard", {
      lifecycle: {
        precondition: [
          {
            condition: '${path.module == ""}',
            errorMessage: `Terraform would destroy what is let go of: ${addresses.join(", ")}. Run terraform state rm for each, then ${word}.`,
          },
        ],
      },
    } as never);
  }
}
