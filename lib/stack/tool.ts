import type { TerraformStack } from "cdktf";

/** What applies a stack, by the oldest release that does: some blocks are rendered only where it is known to read them. */
export type Tool = "terraform 1.7" | "opentofu 1.10";

export const TOOLS: readonly Tool[] = ["terraform 1.7", "opentofu 1.10"];

const tools = new WeakMap<TerraformStack, Tool>();

export function declareTool(stack: TerraformStack, tool: Tool | undefined): void {
  if (tool !== undefined) {
    tools.set(stack, tool);
  }
}

/** What a stack says that it is applied with; undefined where it says nothing. */
export function toolOf(stack: TerraformStack): Tool | undefined {
  return tools.get(stack);
}
