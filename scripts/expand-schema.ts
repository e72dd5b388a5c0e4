import type { RawSchemas } from "../lib/providers/compact-schema";
import { type CompactSchema, type Field, parseField } from "../lib/providers/schema-types";

type Raw = { [key: string]: unknown };

/** The way back from the compact form to what `terraform providers schema -json` prints. */
export function expandSchema(schema: CompactSchema): RawSchemas {
  const name = `registry.terraform.io/${schema.source}`;
  const blocks = (shapes: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(shapes).map(([type, shape]) => [type, { version: 0, block: block(schema, shape) }]),
    );
  return {
    format_version: "1.0",
    provider_versions: { [name]: schema.version },
    provider_schemas: {
      [name]: {
        provider: { version: 0, block: block(schema, schema.provider) },
        resource_schemas: blocks(schema.resources),
        data_source_schemas: blocks(schema.dataSources),
      },
    },
  } as unknown as RawSchemas;
}

function block(schema: CompactSchema, shape: number): Raw {
  const fields = Object.entries(schema.shapes[shape] ?? {}).map(([name, text]): [string, Field] => [
    name,
    parseField(text),
  ]);
  const attributes = fields
    .filter(([, field]) => !field.block)
    .map(([name, field]) => [name, attribute(schema, field)]);
  const nested = fields
    .filter(([, field]) => field.block)
    .map(([name, { nested: inner, minItems, maxItems }]) => [
      name,
      {
        nesting_mode: inner?.nesting,
        block: block(schema, inner?.shape ?? 0),
        ...(minItems === 0 ? {} : { min_items: minItems }),
        ...(maxItems === 0 || inner?.nesting === "single" ? {} : { max_items: maxItems }),
      },
    ]);
  return {
    attributes: Object.fromEntries(attributes) as Raw,
    ...(nested.length > 0 ? { block_types: Object.fromEntries(nested) as Raw } : {}),
  };
}

function attribute(schema: CompactSchema, field: Field): Raw {
  const { attributes } = field.nested ? block(schema, field.nested.shape) : { attributes: undefined };
  return {
    ...(field.nested
      ? { nested_type: { attributes, nesting_mode: field.nested.nesting } }
      : { type: readType(field.type ?? "dynamic") }),
    ...(field.required ? { required: true } : {}),
    ...(field.optional ? { optional: true } : {}),
    ...(field.computed ? { computed: true } : {}),
    ...(field.sensitive ? { sensitive: true } : {}),
    ...(field.writeOnly ? { write_only: true } : {}),
  };
}

function readType(text: string): unknown {
  const collection = /^(list|set|map)\((.*)\)$/.exec(text);
  if (collection) {
    return [collection[1], readType(collection[2] ?? "")];
  }
  const object = /^object\(\{(.*)\}\)$/.exec(text);
  return object
    ? [
        "object",
        Object.fromEntries(
          split(object[1] ?? "").map((part) => [
            part.slice(0, part.indexOf("=")),
            readType(part.slice(part.indexOf("=") + 1)),
          ]),
        ),
      ]
    : text;
}

/** Splits at the commas that stand outside brackets. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const [index, letter] of [...text].entries()) {
    depth += "({".includes(letter) ? 1 : ")}".includes(letter) ? -1 : 0;
    if (letter === "," && depth === 0) {
      parts.push(text.slice(from, index));
      from = index + 1;
    }
  }
  return [...parts, text.slice(from)].filter((part) => part !== "");
}
