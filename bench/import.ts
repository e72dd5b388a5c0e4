/**
 * What importing an entry of the package costs on top of cdktf: `node import.js FILE` prints milliseconds, and what was loaded
 * with it that is not wanted before it is used.
 */
import type * as fs from "node:fs";
import { createRequire } from "node:module";

export interface Imported {
  readonly milliseconds: number;
  readonly yaml: boolean;
  readonly schemas: number;
}

if (require.main === module) {
  const load = createRequire(__filename);
  const files = load("node:fs") as typeof fs;
  const read = files.readFileSync;
  let schemas = 0;
  Reflect.set(files, "readFileSync", (...given: Parameters<typeof read>) => {
    schemas += /providers.schema.[\w.-]+\.json$/.test(String(given[0])) ? 1 : 0;
    return read(...given);
  });
  load("cdktf");
  const start = performance.now();
  load(process.argv[2] ?? "");
  const milliseconds = performance.now() - start;
  const yaml = Object.keys(load.cache).some((file) => /node_modules.js-yaml/.test(file));
  console.log(JSON.stringify({ milliseconds, yaml, schemas } satisfies Imported));
}
