import type { Document } from "../rules/document";
import { type Change, HARM } from "./change-class";
import type { Terraform } from "./machines/terraform";
import { findRepairs } from "./recover/findings";
import type { Action } from "./recover/repair";
import { withScene } from "./recover/stack-scene";

/** What only the daemons tell. */
const OFF: ReadonlySet<Action> = new Set(["start", "set", "connect", "disconnect", "replace"]);

/** What no plan shows. */
export interface Unseen {
  readonly off: readonly Change[];
  /** Whether a plan can be made, and believed, while it is so. */
  readonly canPlan: boolean;
}

/** What is off on its host, and in no plan: an apply will end well, and leave it off. Throws where a host does not tell. */
export async function unseen(stack: Document, terraform: Terraform): Promise<Unseen> {
  const steps = await withScene(stack, terraform, (scene) => {
    scene.refuseSilence();
    return findRepairs(scene).steps;
  });
  const found = steps
    .filter(({ action, address, inPlan }) => OFF.has(action) && address !== null && inPlan !== true)
    .map(
      ({ construct, address, reason }): Change => ({
        construct,
        address: address ?? "",
        class: "ignored",
        reason,
        rule: null,
        alsoHits: [],
      }),
    );
  const off = found.flatMap((one, index) => {
    const same = found.filter(({ address }) => address === one.address);
    const reasons = [...same.map(({ reason }) => reason), "berth recover does it"];
    return found.findIndex(({ address }) => address === one.address) === index
      ? [{ ...one, reason: reasons.join("; ") }]
      : [];
  });
  return { off, canPlan: !steps.some(({ beforePlans }) => beforePlans) };
}

/** The same, told together with what a plan changes: one row a resource. What is stopped for the change is started after it. */
export function withUnseen(planned: readonly Change[], off: readonly Change[]): readonly Change[] {
  const seen = new Map(off.map((one) => [one.address, one]));
  const told = planned.map((change) => {
    const other = seen.get(change.address);
    seen.delete(change.address);
    return other === undefined
      ? change
      : {
          ...change,
          class: startsAgain(change) ? change.class : other.class,
          reason: `${change.reason}; ${other.reason}`,
        };
  });
  return [...told, ...seen.values()];
}

function startsAgain({ class: found }: Change): boolean {
  return HARM.indexOf(found) >= HARM.indexOf("restart") || found === "fails";
}
