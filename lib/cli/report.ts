import { problemMessage } from "../core/problems";
import type { Finding, Severity } from "../rules/rule";

/** One problem as `berth check --json` prints it; null where there is nothing to say. */
export interface Reported {
  readonly severity: Severity;
  readonly rule: string;
  readonly construct: string | null;
  readonly address: string;
  /** The attribute: what the user wrote is not in the JSON. */
  readonly prop: string;
  readonly value: string;
  readonly bound: string;
  readonly fix: string | null;
  readonly message: string;
}

export function report(finding: Finding): Reported {
  const { severity, rule, path, address, attribute: prop, value, bound, fix } = finding;
  const message = problemMessage({ ...finding, prop });
  return { severity, rule, construct: path ?? null, address, prop, value, bound, fix: fix ?? null, message };
}
