import { Terraform } from "../operate/machines/terraform";
import { type RolloutTeller, rollout } from "../operate/rollout/rollout";
import { NotApplied } from "../operate/targeted-plans";
import { complain, say } from "./output";
import { needStack } from "./stack-json";

/** What `berth rollout` is told. */
export interface RolloutOptions {
  readonly apply?: boolean;
  readonly ready?: string;
  readonly wait: string;
  readonly stack: string;
}

const TELLER: RolloutTeller = {
  order: (due, done, images) => {
    for (const image of images) {
      say(`first   ${image}`);
    }
    for (const { construct, address } of due) {
      say(`replace ${construct} (${address})`);
    }
    for (const { construct, address } of done) {
      say(`as it is ${construct} (${address})`);
    }
  },
  applying: (what) => say(`applying ${what}`),
  waiting: ({ construct }) => say(`waiting until ${construct} serves`),
  isReady: ({ construct }) => say(`${construct} serves`),
};

/** Replaces the members of a group singly. Returns the exit code: 0 all serve, 1 stopped, 2 for a wrong call. */
export async function rolloutGroup(
  group: string,
  { apply = false, ready, wait, stack }: RolloutOptions,
): Promise<number> {
  const document = needStack(stack);
  const seconds = Number(wait);
  if (document === undefined) {
    return 2;
  }
  if (!(seconds > 0)) {
    complain(`--wait must be a number of seconds, got ${JSON.stringify(wait)}`);
    return 2;
  }
  try {
    await rollout(document, new Terraform(stack), group, { apply, command: ready, seconds }, TELLER);
    say(apply ? "all of them serve; terraform apply does what is left" : "to do it: berth rollout --apply");
    return 0;
  } catch (error) {
    const stopped = error instanceof NotApplied;
    complain(`${stopped ? "STOPPED: " : ""}${(error as Error).message}`);
    return stopped ? 1 : 2;
  }
}
