import { checkRules, RULES } from "../rules/check";
import type { Document } from "../rules/document";
import type { Finding } from "../rules/rule";
import { CAUSES } from "./causes";
import { constructOf, named } from "./construct-of";
import { ruleSpokenOf, rulesSaying } from "./rules-saying";

/** An error of Terraform's, as `-json` prints it. */
export interface Diagnostic {
  readonly severity?: string;
  readonly summary?: string;
  readonly detail?: string;
  readonly address?: string;
}

/** What is known of an error; null where nobody knows it. */
export interface Explanation {
  readonly construct: string | null;
  readonly address: string | null;
  /** The prop or attribute to change. */
  readonly prop: string | null;
  readonly cause: string | null;
  /** Id of a rule, or of a cause on the machines. */
  readonly rule: string | null;
  readonly fix: string | null;
  /** What Terraform said. */
  readonly message: string;
}

/**
 * Explains an error: by a rule that the resource it is about breaks, where the stack's JSON is at hand; by what such errors
 * were seen to come from; or by the rule whose fixture was answered in the same words, when the rules were shown to the
 * providers.
 */
export function explain(diagnostic: Diagnostic, stack: Document | undefined): Explanation {
  const whole = `${diagnostic.summary ?? ""}\n${diagnostic.detail ?? ""}`;
  const message = whole.trim();
  const text = abridged(whole);
  const address = diagnostic.address?.replace(/\[.*\]$/, "") ?? null;
  const resource = address === null ? undefined : stack?.at(address);
  const construct = (resource && constructOf(resource)) ?? null;
  const broken = stack && resource ? brokenRules(stack, resource.address) : [];
  const spoken = ruleSpokenOf(text);
  const known = spoken ? undefined : CAUSES.find(({ says }) => says.test(text));
  const saying = spoken ? [spoken] : rulesSaying(text);
  const finding = broken.find(({ rule }) => saying.some(({ id }) => id === rule)) ?? broken[0];
  const told = { construct, address, prop: null, message };
  if (finding && (!known || broken.length === 1)) {
    const { attribute, bound, value, fix = null, rule } = finding;
    return { ...told, prop: attribute, cause: `'${attribute}' must ${bound}, got ${value}`, rule, fix };
  }
  const [rule] = saying;
  if (!known && rule) {
    const cause = saying.map(({ prevents }) => prevents).join("; or ");
    const fix = "`berth check` on the stack's folder names the value, where it stands in the JSON";
    return { ...told, cause, rule: rule.id, fix };
  }
  const { prop = null, cause = null, id = null, fix = null } = known ?? {};
  return { ...told, prop, cause, rule: id, fix };
}

/** Characters of each end of an error that are compared with what is known. */
const READ = 4096;

/** Both ends of a text: what an error is stands at one of them, and the work for a line has a bound. */
function abridged(text: string): string {
  return text.length <= 2 * READ ? text : `${text.slice(0, READ)}\n${text.slice(-READ)}`;
}

const errors = new WeakMap<Document, readonly Finding[]>();

/** The rules that a resource breaks; a stack is held against all of them once, however many of its errors are explained. */
function brokenRules(stack: Document, address: string): readonly Finding[] {
  const known = errors.get(stack) ?? checkRules(stack, RULES).filter(({ severity }) => severity === "error");
  errors.set(stack, known);
  return known.filter((finding) => finding.address === address);
}

/** One line of `terraform … -json` for a person: its message, or the error that it tells. */
export interface Readable {
  readonly text: string | undefined;
  readonly diagnostic: Diagnostic | undefined;
}

/** How far an apply is, by what its stream has said so far. A plan that was stored does not say how much there is. */
export class Progress {
  private planned = 0;
  private done = 0;
  /** What failed, and no error has named yet. */
  private readonly failed = new Set<string>();

  /** What to print for a line, with how far it is. */
  public read(line: string): Readable {
    const { text, diagnostic, type, about } = readable(line);
    if (type === "planned_change") {
      this.planned++;
    }
    if (type === "apply_errored" && about !== undefined) {
      this.failed.add(about);
    }
    if (diagnostic !== undefined) {
      return { text, diagnostic: this.named(diagnostic) };
    }
    if (type !== "apply_complete") {
      return { text, diagnostic };
    }
    this.done++;
    const far = this.planned === 0 ? `${this.done}` : `${this.done}/${this.planned}`;
    return { text: `[${far}] ${text}`, diagnostic };
  }

  /** An error that names nothing, as those of destroying do, is of what failed, where only one thing did. */
  private named(diagnostic: Diagnostic): Diagnostic {
    const [only, ...more] = this.failed;
    const address = diagnostic.address ?? (more.length === 0 ? only : undefined);
    if (address === undefined) {
      return diagnostic;
    }
    this.failed.delete(address);
    return { ...diagnostic, address };
  }
}

/** What to print for one line, without what machines alone want. */
export function readable(
  line: string,
): Readable & { readonly type?: string | undefined; readonly about?: string | undefined } {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    // Not every line is Terraform's: what else is printed goes on as it is.
    return { text: line === "" ? undefined : line, diagnostic: undefined };
  }
  if (typeof event !== "object" || event === null || !("@message" in event)) {
    return { text: line, diagnostic: undefined };
  }
  const {
    "@message": message,
    type,
    diagnostic,
    hook,
  } = event as {
    "@message": string;
    type?: string;
    diagnostic?: Diagnostic;
    hook?: { readonly resource?: { readonly addr?: string } };
  };
  return type === "diagnostic" && diagnostic?.severity === "error"
    ? { text: undefined, diagnostic: diagnostic.summary ? diagnostic : { ...diagnostic, summary: message }, type }
    : { text: message, diagnostic: undefined, type, about: hook?.resource?.addr };
}

/** An explained error for a terminal. */
export function asScreen({ summary = "", detail = "" }: Diagnostic, told: Explanation): string {
  const who = named(told.construct, told.address ?? "");
  const lines = [
    `ERROR  ${who === "" ? summary : who}`,
    ...(told.prop === null ? [] : [`  prop:  ${told.prop}`]),
    `  cause: ${told.cause ?? "not known to berth"}${told.rule === null ? "" : ` [${told.rule}]`}`,
    ...(told.fix === null ? [] : [`  fix:   ${told.fix}`]),
    ...`${summary}${detail === "" ? "" : `: ${detail}`}`.split("\n").map((line) => `  | ${line}`),
  ];
  return lines.join("\n");
}
