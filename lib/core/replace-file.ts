import * as fs from "node:fs";
import * as path from "node:path";

/** How long another process may take to write, in milliseconds, before its lock counts as left behind. */
const STALE = 10_000;

/**
 * Replaces a file whole, so that nobody ever reads a half of it, while nobody else does. Throws where it was changed since it
 * was read as `expected`: what two syntheses decided apart would be lost.
 *
 * @param expected - what the file was read as; undefined where it was not there
 * @returns what is in the file now
 */
export function replaceFile(file: string, expected: string | undefined, next: string): string {
  if (next === expected) {
    return next;
  }
  const lock = `${file}.lock`;
  const part = `${file}.part`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  hold(lock);
  try {
    const now = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined;
    if (now !== expected && now !== next) {
      throw new Error("was changed by another synthesis meanwhile (synthesize again)");
    }
    writeWhole(part, next);
    // A link to a file elsewhere stays a link.
    fs.renameSync(part, now === undefined ? file : fs.realpathSync(file));
  } finally {
    fs.rmSync(lock, { force: true });
  }
  return next;
}

/** Leaves no half of it behind, as where the disk is full. */
function writeWhole(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text);
  } catch (error) {
    if (fs.existsSync(file) && fs.statSync(file).isFile()) {
      fs.rmSync(file);
    }
    throw error;
  }
}

/** Takes the lock, or waits for whoever has it. */
function hold(lock: string): void {
  for (let waited = 0; ; waited += PAUSE) {
    try {
      fs.closeSync(fs.openSync(lock, "wx"));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
        throw error;
      }
    }
    if (waited >= STALE) {
      fs.rmSync(lock, { force: true });
    } else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}

const PAUSE = 50;
