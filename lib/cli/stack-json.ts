import * as fs from "node:fs";
import * as path from "node:path";
import { Document, type Json } from "../rules/document";

/** A stack's JSON, where it stands in a folder. */
export function readStack(folder: string): Document | undefined {
  const file = path.join(folder, "cdk.tf.json");
  return fs.existsSync(file) ? new Document(JSON.parse(fs.readFileSync(file, "utf8")) as Json) : undefined;
}
