import * as fs from "node:fs";
import * as path from "node:path";
import { transformSync } from "@swc/core";
import type { HostStack } from "../../lib/index";

const ROOM = path.join(__dirname, "..", "..", "lib", "stack");

/** A file of the room that says something else in one place. */
export interface Mutation {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** The class as it is, or as it would be if one of its room's files said something else in one place. */
export function mutatedHostStack(mutation?: Mutation): typeof HostStack {
  const loaded = new Map<string, object>();
  const load = (full: string): object => {
    const known = loaded.get(full);
    if (known) {
      return known;
    }
    const source = fs.readFileSync(full, "utf8");
    const changed = path.basename(full) === mutation?.file ? replacedOnce(source, mutation) : source;
    const { code } = transformSync(changed, {
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
    });
    const module = { exports: {} };
    loaded.set(full, module.exports);
    const evaluate = new Function("module", "exports", "require", code) as (...given: unknown[]) => void;
    evaluate(module, module.exports, (id: string) => {
      const target = `${path.resolve(path.dirname(full), id)}.ts`;
      return id.startsWith(".") && path.dirname(target) === ROOM ? load(target) : requireFrom(full, id);
    });
    return module.exports;
  };
  return (load(path.join(ROOM, "host-stack.ts")) as { HostStack: typeof HostStack }).HostStack;
}

function requireFrom(full: string, id: string): unknown {
  return require(id.startsWith(".") ? path.resolve(path.dirname(full), id) : id);
}

function replacedOnce(source: string, { from, to }: Mutation): string {
  if (source.split(from).length !== 2) {
    throw new Error(`'${from}' must stand in the file once`);
  }
  return source.replace(from, () => to);
}
