import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { alterations, type Plan, type ResourceChange } from "../../lib/operate/plan";
import type { Body } from "../rules/cases/case";
import { WEB_IMAGE } from "./fixtures";
import type { Capabilities } from "./machine";
import { run } from "./shell";

/** One version of a provider. */
export interface Line {
  readonly provider: "docker" | "libvirt";
  readonly version: string;
  readonly source: string;
}

export const LINES: readonly Line[] = [
  { provider: "docker", version: "3.9.0", source: "kreuzwerker/docker" },
  { provider: "docker", version: "4.5.0", source: "kreuzwerker/docker" },
  { provider: "libvirt", version: "0.9.7", source: "dmacvicar/libvirt" },
];

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

/** What a plan does to one thing. */
export interface Planned {
  readonly actions: readonly string[];
  /** By first-level attribute what forces it to be made anew; what an update changes is in `alters`. */
  readonly forced?: readonly string[];
  readonly alters?: readonly string[];
  /** What of that an update takes away. */
  readonly removed?: readonly string[];
}

/** Terraform in one folder, with a module for each fixture, asked for what machines read. */
export class Trial {
  constructor(
    private readonly folder: string,
    private readonly line: Line,
    private readonly capabilities: Capabilities,
    /** What every name of the trial begins with, such as `berth-rule`. */
    private readonly prefix: string,
  ) {}

  public init(): void {
    const { code, out } = this.terraform("init", "-input=false", "-no-color");
    if (code !== 0) {
      throw new Error(`terraform init failed: ${out}`);
    }
  }

  /** Writes one module: names, addresses and ports of its own, an image that is there, guests that are emulated. */
  public writeModule(module: string, number: number, json: object): void {
    const { emulated, dockerHost } = this.capabilities;
    const [net, side] = [number >> 1, 100 * (number & 1)];
    const text = JSON.stringify(json, undefined, 1)
      .replaceAll('"nginx:1"', JSON.stringify(WEB_IMAGE))
      .replaceAll(
        /\b10\.0\.(\d+)\./g,
        (_, third) => `10.${20 + (net % 230)}.${Number(third) + side + 50 * Math.floor(net / 230)}.`,
      )
      .replaceAll('"unix:///var/run/docker.sock"', JSON.stringify(dockerHost))
      .replaceAll(/\b2810(\d)\b/g, (_, digit) => String(20000 + number * 10 + Number(digit)))
      .replaceAll(/"br([01])"/g, (_, digit) => JSON.stringify(`brp${number}x${digit}`))
      .replaceAll(`${this.prefix}-own`, `${this.prefix}-${module}`)
      .replaceAll(emulated ? '"type": "kvm"' : "\0", '"type": "qemu"');
    fs.mkdirSync(path.join(this.folder, module), { recursive: true });
    fs.writeFileSync(path.join(this.folder, module, "main.tf.json"), text);
  }

  /** Asks a daemon; `%` is a name. */
  public look(ask: readonly string[], name: string): string {
    const { dockerHost, kvmUri } = this.capabilities;
    const [command = "", ...args] = ask.map((word) => word.replaceAll("%", name));
    const to = command === "docker" ? ["-H", dockerHost] : command === "virsh" ? ["-q", "-c", kvmUri] : [];
    return run(command, [...to, ...args]).out;
  }

  /** By name, without Terraform: what the daemons were made to hold is not always what its state says. */
  public clear(): void {
    const { dockerHost, kvmUri } = this.capabilities;
    const script =
      this.line.provider === "docker"
        ? `D="docker -H ${dockerHost}"
           for kind in service secret config; do
             $D $kind ls -q --filter name=${this.prefix} 2>/dev/null | xargs -r $D $kind rm; done
           for kind in container network volume; do
             $D $kind ls -q --filter name=${this.prefix} $([ $kind = container ] && echo -a) | xargs -r $D $kind rm -f; done
           # A service's tasks leave its network some seconds after it, and a filter finds no network of a swarm.
           for second in 1 2 3 4 5 6 7 8 9; do
             $D network ls | grep -q ${this.prefix} || break
             sleep 1; $D network ls --format "{{.Name}}" | grep ${this.prefix} | xargs -r $D network rm; done`
        : `V="virsh -q -c ${kvmUri}"; for kind in "" net- pool-; do
             for one in $($V "$kind"list --all --name | grep ${this.prefix}); do
               $V "$kind"destroy $one; $V "$kind"undefine $one; done; done
           rm -rf /var/lib/libvirt/images/${this.prefix}-*`;
    run("sh", ["-c", script]);
  }

