import * as fs from "node:fs";
import * as path from "node:path";
import type { CompactSchema } from "../lib/providers/schema-types";
import { expandSchema } from "../scripts/expand-schema";
import { outputOf, ROOT } from "./processes";

const FOLDER = path.join(ROOT, ".cache", "bench", "libvirt");
const SCHEMA = path.join(ROOT, "lib", "providers", "schema", "libvirt-0.9.7.json");

/** A class that the ecosystem's generator made for the libvirt provider. */
export function generated(name: string, member: string): unknown {
  const file = path.join(FOLDER, "providers", "libvirt", name, "index.js");
  const module = require(file) as Readonly<Record<string, unknown>>;
  return module[member];
}

/** Has the generator make the bindings that nobody publishes, from the provider's schema; once for every checkout. */
export function generateLibvirt(): void {
  if (fs.existsSync(FOLDER)) {
    return;
  }
  const schema = JSON.parse(fs.readFileSync(SCHEMA, "utf8")) as CompactSchema;
  const input = `${FOLDER}.input.json`;
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(
    input,
    JSON.stringify({
      schema: expandSchema(schema),
      source: schema.source,
      version: schema.version,
      samples: [],
      folder: FOLDER,
    }),
  );
  const script = path.join(ROOT, "scripts", "generated-bindings.cjs");
  try {
    outputOf([script, input, `${FOLDER}.output.json`], ROOT);
  } catch (error) {
    fs.rmSync(FOLDER, { recursive: true });
    throw error;
  }
}
