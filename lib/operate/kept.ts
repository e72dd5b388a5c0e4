import * as fs from "node:fs";
import * as path from "node:path";
import { typeOfAddress } from "../core/address";
import { type LockContent, parseLock } from "../core/lock-format";
import { foldersUp, LOCK_FILE_CONTEXT, LOCK_FILE_NAME } from "../core/project-folder";
import { isObject, type Json, member } from "../rules/document";
import type { Change } from "./change-class";

/** What the project's lock file remembers as kept of a stack, let go of or not: no plan may destroy it. */
export interface Kept {
  readonly addresses: ReadonlySet<string>;
  /** Types and names, such as `docker_volume data`: code that was put back calls it by another address than the state. */
  readonly names: ReadonlySet<string>;
  /** Why it is not known. */
  readonly unknown: string | undefined;
}

/** Nothing where there is no such file. */
export function keptOf(folder: string): Kept {
  const absolute = path.resolve(folder);
  const { stacks, unknown } = read(absolute);
  const own = Object.values(stacks[path.basename(absolute)]?.resources ?? {}).filter(({ kept }) => kept === true);
  return {
    addresses: new Set(own.map(({ address }) => address)),
    names: new Set(own.map(({ address, name }) => `${typeOfAddress(address)} ${name}`)),
    unknown,
  };
}

/** Names of what any stack of the project keeps or let go of: it is no other stack's to remove. */
export function keptNamesAround(folder: string): ReadonlySet<string> {
  const all = Object.values(read(path.resolve(folder)).stacks).flatMap(({ resources }) => Object.values(resources));
  return new Set(all.flatMap(({ name, kept, released }) => (kept === true || released === true ? [name] : [])));
}

function read(folder: string): { readonly stacks: LockContent["stacks"]; readonly unknown: string | undefined } {
  const file = lockFileAbove(folder);
  if (file === undefined || !fs.existsSync(file)) {
    return { stacks: {}, unknown: undefined };
  }
  try {
    return { stacks: parseLock(fs.readFileSync(file, "utf8")).stacks, unknown: undefined };
  } catch (error) {
    return { stacks: {}, unknown: `${path.basename(file)} ${(error as Error).message}` };
  }
}

/** The lock file that a cdktf.json names, else the nearest one. */
function lockFileAbove(folder: string): string | undefined {
  const folders = foldersUp(folder);
  const named = folders.flatMap((one) => {
    const file = contextOf(path.join(one, "cdktf.json"))?.[LOCK_FILE_CONTEXT];
    return typeof file === "string" ? [path.resolve(one, file)] : [];
  });
  const nearest = folders.map((one) => path.join(one, LOCK_FILE_NAME)).find((one) => fs.existsSync(one));
  return named[0] ?? nearest;
}

function contextOf(file: string): Json | undefined {
  try {
    const content: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return isObject(content) ? member(content, "context") : undefined;
  } catch {
    return undefined;
  }
}

/** What a plan does to something kept: data that nobody said may go. Where nobody knows what is kept, all data are. */
export function losesKept({ class: found, address }: Change, name: unknown, kept: Kept): boolean {
  const known = kept.addresses.has(address) || kept.names.has(`${typeOfAddress(address)} ${String(name)}`);
  return found === "data-lost" && (known || kept.unknown !== undefined);
}
