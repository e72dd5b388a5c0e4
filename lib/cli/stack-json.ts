import * as fs from "node:fs";
import * as path from "node:path";
import { Document, isObject, type Json } from "../rules/document";
import { complain } from "./output";

/**
 * A stack's JSON, where it stands in a folder. One that cannot be read is told, and is as none; so is a folder without one
 * that somebody named.
 */
export function readStack(folder: string): Document | undefined {
  const file = path.join(folder, "cdk.tf.json");
  if (!fs.existsSync(file)) {
    if (folder !== ".") {
      complain(`no cdk.tf.json in ${folder}`);
    }
    return undefined;
  }
  const json = readJson(file);
  return json && new Document(json);
}

/** The same for a command that needs it. */
export function needStack(folder: string): Document | undefined {
  if (!fs.existsSync(path.join(folder, "cdk.tf.json"))) {
    complain(`no cdk.tf.json in ${folder}: synthesize first, and name the stack's folder with --stack`);
    return undefined;
  }
  return readStack(folder);
}

/** A file that holds an object; undefined for anything else, after saying so. */
export function readJson(file: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    if (isObject(json)) {
      return json;
    }
    complain(`${file} is no stack: it holds no object`);
  } catch (error) {
    complain(`${file} is no JSON: ${(error as Error).message}`);
  }
  return undefined;
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
