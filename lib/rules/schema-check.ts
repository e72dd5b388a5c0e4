import { didYouMean, Suggestions, suggestion } from "../core/nearest";
import { type CompactSchema, type Field, parseField } from "../providers/schema-types";
import { attributeOn, type Document, isObject, isReference, type Json, providerOf, type Rendered } from "./document";
import { foreignName } from "./foreign-names";
import { outputsAndLocals } from "./outputs-and-locals";
import { referencesIn } from "./references";
import type { Finding, Sight } from "./rule";
import { hasWholeNumbers, otherSchemas, schemaFor } from "./schemas";

/** Arguments that Terraform itself gives to every resource. */
const META: ReadonlySet<string> = new Set([
  "//",
  "depends_on",
  "lifecycle",
  "provisioner",
  "connection",
  "provider",
  "count",
  "for_each",
  "dynamic",
]);

const PRIMITIVE: ReadonlySet<string> = new Set(["string", "number", "bool"]);

const COLLECTION = /^(list|set|map)\((.+)\)$/;

/** A reference to a resource without a word on which of its attributes. */
function isWhole(value: unknown): boolean {
  return (
    typeof value === "string" && value.startsWith("${") && /^\$\{(data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+\}$/.test(value)
  );
}

const TERRAFORM_DATA = new Map<string, Field>(
  Object.entries({ input: "? dynamic", triggers_replace: "? dynamic", id: "= string", output: "= dynamic" }).map(
    ([k, v]) => [k, parseField(v)],
  ),
);

const decoded = new WeakMap<CompactSchema, Map<number, ReadonlyMap<string, Field>>>();
const musts = new WeakMap<ReadonlyMap<string, Field>, readonly (readonly [string, Field])[]>();

/**
 * Holds every resource against its provider's schema. Terraform refuses unknown names at the top of a resource, but drops
 * unknown names inside libvirt's nested attributes without a word: the setting then simply does nothing.
 */
export function checkSchemas(document: Document): Finding[] {
  const suggestions = new Suggestions();
  return [...document.all, ...document.providers, ...outputsAndLocals(document)].flatMap((resource) => {
    const found: (Sight & { rule: string })[] = [];
    const report: Report = (rule, sight) => found.push({ rule: `schema/${rule}`, ...sight });
    checkReferences(resource, document, suggestions, report);
    checkResource(resource, document, report);
    return found.map((sight) => ({
      ...sight,
      severity: "error" as const,
      attribute: attributeOn(resource, sight.attribute),
      address: resource.address,
      path: resource.path,
    }));
  });
}

type Report = (rule: string, sight: Sight) => void;

function checkResource(resource: Rendered, document: Document, report: Report): void {
  if (resource.type === "output" || resource.type === "local") {
    return;
  }
  if (resource.kind === "provider") {
    checkProvider(resource, document, report);
    return;
  }
  checkIgnored(resource, document, report);
  if (resource.type === "terraform_data") {
    checkFields(resource.body, TERRAFORM_DATA, undefined, { type: resource.type, prefix: "" }, document, report);
    return;
  }
  const provider = providerOf(resource.type);
  const schema = schemaFor(provider, document.constraintOf(provider));
  if (!schema) {
    return;
  }
  const types = resource.kind === "data" ? schema.dataSources : schema.resources;
  const shape = types[resource.type];
  if (shape === undefined) {
    report("unknown-type", {
      attribute: "type",
      bound: `be a type of ${schema.source} ${schema.version}`,
      value: resource.type,
      fix: suggestion(resource.type, Object.keys(types)),
    });
    return;
  }
  checkFields(resource.body, fieldsOf(schema, shape), schema, { type: resource.type, prefix: "" }, document, report);
}

function checkProvider({ type, body }: Rendered, document: Document, report: Report): void {
  const name = type.slice("provider.".length);
  const schema = schemaFor(name, document.constraintOf(name));
  if (schema) {
    const { alias: _alias, version: _version, ...rest } = body;
    checkFields(rest, fieldsOf(schema, schema.provider), schema, { type: "", prefix: "" }, document, report);
  }
}

/** `ignore_changes` names attributes; Terraform refuses one that is none. */
function checkIgnored(resource: Rendered, document: Document, report: Report): void {
  const ignored = isObject(resource.body.lifecycle) ? resource.body.lifecycle.ignore_changes : undefined;
  for (const one of Array.isArray(ignored) ? (ignored as unknown[]) : []) {
    const name = /^\w+/.exec(String(one))?.[0] ?? "";
    if (name !== "all" && !hasAttribute(resource, name, document)) {
      const bound = `be an attribute of ${resource.type}`;
      report("unknown-attribute", { attribute: "lifecycle.ignore_changes", bound, value: JSON.stringify(one) });
    }
  }
}

function fieldsOf(schema: CompactSchema, shape: number): ReadonlyMap<string, Field> {
  let shapes = decoded.get(schema);
  if (!shapes) {
    shapes = new Map();
    decoded.set(schema, shapes);
  }
  let fields = shapes.get(shape);
  if (!fields) {
    fields = new Map(Object.entries(schema.shapes[shape] ?? {}).map(([name, text]) => [name, parseField(text)]));
    shapes.set(shape, fields);
  }
  return fields;
}

/** The few fields of many that must be there. */
function requiredOf(fields: ReadonlyMap<string, Field>): readonly (readonly [string, Field])[] {
  let required = musts.get(fields);
  if (!required) {
    required = [...fields].filter(([, field]) => field.required);
    musts.set(fields, required);
  }
  return required;
}

/** Whose attributes are looked at, and the way to them. */
interface Place {
  readonly type: string;
  readonly prefix: string;
}

/** Says which other version of the provider has an attribute that this one has not. */
function otherLine(type: string, attribute: string, schema: CompactSchema | undefined): string | undefined {
  const provider = providerOf(type);
  const steps = attribute.split(".").filter((step) => !/^\d+$/.test(step));
  const other = schema && otherSchemas(provider, schema).find((one) => hasPath(one, type, steps));
  return other && `${provider} ${other.version} has it, this stack asks for another line`;
}

function hasPath(schema: CompactSchema, type: string, steps: readonly string[]): boolean {
  let shape = schema.resources[type];
  return steps.every((step) => {
    const field = shape === undefined ? undefined : fieldsOf(schema, shape).get(step);
    shape = field?.nested?.shape;
    return field !== undefined;
  });
}

function checkFields(
  body: Json,
  fields: ReadonlyMap<string, Field>,
  schema: CompactSchema | undefined,
  { type, prefix }: Place,
  document: Document,
  report: Report,
): void {
  for (const name in body) {
    const value = body[name];
    if ((prefix === "" && META.has(name)) || name === "dynamic" || value === null || value === undefined) {
      continue;
    }
    const field = fields.get(name);
    if (!field) {
      const fix =
        (prefix === "" ? foreignName(type, name) : undefined) ??
        otherLine(type, prefix + name, schema) ??
        suggestion(name, [...fields.keys()]);
      report("unknown-attribute", {
        attribute: prefix + name,
        bound: "be an attribute that the provider knows",
        value: JSON.stringify(name),
        fix,
      });
    } else if (field.computed && !field.optional && !field.required) {
      report("computed-only", {
        attribute: prefix + name,
        bound: "be left out, since only the provider sets it",
        value: JSON.stringify(value),
      });
    } else if (field.nested && schema) {
      checkNested(value, field, schema, { type, prefix: prefix + name }, document, report);
    } else if (field.type !== undefined && PRIMITIVE.has(field.type) && isWhole(value)) {
      report("type", {
        attribute: prefix + name,
        bound: `be of type ${field.type}`,
        value: `${JSON.stringify(value)}, a whole resource`,
        fix: "name one of its attributes",
      });
    } else if (!matches(value, field.type ?? "dynamic")) {
      report("type", { attribute: prefix + name, bound: `be of type ${field.type}`, value: JSON.stringify(value) });
    } else if (
      field.type === "number" &&
      schema &&
      !Number.isInteger(Number(value)) &&
      !isReference(value) &&
      hasWholeNumbers(schema)
    ) {
      report("type", { attribute: prefix + name, bound: "be a whole number", value: JSON.stringify(value) });
    }
  }
  for (const [name, field] of requiredOf(fields)) {
    const value = body[name];
    const missing =
      value === undefined || value === null || (field.block && Array.isArray(value) && value.length < field.minItems);
    if (missing && !isObject(body.dynamic)) {
      report("missing-attribute", { attribute: prefix + name, bound: "be set", value: "nothing" });
    }
  }
}

function checkNested(
  value: unknown,
  field: Field,
  schema: CompactSchema,
  { type, prefix: attribute }: Place,
  document: Document,
  report: Report,
): void {
  if (!field.nested) {
    return;
  }
  if (isReference(value)) {
    // What Terraform computes may be an object, but not where a block stands, nor where it is one attribute that is none.
    if (field.block || isPlainAttribute(value, document)) {
      report("type", { attribute, bound: "be an object", value: JSON.stringify(value) });
    }
    return;
  }
  const { nesting, shape } = field.nested;
  const fields = fieldsOf(schema, shape);
  if (nesting === "map") {
    for (const [key, inner] of Object.entries(isObject(value) ? value : {})) {
      if (isObject(inner)) {
        checkFields(inner, fields, schema, { type, prefix: `${attribute}.${key}.` }, document, report);
      }
    }
    return;
  }
  // Terraform takes a lone object for a block of any nesting, but for a nested attribute only where it stands once.
  const objectAllowed = nesting === "single" || field.block;
  const arrayAllowed = nesting !== "single" || field.block;
  const elements = Array.isArray(value) ? value : [value];
  if (Array.isArray(value) ? !arrayAllowed : !isObject(value) || !objectAllowed) {
    report("type", {
      attribute,
      bound: nesting === "single" ? "be an object" : `be a ${nesting} of objects`,
      value: JSON.stringify(value),
    });
    return;
  }
  if (field.maxItems > 0 && elements.length > field.maxItems) {
    report("block-count", { attribute, bound: `stand at most ${field.maxItems} time(s)`, value: `${elements.length}` });
  }
  elements.forEach((element, index) => {
    const inner = Array.isArray(value) ? `${attribute}.${index}.` : `${attribute}.`;
    if (isObject(element)) {
      checkFields(element, fields, schema, { type, prefix: inner }, document, report);
    } else if (!isReference(element) || field.block || isPlainAttribute(element, document)) {
      report("type", { attribute: inner.slice(0, -1), bound: "be an object", value: JSON.stringify(element) });
    }
  });
}

/** A reference to an attribute of a resource that holds no object, such as a name or a path. */
function isPlainAttribute(value: unknown, document: Document): boolean {
  const [, address = "", name = ""] =
    /^\$\{((?:data\.)?[a-z][a-z0-9]*_\w+\.[\w-]+)\.(\w+)\}$/.exec(String(value)) ?? [];
  const target = document.at(address);
  const type = target && target.kind !== "provider" ? fieldsOfType(target, document)?.get(name)?.type : undefined;
  return type !== undefined && PRIMITIVE.has(type);
}

function matches(value: unknown, type: string): boolean {
  if (value === null || isReference(value)) {
    return true;
  }
  const collection = PRIMITIVE.has(type) ? null : COLLECTION.exec(type);
  if (collection) {
    const inner = collection[2] ?? "dynamic";
    const elements = collection[1] === "map" ? isObject(value) && Object.values(value) : Array.isArray(value) && value;
    return elements !== false && elements.every((element) => matches(element, inner));
  }
  switch (type) {
    case "string":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    case "number":
      return typeof value === "number" || (typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value));
    case "bool":
      return typeof value === "boolean" || value === "true" || value === "false";
    default:
      return true;
  }
}

