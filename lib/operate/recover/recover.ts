import * as fs from "node:fs";
import * as path from "node:path";
import type { Document } from "../../rules/document";
import { Tools } from "../machines/clients";
import { asTyped, type Command, executeAll } from "../machines/execute";
import type { State } from "../machines/state";
import type { Terraform } from "../machines/terraform";
import { wait } from "../machines/wait";
import { makeAlone, NotApplied } from "../targeted-plans";
import { atRest } from "./at-rest";
import { type Findings, findRepairs } from "./findings";
import { pushAdopted } from "./push";
import type { Obstacle, Repair, Step } from "./repair";
import { sceneOf } from "./stack-scene";

/** Where Terraform leaves a state that it could not write. */
const ERRORED = "errored.tfstate";
/** A guest that is emulated takes minutes until its engine answers. */
const ENGINE_SECONDS = 600;
/** What starts makes more to be seen: an engine in a guest. Each round starts something further in. */
const ROUNDS = 5;

/** What a recovery tells while it goes on, and asks. */
export interface Dialogue {
  step(step: Step, command: string): void;
  /** Whether to do what may lose something. */
  allows(step: Step): Promise<boolean>;
  done(step: Step): void;
  failed(step: Step, said: string): void;
}

/** What is left at the end. */
export interface Left {
  /** How many steps were done. */
  readonly done: number;
  /** Steps that were not done: nobody asked for it, nobody allowed it, or they failed. */
  readonly steps: readonly Step[];
  readonly obstacles: readonly Obstacle[];
  /** True where an engine has to answer before it is known whether there is more. */
  readonly more: boolean;
}

/**
 * Holds a stack's state against what the daemons hold, and tells, or with `apply` does, what lets the next apply go through.
 * Throws where the state cannot be had.
 */
export async function recover(
  stack: Document,
  terraform: Terraform,
  apply: boolean,
  dialogue: Dialogue,
): Promise<Left> {
  const work = () => recoverAll(stack, terraform, apply, dialogue);
  return apply ? terraform.locked(work) : work();
}

async function recoverAll(stack: Document, terraform: Terraform, apply: boolean, dialogue: Dialogue): Promise<Left> {
  const undone: Step[] = [];
  let done = 0;
  if (apply) {
    await atRest(stack, terraform);
  }
  for (let round = 1; ; round++) {
    const state = terraform.pullState();
    const tools = Tools.of(stack, state);
    try {
      const { steps, obstacles } = survey(stack, state, terraform, tools);
      const open = steps.filter((step) => !undone.some((known) => same(known, step)));
      for (const step of open) {
        dialogue.step(step, commandOf(step, terraform, tools));
      }
      if (!apply || round > ROUNDS) {
        const more = open.some(({ action }) => action === "start" || action === "make");
        return { done, steps: [...undone, ...open], obstacles, more };
      }
      const chosen: Step[] = [];
      for (const step of open) {
        (!step.asksFirst || (await dialogue.allows(step)) ? chosen : undone).push(step);
      }
      const failed = await perform(chosen, { stack, terraform, tools }, dialogue);
      undone.push(...failed);
      done += chosen.length - failed.length;
      if (chosen.length === failed.length) {
        return { done, steps: undone, obstacles, more: false };
      }
    } finally {
      tools.close();
    }
  }
}

function survey(stack: Document, state: State | undefined, terraform: Terraform, tools: Tools): Findings {
  const errored = erroredState(terraform, state);
  if (errored) {
    return { steps: [errored], obstacles: [] };
  }
  return findRepairs(sceneOf(stack, state, terraform, tools));
}

