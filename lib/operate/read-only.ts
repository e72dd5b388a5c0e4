import { parseField } from "../providers/schema-types";
import { schemaFor } from "../rules/schemas";

/** What nobody edits, though schemas let somebody set it. */
const GIVEN: ReadonlySet<string> = new Set(["id", "hostname", "ip_address", "gateway"]);

/** Whether a first-level attribute is what a daemon or a provider computes, and nobody edits. */
export function isReadOnly(type: string, name: string): boolean {
  const schema = schemaFor(type.split("_")[0] ?? "", undefined);
  const field = schema?.shapes[schema.resources[type] ?? -1]?.[name];
  const { computed, optional } = field === undefined ? { computed: false, optional: false } : parseField(field);
  return GIVEN.has(name) || (computed && !optional);
}
