import { type Field, parseField } from "../providers/schema-types";
import { schemaFor } from "../rules/schemas";

/** What nobody edits, though schemas let somebody set it. */
const GIVEN: ReadonlySet<string> = new Set(["id", "hostname", "ip_address", "gateway"]);

/** Whether a first-level attribute is what a daemon or a provider computes, and nobody edits. */
export function isReadOnly(type: string, name: string): boolean {
  const field = fieldOf(type, name);
  return GIVEN.has(name) || (field?.computed === true && !field.optional);
}

function fieldOf(type: string, name: string): Field | undefined {
  const schema = schemaFor(type.split("_")[0] ?? "", undefined);
  const text = schema?.shapes[schema.resources[type] ?? -1]?.[name];
  return text === undefined ? undefined : parseField(text);
}
