import { spawnSync } from "node:child_process";
import * as path from "node:path";

test("the kit works in vitest: matchers, their words, and a snapshot", () => {
  const vitest = path.join(path.dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  const config = path.join(__dirname, "vitest", "vitest.config.mts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, "run", "--config", config], {
    encoding: "utf8",
    // Without a snapshot on disk, a runner of CI's fails rather than writes one.
    env: { ...process.env, CI: "true", NO_COLOR: "1", VITEST: undefined, JEST_WORKER_ID: undefined, NODE_ENV: "test" },
  });
  expect(`${stdout}${stderr}`).toContain("Tests  1 passed (1)");
  expect(status).toBe(0);
}, 60_000);
