/**
 * The lifecycle matrix: what becomes of every construct when its code is removed, renamed, moved or given another place. Each state is
 * applied, changed, planned, reported, applied again; plan, daemons and data are asked. The page docs/what-a-change-does.md is made
 * of what was seen.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import { HostStack, LOCK_FILE_CONTEXT } from "../../../lib/index";
import { BERTH } from "../berth";
import type { World } from "../case";
import { equal } from "../checks";
import { codeDigest } from "../code-digest";
import { must, run } from "../shell";
import type { Ask, Build, LifecycleChange } from "./change";
import { cleanUpContainers, dockerChanges } from "./docker-changes";
import { cleanUpGuests, guestChanges } from "./guest-changes";

const STACK = "life";
const ORDER = ["none", "in-place", "restart", "replaced", "removed", "data-lost", "ignored", "fails"];

/** What came of one change. */
interface Outcome {
  readonly construct: string;
  readonly change: string;
  readonly happens: string;
  readonly data: string;
}

/** The changes on one version of a provider; of lines that do the same, one makes the page. */
interface Part {
  readonly provider: string;
  readonly needs: "docker" | "kvm";
  readonly changes: readonly LifecycleChange[];
  readonly onPage: boolean;
}

const PARTS: readonly Part[] = [
  { provider: "libvirt 0.9.7", needs: "kvm", changes: guestChanges(), onPage: true },
  { provider: "docker 3.9", needs: "docker", changes: dockerChanges("3.9"), onPage: false },
  { provider: "docker 4", needs: "docker", changes: dockerChanges("4"), onPage: true },
];

/** Where the page is, and where a run notes what it saw, so that the next one goes on. */
export interface Files {
  readonly page: string;
  readonly seen: string;
}

/**
 * Runs the matrix, or what of it has `only` in its name, without what was seen for the same code before; says what is not as it
 * should be, a line each, and writes the page once all was seen.
 */
export async function runLifecycle(world: World, { page, seen }: Files, only = ""): Promise<readonly string[]> {
  const wrong: string[] = [];
  const code = codeDigest();
  const known = new Map(Object.entries(read(seen, code)));
  for (const { provider, changes } of PARTS.filter(({ needs }) => world.capabilities[needs])) {
    for (const change of changes) {
      const name = nameOf(provider, change);
      if (!name.includes(only) || known.has(name)) {
        continue;
      }
      try {
        known.set(name, await tryChange(change, world));
        console.log(`ok: ${name}: ${known.get(name)?.happens}`);
        fs.writeFileSync(seen, JSON.stringify({ code, outcomes: Object.fromEntries(known) }));
      } catch (error) {
        console.log(`WRONG: ${name}: ${(error as Error).message}`);
        wrong.push(name);
      }
    }
  }
  const all = PARTS.flatMap(({ provider, changes, onPage }) =>
    changes.map((change) => ({ outcome: known.get(nameOf(provider, change)), onPage })),
  );
  if (all.every(({ outcome }) => outcome !== undefined)) {
    fs.writeFileSync(page, pageOf(all.flatMap(({ outcome, onPage }) => (onPage && outcome ? [outcome] : []))));
  }
  return wrong;
}

function nameOf(provider: string, { construct, change }: LifecycleChange): string {
  return `${provider}: ${construct}, ${change}`;
}

/** What was seen for this code; nothing of another. */
function read(seen: string, code: string): Readonly<Record<string, Outcome>> {
  const noted = fs.existsSync(seen)
    ? (JSON.parse(fs.readFileSync(seen, "utf8")) as { code: string; outcomes: Record<string, Outcome> })
    : undefined;
  return noted?.code === code ? noted.outcomes : {};
}

async function tryChange(change: LifecycleChange, world: World): Promise<Outcome> {
  const folder = path.join(world.scratch, "lifecycle");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const ask: Ask = {
    docker: (...args) => must(run("docker", ["-H", world.capabilities.dockerHost, ...args]), args.join(" ")).trim(),
    virsh: (...args) => must(run("virsh", ["-q", "-c", world.capabilities.kvmUri, ...args]), args.join(" ")).trim(),
  };
  const cwd = path.join(folder, "cdktf.out", "stacks", STACK);
  const terraform = (...args: string[]) => run("terraform", [...args, "-no-color"], { cwd });
  const apply = (what: string) => must(terraform("apply", "-auto-approve", "-input=false"), what);
  const cleanUp = change.needs === "kvm" ? cleanUpGuests : cleanUpContainers;
  // A run that was broken off may have left something.
  cleanUp(world);
  try {
    synthesize(folder, world, change.before);
    must(terraform("init", "-input=false"), "init");
    apply("the first apply");
    await change.data?.write(ask);
    await change.isUp?.(ask);
    if (change.refused !== undefined) {
      refused(change.refused, () => synthesize(folder, world, change.after));
      await check(change, ask);
      return outcomeOf(change, "refused by synth");
    }
    synthesize(folder, world, change.after);
    must(terraform("plan", "-input=false", "-out=plan"), "plan");
    const worst = reported(cwd);
    equal("the report's worst class", worst, change.class ?? "none");
    apply("the second apply");
    equal("the plan after it", terraform("plan", "-input=false", "-detailed-exitcode").code, 0);
    await check(change, ask);
    return outcomeOf(change, worst === "none" ? "nothing is touched" : worst);
  } finally {
    cleanUp(world);
  }
}

function outcomeOf({ construct, change, data }: LifecycleChange, happens: string): Outcome {
  return { construct, change, happens, data: data ? "kept" : happens === "data-lost" ? "lost" : "none" };
}

async function check(change: LifecycleChange, ask: Ask): Promise<void> {
  if (change.data) {
    equal("what was written before", change.data.read(ask), change.data.expected);
  }
  await change.check?.(ask);
}

function synthesize(folder: string, world: World, build: Build): void {
  const app = new App({
    outdir: path.join(folder, "cdktf.out"),
    context: { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") },
  });
  build(new HostStack(app, STACK, { tool: "terraform 1.7" }), world);
  app.synth();
}

function refused(says: RegExp, synthesis: () => void): void {
  try {
    synthesis();
  } catch (error) {
    if (!says.test((error as Error).message)) {
      throw new Error(`refused with ${(error as Error).message}`);
    }
    return;
  }
  throw new Error(`synth does not refuse it with ${says}`);
}

function reported(cwd: string): string {
  const plan = run("terraform", ["show", "-json", "plan"], { cwd }).out;
  const json = plan.slice(plan.indexOf('{"format_version"'));
  const { changes } = JSON.parse(run(process.execPath, [BERTH, "report", "--json"], { cwd, input: json }).out) as {
    changes: { class: string }[];
  };
  return changes.map((one) => one.class).sort((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0] ?? "none";
}

function pageOf(outcomes: readonly Outcome[]): string {
  return [
    "# What a change of the code does",
    "",
    "Made by `npm run e2e -- --lifecycle`: each change was applied to real daemons, and plan, daemon, workload and data were asked afterwards. `refused`",
    "is refused by synth, with the way out; classes are those of [`berth report`](../lib/operate/README.md).",
    "",
    "| construct | change | happens | data |",
    "| --- | --- | --- | --- |",
    ...outcomes.map(({ construct, change, happens, data }) => `| ${construct} | ${change} | ${happens} | ${data} |`),
    "",
  ].join("\n");
}
