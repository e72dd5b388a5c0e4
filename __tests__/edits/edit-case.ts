import type { Body } from "../rules/cases/case";

/** An edit of one resource: what it was, and what of it is another thing afterwards. */
export interface Edit {
  readonly type: string;
  readonly base: Body;
  readonly change: Body;
  /** Other resources that stand beside it, before and after. */
  readonly beside?: Record<string, Record<string, Body>>;
  /** The provider versions that it can be shown to. @default - all */
  readonly lines?: readonly string[];
  /** It can be shown to an engine that manages a swarm only. */
  readonly swarm?: true;
}

export type Edits = Readonly<Record<string, Edit>>;

/** Makes the edits of one type from a base that they share. */
export const editsOf =
  (type: string, base: Body) =>
  (change: Body, more: Body = {}, rest: Pick<Edit, "beside" | "lines" | "swarm"> = {}): Edit => ({
    type,
    base: { ...base, ...more },
    change,
    ...rest,
  });
