/**
 * Shows the providers and daemons every fixture of the rules, and notes how they react: the broken ones must be refused, undone
 * or dropped by them, the good ones must apply and plan empty. What was seen is `__tests__/rules/proof.json`.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Body, type Case, merged } from "../rules/cases/case";
import { CASES } from "../rules/rule-cases";
import type { Capabilities } from "./machine";
import { LINES, type Line, managesSwarm, Trial } from "./trial";

const PROOF_FILE = path.join(__dirname, "..", "..", "..", "__tests__", "rules", "proof.json");

/** How a provider or its daemon took a fixture. */
interface Reaction {
  readonly at: "plan" | "apply" | "second plan" | "edit" | "daemon";
  readonly says: string;
}

/** Reactions to the broken fixtures: by provider and version, then by rule. */
type Proof = Readonly<Record<string, Readonly<Record<string, Reaction>>>>;

/** Types whose `name` is no name of the thing, or that have none. */
const UNNAMED: ReadonlySet<string> = new Set(["docker_image", "docker_tag", "docker_registry_image", "docker_plugin"]);

/** One fixture on its way through Terraform: a module of its own. */
interface Subject {
  readonly module: string;
  readonly rule: string;
  readonly kind: "bad" | "good";
  readonly one: Case;
}

/** Runs the fixtures whose rule's id contains one of the words in `only`. Returns what is not as it should be. */
export function proveRules(capabilities: Capabilities, scratch: string, only = ""): string[] {
  const lines = LINES.filter(({ provider }) => capabilities[provider === "docker" ? "docker" : "kvm"]);
  return lines.flatMap((line) =>
    proveLine(line, capabilities, path.join(scratch, `rules-${line.provider}-${line.version}`), only),
  );
}

function proveLine(line: Line, capabilities: Capabilities, folder: string, only: string): string[] {
  const wanted = Object.entries(CASES).filter(
    ([id, one]) =>
      id.startsWith(`${line.provider}/`) &&
      only.split(",").some((part) => id.includes(part)) &&
      (one.lines ?? [line.version]).includes(line.version) &&
      (one.swarm === undefined || managesSwarm(capabilities)),
  );
  if (wanted.length === 0) {
    return [];
  }
  const subjects = wanted
    .flatMap(([rule, one], index) =>
      (["bad", "good"] as const).map((kind, side) => ({
        module: `${kind[0]}${index}`,
        rule,
        kind,
        one,
        number: index * 2 + side,
      })),
    )
    .filter(({ kind, one }) => (kind === "bad" ? !one.read : one.elsewhere === undefined));
  fs.rmSync(folder, { recursive: true, force: true });
  const trial = new Trial(folder, line, capabilities, "berth-rule");
  for (const subject of subjects) {
    writeSubject(trial, line, subject, subject.number);
  }
  const seen = new Map<string, Reaction>();
  try {
    tryAll(trial, subjects, seen);
  } finally {
    trial.clear();
  }
  const id = `${line.provider} ${line.version}`;
  record(
    id,
    wanted.map(([rule]) => rule),
    new Map(subjects.filter(({ kind }) => kind === "bad").map(({ module, rule }) => [rule, seen.get(module)])),
  );
  return subjects.flatMap(({ module, rule, kind }) => {
    const reaction = seen.get(module);
    if (kind === "bad") {
      return reaction ? [] : [`${id}: ${rule}: nobody minds what breaks it`];
    }
    return reaction ? [`${id}: ${rule}: what keeps it is minded at ${reaction.at}: ${reaction.says}`] : [];
  });
}

/** Puts what was seen of some rules in the place of what was seen before, and forgets rules that are no more. */
function record(id: string, rules: readonly string[], seen: ReadonlyMap<string, Reaction | undefined>): void {
  const proof = readProof();
  const all = { ...proof[id], ...Object.fromEntries(rules.map((rule) => [rule, seen.get(rule)])) };
  const version = id.split(" ")[1] ?? "";
  const kept = Object.entries(all).filter(([rule, reaction]) => {
    const one = CASES[rule];
    return one && !one.read && (one.lines?.includes(version) ?? true) && reaction !== undefined;
  });
  const mine = Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  fs.writeFileSync(PROOF_FILE, `${JSON.stringify({ ...proof, [id]: mine }, undefined, 2)}\n`);
}

function readProof(): Proof {
  return fs.existsSync(PROOF_FILE) ? (JSON.parse(fs.readFileSync(PROOF_FILE, "utf8")) as Proof) : {};
}

/** A fixture as a module of its own. */
function writeSubject(trial: Trial, line: Line, { module, kind, one }: Subject, number: number): void {
  const body = merged(one.base, one[kind]);
  const named = "name" in one[kind] || UNNAMED.has(one.type) ? body : { ...body, name: `berth-rule-${module}` };
  const block = one.type.startsWith("provider.");
  const data = one.type.startsWith("data.");
  const probe = line.provider === "docker" ? "docker_volume" : "libvirt_network";
  const resources: Record<string, Record<string, Body>> = {
    ...one.beside,
    ...(block
      ? { [probe]: { it: { name: `berth-rule-${module}` } } }
      : data
        ? {}
        : { [one.type]: { ...one.beside?.[one.type], it: named } }),
  };
  const json = {
    terraform: { required_providers: { [line.provider]: { source: line.source } } },
    ...(block && { provider: { [line.provider]: [body] } }),
    ...(data && { data: { [one.type.slice("data.".length)]: { it: body } } }),
    ...(Object.keys(resources).length > 0 && { resource: resources }),
  };
  trial.writeModule(module, number, json);
}

/** All at once; whoever is refused before anything is made is noted and left out, until the rest can be applied. */
function tryAll(trial: Trial, subjects: readonly Subject[], seen: Map<string, Reaction>): void {
  let rest = [...subjects];
  const write = () => trial.write(rest.map(({ module }) => module));
  write();
  trial.init();
  for (let round = 0; round < 20; round++) {
    const refused = trial.refusals("plan", ["-out=plan"]);
    if (refused.size === 0) {
      break;
    }
    note(refused, "plan", seen);
    rest = rest.filter(({ module }) => !refused.has(module));
    write();
  }
  note(trial.refusals("apply", ["plan"]), "apply", seen);
  note(trial.refusals("plan", ["-out=plan"]), "second plan", seen);
  note(trial.changes(), "second plan", seen);
  for (const { module, one, kind } of rest) {
    if (one.look && kind === "bad" && !seen.has(module)) {
      const says = `${one.look.join(" ")}: ${trial.look(one.look, `berth-rule-${module}`)}`;
      seen.set(module, { at: "daemon", says: trial.plain(says) });
    }
  }
}

function note(said: ReadonlyMap<string, string>, at: Reaction["at"], seen: Map<string, Reaction>): void {
  for (const [module, says] of said) {
    if (!seen.has(module)) {
      seen.set(module, { at, says });
    }
  }
}
