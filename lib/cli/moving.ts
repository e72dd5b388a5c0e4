import { Terraform } from "../operate/machines/terraform";
import { NoJourney } from "../operate/move/journey";
import { moveGuest } from "../operate/move/move";
import { complain, say } from "./output";
import { needStack } from "./stack-json";

/** What `berth move` is told. */
export interface MoveOptions {
  readonly from: string;
  readonly apply?: boolean;
  readonly stack: string;
}

/** Tells, or with `apply` does, what brings a guest to its new host. Returns the exit code: 0, 1 where it stopped, 2 for a wrong call. */
export async function move(construct: string, { from, apply = false, stack }: MoveOptions): Promise<number> {
  const document = needStack(stack);
  if (document === undefined) {
    return 2;
  }
  try {
    await moveGuest({
      stack: document,
      terraform: new Terraform(stack),
      construct,
      from,
      apply,
      teller: { step: (text) => say(text) },
    });
    say(
      apply
        ? `its disks are there: terraform apply starts it. What is left on ${from} is yours to remove, once it runs: virsh undefine, virsh vol-delete`
        : "to do it: berth move --apply",
    );
    return 0;
  } catch (error) {
    const wrong = error instanceof NoJourney;
    complain(`${wrong ? "" : "STOPPED: "}${(error as Error).message}`);
    return wrong ? 2 : 1;
  }
}
