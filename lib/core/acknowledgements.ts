import type { IConstruct } from "constructs";

const acknowledged = new WeakMap<IConstruct, Map<string, string>>();

/** Notes that a rule's warning is known and meant, on a construct and all below it. */
export function noteAcknowledged(construct: IConstruct, rule: string, reason: string): void {
  const known = acknowledged.get(construct) ?? new Map<string, string>();
  acknowledged.set(construct, known.set(rule, reason));
}

/** Whether a rule's warning was acknowledged on a construct or above it. */
export function isAcknowledged(construct: IConstruct, rule: string): boolean {
  return construct.node.scopes.some((scope) => acknowledged.get(scope)?.has(rule) ?? false);
}
