import * as fs from "node:fs";
import * as path from "node:path";
import { isKept, type LockedResource, parseLock } from "../core/lock-format";
import { foldersUp, LOCK_FILE_CONTEXT, LOCK_FILE_NAME } from "../core/project-folder";
import { isObject, type Json, member } from "../rules/document";
import type { Change } from "./change-class";

/** Addresses of what the project's lock file remembers as kept of a stack; none where there is no such file, or none that is read. */
export function keptOf(folder: string): ReadonlySet<string> {
  const kept = lockedIn(folder).filter(isKept);
  return new Set(kept.map(({ address }) => address));
}

/** Names of what a stack let go of: it stays on its host, and is nobody's to remove. */
export function releasedOf(folder: string): ReadonlySet<string> {
  return new Set(lockedIn(folder).flatMap(({ name, released }) => (released === true ? [name] : [])));
}

function lockedIn(folder: string): readonly LockedResource[] {
  const absolute = path.resolve(folder);
  try {
    const { stacks } = parseLock(fs.readFileSync(lockFileAbove(absolute) ?? "", "utf8"));
    return Object.values(stacks[path.basename(absolute)]?.resources ?? {});
  } catch {
    return [];
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
