import type { Change } from "../operate/change-class";
import { constructsIn, named } from "../operate/construct-of";
import { type DriftReport, findDrift, withOff } from "../operate/drift";
import { Terraform } from "../operate/machines/terraform";
import { unseen } from "../operate/unseen";
import { complain, say, sayJson } from "./output";
import { needStack } from "./stack-json";

/** What `berth report --drift` is told. */
export interface DriftOptions {
  readonly json?: boolean;
  readonly stack?: string;
}

/**
 * Prints what is otherwise than the code says, and what the next apply would do about it: for a schedule. Returns the exit code: 0
 * nothing is, 1 something is, 2 it cannot tell.
 */
export async function reportDrift({ json = false, stack = "." }: DriftOptions): Promise<number> {
  const document = needStack(stack);
  if (document === undefined) {
    return 2;
  }
  try {
    const terraform = new Terraform(stack);
    const seen = await unseen(document, terraform);
    const { off, inTheWay, canPlan: complete } = seen;
    const found: DriftReport = complete
      ? withOff(await findDrift(terraform, constructsIn(document), seen.members), seen)
      : { drift: [], pending: [...off, ...inTheWay] };
    if (json) {
      sayJson({ ...found, complete }, 2);
    } else {
      say(asLines(found, complete));
    }
    return found.drift.length + found.pending.length === 0 ? 0 : 1;
  } catch (error) {
    complain((error as Error).message);
    return 2;
  }
}

/** What is only created hits nothing that is there. */
function verdict({ class: found, reason }: Change): string {
  return found === "none" ? reason : `${found}: ${reason}`;
}

function asLines({ drift, pending }: DriftReport, complete: boolean): string {
  const rows = [
    ...drift.map(({ construct, address, differs, next }) =>
      [
        `DRIFTED  ${named(construct, address)}`,
        `  ${differs}`,
        `  next apply: ${next === null ? "leaves it so, as the code does not say otherwise" : verdict(next)}`,
      ].join("\n"),
    ),
    ...pending.map((change) =>
      [`PENDING  ${named(change.construct, change.address)}`, `  ${verdict(change)}`].join("\n"),
    ),
  ];
  const counts = `${drift.length} drifted, ${pending.length} pending`;
  const summary = rows.length === 0 ? "everything is as the code says" : counts;
  const more = complete ? "" : "; there may be more, which a plan would show once that is started: berth recover";
  return [...rows, summary + more].join("\n");
}