function erroredState(terraform: Terraform, state: State | undefined): Step | undefined {
  const file = path.resolve(terraform.folder, ERRORED);
  if (!fs.existsSync(file)) {
    return undefined;
  }
  const { serial, lineage } = readErrored(file);
  const newer = state === undefined || (lineage === state.lineage && serial > state.serial);
  return newer
    ? {
        construct: null,
        address: null,
        action: "push",
        reason: `Terraform could not write the state, and left it in ${ERRORED}: what was made would be made again`,
        asksFirst: false,
        repair: { kind: "command", run: { on: "terraform", args: ["state", "push", ERRORED] } },
      }
    : undefined;
}

function readErrored(file: string): Pick<State, "serial" | "lineage"> {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as State;
  } catch (error) {
    throw new Error(
      `${file}, in which Terraform left a state that it could not write, is not whole: ${(error as Error).message}`,
    );
  }
}

function same(a: Step, b: Step): boolean {
  return a.address === b.address && a.action === b.action && a.reason === b.reason;
}

function commandOf({ repair }: Step, terraform: Terraform, tools: Tools): string {
  switch (repair.kind) {
    case "adopt":
      return "berth recover --apply writes it into the state";
    case "make":
      return terraform.command("apply", ...repair.targets.map((target) => `-target=${target}`));
    default:
      return commandsOf(repair)
        .map((one) => asTyped(one, terraform, tools))
        .join(" && ");
  }
}

/** What is done with clients of the daemons, or with one of Terraform's commands. */
type Commands = Exclude<Repair, { kind: "adopt" | "make" }>;

function commandsOf({ first, run }: Commands): readonly Command[] {
  return first === undefined ? [run] : [first, run];
}

/** Whom steps are done with. */
interface Hands {
  readonly stack: Document;
  readonly terraform: Terraform;
  readonly tools: Tools;
}

/** Does the steps in their order; what is adopted is written at once. Returns those that failed. */
async function perform(steps: readonly Step[], hands: Hands, dialogue: Dialogue): Promise<readonly Step[]> {
  const failed: Step[] = [];
  const tell = (step: Step, said: string | undefined): void => {
    if (said === undefined) {
      dialogue.done(step);
    } else {
      dialogue.failed(step, said);
      failed.push(step);
    }
  };
  const adopted = steps.filter(({ repair }) => repair.kind === "adopt");
  const pushed = adopted.length === 0 ? undefined : await pushAdopted(adopted, [], hands.terraform);
  for (const step of adopted) {
    tell(step, pushed);
  }
  for (const step of steps) {
    const { repair } = step;
    if (repair.kind !== "adopt") {
      const said = repair.kind === "make" ? await made(repair.targets, hands) : await executeOrUndo(repair, hands);
      const awaits = said === undefined && repair.kind === "start" ? repair.awaits : [];
      tell(step, said ?? (await answers(awaits, hands.tools)));
    }
  }
  return failed;
}

/** What is said where something cannot be made, or not without more being changed. */
async function made(targets: readonly string[], { stack, terraform }: Hands): Promise<string | undefined> {
  try {
    await makeAlone(targets, stack, terraform);
    return undefined;
  } catch (error) {
    if (error instanceof NotApplied) {
      return error.message;
    }
    throw error;
  }
}

/** What a repair that failed says; what was done for it before is undone. */
async function executeOrUndo(repair: Commands, { terraform, tools }: Hands): Promise<string | undefined> {
  const said = await executeAll(commandsOf(repair), terraform, tools);
  if (said === undefined || repair.kind !== "command" || repair.undo === undefined) {
    return said;
  }
  const left = await executeAll([repair.undo], terraform, tools);
  return left === undefined ? `${said}; it is as it was before` : `${said}; and it is not as it was before: ${left}`;
}

/** Waits until the engines answer; what one of them says where it does not. */
async function answers(engines: readonly string[], tools: Tools): Promise<string | undefined> {
  for (const name of engines) {
    const engine = tools.engine(name);
    const up = await wait(ENGINE_SECONDS, () => "version" in engine.version());
    if (!up) {
      return `it was started, and its engine at ${engine.endpoint.address} does not answer within ${ENGINE_SECONDS} s`;
    }
  }
  return undefined;
}
