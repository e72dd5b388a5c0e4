import type { Tools } from "./clients";
import { lastLine, type Ran } from "./command";
import type { Terraform } from "./terraform";

/** Who runs it: Terraform in the stack's folder, or the client of one of the stack's endpoints. */
export interface Command {
  readonly on: "terraform" | { readonly endpoint: string };
  readonly args: readonly string[];
}

export async function execute({ on, args }: Command, terraform: Terraform, tools: Tools): Promise<Ran> {
  if (on === "terraform") {
    const [command = "", ...rest] = args;
    return command === "state" ? terraform.change(args.slice(0, 2), args.slice(2)) : terraform.change([command], rest);
  }
  const { provider } = tools.endpoint(on.endpoint);
  return provider === "docker" ? tools.engine(on.endpoint).run(args) : tools.libvirt(on.endpoint).run(args);
}

/** Runs commands one after another, up to the first that fails; what that one says. */
export async function executeAll(
  commands: readonly Command[],
  terraform: Terraform,
  tools: Tools,
): Promise<string | undefined> {
  for (const command of commands) {
    const said = failure(await execute(command, terraform, tools));
    if (said !== undefined) {
      return said;
    }
  }
  return undefined;
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

/** Throws with what a command says that failed. */
export function mustSucceed(ran: Ran): void {
  const said = failure(ran);
  if (said !== undefined) {
    throw new Error(said);
  }
}
