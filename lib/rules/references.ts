import { isObject } from "./document";

/** A reference to a resource, a data source or a local, with the attribute it asks for. */
export interface Reference {
  /** Where it stands, without indexes: `ports.ip`. */
  readonly attribute: string;
  /** `docker_network.lan`, `data.docker_network.lan` or `local.bundle`. */
  readonly address: string;
  readonly type: string;
  readonly member: string | undefined;
  /** What of that attribute it asks for: `[0].addr`. */
  readonly rest: string;
  /** Whether it names an instance, or all of them. */
  readonly indexed: boolean;
}

const REFERENCE = /(?<![\w.])(data\.)?([a-z][a-z0-9]*_\w+)\.([\w-]+)(?:(\[[^\]]*\])?\.(\w+)((?:\[[^\]]*\]|\.\w+)*))?/g;
const LOCAL = /(?<![\w.])local\.([\w-]+)/g;

/** What was read of a body. Several checks ask for the same bodies. */
interface Reading {
  readonly expressions: readonly Expression[];
  references?: readonly Reference[];
}

const readings = new WeakMap<object, Reading>();

/** Every reference in a body. */
export function referencesIn(body: unknown): readonly Reference[] {
  const reading = readingOf(body);
  reading.references ??= reading.expressions.flatMap(([attribute, code, text]) =>
    code === "" ? [] : (plainReference(attribute, text) ?? referencesOf(attribute, code)),
  );
  return reading.references;
}

/** The commonest of all texts: one attribute of one resource, and nothing else. */
const PLAIN = /^\$\{((?:data\.)?([a-z][a-z0-9]*_\w+)\.[\w-]+)\.(\w+)\}$/;

/** Whether a template is one reference to a resource's attribute: nothing in it can be wrong but what it refers to. */
export function isPlain(template: string): boolean {
  return PLAIN.test(template);
}

function plainReference(attribute: string, text: string): Reference | undefined {
  const [, address, type = "", member] = PLAIN.exec(text) ?? [];
  return address === undefined ? undefined : { attribute, address, type, member, rest: "", indexed: false };
}

function referencesOf(attribute: string, code: string): Reference[] {
  const resources = [...code.matchAll(REFERENCE)].map(
    ([, data = "", type = "", name = "", index, member, rest = ""]) => ({
      attribute,
      address: `${data}${type}.${name}`,
      type,
      member,
      rest,
      indexed: index !== undefined,
    }),
  );
  const locals = (code.includes("local.") ? [...code.matchAll(LOCAL)] : []).map(([, name = ""]) => ({
    attribute,
    address: `local.${name}`,
    type: "local",
    member: undefined,
    rest: "",
    indexed: false,
  }));
  return [...resources, ...locals];
}

/** Where a text stands, what of it is code, and the text itself. */
export type Expression = readonly [attribute: string, code: string, text: string];

/**
 * Every text that Terraform evaluates, templates anywhere and the bare references of `depends_on` and `lifecycle`; and those
 * that only look as if it did.
 */
export function expressions(body: unknown): readonly Expression[] {
  return readingOf(body).expressions;
}

function readingOf(body: unknown): Reading {
  const known = isObject(body) ? readings.get(body) : undefined;
  if (known) {
    return known;
  }
  const all: Expression[] = [];
  collect(body, "", all);
  const reading: Reading = { expressions: all };
  if (isObject(body)) {
    readings.set(body, reading);
  }
  return reading;
}

/** What opens a template, or names a resource. */
const LOOKS_EVALUATED = /[$%]\{|_\w+\./;

function collect(value: unknown, prefix: string, all: Expression[]): void {
  if (typeof value === "string") {
    const bare = prefix === "depends_on" || prefix === "lifecycle.replace_triggered_by";
    if (bare || LOOKS_EVALUATED.test(value)) {
      all.push([prefix, bare ? value : expressionsOf(value), value]);
    }
  } else if (Array.isArray(value)) {
    for (const element of value) {
      collect(element, prefix, all);
    }
  } else if (isObject(value)) {
    for (const key in value) {
      if (key !== "//") {
        collect(value[key], prefix === "" ? key : `${prefix}.${key}`, all);
      }
    }
  }
}

/**
 * What of a template is code: the insides of `${…}` and `%{…}`, to their own closing brace, without the texts that are
 * quoted in them. Templates within such texts are code again.
 */
export function expressionsOf(template: string): string {
  if (!/[$%]\{/.test(template)) {
    return "";
  }
  return isPlain(template) ? ` ${template.slice(2, -1)} ` : scan(template).code;
}

/** Whether a template opens what it does not close. */
export function isUnclosed(template: string): boolean {
  return /[$%]\{/.test(template) && scan(template).open;
}

function scan(template: string): { readonly code: string; readonly open: boolean } {
  let code = "";
  // What encloses the place: text that is none of Terraform's, code, or a text that code quotes.
  const nesting: ("code" | "brace" | "quote")[] = [];
  for (let at = 0; at < template.length; at++) {
    const [one, two] = [template[at] ?? "", template.slice(at, at + 2)];
    const inside = nesting.at(-1);
    const inText = inside === undefined || inside === "quote";
    if (inText && /^[$%]{2}$/.test(two) && template[at + 2] === "{") {
      at += 2;
    } else if (inText && /^[$%]\{$/.test(two)) {
      nesting.push("code");
      code += " ";
      at++;
    } else if (inside === "quote") {
      at += one === "\\" ? 1 : 0;
      if (one === '"') {
        nesting.pop();
      }
    } else if (inside !== undefined) {
      if (one === '"') {
        nesting.push("quote");
      } else if (one === "{") {
        nesting.push("brace");
      } else if (one === "}") {
        nesting.pop();
      }
      code += one === '"' || one === "}" ? " " : one;
    }
  }
  return { code, open: nesting.length > 0 };
}
