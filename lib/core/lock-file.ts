import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { constructAt } from "./construct-at";
import { isInMemory } from "./in-memory";
import {
  isKept,
  type LockContent,
  type LockedNetwork,
  type LockedStack,
  lockText,
  NOTHING_LOCKED,
  parseLock,
} from "./lock-format";
import { shortHash } from "./naming";
import { LOCK_FILE_CONTEXT, LOCK_FILE_NAME, lockFilePath } from "./project-folder";
import { replaceFile } from "./replace-file";
import { afterSynthesis } from "./synthesis-hooks";

/** Context key that refuses changes of the lock file, as `BERTH_FROZEN=1` does. */
export const FROZEN_CONTEXT = "berth:frozen";

/** How the file may change after all. */
export const FROZEN_WAY_OUT = "synthesize once without BERTH_FROZEN, and commit the file";

const NO_PLACE =
  `no place for it: no folder from here up has a ${LOCK_FILE_NAME}, a cdktf.json or a package.json (add one of them to the project, ` +
  `or name the file: new App({ context: { "${LOCK_FILE_CONTEXT}": "${LOCK_FILE_NAME}" } }))`;

/** What a slot is chosen from. */
export interface FreeSlots {
  /** The offsets that may be given out. */
  readonly offsets: readonly number[];
  /** Offsets that the code names. */
  readonly taken: ReadonlySet<number>;
  /** Text whose hash proposes the first one to try. */
  readonly hint: string;
}

/** Why nothing can be remembered after all. */
export class LockFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "LockFileError";
    this.stack = message;
  }
}

/** What is remembered of another stack. */
export interface OtherStack {
  readonly name: string;
  readonly content: LockedStack;
  readonly stack: TerraformStack | undefined;
}

const locks = new WeakMap<IConstruct, LockFile>();

/**
 * What an app must not forget: which address each guest got, which resources it has and where, and which of them are kept.
 * The file is committed, like a package lock.
 *
 * It is written when an app is synthesized for real: never in memory, and never into the system's folder for temporary files
 * from a project that is elsewhere, as tests do.
 */
export class LockFile {
  private before: LockContent;
  private readonly asRead: LockContent;
  private readonly renames: { readonly from: string; readonly to: string }[] = [];
  /** The text that {@link before} was read from. */
  private readonly text: string | undefined;
  private readonly slots = new Map<string, Map<string, number>>();
  private readonly prefixes = new Map<string, string>();
  private readonly bridges = new Map<string, string>();
  private readonly imageScopes = new Map<string, Map<string, string>>();
  private readonly stacks = new Map<string, LockedStack>();
  /** Why the file cannot be used. */
  private readonly broken: string | undefined;
  public readonly file: string | undefined;
  public readonly frozen: boolean;
  /** What this synthesis wrote last: an app writes once for each of its stacks. */
  private written: string | undefined;
  private readonly watched = new WeakSet<TerraformStack>();

