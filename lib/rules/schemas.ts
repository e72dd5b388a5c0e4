import * as fs from "node:fs";
import * as path from "node:path";
import { compactSchema, type RawSchemas } from "../providers/compact-schema";
import type { CompactSchema } from "../providers/schema-types";
import { isObject } from "./document";

/** Local provider name to the schema versions at hand, oldest first. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  docker: ["3.9.0", "4.5.0"],
  libvirt: ["0.9.7"],
  tls: ["4.2.1"],
};

/** Schemas that users brought, by local provider name. */
const added = new Map<string, { readonly raw: RawSchemas; readonly source: string; compact?: CompactSchema }>();

/**
 * Lets further providers be checked: takes what `terraform providers schema -json` prints for any providers. A schema of a
 * provider that is known already takes the known one's place.
 *
 * @example addProviderSchemas(JSON.parse(fs.readFileSync("schemas.json", "utf8")));
 */
export function addProviderSchemas(raw: RawSchemas): void {
  const given: unknown = raw;
  const schemas = isObject(given) ? given.provider_schemas : undefined;
  if (!isObject(schemas)) {
    throw new TypeError(
      "'raw' must be what `terraform providers schema -json` prints, got something without provider_schemas",
    );
  }
  for (const address of Object.keys(schemas)) {
    const source = address.split("/").slice(-2).join("/");
    added.set(source.split("/").at(-1) ?? source, { raw, source });
  }
}

const FOLDER = path.join(__dirname, "..", "providers", "schema");
const loaded = new Map<string, CompactSchema>();

/**
 * The schema that a stack's JSON is checked against: of the versions at hand the newest that the constraint's lower
 * bound does not exceed within its major version, else the newest. Read from disk when first asked for.
 */
export function schemaFor(provider: string, constraint: string | undefined): CompactSchema | undefined {
  const own = added.get(provider);
  if (own) {
    own.compact ??= compactSchema(own.raw, own.source, own.raw.provider_versions?.[own.source] ?? "of your own");
    return own.compact;
  }
  const version = lineFor(provider, constraint);
  return version === undefined ? undefined : load(`${provider}-${version}`);
}

/** The schemas at hand of a provider's other versions. */
export function otherSchemas(provider: string, { version }: CompactSchema): readonly CompactSchema[] {
  return (KNOWN[provider] ?? []).filter((one) => one !== version).map((one) => load(`${provider}-${one}`));
}

/** True for the schemas at hand: their providers have no number with a fraction, though a schema cannot say so. */
export function hasWholeNumbers({ source }: CompactSchema): boolean {
  return (source.split("/").at(-1) ?? "") in KNOWN && !added.has(source.split("/").at(-1) ?? "");
}

/** Asked for every resource, of a few constraints. */
const lines = new Map<string, string>();

/** The version at hand that stands for what a constraint asks for; undefined for a provider that is not known. */
export function lineFor(provider: string, constraint: string | undefined): string | undefined {
  const key = `${provider} ${constraint ?? ""}`;
  let line = lines.get(key);
  if (line === undefined) {
    const versions = KNOWN[provider] ?? [];
    const major = /\d+/.exec(constraint ?? "")?.[0];
    line = versions.find((known) => known.split(".")[0] === major) ?? versions.at(-1) ?? "";
    lines.set(key, line);
  }
  return line === "" ? undefined : line;
}

function load(name: string): CompactSchema {
  let schema = loaded.get(name);
  if (!schema) {
    schema = JSON.parse(fs.readFileSync(path.join(FOLDER, `${name}.json`), "utf8")) as CompactSchema;
    loaded.set(name, schema);
  }
  return schema;
}
