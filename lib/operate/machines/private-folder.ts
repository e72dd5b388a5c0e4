import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const open = new Set<string>();

/** A folder for what is secret: nobody else reads it, and it is gone with the command, also where that is broken off. */
export function privateFolder(name: string): string {
  if (open.size === 0) {
    process.on("exit", forgetAll);
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      process.once(signal, () => process.exit(code));
    }
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `berth-${name}-`));
  open.add(folder);
  return folder;
}

export function forget(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  open.delete(folder);
}

function forgetAll(): void {
  for (const folder of open) {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
