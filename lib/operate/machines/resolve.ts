import { type Document, isObject } from "../../rules/document";
import type { Resolve } from "./endpoint";
import { attributesOf, type State } from "./state";

/** What is known of a resource besides its configuration and the state, such as a path that the daemon told. */
export type Known = ReadonlyMap<string, { readonly [attribute: string]: unknown }>;

/**
 * Replaces references by what the state, the daemons or the configuration itself says. Whatever Terraform would have to
 * compute otherwise makes it undefined.
 */
export function resolver(stack: Document, state: State | undefined, known: Known = new Map()): Resolve {
  const resolve = (text: string): string | undefined => {
    let complete = true;
    const replaced = text.replaceAll(/\$\{([^{}]*)\}/g, (_, expression: string) => {
      const value = lookUp(expression.trim());
      complete &&= value !== undefined;
      return value ?? "";
    });
    return complete ? replaced : undefined;
  };
  const lookUp = (expression: string): string | undefined => {
    if (expression === "path.module") {
      return ".";
    }
    const variable = /^var\.([\w-]+)$/.exec(expression)?.[1];
    if (variable !== undefined) {
      return process.env[`TF_VAR_${variable}`] ?? text(defaultOf(stack, variable));
    }
    const [, address = "", attribute = ""] = /^([a-z]+_\w+\.[\w-]+)\.(\w+)$/.exec(expression) ?? [];
    const body = stack.at(address)?.body;
    const own = body?.[attribute];
    return (
      text(known.get(address)?.[attribute]) ??
      text(attributesOf(state, address)?.[attribute]) ??
      (typeof own === "string" ? resolve(own) : text(own))
    );
  };
  return resolve;
}

/** A value with every reference in it replaced; undefined where one of them is not known. */
export function resolveAll(value: unknown, resolve: Resolve): unknown {
  if (typeof value === "string") {
    return resolve(value);
  }
  if (Array.isArray(value)) {
    const all = value.map((one) => resolveAll(one, resolve));
    return all.includes(undefined) ? undefined : all;
  }
  if (isObject(value)) {
    const all = Object.entries(value).map(([name, one]) => [name, resolveAll(one, resolve)] as const);
    return all.some(([, one]) => one === undefined) ? undefined : Object.fromEntries(all);
  }
  return value;
}

function defaultOf(stack: Document, variable: string): unknown {
  const variables = stack.json.variable;
  const body = isObject(variables) ? variables[variable] : undefined;
  return isObject(body) ? body.default : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
