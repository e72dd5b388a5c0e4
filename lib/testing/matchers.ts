import { problemMessage } from "../core/problems";
import { checkDocument } from "../rules/check";
import { Document } from "../rules/document";
import { referencesIn } from "../rules/references";
import { isTemplate, type ResourceClass, type Template } from "./template";

/** What a matcher answers, as jest and vitest take it. */
export interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Matchers for `expect(template)`. They know nothing of a test runner: give them to it once, in a setup file.
 *
 * @example expect.extend(matchers);
 */
export const matchers = {
  /** A resource of the type has all of `expected`, at any depth; lists are compared element by element. */
  toHaveResource(received: unknown, type: ResourceClass, expected: object = {}): Verdict {
    const all = templateOf(received, "toHaveResource").all(type);
    const pass = all.some((one) => contains(one, expected));
    const wanted = `${type.tfResourceType} with ${pretty(expected)}`;
    const found = all.length === 0 ? "there is none of this type" : `there are:\n${all.map(pretty).join("\n")}`;
    return { pass, message: () => (pass ? `expected no ${wanted}` : `expected ${wanted}; ${found}`) };
  },

  /** Neither the provider schemas nor the provider rules have anything against the stack. Warnings pass. */
  toBeValidOffline(received: unknown): Verdict {
    const errors = checkDocument(templateOf(received, "toBeValidOffline").json).filter(
      ({ severity }) => severity === "error",
    );
    const lines = errors.map(
      (finding) =>
        `  [${finding.path ?? finding.address}] ${problemMessage({ ...finding, prop: finding.attribute })} [${finding.rule}]`,
    );
    const pass = errors.length === 0;
    return {
      pass,
      message: () => (pass ? "expected errors, found none" : `expected no errors, found:\n${lines.join("\n")}`),
    };
  },

  /** What the construct at the first path makes waits for what the one at the second path makes, by any number of steps. */
  toStartAfter(received: unknown, later: string, earlier: string): Verdict {
    const document = new Document(templateOf(received, "toStartAfter").json);
    const first = addressOf(document, later);
    const goal = addressOf(document, earlier);
    const seen = new Set([first]);
    for (const address of seen) {
      for (const { address: next } of referencesIn(document.at(address)?.body)) {
        seen.add(next);
      }
    }
    const pass = first !== goal && seen.has(goal);
    return { pass, message: () => `expected ${later} ${pass ? "not " : ""}to start after ${earlier}` };
  },
} as const;

function templateOf(received: unknown, matcher: string): Template {
  if (isTemplate(received)) {
    return received;
  }
  throw new TypeError(`${matcher} must be asked of a template, such as synth(stack).template`);
}

function addressOf(document: Document, path: string): string {
  const found = document.all.find((one) => one.path === path || one.path === `${path}/Resource`);
  if (!found) {
    throw new Error(`no resource was made by ${path}`);
  }
  return found.address;
}

/** True where `actual` has everything that `expected` has. Matchers of the test runner may stand for values. */
function contains(actual: unknown, expected: unknown): boolean {
  if (isAsymmetric(expected)) {
    return expected.asymmetricMatch(actual);
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((element, index) => contains(actual[index], element))
    );
  }
  if (typeof expected === "object" && expected !== null) {
    return (
      typeof actual === "object" &&
      actual !== null &&
      Object.entries(expected).every(([key, value]) => contains((actual as Record<string, unknown>)[key], value))
    );
  }
  return Object.is(actual, expected);
}

function isAsymmetric(value: unknown): value is { asymmetricMatch(actual: unknown): boolean } {
  return typeof (value as { asymmetricMatch?: unknown } | null | undefined)?.asymmetricMatch === "function";
}

function pretty(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
