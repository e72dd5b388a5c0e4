import type { TerraformElement, TerraformStack } from "cdktf";
import { ownerPath, typeOfAddress } from "../core/address";
import { constructAt } from "../core/construct-at";
import { warnOf } from "../core/construct-warnings";
import { FROZEN_WAY_OUT, LockFile } from "../core/lock-file";
import { isKept, type LockedResource, type LockedStack, laterAddresses } from "../core/lock-format";
import { type Move, Renamed } from "../core/renamed";
import { blocks, type Json, member } from "../rules/document";
import { compareWithLock, nextLock, withoutEffect } from "./lock-check";
import { endpointsIn, hostOf, namedResources, poolOf } from "./named-resources";
import { givenUpByOtherStacks, keptByOtherStacks, OTHER_STACK } from "./other-stacks";
import { Released } from "./released";
import { Remembered } from "./remembered";
import { kindOf } from "./resource-kind";
import type { Located } from "./synthesis-error";
import { toolOf } from "./tool";

const FIRST_BOOT_ONLY = "kvm/guest/first-boot-only" as const;
const NOTHING: LockedStack = { hosts: {}, resources: {} };

/** Holds one stack's finished JSON against what the lock file remembers of it, and has it remembered. */
export class StackMemory {
  constructor(private readonly stack: TerraformStack) {}

  /** What would happen without a word; nothing where this synthesis is not for real. */
  public problemsIn(json: Json, elements: readonly TerraformElement[]): Located[] {
    const { path: stack } = this.stack.node;
    const now = namedResources(json, stack);
    const named = Object.keys(now.resources).length > 0;
    const lock = LockFile.of(this.stack);
    const before = lock.stackBefore(stack) ?? NOTHING;
    if (!lock.counts || (!named && before === NOTHING && lock.lost === undefined)) {
      return [];
    }
    const released = elements.filter((element): element is Released => element instanceof Released);
    const comparison = {
      stack,
      before,
      now,
      has: (path: string) => constructAt(this.stack, path) !== undefined,
      found: (path: string) => {
        const address = Remembered.at(this.stack, path);
        const body = address === undefined ? undefined : bodyIn(json, address);
        return address === undefined || body === undefined
          ? undefined
          : { type: typeOfAddress(address), name: body.name, host: hostOf(address, body), pool: poolOf(body) };
      },
      isMoved: (from: string, to: string) => blocks(json.moved).some((move) => move.from === from && move.to === to),
      hosts: Object.fromEntries(endpointsIn(json)),
      hasHost: (host: string) => hasProvider(json, host),
      declares: (path: string, one: LockedResource) => {
        const address = Remembered.at(this.stack, path);
        // An override can take away what the tree has.
        const rendered = address !== undefined && bodyIn(json, address) !== undefined;
        return rendered && Remembered.isDeclared(this.stack, path, one);
      },
      releases: (path: string) => released.some((one) => one.covers(path)),
      forgets: (path: string) => released.some((one) => one.covers(path) && one.isForgotten),
      hasBlocks: toolOf(this.stack) !== undefined,
    };
    const next = nextLock(comparison);
    const words = Renamed.of(this.stack);
    const said = words.flatMap(({ moves }) => moves);
    lock.remember(stack, { ...next, moved: movesIn(json, before, next, said), renamed: asRemembered(words) });
    const siblings = lock.otherStacks(stack);
    const others = keptByOtherStacks(stack, now, siblings);
    this.warnOnce([
      ...withoutEffect(comparison).map((one) => ({ ...one, id: FIRST_BOOT_ONLY })),
      ...others.warnings.map((one) => ({ ...one, id: OTHER_STACK })),
    ]);
    const lacking = unremembered(lock, before, now, stack);
    return [
      ...(lock.lost !== undefined && lacking.length === 0 ? [lost(lock.lost, stack)] : []),
      ...lacking,
      ...reused(before, next, now, said, stack),
      ...compareWithLock(comparison),
      ...others.errors,
      ...givenUpByOtherStacks(stack, before, now, siblings),
    ];
  }

  private warned = false;

  private warnOnce(found: readonly (Located & { readonly id: Parameters<typeof warnOf>[1] })[]): void {
    for (const { path, message, id } of this.warned ? [] : found) {
      const construct = constructAt(this.stack, path.slice(this.stack.node.path.length + 1));
      if (construct) {
        warnOf(construct, id, message);
      }
    }
    this.warned = true;
  }
}

