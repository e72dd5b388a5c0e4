/**
 * Makes the bindings under lib/providers from provider schemas.
 *
 *   npm run bindings                                  from the compact schemas in lib/providers/schema
 *   npm run bindings -- schema.json dmacvicar/libvirt  reads what `terraform providers schema -json` printed first
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { compactSchema, printSchema, type RawSchemas } from "../lib/providers/compact-schema";
import type { CompactSchema } from "../lib/providers/schema-types";
import { generateBindings } from "./bindings";

const PROVIDERS = path.join("lib", "providers");
const SCHEMAS = path.join(PROVIDERS, "schema");

function main([file, source]: readonly string[]): void {
  if (file !== undefined && source !== undefined) {
    const schema = compactSchema(JSON.parse(fs.readFileSync(file, "utf8")) as RawSchemas, source);
    const target = path.join(SCHEMAS, `${source.split("/")[1]}-${schema.version}.json`);
    fs.writeFileSync(target, printSchema(schema));
    console.log(`wrote ${target}: ${schema.shapes.length} shapes`);
  }
  for (const name of ["libvirt", "docker", "tls"]) {
    const schemas = fs
      .readdirSync(SCHEMAS)
      .filter((entry) => entry.startsWith(`${name}-`))
      .sort()
      .map((entry) => JSON.parse(fs.readFileSync(path.join(SCHEMAS, entry), "utf8")) as CompactSchema);
    const folder = path.join(PROVIDERS, name);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    const files = generateBindings(name, schemas);
    for (const { name: fileName, text } of files) {
      fs.writeFileSync(path.join(folder, fileName), text);
    }
    const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    console.log(`wrote ${folder}: ${files.length} files, ${Math.round(bytes / 1024)} KiB`);
  }
}

main(process.argv.slice(2));
