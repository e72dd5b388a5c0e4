import * as fs from "node:fs";
import * as path from "node:path";
import { Document, type Json } from "../rules/document";

/** A stack's JSON, where it stands in a folder. */
export function readStack(folder: string): Document | undefined {
  const file = path.join(folder, "cdk.tf.json");
  return fs.existsSync(file) ? new Document(JSON.parse(fs.readFileSync(file, "utf8")) as Json) : undefined;
}

/** The same for a command that needs it: says so where there is none. */
export function needStack(folder: string): Document | undefined {
  const stack = readStack(folder);
  if (stack === undefined) {
    console.error(`no cdk.tf.json in ${folder}: synthesize first, and name the stack's folder with --stack`);
  }
  return stack;
}

/** Every cdk.tf.json below a folder; a file stands for itself. */
export function findStacks(folder: string): string[] {
  if (!fs.existsSync(folder)) {
    return [];
  }
  if (fs.statSync(folder).isFile()) {
    return [folder];
  }
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() && entry.name !== ".terraform"
        ? findStacks(full)
        : entry.name === "cdk.tf.json"
          ? [full]
          : [];
    })
    .sort();
}
