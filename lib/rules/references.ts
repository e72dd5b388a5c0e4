import { isObject } from "./document";

/** A reference to a resource, a data source or a local, with the attribute it asks for. */
export interface Reference {
  /** Where it stands, such as `ports.0.ip`. */
  readonly attribute: string;
  /** `docker_network.lan`, `data.docker_network.lan` or `local.bundle`. */
  readonly address: string;
  readonly type: string;
  readonly member: string | undefined;
}

const REFERENCE = /(?<![\w.])(data\.)?((?:[a-z][a-z0-9]*)_\w+)\.([\w-]+)(?:(?:\[[^\]]*\])?\.(\w+))?/g;
const LOCAL = /(?<![\w.])local\.([\w-]+)/g;

/** Every reference in a body. */
export function* referencesIn(body: unknown): Generator<Reference> {
  for (const [attribute, text] of expressions(body, "")) {
    for (const [, data = "", type = "", name = "", member] of text.matchAll(REFERENCE)) {
      yield { attribute, address: `${data}${type}.${name}`, type, member };
    }
    for (const [, name = ""] of text.matchAll(LOCAL)) {
      yield { attribute, address: `local.${name}`, type: "local", member: undefined };
    }
  }
}

/** Every text that Terraform evaluates: templates anywhere, and the bare references of `depends_on` and `lifecycle`. */
function* expressions(value: unknown, prefix: string): Generator<[string, string]> {
  const bare = prefix === "depends_on" || prefix === "lifecycle.replace_triggered_by";
  if (typeof value === "string") {
    const parts = bare ? [value] : [...value.matchAll(/(?<!\$)\$\{([^}]*)\}/g)].map((match) => match[1] ?? "");
    for (const part of parts) {
      yield [prefix, part];
    }
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
