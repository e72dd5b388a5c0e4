import { lineFor } from "../rules/schemas";
import type { ChangeClass } from "./change-class";
import all from "./recorded-edits.json";

/** What became of one edit when it was shown to a provider and its daemon; `npm run e2e -- --edits` records it. */
interface RecordedEdit {
  readonly actions: readonly string[];
  readonly attributes: readonly string[];
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
  /** Whether the thing runs; guests that run take edits otherwise than guests that do not. */
  readonly running: boolean;
}

/** The version of a provider whose records count. */
export function recordedVersion(type: string, constraint: string | undefined): string {
  const provider = type.split("_")[0] ?? "";
  return lineFor(provider, constraint) ?? "";
}

/** What is to be expected of a change of one attribute; undefined for a type that nobody recorded. */
export function expected(asked: Asked, attribute: string): Expectation | undefined {
  const { type, constraint, actions, running } = asked;
  const provider = type.split("_")[0] ?? "";
  const line = RECORDS[`${provider} ${recordedVersion(type, constraint)}`] ?? {};
  const state = (name: string) =>
    type === "libvirt_domain" && isUpdate(actions) ? name.endsWith(", running") === running : true;
  const alike = Object.entries(line)
    .filter(
      ([name, edit]) => name.startsWith(`${type} `) && state(name) && isUpdate(edit.actions) === isUpdate(actions),
    )
    .map(([, edit]) => edit);
  const own = alike.find(({ attributes }) => attributes.includes(attribute));
  if (own) {
    return { class: own.class as ChangeClass, says: own.says, from: "recorded" };
  }
  const common = mostCommon(alike.map((edit) => edit.class));
  const example = alike.find((edit) => edit.class === common);
  return example && { class: example.class as ChangeClass, says: example.says, from: "alike" };
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