function checkReferences(resource: Rendered, document: Document, suggestions: Suggestions, report: Report): void {
  for (const { attribute, address, type, member, rest, indexed } of referencesIn(resource.body)) {
    const target = document.at(address);
    if (!target && isKnown(type, document)) {
      const kin = address.slice(0, address.lastIndexOf(".") + 1);
      const known = () => document.all.map((one) => one.address).filter((one) => one.startsWith(kin));
      const fix = didYouMean(suggestions.near(address, known));
      report("unknown-reference", { attribute, bound: "refer to a resource of this stack", value: address, fix });
    } else if (
      target &&
      member !== undefined &&
      !indexed &&
      (target.body.count ?? target.body.for_each) !== undefined
    ) {
      const fix = target.body.count === undefined ? `${address}["KEY"].${member}` : `${address}[0].${member}`;
      report("unknown-reference", { attribute, bound: "name an instance", value: `${address}.${member}`, fix });
    } else if (target && member !== undefined && !hasAttribute(target, member, document)) {
      const bound = `refer to an attribute of ${type}`;
      report("unknown-reference", { attribute, bound, value: `${address}.${member}` });
    } else if (target && member !== undefined && rest !== "") {
      const lost = lostStep(target, member, rest, document);
      if (lost) {
        const bound = `refer to what ${type}.${member} has`;
        report("unknown-reference", { attribute, bound, value: `${address}.${member}${rest}`, fix: lost.fix });
      }
    }
  }
}