/** What the code says of renames now. */
function asRemembered(words: readonly Renamed[]): LockedStack["renamed"] {
  return words.length === 0 ? undefined : Object.fromEntries(words.map(({ from, to }) => [from, to]));
}

/** The moves that are to be remembered: those of before and of now, but for what is somewhere else by now. */
function movesIn(
  json: Json,
  { moved }: LockedStack,
  { resources }: LockedStack,
  said: readonly Move[],
): LockedStack["moved"] {
  const remembered = new Set(Object.values(resources).map(({ address }) => address));
  const known = new Set([...Object.keys(moved ?? {}), ...said.map(({ from }) => from)]);
  // As it was rendered: what came to one address from several is one line by then.
  const now = blocks(json.moved).filter(({ from }) => known.has(String(from)));
  const all: Record<string, string> = {
    ...moved,
    ...Object.fromEntries(now.map(({ from, to }) => [String(from), String(to)])),
  };
  const has = (address: string) => {
    const [type = "", id = ""] = address.split(".");
    return member(member(json, "resource"), type)?.[id] !== undefined;
  };
  // What was let go of afterwards is still to be found by its former name.
  const isThere = (address: string) => has(address) || remembered.has(address);
  const leadsSomewhere = (from: string, seen: readonly string[] = []): boolean => {
    const to = all[from];
    return to !== undefined && !seen.includes(to) && (isThere(to) || leadsSomewhere(to, [...seen, to]));
  };
  const kept = Object.entries(all).filter(([from]) => !has(from) && leadsSomewhere(from));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/**
 * Ids that something had before it was renamed, and that something else has now: a state that was not applied since has both. What
 * comes back to its own former id is the same thing.
 */
function reused(
  { moved = {} }: LockedStack,
  next: LockedStack,
  now: LockedStack,
  said: readonly Move[],
  stack: string,
): Located[] {
  const remembered = new Set(
    [...Object.values(next.resources), ...Object.values(now.resources)].map((one) => one.address),
  );
  return Object.entries(now.resources).flatMap(([path, { address, name }]): Located[] => {
    const later = laterAddresses(moved, address);
    const isBack = said.some(({ from, to }) => to === address && later.includes(from));
    const other = later.find((one) => remembered.has(one));
    return isBack || other === undefined
      ? []
      : [
          {
            path: `${stack}/${ownerPath(path)}`,
            message:
              `id cannot be used for ${kindOf(typeOfAddress(address))} "${name}" yet, as it was that of ${other} before that was renamed: in a state ` +
              "that was not applied since, Terraform would take one for the other (choose another id; or, where every state was applied since, " +
              "remove its line below 'moved' from berth.lock.json) [lock/id]",
          },
        ];
  });
}

function bodyIn(json: Json, address: string): Json | undefined {
  const [type = "", id = ""] = address.split(".");
  return member(member(member(json, "resource"), type), id);
}

function hasProvider(json: Json, host: string): boolean {
  const [type = "", alias] = host.split(".");
  const given = blocks(member(json, "provider")?.[type]);
  return given.some((block) => block.alias === alias);
}

function lost(why: string, stack: string): Located {
  return {
    path: stack,
    message: `berth.lock.json must say what was applied and is kept, got ${why} [lock/lost]`,
  };
}

/** What is kept and cannot be remembered: the file is broken, or has no place, or may not change. */
function unremembered(lock: LockFile, before: LockedStack, now: LockedStack, stack: string): Located[] {
  return Object.entries(now.resources).flatMap(([path, one]): Located[] => {
    const known = before.resources[path];
    const lacks = lock.frozen && !(known !== undefined && isKept(known));
    const why = lock.unusable ?? (lacks ? `a file that does not have it and is frozen (${FROZEN_WAY_OUT})` : undefined);
    if (!isKept(one) || why === undefined) {
      return [];
    }
    const message = `${kindOf(typeOfAddress(one.address))} "${one.name}", which is kept, must be in berth.lock.json, got ${why}`;
    return [{ path: `${stack}/${ownerPath(path)}`, message: `${message} [lock/unremembered]` }];
  });
}
