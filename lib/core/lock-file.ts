import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { canonicalJson } from "./body-hash";
import { shortHash } from "./naming";
import { lockFilePath } from "./project-folder";
import { afterSynthesis } from "./synthesis-hooks";

/** Context key that refuses changes of the lock file, as `BERTH_FROZEN=1` does. */
export const FROZEN_CONTEXT = "berth:frozen";

/** Network path, to what stands on it, to its slot: how far its address lies after the network address. */
type Slots = Readonly<Record<string, Readonly<Record<string, number>>>>;

const locks = new WeakMap<IConstruct, LockFile>();

/**
 * Which address slot each guest got. The file is committed, like a package lock: a hash of the guest's path proposes a
 * slot the first time, and from then on the file decides, so that adding or removing a guest never moves another.
 *
 * It is written when an app is synthesized into its own project, never by a test that synthesizes elsewhere.
 */
export class LockFile {
  private before: Slots;
  private readonly after = new Map<string, Map<string, number>>();
  private readonly broken: string | undefined;
  private readonly file: string | undefined;
  private readonly frozen: boolean;

  private constructor(root: IConstruct) {
    this.file = lockFilePath(root);
    this.frozen = isFrozen(root);
    const { slots, broken } = read(this.file);
    this.before = slots;
    this.broken = broken;
  }

  /** The lock of the app that `construct` belongs to. */
  public static of(construct: Construct): LockFile {
    const { root } = construct.node;
    let lock = locks.get(root);
    if (!lock) {
      lock = new LockFile(root);
      locks.set(root, lock);
    }
    lock.writeAfter(TerraformStack.of(construct));
    return lock;
  }

  /**
   * The slot of `user` on `network`: what the file says, else the first free one after the hash's proposal.
   *
   * @param slots - the offsets that may be given out
   * @param taken - offsets that somebody named for himself
   */
  public slot(network: string, user: string, slots: readonly number[], taken: ReadonlySet<number>): number | undefined {
    const given = this.givenOn(network);
    const locked = given.get(user) ?? this.before[network]?.[user];
    if (locked !== undefined && slots.includes(locked)) {
      given.set(user, locked);
      return locked;
    }
    const used = new Set([...taken, ...given.values(), ...Object.values(this.before[network] ?? {})]);
    const start = Number.parseInt(shortHash(user), 16) % Math.max(slots.length, 1);
    const free = [...slots.slice(start), ...slots.slice(0, start)].find((slot) => !used.has(slot));
    if (free !== undefined) {
      given.set(user, free);
    }
    return free;
  }

  /** What was given to a construct, and to everything below it, belongs to its new path, unless that has its own already. */
  public rename(from: string, to: string): void {
    const renamed = (path: string) =>
      path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
    const moved = (slots: Readonly<Record<string, number>>) => ({
      ...Object.fromEntries(Object.entries(slots).map(([user, slot]) => [renamed(user), slot])),
      ...Object.fromEntries(Object.entries(slots).filter(([user]) => renamed(user) === user)),
    });
    this.before = Object.fromEntries(
      Object.entries(this.before).map(([network, slots]) => [renamed(network), moved(slots)]),
    );
  }

  /** What is wrong with the file for `user`: it cannot be read, or it is frozen and lacks the slot. */
  public problemOf(network: string, user: string): string | undefined {
    if (this.broken !== undefined) {
      return this.broken;
    }
    return this.frozen && this.before[network]?.[user] !== this.givenOn(network).get(user)
      ? `has no slot for ${user} and is frozen (synthesize once without BERTH_FROZEN, and commit the file)`
      : undefined;
  }

  private givenOn(network: string): Map<string, number> {
    let given = this.after.get(network);
    if (!given) {
      given = new Map();
      this.after.set(network, given);
    }
    return given;
  }

  private readonly watched = new WeakSet<TerraformStack>();

  private writeAfter(stack: TerraformStack): void {
    if (!this.watched.has(stack)) {
      this.watched.add(stack);
      afterSynthesis(stack, (_, session) => this.write(session.outdir));
    }
  }

  private write(outdir: string): void {
    if (this.file === undefined || this.frozen || !isInside(outdir, path.dirname(this.file))) {
      return;
    }
    const given = Object.fromEntries([...this.after].map(([network, slots]) => [network, Object.fromEntries(slots)]));
    const networks = { ...this.before, ...given };
    const text = `${JSON.stringify(JSON.parse(canonicalJson({ version: 1, networks })), undefined, 2)}\n`;
    if (!fs.existsSync(this.file) || fs.readFileSync(this.file, "utf8") !== text) {
      fs.writeFileSync(this.file, text);
    }
  }
}

function isFrozen(root: IConstruct): boolean {
  const context: unknown = root.node.tryGetContext(FROZEN_CONTEXT);
  const set = context ?? process.env.BERTH_FROZEN ?? "";
  return set !== "" && set !== "0" && set !== "false" && set !== false;
}

function read(file: string | undefined): { slots: Slots; broken?: string } {
  if (file === undefined || !fs.existsSync(file)) {
    return { slots: {} };
  }
  try {
    const content = JSON.parse(fs.readFileSync(file, "utf8")) as { version?: unknown; networks?: Slots };
    if (content.version !== 1 || typeof content.networks !== "object" || content.networks === null) {
      return {
        slots: {},
        broken:
          'is not a lock file of version 1 (restore it from version control; it looks like {"version":1,"networks":{}})',
      };
    }
    return { slots: content.networks };
  } catch (error) {
    return { slots: {}, broken: `cannot be read: ${(error as Error).message} (restore it from version control)` };
  }
}

function isInside(folder: string, parent: string): boolean {
  const relative = path.relative(parent, path.resolve(folder));
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