  private constructor(private readonly root: IConstruct) {
    this.file = lockFilePath(root);
    this.frozen = isFrozen(root);
    const { content, text, broken } = read(this.file);
    this.before = content;
    this.asRead = content;
    this.text = text;
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

  /** Whether this synthesis is for real: what is remembered counts, and is written. */
  public get counts(): boolean {
    if (isInMemory(this.root) || !App.isApp(this.root)) {
      return false;
    }
    const outdir = path.resolve(this.root.outdir);
    const home = this.file === undefined ? undefined : path.dirname(this.file);
    return (home !== undefined && isInside(outdir, home)) || !isInside(outdir, fs.realpathSync(os.tmpdir()));
  }

  /** Why nothing can be remembered: the file is broken, or there is no place for one. */
  public get unusable(): string | undefined {
    return this.broken === undefined ? this.homeless : `a file that ${this.broken}`;
  }

  /** Why what was remembered is not known, whatever the code has. */
  public get lost(): string | undefined {
    const missing = this.frozen && this.file !== undefined && this.text === undefined && this.broken === undefined;
    const why = missing ? `no file, and BERTH_FROZEN (${FROZEN_WAY_OUT})` : this.broken && `a file that ${this.broken}`;
    return this.counts ? why : undefined;
  }

  private get homeless(): string | undefined {
    return this.file === undefined && this.counts ? NO_PLACE : undefined;
  }

  /**
   * The slot of `user` on `network`: what the file says, else the first free one after what the hash of `hint` proposes.
   */
  public slot(network: string, user: string, { offsets: slots, taken, hint }: FreeSlots): number | undefined {
    const given = inside(this.slots, network);
    const before = this.before.networks[network]?.slots ?? {};
    const locked = given.get(user) ?? before[user];
    if (locked !== undefined && slots.includes(locked)) {
      given.set(user, locked);
      return locked;
    }
    const used = new Set([...taken, ...given.values(), ...Object.values(before)]);
    const start = Number.parseInt(shortHash(hint), 16) % Math.max(slots.length, 1);
    const free = [...slots.slice(start), ...slots.slice(0, start)].find((slot) => !used.has(slot));
    if (free !== undefined) {
      given.set(user, free);
    }
    return free;
  }

  /** Gives `user` the slot that the code names. */
  public choose(network: string, user: string, slot: number): void {
    inside(this.slots, network).set(user, slot);
  }

  /**
   * The first bytes of a network's hardware addresses: what the file says, else the first proposal that no other network has.
   * They stay when the network's addresses change, so that guests are known by them.
   */
  public macPrefix(network: string, proposal: (attempt: number) => string): string {
    return this.choice(this.prefixes, "macPrefix", network, proposal);
  }

  /** The bridge of a network that names none, likewise: it stays when the network is renamed. */
  public bridge(network: string, proposal: (attempt: number) => string): string {
    return this.choice(this.bridges, "bridge", network, proposal);
  }

  private choice(
    given: Map<string, string>,
    kind: "macPrefix" | "bridge",
    network: string,
    proposal: (attempt: number) => string,
  ): string {
    const known = given.get(network) ?? this.before.networks[network]?.[kind];
    const others = new Set([
      ...[...given].flatMap(([other, one]) => (other === network ? [] : [one])),
      ...Object.entries(this.before.networks).flatMap(([other, { [kind]: one }]) =>
        other === network || one === undefined ? [] : [one],
      ),
    ]);
    let chosen = known;
    for (let attempt = 0; chosen === undefined || (known === undefined && others.has(chosen)); attempt++) {
      chosen = proposal(attempt);
    }
    given.set(network, chosen);
    return chosen;
  }

  /**
   * The path that the images on an engine are named by in a stack: the host's own, or the one that it had when it was first
   * synthesized. As Terraform knows an image by that name, another one would replace the containers made from it.
   *
   * @param host - the provider block, such as `docker.rack1`
   */
  public imageScope(stack: string, host: string, endpoint: string, path: string): string {
    const scopes = inside(this.imageScopes, stack);
    const { hosts = {}, imageScopes = {} } = this.before.stacks[stack] ?? {};
    const former = Object.keys(imageScopes).find((one) => hosts[one] === endpoint);
    const scope =
      scopes.get(host) ?? imageScopes[host] ?? (former === undefined ? path : (imageScopes[former] ?? path));
    scopes.set(host, scope);
    return scope;
  }

  /** What was remembered of a stack before this synthesis. */
  public stackBefore(stack: string): LockedStack | undefined {
    return this.before.stacks[stack];
  }

  /** The same as the file has it, whatever was renamed since it was read; undefined where the file does not count. */
  public stackAsRead(stack: string): LockedStack | undefined {
    return this.counts ? this.asRead.stacks[stack] : undefined;
  }

  /** What is remembered of other stacks, and the stack itself where this app has it. */
  public otherStacks(stack: string): readonly OtherStack[] {
    return Object.entries(this.before.stacks)
      .filter(([name]) => name !== stack)
      .map(([name, content]) => {
        const there = constructAt(this.root, name);
        return { name, content, stack: there !== undefined && TerraformStack.isStack(there) ? there : undefined };
      });
  }

  /** Stacks that are remembered with something kept, and that this app does not have. */
  public forgottenStacks(stacks: readonly string[]): readonly string[] {
    return Object.entries(this.before.stacks)
      .filter(([name, { resources }]) => !stacks.includes(name) && Object.values(resources).some(isKept))
      .map(([name]) => name);
  }

  /** What is to be remembered of a stack once it is written. */
  public remember(stack: string, content: LockedStack): void {
    const scopes = this.imageScopes.get(stack);
    this.stacks.set(stack, scopes ? { ...content, imageScopes: Object.fromEntries(scopes) } : content);
  }

  /**
   * What was given to a construct, and to everything below it, belongs to its new path, unless that has its own already. Of several words
   * for one path, the most particular one holds, wherever it is in the code.
   */
  public rename(from: string, to: string): void {
    this.renames.push({ from, to });
    const words = [...this.renames].sort((a, b) => b.from.length - a.from.length);
    const renamed = (one: string) => {
      const word = words.find((said) => one === said.from || ["/", "#"].some((end) => one.startsWith(said.from + end)));
      return word === undefined ? one : word.to + one.slice(word.from.length);
    };
    const { networks, stacks } = this.asRead;
    this.before = {
      networks: moved(
        networks,
        renamed,
        ({ slots, ...rest }): LockedNetwork => ({ ...rest, slots: moved(slots, renamed) }),
      ),
      stacks: Object.fromEntries(
        Object.entries(stacks).map(([stack, { resources, ...rest }]) => {
          // What was let go of had left the code before, and stays where it was.
          const below = (one: string) =>
            resources[one]?.released === true ? one : renamed(`${stack}/${one}`).slice(stack.length + 1);
          return [stack, { ...rest, resources: moved(resources, below) }];
        }),
      ),
    };
  }

  /** What is wrong with the file for `user`: it cannot be used, it is frozen and lacks the slot, or gives it to two. */
  public problemOf(network: string, user: string): string | undefined {
    if (this.unusable !== undefined) {
      return this.unusable;
    }
    const before = this.before.networks[network]?.slots ?? {};
    const slot = this.slots.get(network)?.get(user);
    const [twin] = Object.entries(before).find(([other, one]) => other !== user && one === slot) ?? [];
    if (twin !== undefined && before[user] === slot) {
      return `a file that gives slot ${slot} to ${twin} as well (two branches met: remove the line of the guest that was not applied yet)`;
    }
    return this.frozen && before[user] !== slot
      ? `a file that has no slot for ${user} and is frozen (${FROZEN_WAY_OUT})`
      : undefined;
  }

  private writeAfter(stack: TerraformStack): void {
    if (!this.watched.has(stack)) {
      this.watched.add(stack);
      afterSynthesis(stack, () => this.write());
    }
  }

  private write(): void {
    if (this.file === undefined || this.broken !== undefined || this.frozen || !this.counts) {
      return;
    }
    const given = [...new Set([...this.slots.keys(), ...this.prefixes.keys()])].map(
      (network): [string, LockedNetwork] => [
        network,
        {
          macPrefix: this.prefixes.get(network) ?? this.before.networks[network]?.macPrefix,
          bridge: this.bridges.get(network),
          slots: Object.fromEntries(this.slots.get(network) ?? []),
        },
      ],
    );
    const next = lockText({
      networks: { ...this.before.networks, ...Object.fromEntries(given) },
      stacks: { ...this.before.stacks, ...Object.fromEntries(this.stacks) },
    });
    try {
      this.written = replaceFile(this.file, this.written ?? this.text, next);
    } catch (error) {
      throw new LockFileError(`${path.basename(this.file)} must be written, got a file that ${reasonOf(error)}`);
    }
  }
}

/** The entries under their new names; where another entry has the new name already, or gets it first, they stay as they are. */
function moved<T>(
  entries: Readonly<Record<string, T>>,
  renamed: (name: string) => string,
  change: (entry: T) => T = (entry) => entry,
): Record<string, T> {
  const taken = new Set(Object.keys(entries));
  return Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => {
      const wanted = renamed(name);
      const next = taken.has(wanted) ? name : wanted;
      taken.add(next);
      return [next, change(entry)];
    }),
  );
}

