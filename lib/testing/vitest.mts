import { expect } from "vitest";
import { type BerthMatchers, matchers, snapshotSerializer } from "./index.js";

declare module "vitest" {
  // Without type parameters, since versions differ in how many there are; all of them have defaults.
  interface Matchers extends BerthMatchers<void> {}
}

expect.extend(matchers);
expect.addSnapshotSerializer(snapshotSerializer);
