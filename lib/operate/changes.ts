import { type ChangeClass, HARM } from "./change-class";
import { alterations, constraintOf, dependents, forcedBy, type Plan, type ResourceChange } from "./plan";
import { expected, expectedAnew, type GuestState, recordedVersion } from "./recorded";

/** What will really happen to one resource. */
export interface Change {
  /** Path of the construct; null where nobody says it. */
  readonly construct: string | null;
  readonly address: string;
  readonly class: ChangeClass;
  readonly reason: string;
  /** The rule that keeps such a change from happening, or that says why it is as it is; null where there is none. */
  readonly rule: string | null;
  /** Addresses of what runs and is hit, too. */
  readonly alsoHits: readonly string[];
}

/** What runs: others are not named among those that are hit. */
const RUNS: ReadonlySet<string> = new Set(["docker_container", "docker_service", "libvirt_domain"]);
/** The rules that ask for a configuration in which such an update never comes up. */
const KEPT_BY: Readonly<Record<string, string>> = {
  libvirt_domain: "libvirt/domain/edit-fails",
  libvirt_network: "libvirt/network/edit-ignored",
};

/** What holds data. */
const DATA: ReadonlySet<string> = new Set(["docker_volume", "libvirt_volume"]);

/**
 * What a plan will really do, resource by resource, by what was recorded of the providers and daemons; resources of other
 * providers are told as Terraform has them.
 *
 * @param constructs - address to construct path, as the stack's cdk.tf.json says it
 */
export function changesOf(plan: Plan, constructs: ReadonlyMap<string, string> = new Map()): Change[] {
  const hitBy = dependents(plan);
  const changed = (plan.resource_changes ?? []).filter(
    ({ mode, change: { actions } }) => mode !== "data" && actions[0] !== "no-op" && actions[0] !== "read",
  );
  return changed.map((one) => {
    const { class: found, reason, rule = null } = classify(one, plan, hitBy);
    const hits = HARM.indexOf(found) >= HARM.indexOf("restart") ? hitBy(one.address) : [];
    return {
      construct: constructs.get(one.address.replace(/\[.*\]$/, "")) ?? null,
      address: one.address,
      class: found,
      reason,
      rule,
      alsoHits: hits.filter((address) => RUNS.has(address.split(".")[0] ?? "")),
    };
  });
}

type Dependents = ReturnType<typeof dependents>;

interface Verdict {
  readonly class: ChangeClass;
  readonly reason: string;
  readonly rule?: string;
}

function classify(one: ResourceChange, plan: Plan, hitBy: Dependents): Verdict {
  const { change } = one;
  const [first] = change.actions;
  if (change.actions.length === 1 && first === "create") {
    return { class: "none", reason: "made new" };
  }
  if (change.actions.length === 1 && (first === "delete" || first === "forget")) {
    return first === "forget"
      ? { class: "none", reason: "forgotten by Terraform, and left as it is" }
      : losesData(one)
        ? { class: "data-lost", reason: "destroyed with what is in it" }
        : { class: "replaced", reason: "destroyed" };
  }
  return change.actions.length === 2 ? replaced(one, plan, hitBy) : updated(one, plan);
}

/** A volume whose content stands in the code is made again as it was. */
function losesData({ type, change: { before } }: ResourceChange): boolean {
  return DATA.has(type) && !hasContent(before?.create);
}

function hasContent(create: unknown): boolean {
  return typeof create === "object" && create !== null && "content" in create && create.content !== null;
}

function replaced(one: ResourceChange, plan: Plan, hitBy: Dependents): Verdict {
  const attributes = forcedBy(one);
  const [attribute = ""] = attributes;
  const why = attributes.length > 0 ? attributes.join(", ") : "what it is replaced with";
  const constraint = constraintOf(plan, one.type.split("_")[0] ?? "");
  const asked = { type: one.type, constraint, actions: one.change.actions, guest: guestState(one) };
  const found = expectedAnew(asked, attribute);
  if (DATA.has(one.type) && !losesData(one)) {
    return { class: "replaced", reason: `${why}: made anew with the same content` };
  }
  const lost = whatIsLost(one, plan, hitBy);
  return {
    class: found?.class === "fails" ? "replaced" : (found?.class ?? "replaced"),
    reason: `${why}: ${lost}`,
  };
}

/** What is gone with the old one, and what an apply does in between. */
function whatIsLost(one: ResourceChange, plan: Plan, hitBy: Dependents): string {
  switch (one.type) {
    case "docker_container": {
      const image = pendingImage(one, plan, hitBy);
      const first =
        image === undefined
          ? ""
          : `; the old one is gone before ${image} is there: terraform apply -target=${image} makes it first`;
      return `another container takes its place, and what it wrote outside of its volumes is lost${first}`;
    }
    case "libvirt_domain":
      return keepsState(one.change.before)
        ? "the guest is powered off and started again; its disks stay, its NVRAM and TPM state are lost"
        : "the guest is powered off and started again; its disks stay";
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

/** An image that the same plan makes, and that the container is made from. */
function pendingImage({ address }: ResourceChange, plan: Plan, hitBy: Dependents): string | undefined {
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
function updated(one: ResourceChange, plan: Plan): Verdict {
  const provider = one.type.split("_")[0] ?? "";
  const constraint = constraintOf(plan, provider);
  const altered = alterations(one);
  const asked = { type: one.type, constraint, actions: one.change.actions, guest: guestState(one) };
  const seen = altered.map((alteration) => ({ path: alteration.path, found: expected(asked, alteration) }));
  const known = seen.filter(({ found }) => found !== undefined);
  if (known.length === 0) {
    return {
      class: "in-place",
      reason: `${altered.map(({ path }) => path).join(", ") || "something"}: as Terraform plans it`,
    };
  }
  const order: readonly ChangeClass[] = ["fails", "ignored", "data-lost", "replaced", "restart", "in-place", "none"];
  const worst = order.find((one) => known.some(({ found }) => found?.class === one)) ?? "in-place";
  const why = known.filter(({ found }) => found?.class === worst);
  const [{ found } = { found: undefined }] = why;
  const names = [...new Set(why.map(({ path }) => path))].join(", ");
  const version = recordedVersion(one.type, constraint);
  const source = `${provider} ${version}${found?.from === "alike" ? ", as its other attributes" : ""}`;
  const says: Readonly<Record<ChangeClass, string>> = {
    none: "nothing happens",
    "in-place": "changed while it runs",
    restart: "it is stopped and started again",
    replaced: "another one takes its place",
    "data-lost": "what is in it is lost",
    ignored: "the apply ends well, and nothing is changed",
    fails: `the apply ends with an error: ${found?.says?.split(": ")[0] ?? "unknown"}`,
  };
  const kept = worst === "fails" || worst === "ignored" ? KEPT_BY[one.type] : undefined;
  return { ...(kept !== undefined && { rule: kept }), class: worst, reason: `${names}: ${says[worst]} (${source})` };
}

/** Whether a change is more than somebody allows. What fails, or does nothing, always is. */
export function exceeds({ class: found }: Pick<Change, "class">, most: ChangeClass): boolean {
  return found === "fails" || found === "ignored" || HARM.indexOf(found) > HARM.indexOf(most);
}
