import {
  DefaultTokenResolver,
  StringConcat,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  Tokenization,
} from "cdktf";
import type { IConstruct } from "constructs";
import { type Body, bodyHashOf, digestOfText, fillHashes, isMarked } from "../core/body-hash";
import { LeanResource } from "../providers/lean";
import { holdsTokens, rendersTokens } from "./holds-tokens";
import { isMembers, type Members, merge } from "./merge";

const RESOLVER = new DefaultTokenResolver(new StringConcat());

/** Every element of a stack, in the order of its tree; what belongs to a stack within it is that one's. */
export function elementsOf(node: IConstruct, into: TerraformElement[] = []): TerraformElement[] {
  if (TerraformElement.isTerraformElement(node)) {
    into.push(node);
  }
  for (const child of node.node.children) {
    if (!TerraformStack.isStack(child)) {
      elementsOf(child, into);
    }
  }
  return into;
}

/** Lets references to other stacks make there what they need. */
export function prepareElements(stack: TerraformStack, elements: readonly TerraformElement[]): void {
  for (const element of elements) {
    if (rendersTokens(element, stack)) {
      resolve(stack, element.toTerraform(), true);
    }
  }
}

/**
 * What `TerraformStack.toTerraform` makes of a stack, with body hashes filled in. cdktf resolves those elements only that hold
 * something to resolve.
 */
export function renderStack(stack: TerraformStack, elements: readonly TerraformElement[], overrides: Members): Members {
  const json: Members = { "//": { metadata: metadataOf(stack, elements, overrides), outputs: outputsOf(elements) } };
  let marked: Marked[] = [];
  for (const element of elements) {
    merge(json, renderElement(stack, element, marked));
  }
  if (Object.keys(overrides).length === 0) {
    fillIn(stack, elements, json, marked);
    return json;
  }
  merge(json, overrides);
  marked = [];
  const overridden = resolvedCopy(stack, json, marked);
  fillIn(stack, elements, overridden, marked);
  return overridden;
}

function resolve(stack: TerraformStack, value: unknown, preparing: boolean): unknown {
  return Tokenization.resolve(value, { scope: stack, preparing, resolver: RESOLVER });
}

/** A text with the mark of a body hash, by where it stands. */
interface Marked {
  readonly holder: Members;
  readonly key: string;
}

/** What an element renders to, resolved, and nobody else's. */
function renderElement(stack: TerraformStack, element: TerraformElement, marked: Marked[]): Members {
  const rendered: unknown = element.toTerraform();
  if (isMembers(rendered) && isMadeAnew(element) && !holdsTokens(rendered)) {
    noteMarks(rendered, marked);
    return rendered;
  }
  return resolvedCopy(stack, rendered, marked);
}

/** Lean classes copy what they were given whenever they are rendered. */
function isMadeAnew(element: TerraformElement): boolean {
  return element instanceof LeanResource && element.ingredients !== undefined;
}

function noteMarks(holder: Members, marked: Marked[]): void {
  for (const key in holder) {
    const value = holder[key];
    if (typeof value === "string") {
      if (isMarked(value)) {
        marked.push({ holder, key });
      }
    } else if (typeof value === "object" && value !== null) {
      noteMarks(value as Members, marked);
    }
  }
}

/** What something renders to, as a copy of the stack's own; which texts in it are marked is noted. */
function resolvedCopy(stack: TerraformStack, rendered: unknown, marked: Marked[]): Members {
  return copyMembers(holdsTokens(rendered) ? resolve(stack, rendered, false) : rendered, marked);
}

function copyMembers(value: unknown, marked: Marked[]): Members {
  const out: Members = {};
  for (const [key, inner] of Object.entries(value as object)) {
    if (inner !== undefined) {
      copyInto(out, key, inner, marked);
    }
  }
  return out;
}

function copyInto(holder: Members, key: string, value: unknown, marked: Marked[]): void {
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const element of value as unknown[]) {
      if (element !== undefined) {
        copyInto(list as unknown as Members, String(list.length), element, marked);
      }
    }
    holder[key] = list;
  } else if (isMembers(value)) {
    // cdktf merges objects member by member, and so takes a date for an empty one, but leaves those in lists alone.
    holder[key] = value instanceof Date && Array.isArray(holder) ? value : copyMembers(value, marked);
  } else {
    holder[key] = value;
    if (typeof value === "string" && isMarked(value)) {
      marked.push({ holder, key });
    }
  }
}

/** What cdktf notes of a stack: its backend, and what was overridden, imported and moved. */
function metadataOf(stack: TerraformStack, elements: readonly TerraformElement[], overrides: Members): Members {
  const names = Object.keys(overrides);
  const metadata: Members = {
    version: stack.node.tryGetContext("cdktfVersion") as unknown,
    stackName: stack.node.id,
    backend: "local",
    ...(names.length > 0 ? { overrides: { stack: names } } : {}),
  };
  for (const element of elements) {
    const own = element.toMetadata() as Members;
    if (Object.values(own).some((value) => value !== undefined)) {
      merge(metadata, resolvedCopy(stack, own, []));
    }
  }
  return metadata;
}

/** The outputs by the paths of their constructs. */
function outputsOf(elements: readonly TerraformElement[]): Members {
  const outputs: Members = {};
  for (const element of elements) {
    if (TerraformOutput.isTerraformOutput(element)) {
      const parts = element.node.path.split("/");
      const last = parts.pop() ?? "";
      merge(
        outputs,
        parts.reduceRight<Members>((inner, part) => ({ [part]: inner }), { [last]: element.friendlyUniqueId }),
      );
    }
  }
  return outputs;
}

/**
 * Puts the hashes where their marks stand. All are taken first: a body with another one's mark in it has the same hash
 * whether or not that one was filled in before.
 */
function fillIn(
  stack: TerraformStack,
  elements: readonly TerraformElement[],
  json: Members,
  marked: readonly Marked[],
): void {
  if (marked.length === 0) {
    return;
  }
  const digestAt = digests(stack, elements, json);
  const texts = marked.map(({ holder, key }) => fillHashes(String(holder[key]), digestAt));
  for (const [index, { holder, key }] of marked.entries()) {
    holder[key] = texts[index];
  }
}

/** Tells the hash with an index of the resource at an address. Many bodies are alike in what is hashed of them. */
function digests(
  stack: TerraformStack,
  elements: readonly TerraformElement[],
  json: Members,
): (address: string, index: number) => string {
  const resources = new Map(
    elements
      .filter(TerraformResource.isTerraformResource)
      .map((resource) => [`${resource.terraformResourceType}.${resource.friendlyUniqueId}`, resource]),
  );
  const bodies = json.resource as Record<string, Record<string, Body>> | undefined;
  const known = new Map<string, string>();
  const digestOf = (text: string) => {
    const digest = known.get(text) ?? digestOfText(text);
    known.set(text, digest);
    return digest;
  };
  return (address, index) => {
    const resource = resources.get(address);
    const hash = resource && bodyHashOf(resource, index);
    const body = resource && bodies?.[resource.terraformResourceType]?.[resource.friendlyUniqueId];
    if (!hash || !body) {
      throw new Error(`[${stack.node.path}] the hash of ${address} is used in a stack that does not hold it`);
    }
    return hash.digest(body, digestOf);
  };
}
