import type { Document } from "../../rules/document";
import { constructsIn } from "../construct-of";
import { Tools } from "../machines/clients";
import { endpointName, literalName } from "../machines/endpoint";
import { attributesOf } from "../machines/state";
import type { Terraform } from "../machines/terraform";
import type { Plan } from "../plan";
import { NotApplied, TargetedPlans } from "../targeted-plans";
import { hindrance, imagesOf, isDue, isOf, type Member, membersOf, targetsOf } from "./members";
import { type ReadyOptions, ready } from "./readiness";

/** What a rollout tells while it goes on. */
export interface RolloutTeller {
  /** The members, those to be replaced first; called once, before anything is touched. */
  order(due: readonly Member[], done: readonly Member[], images: readonly string[]): void;
  applying(what: string): void;
  waiting(member: Member): void;
  isReady(member: Member): void;
}

/** How a rollout ended, where it did not go through. */
export class RolloutStopped extends NotApplied {}

/** There is nothing of this name that could be rolled out. */
export class NoGroup extends Error {}

/** Members of a group are replaced singly; the next one only when the one before serves. */
export async function rollout(
  stack: Document,
  terraform: Terraform,
  group: string,
  options: ReadyOptions & { readonly apply: boolean },
  teller: RolloutTeller,
): Promise<void> {
  const work = () => rollOut(stack, terraform, group, options, teller);
  return options.apply ? terraform.locked(work) : work();
}

async function rollOut(
  stack: Document,
  terraform: Terraform,
  group: string,
  options: ReadyOptions & { readonly apply: boolean },
  teller: RolloutTeller,
): Promise<void> {
  const plans = new TargetedPlans(stack, terraform);
  const state = terraform.pullState();
  const tools = Tools.of(stack, state);
  try {
    const members = membersOf(declaredIn(stack), group);
    if (members.length === 0) {
      throw new NoGroup(`no guest or service is at or below ${group}`);
    }
    const all = await plans.make([]);
    const missing = (member: Member) => attributesOf(state, member.address) === undefined;
    // What is not there at all comes first.
    const due = members
      .filter((member) => isDue(member, all.changes, all.plan))
      .sort((a, b) => Number(missing(b)) - Number(missing(a)));
    const done = members.filter((member) => !due.includes(member) && attributesOf(state, member.address) !== undefined);
    const images = imagesOf(due, all.plan);
    refuseWithoutGate(due, all.plan, options);
    teller.order(due, done, images);
    if (!options.apply) {
      return;
    }
    if (images.length > 0) {
      const own = await plans.make(images);
      teller.applying(images.join(", "));
      await plans.apply(
        own,
        all.changes.filter(({ address }) => images.includes(address)),
      );
    }
    // A run that was broken off may have left one that does not serve: no other is taken down until it does.
    for (const member of done) {
      await mustBeReady(member, tools, options, teller);
    }
    for (const member of due) {
      const own = await plans.make(targetsOf(member, all.plan));
      const why = hindrance(member, members, own.changes, own.plan);
      if (why !== undefined) {
        throw new RolloutStopped(`${member.construct} cannot be replaced by itself: ${why}`);
      }
      teller.applying(member.construct);
      await plans.apply(
        own,
        all.changes.filter((change) => isOf(member, change)),
      );
      await mustBeReady(member, tools, options, teller);
    }
  } finally {
    tools.close();
    plans.close();
  }
}

function declaredIn(stack: Document) {
  const constructs = constructsIn(stack);
  return stack.all.flatMap((one) => {
    const [construct, name] = [constructs.get(one.address), literalName(one)];
    return construct === undefined || name === undefined
      ? []
      : [
          {
            construct,
            address: one.address,
            type: one.type,
            name,
            endpoint: endpointName(one),
            runs: one.type === "libvirt_domain" ? one.body.running === true : one.body.must_run !== false,
          },
        ];
  });
}

/** A guest that runs does not yet serve: something has to tell when it does. */
function refuseWithoutGate(due: readonly Member[], plan: Plan, { command }: ReadyOptions): void {
  const blind = due.filter(
    (member) => member.kind === "libvirt_domain" && command === undefined && targetsOf(member, plan).length === 1,
  );
  if (blind.length > 0) {
    const names = blind.map(({ construct }) => construct).join(", ");
    throw new RolloutStopped(
      `nothing tells when ${names} serves: say --ready COMMAND, such as --ready 'nc -z 10.77.0.5 5432'`,
    );
  }
}

async function mustBeReady(member: Member, tools: Tools, options: ReadyOptions, teller: RolloutTeller): Promise<void> {
  teller.waiting(member);
  const state = await ready(member, tools, options);
  if (state !== undefined) {
    throw new RolloutStopped(
      `${member.construct} does not serve within ${options.seconds} s: ${state}; the others are as they were. Mend it and run the same command again`,
    );
  }
  teller.isReady(member);
}
