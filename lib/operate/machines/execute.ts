import type { Tools } from "./clients";
import { lastLine, type Ran } from "./command";
import type { Terraform } from "./terraform";

/** Who runs it: Terraform in the stack's folder, or the client of one of the stack's endpoints. */
export interface Command {
  readonly on: "terraform" | { readonly endpoint: string };
  readonly args: readonly string[];
}

export function execute({ on, args }: Command, terraform: Terraform, tools: Tools): Ran {
  if (on === "terraform") {
    return terraform.run(...args);
  }
  const { provider } = tools.endpoint(on.endpoint);
  return provider === "docker" ? tools.engine(on.endpoint).run(args) : tools.libvirt(on.endpoint).run(args);
}

/** A command as a person types it. */
export function asTyped({ on, args }: Command, terraform: Terraform, tools: Tools): string {
  if (on === "terraform") {
    return terraform.command(...args);
  }
  const { provider } = tools.endpoint(on.endpoint);
  return provider === "docker" ? tools.engine(on.endpoint).command(args) : tools.libvirt(on.endpoint).command(args);
}

/** What a command that failed says. */
export function failure({ code, out, err }: Ran): string | undefined {
  return code === 0 ? undefined : err.trim() || lastLine(out) || `it ended with ${code}`;
}
