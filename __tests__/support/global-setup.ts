import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** Everything that tests write goes below one folder, which goes when they end. */
export default function setup(): void {
  process.env.TMPDIR = fs.mkdtempSync(path.join(os.tmpdir(), "berth-tests-"));
}
