import type {} from "expect";
import { matchers } from "./matchers";
import { snapshotSerializer } from "./snapshot";
import type { ResourceClass } from "./template";

/** What `expect(template)` can be asked. */
export interface BerthMatchers<R> {
  toHaveResource(type: ResourceClass, expected?: object): R;
  toBeValidOffline(): R;
  toStartAfter(later: string, earlier: string): R;
}

declare module "expect" {
  interface Matchers<R extends void | Promise<void>, T> extends BerthMatchers<R> {}
}

declare global {
  namespace jest {
    interface Matchers<R> extends BerthMatchers<R> {}
  }
}

/** The runner's own `expect`, as a global of jest or vitest. */
declare const expect: {
  extend(all: typeof matchers): void;
  addSnapshotSerializer(serializer: typeof snapshotSerializer): void;
};

expect.extend(matchers);
expect.addSnapshotSerializer(snapshotSerializer);
