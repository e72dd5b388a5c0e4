import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import type { CompactSchema } from "../lib/providers/schema-types";
import { expandSchema } from "../scripts/expand-schema";

const ROOT = path.join(__dirname, "..", "..");
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
  const { source, version, ...schema } = JSON.parse(fs.readFileSync(SCHEMA, "utf8")) as CompactSchema;
  const input = `${FOLDER}.input.json`;
  fs.mkdirSync(FOLDER, { recursive: true });
  fs.writeFileSync(
    input,
    JSON.stringify({
      schema: expandSchema({ source, version, ...schema }),
      source,
      version,
      samples: [],
      folder: FOLDER,
    }),
  );
  const script = path.join(ROOT, "scripts", "generated-bindings.cjs");
  const { status, stderr } = spawnSync(process.execPath, [script, input, `${FOLDER}.output.json`], {
    encoding: "utf8",
  });
  if (status !== 0) {
    fs.rmSync(FOLDER, { recursive: true });
    throw new Error(`the generator failed: ${stderr}`);
  }
}
