import * as path from "node:path";
import { defineConfig } from "vitest/config";

const LIB = path.join(import.meta.dirname, "..", "..", "..", "lib");

export default defineConfig({
  root: import.meta.dirname,
  resolve: {
    alias: [
      { find: /^berth$/, replacement: `${LIB}/index.ts` },
      { find: /^berth\/testing$/, replacement: `${LIB}/testing/index.ts` },
      { find: /^berth\/providers\/docker$/, replacement: `${LIB}/providers/docker/index.ts` },
    ],
  },
  test: { include: ["*.spec.ts"], setupFiles: [`${LIB}/testing/vitest.mts`], pool: "threads" },
});
