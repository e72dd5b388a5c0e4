import { isObject } from "../rules/document";
import type { Change } from "./change-class";
import { changesOf } from "./changes";
import { edits, isNothing } from "./difference";
import type { Members } from "./held-network";
import { forget, privateFolder } from "./machines/private-folder";
import type { Terraform } from "./machines/terraform";
import { isPlan, type Plan, type ResourceChange } from "./plan";
import { type Unseen, withUnseen } from "./unseen";

/** Something that is otherwise than Terraform left it, and what the next apply does about it. */
export interface Drift {
  readonly construct: string | null;
  readonly address: string;
  /** What is otherwise: what was, and what is there now. */
  readonly differs: string;
  /** What the next apply would do to it; null where it would leave it so. */
  readonly next: Change | null;
}

/** What differs from what Terraform left, and what else the next apply would change. */
export interface DriftReport {
  readonly drift: readonly Drift[];
  readonly pending: readonly Change[];
}

/**
 * Makes a plan, which nobody applies, and reads what has drifted from it. Where none can be made, what differs is told all the same.
 * Throws with Terraform's words where that cannot be told either.
 */
export async function findDrift(
  terraform: Terraform,
  constructs: ReadonlyMap<string, string>,
  members: Members,
): Promise<DriftReport> {
  const folder = privateFolder("drift");
  const file = `${folder}/plan`;
  const options = ["-input=false", "-no-color", `-out=${file}`];
  try {
    const planned = await terraform.change(["plan"], options);
    const fails = planned.code === 0 ? undefined : (/^Error: (.+)$/m.exec(planned.err)?.[1] ?? "terraform plan fails");
    const found = fails === undefined ? planned : await terraform.change(["plan", "-refresh-only"], options);
    const shown = found.code === 0 ? terraform.run("show", "-json", file) : planned;
    if (shown.code !== 0) {
      throw new Error(`${terraform.command("plan")}: ${shown.err.trim()}`);
    }
    const plan: unknown = JSON.parse(shown.out);
    if (!isPlan(plan)) {
      throw new Error(`${terraform.command("show", "-json")} printed no plan`);
    }
    return driftIn(plan, constructs, { fails, members });
  } finally {
    forget(folder);
  }
}

/**
 * The same of a plan that is at hand.
 *
 * @param fails - what the next plan would end with; undefined where it is this one
 * @param members - who is on Docker networks
 */
export function driftIn(
  plan: Plan,
  constructs: ReadonlyMap<string, string>,
  { fails, members }: { readonly fails?: string | undefined; readonly members?: Members } = {},
): DriftReport {
  const changes = changesOf(plan, constructs, members);
  const drift = (plan.resource_drift ?? []).flatMap((one): Drift[] => {
    const construct = constructs.get(one.address.replace(/\[.*\]$/, "")) ?? null;
    const next =
      fails === undefined
        ? (changes.find(({ address }) => address === one.address) ?? null)
        : failing(one.address, construct, fails);
    const told = next === null ? withoutFilledIn(one) : one;
    const words = one.change.actions.includes("delete") ? ["it is gone"] : edits(told, construct !== null);
    // What only a daemon computes, such as an address that it gave out, nobody set.
    return words.length === 0 ? [] : [{ construct, address: one.address, differs: words.join(", "), next }];
  });
  const drifted = new Set(drift.map(({ address }) => address));
  const created = new Set(
    (plan.resource_changes ?? []).flatMap(({ address, type, change: { actions } }) =>
      actions.join() === "create" && type !== "terraform_data" ? [address] : [],
    ),
  );
  const pending = changes.filter(({ address, class: found }) => found !== "none" || created.has(address));
  return { drift, pending: pending.filter(({ address }) => !drifted.has(address)) };
}

/** The same, with what no plan shows: one row a resource. */
export function withOff(
  { drift, pending }: DriftReport,
  { off, inTheWay }: Pick<Unseen, "off" | "inTheWay">,
): DriftReport {
  const reasons = new Map(off.map((one) => [one.address, one.reason]));
  const drifted = drift.map((one) => {
    const reason = reasons.get(one.address);
    reasons.delete(one.address);
    const obstacle = inTheWay.find(({ address }) => address === one.address);
    const told = obstacle === undefined ? one : { ...one, next: obstacle };
    return reason === undefined ? told : { ...told, differs: `${one.differs}; ${reason}` };
  });
  const others = off.filter(({ address }) => reasons.has(address));
  return { drift: drifted, pending: withUnseen(pending, { off: others, inTheWay }) };
}

function failing(address: string, construct: string | null, fails: string): Change {
  return { construct, address, class: "fails", reason: `no plan can be made: ${fails}`, rule: null, alsoHits: [] };
}

/** Without what the state did not know, as of something that `berth recover` took into it, and the next apply leaves so: it was filled in. */
function withoutFilledIn(one: ResourceChange): ResourceChange {
  const { before, after } = one.change;
  const told = known(before, after);
  return { ...one, change: { ...one.change, after: isObject(told) ? told : after } };
}

/** What is there now, but for what was nothing before. */
function known(before: unknown, after: unknown): unknown {
  if (isNothing(before)) {
    return before;
  }
  return isObject(before) && isObject(after)
    ? Object.fromEntries(Object.keys(after).map((name) => [name, known(before[name], after[name])]))
    : after;
}