function inside<T>(outer: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const inner = outer.get(key) ?? new Map<string, T>();
  outer.set(key, inner);
  return inner;
}

function isFrozen(root: IConstruct): boolean {
  const context: unknown = root.node.tryGetContext(FROZEN_CONTEXT);
  const set = context ?? process.env.BERTH_FROZEN ?? "";
  return set !== "" && set !== "0" && set !== "false" && set !== false;
}

function read(file: string | undefined): { content: LockContent; text?: string; broken?: string } {
  const there = file === undefined ? undefined : fs.lstatSync(file, { throwIfNoEntry: false });
  if (file === undefined || there === undefined) {
    return { content: NOTHING_LOCKED };
  }
  if (!fs.existsSync(file)) {
    return { content: NOTHING_LOCKED, broken: "is a link to nothing (fix the link, or remove it)" };
  }
  if (fs.statSync(file).isDirectory()) {
    return { content: NOTHING_LOCKED, broken: "is a folder (name a file)" };
  }
  const text = fs.readFileSync(file, "utf8");
  try {
    return { content: parseLock(text), text };
  } catch (error) {
    return { content: NOTHING_LOCKED, text, broken: (error as Error).message };
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : `the system refuses: ${code}`;
}

function isInside(folder: string, parent: string): boolean {
  const relative = path.relative(parent, path.resolve(folder));
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
