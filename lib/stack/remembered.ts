import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { typeOfAddress } from "../core/address";
import { constructAt } from "../core/construct-at";
import { LockFile } from "../core/lock-file";
import { canBeReleased, type LockedResource } from "../core/lock-format";
import { addressOf } from "../core/naming";
import { Renamed } from "../core/renamed";
import { Released } from "./released";
import { toolOf } from "./tool";

/**
 * The blocks that a stack has from what the lock file remembers: what was let go of is forgotten, and what was renamed is moved, in
 * every state, however long after the words for it left the code.
 */
export class Remembered extends TerraformElement {
  public override toTerraform(): object {
    const [removed, moved] = [this.removed(), this.moved()];
    return { ...(removed.length > 0 ? { removed } : {}), ...(moved.length > 0 ? { moved } : {}) };
  }

  /** A resource by the path that its construct had, where the tree has it still. */
  public static isDeclared(stack: TerraformStack, path: string, { address }: LockedResource): boolean {
    const there = constructAt(stack, path) as { terraformResourceType?: unknown } | undefined;
    return there?.terraformResourceType === typeOfAddress(address);
  }

  private removed(): readonly object[] {
    const stack = TerraformStack.of(this);
    if (toolOf(stack) === undefined) {
      return [];
    }
    const gone = Object.entries(this.before()?.resources ?? {}).filter(
      ([path, one]) => canBeReleased(one) && !Remembered.isDeclared(stack, path, one),
    );
    // The tree is walked where there is something to find alone.
    const words = gone.length === 0 ? [] : this.all().filter((one): one is Released => one instanceof Released);
    return gone
      .filter(([path, one]) => one.released === true || words.some((word) => word.covers(path)))
      .map(([, { address }]) => ({ from: address, lifecycle: { destroy: false } }));
  }

  private moved(): readonly object[] {
    const before = Object.entries(this.before()?.moved ?? {});
    const elements = before.length === 0 ? [] : this.all();
    // What a Renamed says itself, and what is somewhere else by now: Terraform moves nothing from where something is.
    const said = elements.flatMap((one) => (one instanceof Renamed ? one.moves.map(({ from }) => from) : []));
    const taken = elements.flatMap((one) => (TerraformResource.isTerraformResource(one) ? addressOf(one) : []));
    const left = new Set([...said, ...taken]);
    return before.filter(([from]) => !left.has(from)).map(([from, to]) => ({ from, to }));
  }

  private all(): readonly TerraformElement[] {
    return TerraformStack.of(this).node.findAll().filter(TerraformElement.isTerraformElement);
  }

  private before() {
    const lock = LockFile.of(this);
    return lock.counts ? lock.stackBefore(TerraformStack.of(this).node.path) : undefined;
  }
}
