/**
 * Shows the providers and daemons every fixture of the rules, and notes how they react: the broken ones must be refused, undone
 * or dropped by them, the good ones must apply and plan empty. What was seen is `__tests__/rules/proof.json`.
 */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Body, type Case, merged } from "../rules/cases/case";
import { CASES } from "../rules/rule-cases";
import { WEB_IMAGE } from "./fixtures";
import type { Capabilities } from "./machine";
import { run } from "./shell";

const PROOF_FILE = path.join(__dirname, "..", "..", "..", "__tests__", "rules", "proof.json");

/** How a provider or its daemon took a fixture. */
interface Reaction {
  readonly at: "plan" | "apply" | "second plan" | "edit" | "daemon";
  readonly says: string;
}

/** Reactions to the broken fixtures: by provider and version, then by rule. */
type Proof = Readonly<Record<string, Readonly<Record<string, Reaction>>>>;

interface Line {
  readonly provider: "docker" | "libvirt";
  readonly version: string;
  readonly source: string;
}

const LINES: readonly Line[] = [
  { provider: "docker", version: "3.9.0", source: "kreuzwerker/docker" },
  { provider: "docker", version: "4.5.0", source: "kreuzwerker/docker" },
  { provider: "libvirt", version: "0.9.7", source: "dmacvicar/libvirt" },
];

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
  for (const subject of subjects) {
    writeModule(folder, line, subject, subject.number, capabilities);
  }
  const seen = new Map<string, Reaction>();
  const session = new Session(folder, line, capabilities);
  try {
    session.go(subjects, seen);
  } finally {
    session.clear();
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

/** True where the engine manages a swarm already: berth makes none of a machine's engine. */
function managesSwarm({ dockerHost }: Capabilities): boolean {
  return run("docker", ["-H", dockerHost, "info", "-f", "{{.Swarm.ControlAvailable}}"]).out.trim() === "true";
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

/** A fixture as it can run here: names and addresses of its own, an image that is there, a guest that is emulated. */
function writeModule(
  folder: string,
  line: Line,
  { module, kind, one }: Subject,
  number: number,
  { emulated, dockerHost }: Capabilities,
): void {
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
  const text = JSON.stringify(json, undefined, 1)
    .replaceAll('"nginx:1"', JSON.stringify(WEB_IMAGE))
    .replaceAll(/\b10\.0\.(\d+)\./g, (_, third) => `10.${20 + (number >> 1)}.${Number(third) + 100 * (number & 1)}.`)
    .replaceAll('"unix:///var/run/docker.sock"', JSON.stringify(dockerHost))
    .replaceAll(/\b2810(\d)\b/g, (_, digit) => String(20000 + number * 10 + Number(digit)))
    .replaceAll(/"br([01])"/g, (_, digit) => JSON.stringify(`brp${number}x${digit}`))
    .replaceAll("berth-rule-own", `berth-rule-${module}`)
    .replaceAll(emulated ? '"type": "kvm"' : "\0", '"type": "qemu"');
  fs.mkdirSync(path.join(folder, module), { recursive: true });
  fs.writeFileSync(path.join(folder, module, "main.tf.json"), text);
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

interface Change {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** Terraform in one folder, asked for what machines read. */
class Session {
  constructor(
    private readonly folder: string,
    private readonly line: Line,
    private readonly capabilities: Capabilities,
  ) {}

  /** All at once; whoever is refused before anything is made is noted and left out, until the rest can be applied. */
  public go(subjects: readonly Subject[], seen: Map<string, Reaction>): void {
    let rest = [...subjects];
    this.write(rest);
    const { code, out } = this.terraform("init", "-input=false", "-no-color");
    if (code !== 0) {
      throw new Error(`terraform init failed: ${out}`);
    }
    for (let round = 0; round < 20; round++) {
      const refused = this.refusals("plan", ["-out=plan"]);
      if (refused.size === 0) {
        break;
      }
      note(refused, "plan", seen);
      rest = rest.filter(({ module }) => !refused.has(module));
      this.write(rest);
    }
    note(this.refusals("apply", ["plan"]), "apply", seen);
    note(this.refusals("plan", ["-out=plan"]), "second plan", seen);
    note(this.changes(), "second plan", seen);
    for (const { module, one, kind } of rest) {
      const ask = one.look;
      if (ask && kind === "bad" && !seen.has(module)) {
        seen.set(module, { at: "daemon", says: this.look(ask, `berth-rule-${module}`) });
      }
    }
  }

  /** By name, without Terraform: what the daemons were made to hold is not always what its state says. */
  public clear(): void {
    const { dockerHost, kvmUri } = this.capabilities;
    const script =
      this.line.provider === "docker"
        ? `D="docker -H ${dockerHost}"
           for kind in service secret config; do
             $D $kind ls -q --filter name=berth-rule 2>/dev/null | xargs -r $D $kind rm; done
           for kind in container network volume; do
             $D $kind ls -q --filter name=berth-rule $([ $kind = container ] && echo -a) | xargs -r $D $kind rm -f; done
           # A service's tasks leave its network some seconds after it, and a filter finds no network of a swarm.
           for second in 1 2 3 4 5 6 7 8 9; do
             $D network ls | grep -q berth-rule || break
             sleep 1; $D network ls --format "{{.Name}}" | grep berth-rule | xargs -r $D network rm; done`
        : `V="virsh -q -c ${kvmUri}"; for kind in "" net- pool-; do
             for one in $($V "$kind"list --all --name | grep berth-rule); do
               $V "$kind"destroy $one; $V "$kind"undefine $one; done; done
           rm -rf /var/lib/libvirt/images/berth-rule-*`;
    run("sh", ["-c", script]);
  }

  private write(subjects: readonly Subject[]): void {
    const { provider, source, version } = this.line;
    const { dockerHost, kvmUri } = this.capabilities;
    const settings = provider === "docker" ? { host: dockerHost, context: "" } : { uri: kvmUri };
    const json = {
      terraform: { required_providers: { [provider]: { source, version } } },
      provider: { [provider]: [settings] },
      module: Object.fromEntries(subjects.map(({ module }) => [module, { source: `./${module}` }])),
    };
    fs.writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(json));
  }

  private refusals(command: string, args: readonly string[]): Map<string, string> {
    const { out } = this.terraform(command, "-json", "-input=false", ...args);
    const refused = new Map<string, string>();
    for (const line of out.split("\n").filter((text) => text.startsWith("{"))) {
      const { diagnostic } = JSON.parse(line) as { diagnostic?: Diagnostic };
      const { address, range, detail = "", summary = "" } = diagnostic ?? {};
      const where = address ?? range?.filename ?? /module\.[bg]\d+/.exec(detail)?.[0] ?? "";
      const module = /^(?:module\.)?([bg]\d+)\b/.exec(where)?.[1];
      if (diagnostic?.severity === "error") {
        if (module === undefined) {
          throw new Error(`terraform ${command}: ${summary} ${detail}`);
        }
        refused.set(module, refused.get(module) ?? this.plain(`${summary}: ${detail}`));
      }
    }
    return refused;
  }

  private changes(): Map<string, string> {
    const { out } = this.terraform("show", "-json", "plan");
    const { resource_changes: all = [] } = JSON.parse(out) as { resource_changes?: readonly Change[] };
    const changed = new Map<string, string>();
    for (const { address, change } of all.filter(({ change: { actions } }) => actions[0] !== "no-op")) {
      const module = /^module\.([bg]\d+)\b/.exec(address)?.[1] ?? "";
      const { actions, before, after, replace_paths: forced } = change;
      const what = forced
        ? forced.map(
            (at) => `${at.join(".")} ${JSON.stringify(member(before, at))} -> ${JSON.stringify(member(after, at))}`,
          )
        : difference(before, after);
      changed.set(module, this.plain(`${actions.join(" and ")}: ${what.join(", ")}`));
    }
    return changed;
  }

  private look(ask: readonly string[], name: string): string {
    const { dockerHost, kvmUri } = this.capabilities;
    const [command = "", ...args] = ask.map((word) => word.replaceAll("%", name));
    const to = command === "docker" ? ["-H", dockerHost] : command === "virsh" ? ["-q", "-c", kvmUri] : [];
    const { out } = run(command, [...to, ...args]);
    return this.plain(`${ask.join(" ")}: ${out}`);
  }

  /** Without what differs from run to run. */
  private plain(text: string): string {
    return text
      .replaceAll(os.homedir(), "~")
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z:? ?/g, "")
      .replaceAll(/berth-rule-[bg]\d+/g, "it")
      .replaceAll(/module\.[bg]\d+\./g, "")
      .replaceAll(/\b10\.\d+\.(\d+)\./g, (_, third) => `10.0.${Number(third) % 100}.`)
      .replaceAll(/\bbrp\d+x/g, "br")
      .replaceAll(/\b2\d\d\d(\d)\b/g, "2810$1")
      .replaceAll(/\b[0-9a-f]{64}\b/g, "ID")
      .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "UUID")
      .replaceAll(/provider\["[^"]*"\]/g, "provider")
      .replaceAll(/\s+/g, " ")
      .trim()
      .slice(0, 400);
  }

  private terraform(...args: string[]) {
    return run("terraform", args, { cwd: this.folder });
  }
}

function note(said: ReadonlyMap<string, string>, at: Reaction["at"], seen: Map<string, Reaction>): void {
  for (const [module, says] of said) {
    if (!seen.has(module)) {
      seen.set(module, { at, says });
    }
  }
}

function member(value: unknown, at: readonly (string | number)[]): unknown {
  return at.reduce<unknown>((inner, key) => (inner as Body | null | undefined)?.[key], value);
}

/** The attributes that a plan changes, with both values. */
function difference(before: unknown, after: unknown, at = ""): string[] {
  if (typeof before === "object" && typeof after === "object" && before !== null && after !== null) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) =>
      key in after ? difference((before as Body)[key], (after as Body)[key], at === "" ? key : `${at}.${key}`) : [],
    );
  }
  return before === after ? [] : [`${at} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`];
}
