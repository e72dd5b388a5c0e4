import { createHash } from "node:crypto";
import * as path from "node:path";
import { isSecret } from "../core/secrets";
import { isTemplate, type Template } from "./template";

type Json = { readonly [key: string]: unknown };

const LONGEST_LIST = 20;

/** A private key, or a password in an address. What is found is a secret that should not be in the JSON at all. */
const SECRETS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=:\/\/[^/\s:@]*:)[^/\s@]+(?=@)/g,
];

/**
 * Prints a template the same on every machine and for every version of cdktf: without its notes, keys sorted, long tables
 * by their ends, long texts by their digest, secrets by a word. Give it to the test runner once, in a setup file.
 *
 * @example expect.addSnapshotSerializer(snapshotSerializer);
 */
export const snapshotSerializer = {
  test: isTemplate,
  serialize: (value: unknown): string => JSON.stringify(readable(portable((value as Template).json)), undefined, 2),
} as const;

/** cdktf names the file of a local state by its full path, unless the stack is a `HostStack`. */
function portable(json: Json): Json {
  const { terraform } = json as { terraform?: { backend?: { local?: { path?: unknown } } } };
  const state = terraform?.backend?.local?.path;
  return typeof state === "string" && path.isAbsolute(state)
    ? { ...json, terraform: { ...terraform, backend: { local: { path: path.basename(state) } } } }
    : json;
}

/** A value as snapshots and messages show it. */
export function readable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length > LONGEST_LIST
      ? [
          readable(value[0]),
          `… ${value.length - 2} more, sha256 ${digest(JSON.stringify(value))} …`,
          readable(value.at(-1)),
        ]
      : value.map(readable);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value as Json).filter(([key]) => key !== "//");
    return Object.fromEntries(
      entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, readable(inner)]),
    );
  }
  return typeof value === "string" ? shortened(redacted(value)) : value;
}

/** Long scripts would bury what changed; their digest still changes with them. */
function shortened(text: string): string {
  const lines = text.split("\n");
  return lines.length > LONGEST_LIST ? `… ${lines.length} lines, sha256 ${digest(text)} …` : text;
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}

function redacted(text: string): string {
  const [, name = "", value = ""] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text) ?? [];
  if (name !== "" && !value.includes("${") && isSecret(name, value)) {
    return `${name}=<redacted>`;
  }
  return SECRETS.reduce((left, secret) => left.replace(secret, "<redacted>"), text);
}
