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

/** Every reference in a body. */
export function* referencesIn(body: unknown): Generator<Reference> {
  for (const [attribute, text] of expressions(body)) {
    for (const [, data = "", type = "", name = "", index, member, rest = ""] of text.matchAll(REFERENCE)) {
      yield { attribute, address: `${data}${type}.${name}`, type, member, rest, indexed: index !== undefined };
    }
    for (const [, name = ""] of text.matchAll(LOCAL)) {
      yield { attribute, address: `local.${name}`, type: "local", member: undefined, rest: "", indexed: false };
    }
  }
}

/**
 * Every text that Terraform evaluates, templates anywhere and the bare references of `depends_on` and `lifecycle`: where it
 * stands, what of it is code, and the text itself.
 */
export function* expressions(value: unknown, prefix = ""): Generator<[string, string, string]> {
  const bare = prefix === "depends_on" || prefix === "lifecycle.replace_triggered_by";
  if (typeof value === "string") {
    yield [prefix, bare ? value : expressionsOf(value), value];
    return;
  }
  if (Array.isArray(value)) {
    for (const element of value) {
      yield* expressions(element, prefix);
    }
    return;
  }
  for (const [key, inner] of Object.entries(isObject(value) ? value : {})) {
    if (key !== "//") {
      yield* expressions(inner, prefix === "" ? key : `${prefix}.${key}`);
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
  return code;
}