/** The first step of a path into an attribute that leads to nothing, where the schema says what there is. */
function lostStep(
  target: Rendered,
  member: string,
  rest: string,
  document: Document,
): { readonly fix: string | undefined } | undefined {
  const provider = providerOf(target.type);
  const schema = schemaFor(provider, document.constraintOf(provider));
  let field = fieldsOfType(target, document)?.get(member);
  for (const [index, step] of rest.matchAll(/\[[^\]]*\]|\.(\w+)/g)) {
    if (step === undefined) {
      if (field?.nested?.nesting === "set" && /^\[\d+\]$/.test(index)) {
        return { fix: "a set has no order: one(…), or a for expression" };
      }
      continue;
    }
    if (!schema || !field?.nested || field.nested.nesting === "map") {
      return undefined;
    }
    const fields = fieldsOf(schema, field.nested.shape);
    field = fields.get(step);
    if (!field) {
      return { fix: suggestion(step, [...fields.keys()]) };
    }
  }
  return undefined;
}

/** A word that looks like a type of an unknown provider may be something else that Terraform evaluates. */
function isKnown(type: string, document: Document): boolean {
  const provider = providerOf(type);
  return type === "terraform_data" || schemaFor(provider, document.constraintOf(provider)) !== undefined;
}

/** What a resource of its type has; undefined where no schema says it. */
function fieldsOfType({ kind, type }: Rendered, document: Document): ReadonlyMap<string, Field> | undefined {
  const provider = providerOf(type);
  const schema = schemaFor(provider, document.constraintOf(provider));
  const shape = (kind === "data" ? schema?.dataSources : schema?.resources)?.[type];
  return schema && shape !== undefined ? fieldsOf(schema, shape) : undefined;
}

function hasAttribute(target: Rendered, name: string, document: Document): boolean {
  if (target.type === "terraform_data") {
    return TERRAFORM_DATA.has(name);
  }
  return fieldsOfType(target, document)?.has(name) ?? true;
}
