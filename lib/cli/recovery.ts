import * as readline from "node:readline/promises";
import { harmlessText } from "../core/harmless-text";
import { named } from "../operate/construct-of";
import { Terraform } from "../operate/machines/terraform";
import { type Dialogue, recover } from "../operate/recover/recover";
import type { Step } from "../operate/recover/repair";
import { complain, say, sayJson } from "./output";
import { needStack } from "./stack-json";

/** What `berth recover` is told. */
export interface RecoverOptions {
  readonly apply?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly stack?: string;
}

/** Prints, or does, what lets the next apply go through. Returns the exit code: 0 nothing is left, 1 something is, 2 it cannot tell. */
export async function recoverStack({ apply = false, yes = false, json = false, stack = "." }: RecoverOptions) {
  const document = needStack(stack);
  if (document === undefined) {
    return 2;
  }
  const tell = (text: string) => {
    if (!json) {
      say(text);
    }
  };
  const dialogue: Dialogue = {
    step: (step, command) => tell(asLines(step, command)),
    allows: async (step) => yes || (await asked(step, tell)),
    done: (step) => tell(`done: ${step.action} ${who(step)}`),
    failed: (step, said) => tell(`FAILED: ${step.action} ${who(step)}: ${said}`),
  };
  try {
    const { done, steps, obstacles, more } = await recover(document, new Terraform(stack), apply, dialogue);
    if (json) {
      const told = steps.map(({ construct, address, action, reason, asksFirst }) => ({
        construct,
        address,
        action,
        reason,
        asksFirst,
      }));
      const toldLeft = obstacles.map(({ construct, address, reason }) => ({ construct, address, reason }));
      sayJson({ steps: told, obstacles: toldLeft }, 2);
    }
    for (const obstacle of obstacles) {
      tell(`CANNOT  ${who(obstacle)}\n  ${obstacle.reason}`);
    }
    const left = steps.length + obstacles.length;
    const before = apply ? `${done} done; ` : "";
    tell(before + (left === 0 ? "nothing is left to recover: apply" : ending(steps, obstacles.length, apply, more)));
    return left === 0 ? 0 : 1;
  } catch (error) {
    complain((error as Error).message);
    return 2;
  }
}

function ending(steps: readonly Step[], obstacles: number, apply: boolean, more: boolean): string {
  const parts = [
    ...(steps.length > 0 ? [`${steps.length} ${apply ? "not done" : "to do: berth recover --apply"}`] : []),
    ...(more ? ["there may be more once what is off runs"] : []),
    ...(obstacles > 0 ? [`${obstacles} left to you`] : []),
  ];
  return parts.join("; ");
}

function asLines(step: Step, command: string): string {
  const asks = step.asksFirst ? ["  asks first"] : [];
  return [`${step.action.toUpperCase().padEnd(10)}  ${who(step)}`, `  ${step.reason}`, ...asks, `  ${command}`].join(
    "\n",
  );
}

function who({ construct, address }: { readonly construct: string | null; readonly address: string | null }): string {
  return named(construct, address ?? "the stack");
}

/** On a terminal only: a pipeline that is asked something says no. */
async function asked(step: Step, tell: (text: string) => void): Promise<boolean> {
  if (!process.stdin.isTTY) {
    tell(`not done: ${step.action} ${who(step)} asks first; say --yes`);
    return false;
  }
  const terminal = readline.createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    harmlessText(`${step.action} ${who(step)}: this is not undone by an apply. Type yes: `),
  );
  terminal.close();
  return answer.trim() === "yes";
}
