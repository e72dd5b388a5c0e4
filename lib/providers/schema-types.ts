/**
 * The project's compact form of a provider schema: what `terraform providers schema -json` says of names, types and
 * flags, without descriptions, with equal nested shapes stored once.
 */
export interface CompactSchema {
  /** Source address as Terraform writes it, for example `dmacvicar/libvirt`. */
  readonly source: string;
  /** The provider version the schema was read from. */
  readonly version: string;
  /** Nested shapes; the shape of a nested attribute or block is an index into this list. */
  readonly shapes: readonly CompactShape[];
  /** The provider block itself: an index into `shapes`. */
  readonly provider: number;
  /** Resource type to shape index. */
  readonly resources: Readonly<Record<string, number>>;
  /** Data source type to shape index. */
  readonly dataSources: Readonly<Record<string, number>>;
}

/** Attribute or block name to its field text, see {@link parseField}. */
export type CompactShape = Readonly<Record<string, string>>;

/** How often a nested thing stands: once, or as a collection. */
export type Nesting = "single" | "list" | "set" | "map";

/** One attribute or block of a shape, decoded. */
export interface Field {
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
  /** True for blocks, false for attributes: Terraform writes and checks the two differently. */
  readonly block: boolean;
  /** Terraform's type expression for a plain attribute (`list(string)`), undefined for nested ones. */
  readonly type?: string;
  /** Nested attribute or block: how often, and which shape. */
  readonly nested?: { readonly nesting: Nesting; readonly shape: number };
  /** Blocks only: least and greatest count; greatest 0 means unbounded. */
  readonly minItems: number;
  readonly maxItems: number;
}

const FIELD = /^(!|\?|=|~)(\*?)(w?)(#?) (?:(single|list|set|map):(\d+)(?: (\d+) (\d+))?|(.+))$/;

/**
 * Decodes a field text. The grammar, left to right: `!` required, `?` optional, `=` computed, `~` optional and
 * computed; `*` sensitive; `w` write-only; `#` block; then a type, or `nesting:shape` with `min max` for blocks.
 */
export function parseField(text: string): Field {
  const match = FIELD.exec(text);
  if (!match) {
    throw new Error(`the compact schema holds a field that cannot be read: '${text}'`);
  }
  const [, flag, sensitive, writeOnly, block, nesting, shape, min, max, type] = match;
  return {
    required: flag === "!",
    optional: flag === "?" || flag === "~",
    computed: flag === "=" || flag === "~",
    sensitive: sensitive === "*",
    writeOnly: writeOnly === "w",
    block: block === "#",
    ...(type === undefined ? {} : { type }),
    ...(nesting === undefined ? {} : { nested: { nesting: nesting as Nesting, shape: Number(shape) } }),
    minItems: Number(min ?? 0),
    maxItems: Number(max ?? 0),
  };
}

/** `snake_case` to `camelCase`: an underscore before a letter goes, and the letter is raised. Loses nothing. */
export function toCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The way back: every raised letter becomes an underscore and the letter. */
export function toSnakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
