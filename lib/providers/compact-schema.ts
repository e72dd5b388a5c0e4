import type { CompactSchema, CompactShape, Nesting } from "./schema-types";

/** The parts of `terraform providers schema -json` that are read. */
interface RawAttribute {
  readonly type?: RawType;
  readonly nested_type?: {
    readonly attributes?: Readonly<Record<string, RawAttribute>>;
    readonly nesting_mode: string;
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
}
type RawType = string | readonly [string, RawType | Readonly<Record<string, RawType>>];
interface RawBlock {
  readonly attributes?: Readonly<Record<string, RawAttribute>>;
  readonly block_types?: Readonly<
    Record<
      string,
      {
        readonly nesting_mode: string;
        readonly block: RawBlock;
        readonly min_items?: number;
        readonly max_items?: number;
      }
    >
  >;
}
interface RawProvider {
  readonly provider?: { readonly block?: RawBlock };
  readonly resource_schemas?: Readonly<Record<string, { readonly block: RawBlock }>>;
  readonly data_source_schemas?: Readonly<Record<string, { readonly block: RawBlock }>>;
}
export interface RawSchemas {
  readonly provider_versions?: Readonly<Record<string, string>>;
  readonly provider_schemas: Readonly<Record<string, RawProvider>>;
}

/** Turns one provider's schema, as Terraform prints it, into the compact form. Throws when the provider is missing. */
export function compactSchema(raw: RawSchemas, source: string, version?: string): CompactSchema {
  const key = Object.keys(raw.provider_schemas).find((name) => name.endsWith(`/${source}`));
  const provider = key === undefined ? undefined : raw.provider_schemas[key];
  if (key === undefined || provider === undefined) {
    throw new Error(`no schema of ${source}; the file holds: ${Object.keys(raw.provider_schemas).join(", ")}`);
  }
  const found = version ?? raw.provider_versions?.[key];
  if (found === undefined) {
    throw new Error(`the file does not say which version of ${source} it describes; pass --version`);
  }
  const shapes = new Shapes();
  const blocks = (all: Readonly<Record<string, { readonly block: RawBlock }>> | undefined) =>
    Object.fromEntries(sorted(all ?? {}).map(([name, { block }]) => [name, shapes.ofBlock(block)]));
  const resources = blocks(provider.resource_schemas);
  const dataSources = blocks(provider.data_source_schemas);
  const own = shapes.ofBlock(provider.provider?.block ?? {});
  return { source, version: found, shapes: shapes.all, provider: own, resources, dataSources };
}

/** One shape a line, so that a change of a provider reads as a small diff. */
export function printSchema(schema: CompactSchema): string {
  const { shapes, ...head } = schema;
  const lines = shapes.map((shape) => JSON.stringify(shape)).join(",\n");
  return `${JSON.stringify(head).slice(0, -1)},"shapes":[\n${lines}\n]}\n`;
}

class Shapes {
  readonly all: CompactShape[] = [];
  private readonly known = new Map<string, number>();

  ofBlock(block: RawBlock): number {
    const fields: [string, string][] = Object.entries(block.attributes ?? {}).map(([name, a]) => [
      name,
      this.attribute(a),
    ]);
    for (const [name, nested] of Object.entries(block.block_types ?? {})) {
      const min = nested.min_items ?? 0;
      const max = nested.max_items ?? (nested.nesting_mode === "single" ? 1 : 0);
      const flag = min > 0 ? "!" : "?";
      fields.push([name, `${flag}# ${nested.nesting_mode}:${this.ofBlock(nested.block)} ${min} ${max}`]);
    }
    return this.intern(fields);
  }

  private attribute(attribute: RawAttribute): string {
    const flag = attribute.required ? "!" : attribute.optional ? (attribute.computed ? "~" : "?") : "=";
    const flags = `${flag}${attribute.sensitive ? "*" : ""}${attribute.write_only ? "w" : ""}`;
    if (attribute.nested_type) {
      const nesting = attribute.nested_type.nesting_mode as Nesting;
      const fields = Object.entries(attribute.nested_type.attributes ?? {}).map(([name, a]): [string, string] => [
        name,
        this.attribute(a),
      ]);
      return `${flags} ${nesting}:${this.intern(fields)}`;
    }
    return `${flags} ${typeText(attribute.type ?? "dynamic")}`;
  }

  private intern(fields: readonly [string, string][]): number {
    const shape = Object.fromEntries([...fields].sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = JSON.stringify(shape);
    const known = this.known.get(text);
    if (known !== undefined) {
      return known;
    }
    this.all.push(shape);
    this.known.set(text, this.all.length - 1);
    return this.all.length - 1;
  }
}

function typeText(type: RawType): string {
  if (typeof type === "string") {
    return type;
  }
  const [kind, inner] = type;
  if (kind === "object") {
    const fields = sorted(inner as Readonly<Record<string, RawType>>).map(([name, t]) => `${name}=${typeText(t)}`);
    return `object({${fields.join(",")}})`;
  }
  return `${kind}(${typeText(inner as RawType)})`;
}

function sorted<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
