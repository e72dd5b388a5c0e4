import { type CompactSchema, parseField, toCamelCase } from "../../lib/providers/schema-types";

/** A configuration that sets every settable attribute of a shape once, in camelCase. */
export function sampleConfig(schema: CompactSchema, shape: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(schema.shapes[shape] ?? {})) {
    const field = parseField(text);
    if (!field.required && !field.optional) {
      continue;
    }
    const key = toCamelCase(name);
    if (field.nested) {
      const inner = sampleConfig(schema, field.nested.shape);
      const single = field.nested.nesting === "single" || field.maxItems === 1;
      out[key] = single ? inner : field.nested.nesting === "map" ? { someKey: inner } : [inner];
    } else {
      out[key] = sampleValue(field.type ?? "dynamic", name);
    }
  }
  return out;
}

function sampleValue(type: string, name: string): unknown {
  const collection = /^(list|set|map)\((.+)\)$/.exec(type);
  if (collection) {
    const inner = sampleValue(collection[2] ?? "string", name);
    return collection[1] === "map" ? { "Some_Key.of-mine": inner } : [inner];
  }
  return { number: 7, bool: true }[type] ?? `a ${name}`;
}
