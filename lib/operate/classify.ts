import { actsAtFirstBoot, changedSeedParts, seedParts } from "../core/seed-changes";
import { isObject } from "../rules/document";
import { type ChangeClass, HARM } from "./change-class";
import { edits } from "./difference";
import { takenFrom } from "./given-up";
import { alterations, constraintOf, dependents, type Plan, type ResourceChange, triggersOf } from "./plan";
import { expected, expectedAnew, type GuestState, recordedVersion } from "./recorded";

/** One change of a plan, and the construct that it is of, where somebody says it. */
export interface Classified {
  readonly one: ResourceChange;
  readonly construct: string | null;
}

export interface Verdict {
  readonly class: ChangeClass;
  readonly reason: string;
  readonly rule?: string;
}

/** The rules that ask for a configuration in which such an update never comes up. */
const KEPT_BY: Readonly<Record<string, string>> = {
  libvirt_domain: "libvirt/domain/edit-fails",
  libvirt_network: "libvirt/network/edit-ignored",
};

/** What holds data. */
const DATA: ReadonlySet<string> = new Set(["docker_volume", "libvirt_volume"]);

/** What will happen to one resource, among all that a plan changes. */
export function classify(entry: Classified, all: readonly Classified[], plan: Plan): Verdict {
  const { one, construct } = entry;
  const { actions } = one.change;
  const twin = twinOf(one, all);
  if (twin !== undefined && actions.join() === "create") {
    return {
      class: "fails",
      reason: `${twin} has the same name and is destroyed in the same apply, before or after: new Renamed(…) says that it is the same`,
    };
  }
  const taken = takenFrom(
    one,
    all.map((other) => other.one),
  );
  if (taken !== undefined) {
    return {
      class: "fails",
      reason: `${taken.what} is that of ${taken.from}, which gives it up in the same apply, before or after: remove that one first, apply, then go on`,
    };
  }
  if (actions.join() === "create") {
    const gone = (plan.resource_drift ?? []).some(
      ({ address, change }) => address === one.address && change.actions.includes("delete"),
    );
    return gone && DATA.has(one.type) && !hasContent(one.change.after?.create)
      ? { class: "data-lost", reason: "it is gone from its host, or cannot be found there; an empty one is created" }
      : { class: "none", reason: gone ? `gone from its host, and created again${whatStays(one)}` : "created" };
  }
  if (actions.join() === "forget") {
    return { class: "none", reason: "forgotten by Terraform, and left as it is" };
  }
  if (actions.join() === "delete") {
    return removed(one, twin);
  }
  if (construct !== null && one.type === "terraform_data" && construct.endsWith("/Seed/Parts")) {
    return seedEdited(entry, all);
  }
  return actions.length === 2 ? replaced(entry, all, plan) : updated(entry, plan);
}

/** What is not as it was with something that is created again. */
function whatStays({ type }: ResourceChange): string {
  return type === "libvirt_network" ? "; guests that run are plugged into it by berth recover, or when they start" : "";
}

/** What a plan destroys and creates under one name, by another address, without saying that it is one thing. */
function twinOf({ type, address, change }: ResourceChange, all: readonly Classified[]): string | undefined {
  const nameOf = ({ before, after }: ResourceChange["change"]) => after?.name ?? before?.name;
  const name = nameOf(change);
  const other = change.actions.join() === "create" ? "delete" : "create";
  return typeof name !== "string" || !/^(docker|libvirt)_/.test(type) || type === "docker_image"
    ? undefined
    : all.find(
        ({ one }) =>
          one.type === type &&
          one.address !== address &&
          one.change.actions.join() === other &&
          nameOf(one.change) === name &&
          one.change.before?.pool === change.before?.pool,
      )?.one.address;
}

function removed(one: ResourceChange, twin: string | undefined): Verdict {
  if (one.type === "docker_image") {
    const stays = one.change.before?.keep_locally === true;
    return stays
      ? { class: "none", reason: "forgotten by Terraform; it stays on its engine" }
      : { class: "removed", reason: "removed from its engine, unless something uses it" };
  }
  if (losesData(one)) {
    return { class: "data-lost", reason: "destroyed with what is in it" };
  }
  return twin === undefined
    ? { class: "removed", reason: "destroyed" }
    : {
        class: "fails",
        reason: `destroyed, while ${twin} of the same name is created: new Renamed(…) says that it is the same`,
      };
}

