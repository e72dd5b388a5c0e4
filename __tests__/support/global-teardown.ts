import * as fs from "node:fs";

export default function teardown(): void {
  const { TMPDIR } = process.env;
  if (TMPDIR?.includes("berth-tests-")) {
    fs.rmSync(TMPDIR, { recursive: true, force: true });
  }
}
