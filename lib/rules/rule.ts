import type { Document, Rendered } from "./document";

export type Severity = "error" | "warning";

/** What a rule saw on one resource. The words continue "'prop' must …, got … (…)". */
export interface Sight {
  /** Attribute, snake_case; nested ones with dots and indexes: `ports.0.internal`. */
  readonly attribute: string;
  readonly bound: string;
  readonly value: string;
  readonly fix?: string | undefined;
}

/** One fact about what a provider or daemon accepts, looked for on every resource of one type. */
export interface Rule {
  /** `provider/resource/what-it-says`; never changes, since users acknowledge rules by it. */
  readonly id: string;
  readonly type: string;
  readonly severity: Severity;
  /** What the user would meet without the rule, as the provider or daemon says it, and how that is known. */
  readonly prevents: string;
  readonly proof: "run" | "read";
  /** The provider versions that it holds for, of those in `versions.ts`. @default - all */
  readonly lines?: readonly string[];
  /** True where berth's own constructs report this themselves: over all stacks of an app, or in the words of their props. */
  readonly claimed?: boolean;
  readonly check: (resource: Rendered, document: Document) => readonly Sight[];
}

/** A {@link Sight} with the rule that saw it and the resource it was seen on. */
export interface Finding extends Sight {
  readonly rule: string;
  readonly severity: Severity;
  readonly address: string;
  readonly path: string | undefined;
  /** See {@link Rule.claimed}. */
  readonly claimed?: boolean;
}
