import type { Document } from "../rules/document";
import { type Change, type ChangeClass, HARM } from "./change-class";
import type { Members } from "./held-network";
import type { Terraform } from "./machines/terraform";
import { findRepairs } from "./recover/findings";
import type { Action, Obstacle } from "./recover/repair";
import type { Scene } from "./recover/scene";
import { withScene } from "./recover/stack-scene";

/** What only the daemons tell. */
const OFF: ReadonlySet<Action> = new Set(["start", "set", "connect", "disconnect", "replace"]);

/** What no plan shows. */
export interface Unseen {
  /** An apply will end well, and leave it off. */
  readonly off: readonly Change[];
  /** What the apply will fail to make, as something of its name is there. */
  readonly inTheWay: readonly Change[];
  /** Who is on Docker networks. */
  readonly members: Members;
  /** Whether a plan can be made, and believed, while it is so. */
  readonly canPlan: boolean;
}

/** What is otherwise on its host, and in no plan. Throws where a host does not tell. */
export async function unseen(stack: Document, terraform: Terraform): Promise<Unseen> {
  const { steps, obstacles, members } = await withScene(stack, terraform, (scene) => {
    scene.refuseSilence();
    return { ...findRepairs(scene), members: membersIn(scene) };
  });
  const found = steps
    .filter(({ action, address, inPlan }) => OFF.has(action) && address !== null && inPlan !== true)
    .map((step) => changeOf(step, "ignored", step.reason));
  const repaired = found.flatMap((one, index) => {
    const same = found.filter(({ address }) => address === one.address);
    const reasons = [...same.map(({ reason }) => reason), "berth recover does it"];
    return found.findIndex(({ address }) => address === one.address) === index
      ? [{ ...one, reason: reasons.join("; ") }]
      : [];
  });
  const left = obstacles.flatMap((one) => (one.leftSo ? changeOf(one, "ignored", one.reason) : []));
  const inTheWay = [
    ...steps.flatMap((step) => (step.inTheWay ? changeOf(step, "fails", `${step.reason}; berth recover does it`) : [])),
    ...obstacles.flatMap((one) => (one.inTheWay ? changeOf(one, "fails", one.reason) : [])),
  ];
  return { off: [...repaired, ...left], inTheWay, members, canPlan: !steps.some(({ beforePlans }) => beforePlans) };
}

function membersIn({ sights }: Scene): Members {
  const networks = [...sights.values()].flatMap((sight) =>
    sight.kind === "docker" ? [...sight.networks.values()] : [],
  );
  return new Map(
    networks.map(({ Id: id, Containers: on }) => [
      id,
      Object.entries(on ?? {}).map(([container, { Name: name }]) => ({ id: container, name })),
    ]),
  );
}

function changeOf({ construct, address }: Obstacle, found: ChangeClass, reason: string): Change {
  return { construct, address: address ?? "", class: found, reason, rule: null, alsoHits: [] };
}

/**
 * The same, told together with what a plan changes: one row a resource. What is stopped for the change is started after it; what is in the
 * way is so for what the plan makes.
 */
export function withUnseen(
  planned: readonly Change[],
  { off, inTheWay }: Pick<Unseen, "off" | "inTheWay">,
): readonly Change[] {
  const seen = new Map(off.map((one) => [one.address, one]));
  const told = planned.map((change) => {
    const obstacle = inTheWay.find(({ address }) => address === change.address);
    if (obstacle !== undefined) {
      return { ...change, class: obstacle.class, reason: obstacle.reason };
    }
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
