import * as fs from "node:fs";
import * as path from "node:path";
import type { CompactSchema } from "../providers/schema-types";

/** Local provider name to the schema versions at hand, oldest first. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  docker: ["3.9.0", "4.5.0"],
  libvirt: ["0.9.7"],
  tls: ["4.2.1"],
};

const FOLDER = path.join(__dirname, "..", "providers", "schema");
const loaded = new Map<string, CompactSchema>();

/**
 * The schema that a stack's JSON is checked against: of the versions at hand the newest that the constraint's lower
 * bound does not exceed within its major version, else the newest. Read from disk when first asked for.
 */
export function schemaFor(provider: string, constraint: string | undefined): CompactSchema | undefined {
  const versions = KNOWN[provider];
  if (!versions) {
    return undefined;
  }
  const major = /\d+/.exec(constraint ?? "")?.[0];
  const version = versions.find((known) => known.split(".")[0] === major) ?? versions.at(-1);
  return version === undefined ? undefined : load(`${provider}-${version}`);
}

function load(name: string): CompactSchema {
  let schema = loaded.get(name);
  if (!schema) {
    schema = JSON.parse(fs.readFileSync(path.join(FOLDER, `${name}.json`), "utf8")) as CompactSchema;
    loaded.set(name, schema);
  }
  return schema;
}
