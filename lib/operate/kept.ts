import * as fs from "node:fs";
import * as path from "node:path";
import { type LockContent, parseLock } from "../core/lock-format";
import { foldersUp, LOCK_FILE_CONTEXT, LOCK_FILE_NAME } from "../core/project-folder";
import { isObject, type Json, member } from "../rules/document";
import type { Change } from "./change-class";

/**
 * Addresses of what the project's lock file remembers as kept of a stack, let go of or not: no plan may destroy it. None where there is
 * no such file, or none that is read.
 */
export function keptOf(folder: string): ReadonlySet<string> {
  const absolute = path.resolve(folder);
  const own = Object.values(stacksAbove(absolute)[path.basename(absolute)]?.resources ?? {});
  return new Set(own.flatMap(({ address, kept }) => (kept === true ? [address] : [])));
}

/** Names of what any stack of the project keeps or let go of: it is no other stack's to remove. */
export function keptNamesAround(folder: string): ReadonlySet<string> {
  const all = Object.values(stacksAbove(path.resolve(folder))).flatMap(({ resources }) => Object.values(resources));
  return new Set(all.flatMap(({ name, kept, released }) => (kept === true || released === true ? [name] : [])));
}

function stacksAbove(folder: string): LockContent["stacks"] {
  try {
    return parseLock(fs.readFileSync(lockFileAbove(folder) ?? "", "utf8")).stacks;
  } catch {
    return {};
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

/** What a plan does to something kept: data that nobody said may go. */
export function losesKept({ class: found, address }: Change, kept: ReadonlySet<string>): boolean {
  return found === "data-lost" && kept.has(address);
}
