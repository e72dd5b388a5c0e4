import type { CompactSchema } from "../../providers/schema-types";
import { parseField } from "../../providers/schema-types";
import { blocks, type Json } from "../../rules/document";

/**
 * A configuration in the form in which a state holds it: every attribute and block of the schema is there, lists and blocks that
 * nobody wrote as empty ones. Providers of the older kind take a list that is missing for one that is to be computed, and plan a
 * replacement for it.
 */
export function fullAttributes(schema: CompactSchema, type: string, configuration: Json): Json {
  const shape = schema.resources[type];
  return shape === undefined ? configuration : fill(schema, shape, configuration, true);
}

function fill(schema: CompactSchema, shape: number, value: Json, outermost: boolean): Json {
  const fields = Object.entries(schema.shapes[shape] ?? {});
  return Object.fromEntries(
    fields.map(([name, text]) => {
      const { block, type = "", nested } = parseField(text);
      const given = value[name] ?? undefined;
      if (block && nested && nested.nesting !== "single") {
        return [name, blocks(given).map((one) => fill(schema, nested.shape, one, false))];
      }
      const isList = outermost && /^(list|set)\(/.test(type);
      return [name, given ?? (isList ? [] : null)];
    }),
  );
}
