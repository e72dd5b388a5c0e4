import { lineFor } from "../rules/schemas";
import type { ChangeClass } from "./change-class";
import type { Alteration } from "./plan";
import all from "./recorded-edits.json";

/** What became of one edit when it was shown to a provider and its daemon; `npm run e2e -- --edits` records it. */
interface RecordedEdit {
  readonly actions: readonly string[];
  /** By first-level attribute what forces a thing to be made anew; what an update changes stands in `alters`. */
  readonly forced?: readonly string[];
  readonly alters?: readonly string[];
  /** What of that an update takes away. */
  readonly removed?: readonly string[];
  readonly class: string;
  readonly says?: string;
  readonly again?: boolean;
}

/** What the records say of a change: its class, and what of it stands behind that. */
export interface Expectation {
  readonly class: ChangeClass;
  /** What the provider said at the recorded run, where it failed. */
  readonly says: string | undefined;
  /** `recorded`: this attribute; `alike`: others of the type, since nobody recorded this one. */
  readonly from: "recorded" | "alike";
}

const RECORDS: Readonly<Record<string, Readonly<Record<string, RecordedEdit>>>> = all;

/** Edits of one type and kind of plan, on the version of the provider that stands for a constraint. */
export interface Asked {
  readonly type: string;
  readonly constraint: string | undefined;
  readonly actions: readonly string[];
  /** What a guest is and stays, or becomes: each takes edits in its own way. */
  readonly guest: GuestState;
}

export type GuestState = "off" | "running" | "going off";

/** The version of a provider whose records count. */
export function recordedVersion(type: string, constraint: string | undefined): string {
  const provider = type.split("_")[0] ?? "";
  return lineFor(provider, constraint) ?? "";
}

/** What is to be expected of a thing that is made anew for the sake of an attribute; undefined where nobody recorded its type. */
export function expectedAnew(asked: Asked, attribute: string): Expectation | undefined {
  const kin = kinOf(asked);
  return (
    toldBy(
      kin.find(({ forced }) => forced?.includes(attribute)),
      "recorded",
    ) ?? mostAlike(kin)
  );
}

/**
 * What is to be expected of an update of one thing: as it was recorded for the same, or for the same attribute, or for what
 * else of such things is taken away, which providers often do not notice; undefined where nobody recorded its type.
 */
export function expected(asked: Asked, { path, removed }: Alteration): Expectation | undefined {
  const kin = kinOf(asked);
  const [attribute = ""] = path.split(".");
  const below = (one: string) => one === attribute || one.startsWith(`${attribute}.`);
  const gone = ({ removed: all = [] }: RecordedEdit) => all.some(below);
  const exact = kin.find(
    ({ alters = [], removed: all = [] }) => alters.includes(path) && all.includes(path) === removed,
  );
  const near = kin.filter((edit) => edit.alters?.some(below));
  const removing = kin.filter((edit) => (edit.removed ?? []).length > 0);
  return (
    toldBy(exact, "recorded") ??
    toldBy(
      near.find((edit) => gone(edit) === removed),
      "recorded",
    ) ??
    (removed && removing.length > 0 ? mostAlike(removing) : undefined) ??
    toldBy(near[0], "recorded") ??
    mostAlike(kin.filter((edit) => (edit.removed ?? []).length === 0))
  );
}

function toldBy(edit: RecordedEdit | undefined, from: Expectation["from"]): Expectation | undefined {
  return edit && { class: edit.class as ChangeClass, says: edit.says, from };
}

function mostAlike(all: readonly RecordedEdit[]): Expectation | undefined {
  const common = mostCommon(all.map((edit) => edit.class));
  return toldBy(
    all.find((edit) => edit.class === common),
    "alike",
  );
}

/** The records of the same type, on the same version, of things that are in the same state. */
function kinOf({ type, constraint, actions, guest }: Asked): readonly RecordedEdit[] {
  const provider = type.split("_")[0] ?? "";
  const line = RECORDS[`${provider} ${recordedVersion(type, constraint)}`] ?? {};
  const state = (name: string) => type !== "libvirt_domain" || !isUpdate(actions) || stateIn(name) === guest;
  return Object.entries(line)
    .filter(
      ([name, edit]) => name.startsWith(`${type} `) && state(name) && isUpdate(edit.actions) === isUpdate(actions),
    )
    .map(([, edit]) => edit);
}

/** A record of a guest says in its name what the guest is. */
function stateIn(name: string): GuestState {
  return /, (running|going off)$/.exec(name)?.[1] === undefined
    ? "off"
    : name.endsWith("off")
      ? "going off"
      : "running";
}

function isUpdate(actions: readonly string[]): boolean {
  return actions.length === 1 && actions[0] === "update";
}

function mostCommon(all: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of all) {
    counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
