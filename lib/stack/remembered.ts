import { TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { typeOfAddress } from "../core/address";
import { constructAt } from "../core/construct-at";
import { LockFile } from "../core/lock-file";
import { canBeReleased, type LockedResource, laterAddresses } from "../core/lock-format";
import { addressOf } from "../core/naming";
import { type Move, Renamed } from "../core/renamed";
import { formerHosts } from "./former-hosts";
import { type Members, merge } from "./merge";
import { Released } from "./released";
import { toolOf } from "./tool";

/**
 * The blocks that a stack has from what the lock file remembers: what was let go of is forgotten, what was renamed is moved, and hosts
 * are reached under ids that they had before, in every state, however long after the words for it left the code.
 */
export class Remembered extends TerraformElement {
  public override toTerraform(): object {
    const blocks: Members = {};
    for (const host of formerHosts(TerraformStack.of(this), this.before()?.hosts ?? {})) {
      merge(blocks, host);
    }
    const [removed, moved] = [this.removed(), this.moved()];
    return { ...blocks, ...(removed.length > 0 ? { removed } : {}), ...(moved.length > 0 ? { moved } : {}) };
  }

  /** A resource by the path that its construct had, where the tree has it still. */
  public static isDeclared(stack: TerraformStack, path: string, { address }: LockedResource): boolean {
    const there = constructAt(stack, path) as { terraformResourceType?: unknown } | undefined;
    return there?.terraformResourceType === typeOfAddress(address);
  }

  /** The address of the resource at a path, where there is one. */
  public static at(stack: TerraformStack, path: string): string | undefined {
    const there = constructAt(stack, path);
    return there !== undefined && TerraformResource.isTerraformResource(there) ? addressOf(there) : undefined;
  }

  private removed(): readonly object[] {
    const addresses = this.letGoOf();
    const { moved = {} } = this.before() ?? {};
    // In a state that was not applied since it was renamed, it has an address of before.
    const former = Object.keys(moved).filter((from) => laterAddresses(moved, from).some((to) => addresses.has(to)));
    return [...addresses, ...former].sort().map((from) => ({ from, lifecycle: { destroy: false } }));
  }

  /** The addresses of what Terraform is to forget by a block. */
  private letGoOf(): ReadonlySet<string> {
    const stack = TerraformStack.of(this);
    if (toolOf(stack) === undefined) {
      return new Set();
    }
    const gone = Object.entries(this.before()?.resources ?? {}).filter(
      ([path, one]) => canBeReleased(one) && !Remembered.isDeclared(stack, path, one),
    );
    // The tree is walked where there is something to find alone.
    const words = gone.length === 0 ? [] : this.all().filter((one): one is Released => one instanceof Released);
    const released = gone.filter(([path, one]) => one.released === true || words.some((word) => word.covers(path)));
    return new Set(released.map(([, { address }]) => address));
  }

  private moved(): readonly Move[] {
    if (!LockFile.of(this).counts) {
      return [];
    }
    const said = Renamed.of(TerraformStack.of(this)).flatMap(({ moves }) => moves);
    return [...said, ...this.movedBefore(said)].sort((a, b) => (a.from < b.from ? -1 : 1));
  }

  private movedBefore(said: readonly Move[]): readonly Move[] {
    const before = Object.entries(this.before()?.moved ?? {});
    if (before.length === 0) {
      return [];
    }
    const elements = this.all();
    // What a Renamed says itself, and what is somewhere else by now: Terraform moves nothing from where something is.
    const taken = elements.flatMap((one) => (TerraformResource.isTerraformResource(one) ? addressOf(one) : []));
    const left = new Set([...said.map(({ from }) => from), ...taken]);
    const gone = this.letGoOf();
    const all = { ...Object.fromEntries(before), ...Object.fromEntries(said.map(({ from, to }) => [from, to])) };
    const words = elements.filter((one): one is Released => one instanceof Released);
    const letGo = Object.entries(this.before()?.resources ?? {}).flatMap(([path, { address, released }]) =>
      released === true || words.some((word) => word.covers(path)) ? [address] : [],
    );
    // What has left the code since is destroyed wherever it is.
    const there = new Set([...taken, ...letGo]);
    const remembered = before
      .filter(([from]) => !left.has(from) && laterAddresses(all, from).some((to) => there.has(to)))
      .filter(([from]) => !laterAddresses(all, from).some((to) => gone.has(to)))
      .map(([from, to]): Move => ({ from, to }));
    return inOneLine(said, remembered);
  }

  private all(): readonly TerraformElement[] {
    return TerraformStack.of(this).node.findAll().filter(TerraformElement.isTerraformElement);
  }

  private before() {
    const lock = LockFile.of(this);
    return lock.counts ? lock.stackBefore(TerraformStack.of(this).node.path) : undefined;
  }
}

/**
 * Terraform takes one move to an address. What has come to one from several others, as it did after it was renamed there and back, was
 * at each of them once: each leads to the next.
 */
function inOneLine(said: readonly Move[], remembered: readonly Move[]): readonly Move[] {
  const before = new Map(said.map(({ from, to }) => [to, from]));
  // Words that are refused may lead in circles.
  const comesFrom = (address: string): readonly string[] => {
    const found = [address];
    for (let next = before.get(address); next !== undefined && !found.includes(next); next = before.get(next)) {
      found.push(next);
    }
    return found;
  };
  return remembered.flatMap(({ from, to }): Move[] => {
    const line = comesFrom(to);
    const first = line.at(-1) ?? to;
    if (line.includes(from) || comesFrom(from).includes(first)) {
      return [];
    }
    before.set(first, from);
    return [{ from, to: first }];
  });
}