/** A volume whose content is in the code is made again as it was. A root disk is no such volume: what a guest wrote is on it. */
function losesData({ type, change: { before } }: ResourceChange): boolean {
  return DATA.has(type) && !hasContent(before?.create);
}

function hasContent(create: unknown): boolean {
  return isObject(create) && "content" in create && create.content !== null;
}

/** What an edit of a guest's seed is about; what acts at the first boot only does nothing, unless the guest is rebuilt. */
function seedEdited({ one, construct }: Classified, all: readonly Classified[]): Verdict {
  const guest = construct?.replace(/\/Seed\/Parts$/, "");
  const rebuilt = all.some((other) => other.construct === `${guest}/Rebuild`);
  const late = partsChanged(one).filter(({ prop }) => actsAtFirstBoot(prop));
  return late.length === 0 || rebuilt
    ? { class: "in-place", reason: "" }
    : {
        class: "ignored",
        reason: `${late.map(({ text }) => text).join(", ")}: acts at the first boot only; change 'rebuildOn' for a new root disk and a first boot`,
      };
}

/** The parts of a seed that are others, with both values. */
function partsChanged({ change: { before, after } }: ResourceChange): readonly { prop: string; text: string }[] {
  const [old, next] = [seedParts(String(before?.input ?? "")), seedParts(String(after?.input ?? ""))];
  const valueIn = (parts: ReadonlyMap<string, string>, prop: string) =>
    (parts.get(prop)?.replace(/^\w+: /, "") ?? "nothing").replace(/ ?#\w+$/, "");
  return changedSeedParts(old, next).map((prop) => {
    const [from, to] = [valueIn(old, prop), valueIn(next, prop)];
    return { prop, text: from === to || from === "" || to === "" ? prop : `${prop} ${from} → ${to}` };
  });
}

/** What an edit of a guest is about: its own attributes, and what its seed tells it at its next boot. */
function editsOf({ one, construct }: Classified, all: readonly Classified[]): readonly string[] {
  const rebuild = all.find(
    (other) =>
      other.construct?.endsWith("/Rebuild") && `${construct}/`.startsWith(other.construct.replace(/Rebuild$/, "")),
  );
  if (rebuild && (one.type === "libvirt_volume" || one.type === "libvirt_domain")) {
    const { before, after } = rebuild.one.change;
    return [`rebuildOn ${String(before?.input || "nothing")} → ${String(after?.input || "nothing")}`];
  }
  const parts = all.find((other) => construct !== null && other.construct === `${construct}/Seed/Parts`);
  const seed = parts ? partsChanged(parts.one).filter(({ prop }) => !actsAtFirstBoot(prop)) : [];
  const own = edits(one, construct !== null).filter((text) => parts === undefined || text !== "dataDisks");
  return [...new Set([...own, ...seed.map(({ text }) => text)])];
}

function replaced(entry: Classified, all: readonly Classified[], plan: Plan): Verdict {
  const { one } = entry;
  const found = editsOf(entry, all);
  const triggers = triggersOf(plan, one, (address) => all.find((other) => other.one.address === address)?.construct);
  const forced = [...new Set((one.change.replace_paths ?? []).map(([name]) => String(name)))].sort().join(", ");
  const why = found.length > 0 ? found.join(", ") : triggers.length > 0 ? `${triggers.join(", ")} is replaced` : forced;
  const say = (text: string) => (why === "" ? text : `${why}: ${text}`);
  if (DATA.has(one.type) && !losesData(one)) {
    return { class: "replaced", reason: say("made again with the same content") };
  }
  if (one.type === "docker_image") {
    const built = Array.isArray(one.change.after?.build) && one.change.after.build.length > 0;
    return { class: "replaced", reason: say(built ? "built again" : "pulled again, or taken as it is there") };
  }
  const constraint = constraintOf(plan, one.type.split("_")[0] ?? "");
  const asked = { type: one.type, constraint, actions: one.change.actions, guest: guestState(one) };
  if (one.type === "libvirt_domain" && asked.guest === "going off") {
    return { class: "stopped", reason: say(whatTheGuestSees(one)) };
  }
  const recorded = expectedAnew(asked, forced.split(", ")[0] ?? "")?.class;
  return {
    class: recorded === undefined || recorded === "fails" || recorded === "ignored" ? "replaced" : recorded,
    reason: say(whatIsLost(one, plan)),
  };
}

/** What is gone with the old one, and what an apply does in between. */
function whatIsLost(one: ResourceChange, plan: Plan): string {
  switch (one.type) {
    case "docker_container": {
      const image = pendingImage(one, plan);
      const first =
        image === undefined
          ? ""
          : `; the old one is gone before ${image} is there: terraform apply -target=${image} makes it first`;
      return `another container takes its place, and what it wrote outside of its volumes is lost${first}`;
    }
    case "libvirt_domain":
      return whatTheGuestSees(one);
    case "docker_volume":
    case "libvirt_volume":
      return "an empty one takes its place, and what is in it is lost";
    case "docker_network":
    case "libvirt_network":
      return "everybody on it is cut off until it is there again";
    default:
      return "another one takes its place";
  }
}

function whatTheGuestSees(one: ResourceChange): string {
  const { before, after } = one.change;
  const state = guestState(one);
  const graceful = isObject(before?.destroy) && isObject(before.destroy.shutdown);
  const how =
    state === "off"
      ? `the guest is off, and is defined again${after?.running === true ? " and started" : ""}`
      : `the guest is ${graceful ? "shut down" : "powered off"} and ${state === "running" ? "started again" : "stays off"}`;
  return `${how}; its disks stay${keepsState(before) ? ", its NVRAM and TPM state are lost" : ""}`;
}

/** An image that the same plan makes, and that the container is made from. */
function pendingImage({ address }: ResourceChange, plan: Plan): string | undefined {
  const hitBy = dependents(plan);
  return (plan.resource_changes ?? []).find(
    ({ type, address: image, change: { actions } }) =>
      type === "docker_image" && actions.includes("create") && hitBy(image).includes(address.replace(/\[.*\]$/, "")),
  )?.address;
}

function keepsState(before: unknown): boolean {
  const text = JSON.stringify(before ?? {});
  return /"nv_ram":\{|"firmware":"efi"|"tpms":\[\{/.test(text);
}

function guestState({ change: { before, after } }: ResourceChange): GuestState {
  return before?.running !== true ? "off" : after?.running === true ? "running" : "going off";
}

/** The worst of what becomes of the attributes that an update changes. */
function updated({ one, construct }: Classified, plan: Plan): Verdict {
  const provider = one.type.split("_")[0] ?? "";
  const constraint = constraintOf(plan, provider);
  const altered = alterations(one);
  const words = edits(one, construct !== null).join(", ");
  if (altered.length === 0) {
    return { class: "none", reason: "what it refers to is made again; it stays as it is" };
  }
  const asked = { type: one.type, constraint, actions: one.change.actions, guest: guestState(one) };
  const seen = altered.map((alteration) => ({ path: alteration.path, found: expected(asked, alteration) }));
  const known = seen.filter(({ found }) => found !== undefined);
  if (known.length === 0) {
    return {
      class: "in-place",
      reason: `${words || altered.map(({ path }) => path).join(", ")}: as Terraform plans it`,
    };
  }
  const order: readonly ChangeClass[] = ["fails", "ignored", ...[...HARM].reverse()];
  const worst = order.find((one) => known.some(({ found }) => found?.class === one)) ?? "in-place";
  const why = known.filter(({ found }) => found?.class === worst);
  const [{ found } = { found: undefined }] = why;
  const paths = [...new Set(why.map(({ path }) => path))];
  // All of it, where all of it fares alike; else only what fares worst.
  const names = why.length === seen.length && words !== "" ? words : paths.join(", ");
  const version = recordedVersion(one.type, constraint);
  const source = `${provider} ${version}${found?.from === "alike" ? ", as its other attributes" : ""}`;
  const started = altered.length === 1 && altered[0]?.path === "must_run" && one.change.before?.must_run === false;
  const says: Readonly<Record<ChangeClass, string>> = {
    none: "nothing happens",
    "in-place": started ? "it is off, and is started" : "changed while it runs",
    restart: "it is stopped and started again",
    replaced: "another one takes its place",
    stopped: "it is stopped, and stays off",
    removed: "it is removed",
    "data-lost": "what is in it is lost",
    ignored: "the apply ends well, and nothing is changed",
    fails: `the apply ends with an error: ${found?.says?.split(": ")[0] ?? "unknown"}`,
  };
  const kept = worst === "fails" || worst === "ignored" ? KEPT_BY[one.type] : undefined;
  return { ...(kept !== undefined && { rule: kept }), class: worst, reason: `${names}: ${says[worst]} (${source})` };
}
