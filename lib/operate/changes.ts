import { typeOfAddress } from "../core/address";
import { type Change, type ChangeClass, HARM } from "./change-class";
import { type Classified, classify, type Verdict } from "./classify";
import { foldHelpers } from "./fold-helpers";
import { holdersOf, type Members } from "./held-network";
import { hitWith, type Plan } from "./plan";

/** What runs, and what holds data: others are not named among those that are hit. */
const HIT: ReadonlySet<string> = new Set(["docker_container", "docker_service", "docker_volume", "libvirt_domain"]);

/**
 * What a plan will really do, resource by resource, by what was recorded of the providers and daemons; resources of other
 * providers are told as Terraform has them. Resources that only help a construct of berth's are told with it.
 *
 * @param constructs - address to construct path, as the stack's cdk.tf.json says it
 * @param members - who is on Docker networks, where somebody looked
 */
export function changesOf(
  plan: Plan,
  constructs: ReadonlyMap<string, string> = new Map(),
  members: Members = new Map(),
): Change[] {
  const hitBy = hitWith(plan);
  const changed = (plan.resource_changes ?? []).filter(
    ({ mode, change: { actions } }) => mode !== "data" && actions[0] !== "no-op" && actions[0] !== "read",
  );
  const constructOf = (address: string) => constructs.get(address.replace(/\[.*\]$/, "")) ?? null;
  const all = changed.map((one): Classified => ({ one, construct: constructOf(one.address) }));
  return foldHelpers(
    all.map((entry) => {
      const verdict = classify(entry, all, plan);
      const holders = holdersOf(entry.one, changed, members);
      const { class: found, reason, rule = null } = holders.length === 0 ? verdict : held(verdict, holders);
      const hits = HARM.indexOf(found) >= HARM.indexOf("restart") ? hitBy(entry.one.address) : [];
      return { change: toChange(entry, found, reason, rule, hits), one: entry.one };
    }),
  );
}

function held({ reason }: Verdict, holders: readonly string[]): Verdict {
  const names = holders.join(" and ");
  return {
    class: "fails",
    reason: `${reason}; the apply ends with a timeout, after it took off what it replaces, as ${names} ${holders.length === 1 ? "stays" : "stay"} on it: docker network disconnect, or remove, ${names} first`,
  };
}

function toChange(
  { one, construct }: Classified,
  found: ChangeClass,
  reason: string,
  rule: string | null,
  hits: readonly string[],
): Change {
  const alsoHits = hits.filter((address) => HIT.has(typeOfAddress(address)));
  return { construct, address: one.address, class: found, reason, rule, alsoHits };
}

/** Whether a change is more than somebody allows. What fails, or does nothing, always is. */
export function exceeds({ class: found }: Pick<Change, "class">, most: ChangeClass): boolean {
  return found === "fails" || found === "ignored" || HARM.indexOf(found) > HARM.indexOf(most);
}
