import { type Document, isObject, type Json, member, type Rendered } from "./document";

/** Outputs and locals, as if they were resources: what they refer to must be there, too. */
export function outputsAndLocals(document: Document): Rendered[] {
  const outputs = Object.entries(member(document.json, "output") ?? {}).flatMap(([name, body]) =>
    isObject(body) ? [pseudo("output", name, body)] : [],
  );
  const locals = Object.entries(member(document.json, "locals") ?? {}).map(([name, value]) =>
    pseudo("local", name, { value }),
  );
  return [...outputs, ...locals];
}

function pseudo(type: string, name: string, body: Json): Rendered {
  const path = member(member(body, "//"), "metadata")?.path;
  return { address: `${type}.${name}`, kind: "data", type, body, path: typeof path === "string" ? path : undefined };
}
