import type { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { noteAcknowledged } from "../core/acknowledgements";
import { CONSTRUCT_WARNINGS } from "../core/construct-warnings";
import { nearest } from "../core/nearest";
import { RULES } from "../rules/check";
import type { Json } from "../rules/document";
import { quote } from "../units/unit-error";
import { HostStack } from "./host-stack";
import { StackCheck } from "./stack-check";

const enforced = new WeakSet<TerraformStack>();

/**
 * Gives a plain `TerraformStack` the schema check and the provider rules that a `HostStack` has by itself: what they refuse
 * fails its validation, what they warn of becomes an annotation. Costs one more rendering of the stack.
 *
 * @example enforceRules(stack);
 */
export function enforceRules(stack: TerraformStack): void {
  if (HostStack.isHostStack(stack) || enforced.has(stack)) {
    return;
  }
  enforced.add(stack);
  const check = new StackCheck(stack);
  stack.node.addValidation({
    validate: () =>
      check
        .errorsIn(stack.toTerraform() as Json)
        .map(({ path, message }) => (path === stack.node.path ? message : `[${path}] ${message}`)),
  });
}

/**
 * Says that what a rule warns of is meant, on a construct and all below it. Errors cannot be acknowledged.
 *
 * @param rule - the id in brackets at the end of the warning
 * @param reason - why it is meant, for who reads the code
 * @example acknowledge(web, "docker/service/port-on-every-address", "the load balancer's health check asks from outside");
 */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  const known = RULES.find(({ id }) => id === rule);
  const warnings: readonly string[] = [
    ...CONSTRUCT_WARNINGS,
    ...RULES.filter(({ severity }) => severity === "warning").map(({ id }) => id),
  ];
  if (!warnings.includes(rule)) {
    const near = nearest(rule, warnings);
    const fix = known
      ? "an error must be mended"
      : near === undefined
        ? "see `berth rules`"
        : `did you mean "${near}"?`;
    throw new TypeError(`[${construct.node.path}] 'rule' must be the id of a warning, got ${quote(rule)} (${fix})`);
  }
  if (typeof reason !== "string" || reason.trim() === "") {
    throw new TypeError(`[${construct.node.path}] 'reason' must say why ${rule} is meant, got ${quote(reason)}`);
  }
  noteAcknowledged(construct, rule, reason);
}
