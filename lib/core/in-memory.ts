import type { IConstruct } from "constructs";

const inMemory = new WeakSet<IConstruct>();

/** Runs `work` on an app that is synthesized in memory: nothing on disk may change. */
export function withoutWriting<T>(root: IConstruct, work: () => T): T {
  inMemory.add(root);
  try {
    return work();
  } finally {
    inMemory.delete(root);
  }
}

/** Whether a construct's app is being synthesized in memory. */
export function isInMemory(construct: IConstruct): boolean {
  return inMemory.has(construct.node.root);
}
