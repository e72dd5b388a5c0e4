import type { Change } from "../change-class";
import { isHarm } from "../change-class";
import { dependents, type Plan, type ResourceChange } from "../plan";

/** What can be replaced one after another: what runs, and has a construct of its own. */
const KINDS: ReadonlySet<string> = new Set(["docker_container", "libvirt_domain"]);

/** One of those that do the same. */
export interface Member {
  readonly construct: string;
  readonly address: string;
  readonly kind: "docker_container" | "libvirt_domain";
  /** As its daemon knows it. */
  readonly name: string;
  /** The endpoint that it stands on, such as `docker.apps`. */
  readonly endpoint: string;
}

/** A declared resource, as the stack's JSON has it. */
export interface Declared {
  readonly construct: string;
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly endpoint: string;
  /** False for a guest that is meant to be off, and for a job. */
  readonly runs: boolean;
}

/** The members of a group: constructs at or below a path, in which `*` stands for one name or a part of one. */
export function membersOf(declared: readonly Declared[], group: string): readonly Member[] {
  const pattern = group
    .split("*")
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"))
    .join("[^/]*");
  const inGroup = new RegExp(`^${pattern}(/|$)`);
  return declared
    .filter(({ type, construct, runs }) => runs && KINDS.has(type) && inGroup.test(construct))
    .map(({ type, construct, address, name, endpoint }) => ({
      construct,
      address,
      name,
      endpoint,
      kind: type as Member["kind"],
    }))
    .sort((a, b) => (a.construct < b.construct ? -1 : 1));
}

/** What is to be stopped, and made or started again; and what is to be made, which a run that failed may have left so. */
export function isDue({ address }: Member, changes: readonly Change[], plan: Plan): boolean {
  const made = (plan.resource_changes ?? []).some(
    (one) => one.address === address && one.change.actions.join() === "create",
  );
  return made || changes.some((change) => change.address === address && isHarm(change));
}

/** Whether a change is of a member, or of what its construct is made of. */
export function isOf({ construct, address }: Member, change: Change): boolean {
  return (
    change.address === address ||
    change.construct === construct ||
    change.construct?.startsWith(`${construct}/`) === true
  );
}

/** A member with what waits for it and tells when it is ready: the gate of a guest. */
export function targetsOf({ address }: Member, plan: Plan): readonly string[] {
  const gates = dependents(plan)(address).filter((one) => one.startsWith("terraform_data."));
  return [address, ...gates];
}

/** Images that are to be made before anything is taken down. */
export function imagesOf(members: readonly Member[], plan: Plan): readonly string[] {
  const waiting = dependents(plan);
  return (plan.resource_changes ?? [])
    .filter(({ type, change: { actions } }: ResourceChange) => type === "docker_image" && actions.includes("create"))
    .map(({ address }) => address)
    .filter((image) => members.some(({ address }) => waiting(image).includes(address)));
}

/** Why one member cannot be replaced by itself; undefined where it can. */
export function hindrance(
  member: Member,
  members: readonly Member[],
  changes: readonly Change[],
  plan: Plan,
): string | undefined {
  const [worst] = changes.filter(({ class: found }) => found === "data-lost" || found === "fails");
  if (worst) {
    return `${worst.address}: ${worst.class}: ${worst.reason}`;
  }
  const hit = new Set(changes.filter(({ address }) => address !== member.address).flatMap(({ alsoHits }) => alsoHits));
  const others = members.filter(
    (one) => one.address !== member.address && (isDue(one, changes, plan) || hit.has(one.address)),
  );
  return others.length === 0
    ? undefined
    : `${others.map(({ construct }) => construct).join(", ")} stand on something that would be replaced with it`;
}
