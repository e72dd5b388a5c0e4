import * as fs from "node:fs";
import * as path from "node:path";
import type { IConstruct } from "constructs";

/** Context key that names the lock file; the default is `berth.lock.json` in the project's folder. */
export const LOCK_FILE_CONTEXT = "berth:lockFile";

/** Name of the lock file where no context names another. */
export const LOCK_FILE_NAME = "berth.lock.json";

/** What marks the folder of a project, the most telling first. */
const MARKS = [LOCK_FILE_NAME, "cdktf.json", "package.json"];

/**
 * The lock file of an app: what the context names, else `berth.lock.json` in the nearest folder, from the current one up, that
 * has one already, or a `cdktf.json`, or a `package.json`. Undefined where there is none of these.
 */
export function lockFilePath(root: IConstruct): string | undefined {
  const named: unknown = root.node.tryGetContext(LOCK_FILE_CONTEXT);
  if (typeof named === "string") {
    return path.resolve(named);
  }
  const folders = foldersUp(process.cwd());
  for (const mark of MARKS) {
    const found = folders.find((folder) => fs.existsSync(path.join(folder, mark)));
    if (found !== undefined) {
      return path.join(found, LOCK_FILE_NAME);
    }
  }
  return undefined;
}

/** The folder that relative paths in props start at: where the lock file lies, wherever synth is run from. */
export function projectFolder(construct: IConstruct): string {
  const lockFile = lockFilePath(construct.node.root);
  return lockFile === undefined ? process.cwd() : path.dirname(lockFile);
}

/** A folder, and all above it, from the nearest one up. */
export function foldersUp(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}
