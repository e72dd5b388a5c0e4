import { asMarkdown, asText } from "../operate/as-text";
import { type Change, type ChangeClass, HARM } from "../operate/change-class";
import { changesOf, exceeds } from "../operate/changes";
import { constructsIn } from "../operate/construct-of";
import { keptOf, losesKept } from "../operate/kept";
import { Terraform } from "../operate/machines/terraform";
import { isPlan } from "../operate/plan";
import { type Unseen, unseen, withUnseen } from "../operate/unseen";
import type { Document } from "../rules/document";
import { complain, say, sayJson } from "./output";
import { readStack } from "./stack-json";

/** What `berth report` is told. */
export interface ReportOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly atMost?: string;
  readonly stack?: string;
  readonly look?: boolean;
}

/**
 * Prints what a plan will really do. Returns the exit code: 0, 1 where it is more than was allowed or something kept would be lost,
 * 2 for a wrong call.
 */
export async function reportPlan(
  text: string,
  { json, markdown, atMost, look = false, stack = "." }: ReportOptions,
): Promise<number> {
  const plan = parse(text);
  if (!isPlan(plan)) {
    complain("expected the output of `terraform show -json PLAN` on standard input");
    return 2;
  }
  if (atMost !== undefined && !HARM.includes(atMost as ChangeClass)) {
    complain(`--at-most must be one of ${HARM.join(", ")}, got ${JSON.stringify(atMost)}`);
    return 2;
  }
  const document = readStack(stack);
  if (look && document === undefined) {
    complain(`--look needs the stack: no cdk.tf.json in ${stack}`);
    return 2;
  }
  if (document === undefined) {
    complain(
      `no cdk.tf.json in ${stack}: constructs, and what is kept, are not known (run it in the stack's folder, or with --stack)`,
    );
  }
  const seen = look && document ? await lookFor(document, stack) : NOTHING;
  if (seen === undefined) {
    return 2;
  }
  const kept = keptOf(stack);
  if (kept.unknown !== undefined) {
    complain(`${kept.unknown}: what is kept is not known`);
  }
  const names = new Map((plan.resource_changes ?? []).map(({ address, change }) => [address, change.before?.name]));
  const loses = (change: Change) => losesKept(change, names.get(change.address), kept);
  const changes = withUnseen(changesOf(plan, constructsIn(document), seen.members), seen).map((change) =>
    loses(change) ? { ...change, reason: `${change.reason}; it is kept, and nobody said that it may go` } : change,
  );
  if (json) {
    sayJson({ changes }, 2);
  } else {
    say(markdown ? asMarkdown(changes) : asText(changes));
  }
  const tooMuch = changes.some(
    (change) => loses(change) || (atMost !== undefined && exceeds(change, atMost as ChangeClass)),
  );
  return tooMuch ? 1 : 0;
}

const NOTHING: Unseen = { off: [], inTheWay: [], members: new Map(), canPlan: true };

/** What no plan shows; undefined where that is not known, after saying so. */
async function lookFor(document: Document, folder: string): Promise<Unseen | undefined> {
  try {
    return await unseen(document, new Terraform(folder));
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
