import { App, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { Template } from "./template";

/** What a synth in a test gives. */
export interface Synthesized {
  readonly template: Template;
  /** Warnings that the constructs gave, as `[path] message`. */
  readonly warnings: readonly string[];
}

/**
 * Synthesizes one stack as `app.synth()` would, in memory: cross-stack references are prepared, validations and rules
 * are on, nothing is written. Throws what a synth would throw.
 *
 * @example const { template } = synth(stack);
 */
export function synth(stack: TerraformStack): Synthesized {
  for (const one of stack.node.root.node.findAll()) {
    if (isStack(one)) {
      one.prepareStack();
    }
  }
  stack.runAllValidations();
  const json = JSON.parse(JSON.stringify(stack.toTerraform())) as { readonly [key: string]: unknown };
  const warnings = stack.node
    .findAll()
    .flatMap((node) =>
      node.node.metadata
        .filter(({ type }) => type === "@cdktf/warn")
        .map(({ data }) => `[${node.node.path}] ${String(data)}`),
    );
  return { template: new Template(json), warnings };
}

function isStack(node: IConstruct): node is TerraformStack {
  return !App.isApp(node) && "prepareStack" in node;
}
