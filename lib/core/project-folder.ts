import * as fs from "node:fs";
import * as path from "node:path";
import type { IConstruct } from "constructs";

/** Context key that names the lock file; the default is `berth.lock.json` beside the nearest `cdktf.json`. */
export const LOCK_FILE_CONTEXT = "berth:lockFile";

/** Name of the lock file where no context names another. */
export const LOCK_FILE_NAME = "berth.lock.json";

/** The lock file of an app, or undefined where it stands in no project. */
export function lockFilePath(root: IConstruct): string | undefined {
  const named: unknown = root.node.tryGetContext(LOCK_FILE_CONTEXT);
  if (typeof named === "string") {
    return path.resolve(named);
  }
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, "cdktf.json"))) {
      return path.join(folder, LOCK_FILE_NAME);
    }
    if (folder === path.dirname(folder)) {
      return undefined;
    }
  }
}

/** The folder that relative paths in props start at: where the lock file lies, wherever synth is run from. */
export function projectFolder(construct: IConstruct): string {
  const lockFile = lockFilePath(construct.node.root);
  return lockFile === undefined ? process.cwd() : path.dirname(lockFile);
}
