import { checkRules, RULES } from "./check";
import { blocks, Document, isObject, isReference, type Json, member } from "./document";
import type { Finding } from "./rule";

/** The rules by which two things of one machine shut each other out. */
const EXCLUSIVE = RULES.filter(({ id }) => /(-taken|-shared|\/pinned-processors)$/.test(id));

const TYPES: ReadonlySet<string> = new Set(EXCLUSIVE.map(({ type }) => type));

/** Where a provider block leads, by the argument that says it. */
const ENDPOINTS: Readonly<Record<string, string>> = { docker: "host", libvirt: "uri" };

/**
 * What resources of several stacks claim of one machine together, by the stack whose resource it is. Machines are the same
 * where their endpoints are written alike; an endpoint that Terraform computes is another one for each stack.
 */
export function checkAcross(stacks: ReadonlyMap<string, Json>): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  if (stacks.size < 2) {
    return found;
  }
  const merged = new Document({ resource: mergedResources(stacks) });
  for (const finding of checkRules(merged, EXCLUSIVE)) {
    const { type, stack, name } = partsOf(finding.address);
    const other = /\b[a-z]\w*_\w+\.\S*\/\S+/.exec(finding.value)?.[0];
    if (other !== undefined && partsOf(other).stack !== stack) {
      const mine = found.get(stack) ?? [];
      mine.push({ ...finding, address: `${type}.${name}` });
      found.set(stack, mine);
    }
  }
  return found;
}

/** An address of the merged document: `docker_container.stack/name`. */
function partsOf(address: string): { readonly type: string; readonly stack: string; readonly name: string } {
  const [, type = "", stack = "", name = ""] = /^([^.]+)\.(.*)\/([^/]*)$/.exec(address) ?? [];
  return { type, stack, name };
}

function mergedResources(stacks: ReadonlyMap<string, Json>): Json {
  const types = new Map<string, Record<string, Json>>();
  for (const [stack, json] of stacks) {
    const endpointOf = endpoints(stack, json);
    for (const [type, group] of Object.entries(member(json, "resource") ?? {}).filter(([type]) => TYPES.has(type))) {
      const all = types.get(type) ?? {};
      types.set(type, all);
      for (const [name, body] of Object.entries(isObject(group) ? group : {})) {
        if (isObject(body)) {
          all[`${stack}/${name}`] = { ...(ofStack(body, stack) as Json), provider: endpointOf(type, body.provider) };
        }
      }
    }
  }
  return Object.fromEntries(types);
}

/** What a body refers to is another thing in each stack, however alike it is called. */
function ofStack(value: unknown, stack: string): unknown {
  if (typeof value === "string") {
    return value.includes("${") ? value.replaceAll("${", `\${${stack}/`) : value;
  }
  if (Array.isArray(value)) {
    return value.map((one) => ofStack(one, stack));
  }
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, key === "//" ? one : ofStack(one, stack)]))
    : value;
}

/** Tells the endpoint that a resource of a stack is made on. */
function endpoints(stack: string, json: Json): (type: string, provider: unknown) => string {
  const known = new Map<string, string>();
  for (const [provider, group] of Object.entries(member(json, "provider") ?? {})) {
    for (const block of blocks(group)) {
      const at = block[ENDPOINTS[provider] ?? ""];
      const key = typeof block.alias === "string" ? `${provider}.${block.alias}` : provider;
      known.set(key, typeof at === "string" && !isReference(at) ? at : `${stack} ${key}`);
    }
  }
  return (type, provider) => {
    const key = typeof provider === "string" ? provider : (type.split("_")[0] ?? "");
    return known.get(key) ?? key;
  };
}