  /** The modules that take part. */
  public write(modules: readonly string[]): void {
    const { provider, source, version } = this.line;
    const { dockerHost, kvmUri } = this.capabilities;
    const settings = provider === "docker" ? { host: dockerHost, context: "" } : { uri: kvmUri };
    const json = {
      terraform: { required_providers: { [provider]: { source, version } } },
      provider: { [provider]: [settings] },
      module: Object.fromEntries(modules.map((module) => [module, { source: `./${module}` }])),
    };
    fs.writeFileSync(path.join(this.folder, "main.tf.json"), JSON.stringify(json));
  }

  /** What Terraform minds, by module. */
  public refusals(command: string, args: readonly string[]): Map<string, string> {
    const { out } = this.terraform(command, "-json", "-input=false", ...args);
    const refused = new Map<string, string>();
    for (const line of out.split("\n").filter((text) => text.startsWith("{"))) {
      const { diagnostic } = JSON.parse(line) as { diagnostic?: Diagnostic };
      const { address, range, detail = "", summary = "" } = diagnostic ?? {};
      const where = address ?? range?.filename ?? /module\.[a-z]\d+/.exec(detail)?.[0] ?? "";
      const module = /^(?:module\.)?([a-z]\d+)\b/.exec(where)?.[1];
      if (diagnostic?.severity === "error") {
        if (module === undefined) {
          throw new Error(`terraform ${command}: ${summary} ${detail}`);
        }
        refused.set(module, refused.get(module) ?? this.plain(`${summary}: ${detail}`));
      }
    }
    return refused;
  }

  /** The plan of the folder, as `berth report` reads it. */
  public plan(): Plan {
    return JSON.parse(this.terraform("show", "-json", "plan").out) as Plan;
  }

  /** What the plan of the folder does to each module's own thing, by which attributes, and which of them it takes away. */
  public planned(): Map<string, Planned> {
    const all = (this.plan().resource_changes ?? []).filter(
      ({ address, change: { actions } }) => address.endsWith(".it") && actions[0] !== "no-op",
    );
    return new Map(
      all.map((one) => {
        const { actions, replace_paths: anew = [] } = one.change;
        const [forced, altered] = [forcedBy(one), anew.length > 0 ? [] : alterations(one)];
        const removed = altered.filter((alteration) => alteration.removed).map(({ path }) => path);
        return [
          /^module\.([a-z]\d+)\b/.exec(one.address)?.[1] ?? "",
          {
            actions,
            // What is made anew gets much from the daemon again; what forces it is what counts.
            ...(forced.length > 0 && { forced }),
            ...(altered.length > 0 && { alters: [...new Set(altered.map(({ path }) => path))] }),
            ...(removed.length > 0 && { removed }),
          },
        ];
      }),
    );
  }

  /** What the plan of the folder changes, by module. */
  public changes(): Map<string, string> {
    const { resource_changes: all = [] } = this.plan();
    const changed = new Map<string, string>();
    for (const { address, change } of all.filter(({ change: { actions } }) => actions[0] !== "no-op")) {
      const module = /^module\.([a-z]\d+)\b/.exec(address)?.[1] ?? "";
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

  /** Without what differs from run to run. */
  public plain(text: string): string {
    return text
      .replaceAll(this.folder, "FOLDER")
      .replaceAll(os.homedir(), "~")
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z:? ?/g, "")
      .replaceAll(/berth-(?:rule|edit)-[a-z]\d+/g, "it")
      .replaceAll(/module\.[a-z]\d+\./g, "")
      .replaceAll(/\b10\.\d+\.(\d+)\./g, (_, third) => `10.0.${Number(third) % 50}.`)
      .replaceAll(/\bbrp\d+x/g, "br")
      .replaceAll(/\b2\d\d\d(\d)\b/g, "2810$1")
      .replaceAll(/\b[0-9a-f]{64}\b/g, "ID")
      .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, "UUID")
      .replaceAll(/provider\["[^"]*"\]/g, "provider")
      .replaceAll(/\s+/g, " ")
      .trim()
      .slice(0, 400);
  }

  public terraform(...args: string[]) {
    return run("terraform", args, { cwd: this.folder });
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

/** True where the engine manages a swarm already: berth makes none of a machine's engine. */
export function managesSwarm({ dockerHost }: Capabilities): boolean {
  return run("docker", ["-H", dockerHost, "info", "-f", "{{.Swarm.ControlAvailable}}"]).out.trim() === "true";
}

/** What forces a thing to be made again, by first-level attribute. */
function forcedBy({ change: { replace_paths: forced = [] } }: ResourceChange): readonly string[] {
  return [...new Set(forced.map(([name]) => String(name)))].sort();
}
