/**
 * What a planned change will really do to what runs, from the least to the most. `fails`: the apply will end with an error.
 * `ignored`: the apply will be green, and nothing will have changed.
 */
export type ChangeClass =
  | "none"
  | "in-place"
  | "restart"
  | "replaced"
  | "stopped"
  | "removed"
  | "data-lost"
  | "fails"
  | "ignored";

/** The classes that stand in an order of harm. */
export const HARM: readonly ChangeClass[] = [
  "none",
  "in-place",
  "restart",
  "replaced",
  "stopped",
  "removed",
  "data-lost",
];

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

/** Whether a change disturbs what runs, or ends otherwise than its code says. */
export function isHarm({ class: found }: Pick<Change, "class">): boolean {
  return !HARM.includes(found) || HARM.indexOf(found) >= HARM.indexOf("restart");
}
