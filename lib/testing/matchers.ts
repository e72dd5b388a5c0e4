import { problemMessage } from "../core/problems";
import { checkDocument } from "../rules/check";
import { dependencies } from "../rules/cycles";
import { Document } from "../rules/document";
import { readable } from "./snapshot";
import { isTemplate, type ResourceClass, type Template } from "./template";

/** What `expect(template)` can be asked. */
export interface BerthMatchers<R> {
  toHaveResource(type: ResourceClass, expected?: object): R;
  toBeValidOffline(): R;
  toStartAfter(later: string, earlier: string): R;
}

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
    const found =
      all.length === 0
        ? "there is none of this type"
        : `there are:\n${all.map((one) => pretty(readable(one))).join("\n")}`;
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

  /** Something that the construct at the first path makes waits for something that the second makes, by any number of steps. */
  toStartAfter(received: unknown, later: string, earlier: string): Verdict {
    const { document, edges } = orderOf(templateOf(received, "toStartAfter"));
    const goals = addressesOf(document, earlier);
    const starts = addressesOf(document, later);
    const seen = new Set(starts.flatMap((address) => edges.get(address) ?? []));
    for (const address of seen) {
      for (const next of edges.get(address) ?? []) {
        seen.add(next);
      }
    }
    const pass = goals.some((goal) => seen.has(goal) && !starts.includes(goal));
    const awaited = [...seen].filter((one) => !starts.includes(one) && !one.startsWith("provider.")).sort();
    const instead = awaited.length === 0 ? "it waits for nothing" : `it waits for ${awaited.join(", ")}`;
    return {
      pass,
      message: () =>
        pass
          ? `expected ${later} not to start after ${earlier}`
          : `expected ${later} to start after ${earlier}; ${instead}`,
    };
  },
} as const;

interface Order {
  readonly document: Document;
  readonly edges: ReturnType<typeof dependencies>;
}

const orders = new WeakMap<Template, Order>();

/** What waits for what in a template, found out once however often it is asked. */
function orderOf(template: Template): Order {
  let order = orders.get(template);
  if (!order) {
    const document = new Document(template.json);
    order = { document, edges: dependencies(document) };
    orders.set(template, order);
  }
  return order;
}

function templateOf(received: unknown, matcher: string): Template {
  if (isTemplate(received)) {
    return received;
  }
  throw new TypeError(`${matcher} must be asked of a template, such as synth(stack).template`);
}

/** All that a construct makes, itself or below it. */
function addressesOf(document: Document, path: string): readonly string[] {
  const found = document.all.filter((one) => one.path === path || one.path?.startsWith(`${path}/`));
  if (found.length === 0) {
    throw new Error(`no resource was made by ${path}`);
  }
  return found.map(({ address }) => address);
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

/** `Any<Number>` where the matcher of the runner says so. */
function nameOf(matcher: object): string {
  const { toAsymmetricMatcher: named } = matcher as { toAsymmetricMatcher?: () => string };
  return named === undefined ? String(matcher) : named.call(matcher);
}

function pretty(value: unknown): string {
  const named = (_key: string, one: unknown) =>
    isAsymmetric(one) ? nameOf(one) : one instanceof RegExp ? String(one) : one;
  return JSON.stringify(value, named, 2);
}
