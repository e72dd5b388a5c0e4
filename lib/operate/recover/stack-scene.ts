import type { Document } from "../../rules/document";
import { keptNamesAround } from "../kept";
import { Tools } from "../machines/clients";
import type { Terraform } from "../machines/terraform";
import { Scene } from "./scene";
import { look } from "./sight";

/** Does something with a stack, its state, and what its daemons hold; clients are closed afterwards. Throws without a state. */
export async function withScene<T>(
  stack: Document,
  terraform: Terraform,
  work: (scene: Scene, tools: Tools) => T | Promise<T>,
): Promise<T> {
  const state = terraform.pullState();
  const tools = Tools.of(stack, state);
  try {
    return await work(
      new Scene(
        stack,
        state,
        look(stack, tools, state),
        (file) => terraform.has(file),
        keptNamesAround(terraform.folder),
      ),
      tools,
    );
  } finally {
    tools.close();
  }
}
