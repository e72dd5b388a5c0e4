import type { Document } from "../../rules/document";
import { keptNamesAround } from "../kept";
import { Tools } from "../machines/clients";
import type { State } from "../machines/state";
import type { Terraform } from "../machines/terraform";
import { Scene } from "./scene";
import { look } from "./sight";

/** A stack, a state of it, and what its daemons hold now. */
export function sceneOf(stack: Document, state: State | undefined, terraform: Terraform, tools: Tools): Scene {
  const sights = look(stack, tools, state);
  return new Scene(stack, state, sights, (file) => terraform.has(file), keptNamesAround(terraform.folder));
}

/** Does something with a stack, its state, and what its daemons hold; clients are closed afterwards. Throws without a state. */
export async function withScene<T>(
  stack: Document,
  terraform: Terraform,
  work: (scene: Scene, tools: Tools) => T | Promise<T>,
): Promise<T> {
  const state = terraform.pullState();
  const tools = Tools.of(stack, state);
  try {
    return await work(sceneOf(stack, state, terraform, tools), tools);
  } finally {
    tools.close();
  }
}
