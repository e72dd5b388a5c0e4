import { expect } from "@jest/globals";
import type {} from "expect";
import { type BerthMatchers, matchers } from "./matchers";
import { snapshotSerializer } from "./snapshot";

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T> extends BerthMatchers<R> {}
}

declare global {
  namespace jest {
    interface Matchers<R> extends BerthMatchers<R> {}
  }
}

expect.extend(matchers);
expect.addSnapshotSerializer(snapshotSerializer);
