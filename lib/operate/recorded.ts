import { lineFor } from "../rules/schemas";
import type { ChangeClass } from "./change-class";
import all from "./recorded-edits.json";

/** What became of one edit when it was shown to a provider and its daemon; `npm run e2e -- --edits` records it. */
interface RecordedEdit {
  readonly actions: readonly string[];
  readonly attributes: readonly string[];
  /** Those of them that the edit takes away. */
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

/**
 * What is to be expected of a change of one attribute; undefined for a type that nobody recorded.
 *
 * @param removed - the change takes the attribute away, which providers often do not notice
 */
export function expected(asked: Asked, attribute: string, removed = false): Expectation | undefined {
  const { type, constraint, actions, guest } = asked;
  const provider = type.split("_")[0] ?? "";
  const line = RECORDS[`${provider} ${recordedVersion(type, constraint)}`] ?? {};
  const state = (name: string) => type !== "libvirt_domain" || !isUpdate(actions) || stateIn(name) === guest;
  const kin = Object.entries(line)
    .filter(
      ([name, edit]) => name.startsWith(`${type} `) && state(name) && isUpdate(edit.actions) === isUpdate(actions),
    )
    .map(([, edit]) => edit);
  const same = kin.filter((edit) => (edit.removed?.includes(attribute) ?? false) === removed);
  const own = same.find(({ attributes }) => attributes.includes(attribute));
  if (own) {
    return { class: own.class as ChangeClass, says: own.says, from: "recorded" };
  }
  const removing = kin.filter((edit) => (edit.removed ?? []).length > 0);
  const alike = removed && removing.length > 0 ? removing : kin.filter((edit) => (edit.removed ?? []).length === 0);
  const common = mostCommon(alike.map((edit) => edit.class));
  const example = alike.find((edit) => edit.class === common);
  return example && { class: example.class as ChangeClass, says: example.says, from: "alike" };
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
