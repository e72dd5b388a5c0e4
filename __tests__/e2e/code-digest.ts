import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";

const ROOT = path.join(__dirname, "..", "..", "..");

/** Everything that decides what is rendered and what is checked. */
export function codeDigest(): string {
  const hash = createHash("sha256");
  for (const file of ["lib", "stacks", "__tests__/e2e"].flatMap((folder) => filesBelow(path.join(ROOT, folder)))) {
    if (!file.endsWith("proven.json")) {
      hash.update(file.slice(ROOT.length)).update(fs.readFileSync(file));
    }
  }
  return hash.digest("hex");
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
    )
    .sort();
}
