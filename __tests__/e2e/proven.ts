import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { canonicalJson } from "../../lib/core/body-hash";
import type { HostStack } from "../../lib/index";
import { FROZEN_CONTEXT, LOCK_FILE_CONTEXT } from "../../lib/index";
import { ContainersInside } from "../../stacks/containers-inside-vm";
import { readSettings, type Settings } from "../../stacks/settings";
import { SideBySide } from "../../stacks/side-by-side";
import { SingleContainer } from "../../stacks/single-container";
import { SingleGuest } from "../../stacks/single-guest";
import type { Environment } from "./case";

/** Digests of the stacks' JSON that last passed the real run, by stack and Docker line. Committed. */
export const PROVEN_FILE = path.join(__dirname, "..", "..", "..", "__tests__", "e2e", "proven.json");

const LOCK_FILE = path.join(__dirname, "..", "..", "..", "berth.lock.json");

/** The stacks that the real run proves: case name, what the default one reads, and how it is built. */
const STACKS: readonly {
  readonly case: string;
  readonly environment: Environment;
  readonly build: (app: App, settings: Settings) => HostStack;
}[] = [
  ...["3.9", "4"].map((line) => ({
    case: `single-container, docker ${line}`,
    environment: { BERTH_DOCKER_LINE: line },
    build: (app: App, settings: Settings) => new SingleContainer(app, "single-container", settings),
  })),
  ...["3.9", "4"].map((line) => ({
    case: `containers-inside-vm, docker ${line}`,
    environment: { BERTH_DOCKER_LINE: line },
    build: (app: App, settings: Settings) => new ContainersInside(app, "containers-inside-vm", settings),
  })),
  ...["3.9", "4"].map((line) => ({
    case: `side-by-side, docker ${line}`,
    environment: { BERTH_DOCKER_LINE: line },
    build: (app: App, settings: Settings) => new SideBySide(app, "side-by-side", settings),
  })),
  { case: "single-guest", environment: {}, build: (app, settings) => new SingleGuest(app, "single-guest", settings) },
];

/**
 * The JSON of a case's stack without cdktf's notes: the default one, or as it is with another environment. Undefined for
 * a case that is no stack of the project.
 */
export function stackJson(name: string, environment?: Environment): unknown {
  const stack = STACKS.find((one) => one.case === name);
  if (!stack) {
    return undefined;
  }
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "berth-proven-"));
  const context = { [LOCK_FILE_CONTEXT]: LOCK_FILE, [FROZEN_CONTEXT]: "1" };
  const app = new App({ outdir: path.join(outdir, "cdktf.out"), context });
  const built = stack.build(app, readSettings(environment ?? stack.environment));
  app.synth();
  const file = path.join(app.outdir, "stacks", built.node.id, "cdk.tf.json");
  const json: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
  fs.rmSync(outdir, { recursive: true });
  return withoutNotes(json);
}

function withoutNotes(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => withoutNotes(element));
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== "//")
        .map(([key, inner]) => [key, withoutNotes(inner)]),
    );
  }
  // Files of the project lie elsewhere relative to a temporary folder.
  return typeof value === "string"
    ? value.replace(/\$\{path\.module\}\/(?:\.\.\/)+(?:[\w.-]+\/)*?\.berth\//, "${path.module}/../../../.berth/")
    : value;
}

export function digestOf(name: string): string {
  return createHash("sha256")
    .update(canonicalJson(stackJson(name)))
    .digest("hex");
}

/** Which stacks have changed since they last passed the real run. */
export function unproven(): string[] {
  const proven = readProven();
  return STACKS.map((one) => one.case).filter((name) => proven[name] !== digestOf(name));
}

export function record(name: string): void {
  if (STACKS.some((one) => one.case === name)) {
    const proven = { ...readProven(), [name]: digestOf(name) };
    fs.writeFileSync(PROVEN_FILE, `${JSON.stringify(proven, Object.keys(proven).sort(), 2)}\n`);
  }
}

function readProven(): Readonly<Record<string, string>> {
  return fs.existsSync(PROVEN_FILE) ? (JSON.parse(fs.readFileSync(PROVEN_FILE, "utf8")) as Record<string, string>) : {};
}

/** The named differences between what a user gets and what was run: attribute paths with both values. */
export function differences(before: unknown, after: unknown, at = ""): string[] {
  if (typeof before === "object" && typeof after === "object" && before !== null && after !== null) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => key !== "//");
    return keys.flatMap((key) =>
      differences(
        (before as Record<string, unknown>)[key],
        (after as Record<string, unknown>)[key],
        at === "" ? key : `${at}.${key}`,
      ),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [`${at}: ${short(before)} -> ${short(after)}`];
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 90 ? `${text.slice(0, 87)}...` : text;
}
