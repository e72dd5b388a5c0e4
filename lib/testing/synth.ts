import * as path from "node:path";
import { App, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { withoutWriting } from "../core/in-memory";
import { projectFolder } from "../core/project-folder";
import { stackFolder } from "../core/synthesis-hooks";
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
  return withoutWriting(stack.node.root, () => synthInMemory(stack));
}

function synthInMemory(stack: TerraformStack): Synthesized {
  for (const one of stack.node.root.node.findAll()) {
    if (isStack(one)) {
      one.prepareStack();
    }
  }
  stack.runAllValidations();
  const json = JSON.parse(asInProject(stack, JSON.stringify(stack.toTerraform()))) as {
    readonly [key: string]: unknown;
  };
  const warnings = stack.node
    .findAll()
    .flatMap((node) =>
      node.node.metadata
        .filter(({ type }) => type === "@cdktf/warn")
        .map(({ data }) => `[${node.node.path}] ${String(data)}`),
    );
  return { template: new Template(json), warnings };
}

/** Names the project's files as a stack in `cdktf.out` does: the app of a test writes to a folder that is another every time. */
function asInProject(stack: TerraformStack, text: string): string {
  const from = path.resolve(stackFolder(stack, App.of(stack).outdir));
  const to = stackFolder(stack, path.resolve(projectFolder(stack), "cdktf.out"));
  return text.replace(/(?<=\$\{path\.module\}\/)\.\.(?:\/[^"\\]*)?/g, (file) =>
    path.relative(to, path.resolve(from, file)).split(path.sep).join("/"),
  );
}

function isStack(node: IConstruct): node is TerraformStack {
  return !App.isApp(node) && "prepareStack" in node;
}
