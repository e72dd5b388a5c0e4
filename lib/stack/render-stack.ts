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
import { addressOf } from "../core/naming";
import { LeanResource } from "../providers/lean";
import { holdsTokens, willHoldTokens } from "./holds-tokens";
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
    const ingredients = ingredientsOf(element);
    if (ingredients === undefined || willHoldTokens(ingredients, stack)) {
      const rendered: unknown = element.toTerraform();
      if (holdsTokens(rendered)) {
        resolve(stack, rendered, true);
      }
    }
  }
}

/**
 * What `TerraformStack.toTerraform` makes of a stack, with body hashes filled in. cdktf resolves those elements only that hold
 * something to resolve.
 */
export function renderStack(stack: TerraformStack, elements: readonly TerraformElement[], overrides: Members): Members {
  const json: Members = { "//": { metadata: metadataOf(stack, elements, overrides), outputs: outputsOf(elements) } };
  for (const element of elements) {
    merge(json, renderElement(stack, element));
  }
  if (Object.keys(overrides).length === 0) {
    fillIn(stack, elements, json);
    return json;
  }
  merge(json, overrides);
  const overridden = resolvedCopy(stack, json);
  fillIn(stack, elements, overridden);
  return overridden;
}

function resolve(stack: TerraformStack, value: unknown, preparing: boolean): unknown {
  return Tokenization.resolve(value, { scope: stack, preparing, resolver: RESOLVER });
}

/** What an element is rendered from, where it says so: lean classes copy it whenever they are rendered. */
function ingredientsOf(element: TerraformElement): readonly unknown[] | undefined {
  return element instanceof LeanResource ? element.ingredients : undefined;
}

/** What an element renders to, resolved, and nobody else's. */
function renderElement(stack: TerraformStack, element: TerraformElement): Members {
  const rendered: unknown = element.toTerraform();
  return isMembers(rendered) && ingredientsOf(element) && !holdsTokens(rendered)
    ? rendered
    : resolvedCopy(stack, rendered);
}

/** What something renders to, as a copy of the stack's own. */
function resolvedCopy(stack: TerraformStack, rendered: unknown): Members {
  return copyMembers((holdsTokens(rendered) ? resolve(stack, rendered, false) : rendered) as object);
}

function copyMembers(value: object): Members {
  const out: Members = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== undefined) {
      out[key] = copyOf(inner);
    }
  }
  return out;
}

function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    // cdktf merges objects member by member, and so takes a date for an empty one, but leaves those in lists alone.
    return value
      .filter((element) => element !== undefined)
      .map((element) => (element instanceof Date ? element : copyOf(element)));
  }
  return isMembers(value) ? copyMembers(value) : value;
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
      merge(metadata, resolvedCopy(stack, own));
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

/** A text with the mark of a body hash, by where it stands. */
interface Marked {
  readonly holder: Members;
  readonly key: string;
}

/**
 * Puts the hashes where their marks stand. All are taken first: a body with another one's mark in it has the same hash
 * whether or not that one was filled in before.
 */
function fillIn(stack: TerraformStack, elements: readonly TerraformElement[], json: Members): void {
  const marked: Marked[] = [];
  findMarks(json, marked);
  if (marked.length === 0) {
    return;
  }
  const digestAt = digests(stack, elements, json);
  const texts = marked.map(({ holder, key }) => fillHashes(String(holder[key]), digestAt));
  for (const [index, { holder, key }] of marked.entries()) {
    holder[key] = texts[index];
  }
}

function findMarks(holder: Members, marked: Marked[]): void {
  for (const key in holder) {
    const value = holder[key];
    if (typeof value === "string") {
      if (isMarked(value)) {
        marked.push({ holder, key });
      }
    } else if (typeof value === "object" && value !== null) {
      findMarks(value as Members, marked);
    }
  }
}

/** Tells the hash with an index of the resource at an address. Many bodies are alike in what is hashed of them. */
function digests(
  stack: TerraformStack,
  elements: readonly TerraformElement[],
  json: Members,
): (address: string, index: number) => string {
  const resources = new Map(
    elements.filter(TerraformResource.isTerraformResource).map((resource) => [addressOf(resource), resource]),
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
