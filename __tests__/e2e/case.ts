import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import type { DockerLine, HostStack } from "../../lib/index";
import { LOCK_FILE_CONTEXT } from "../../lib/index";
import { BERTH } from "./berth";
import { Consoles } from "./console";
import type { Capabilities } from "./machine";
import { must, type Outcome, run, runAsync } from "./shell";

/** Settings of the example stacks, as their environment variables. */
export type Environment = Readonly<Record<string, string>>;

/** What a case may use. */
export interface World {
  readonly capabilities: Capabilities;
  /** Where the fixtures lie, and where they are served. */
  readonly fixtures: string;
  readonly url: string;
  readonly scratch: string;
}

/** What a step's check can ask. */
export interface Asking {
  readonly world: World;
  /** Where the case is synthesized, and its state kept. */
  readonly folder: string;
  readonly consoles: Consoles;
  /** What earlier steps noted: ids, inodes. */
  readonly facts: Map<string, string>;
  /** What the apply printed. */
  readonly applied: string;
  docker(...args: string[]): string;
  virsh(...args: string[]): string;
}

/** One state of the code, applied: what differs from the first, and what must be true afterwards. */
export interface Step {
  readonly name: string;
  readonly environment?: Environment;
  /** Takes what a release rendered, from `released/VERSION/STACK`, in place of what this code renders. */
  readonly released?: string;
  /** Changes the stack after it was built, as an edit of its code would. */
  readonly edit?: (stack: HostStack) => void;
  /** Only in the full run. */
  readonly full?: boolean;
  /** Starts from what another runner has: the code, its lock file, and the state. */
  readonly anotherRunner?: boolean;
  /** Runs before the apply. */
  readonly before?: (ask: Asking) => void | Promise<void>;
  /** What the apply must fail with, and within how many seconds. */
  readonly fails?: { readonly says: RegExp; readonly within: number };
  /** What synth must refuse this state of the code with; nothing is applied then. */
  readonly refused?: RegExp;
  /** Kills the apply, and all it started, once it has printed this. */
  readonly killedAt?: RegExp;
  /** Milliseconds from then on. @default 0 */
  readonly killedAfter?: number;
  /** Whether the apply may end before it is killed. @default false */
  readonly mayEnd?: boolean;
  readonly check: (ask: Asking) => void | Promise<void>;
}

export interface Case {
  readonly name: string;
  readonly needs: readonly ("docker" | "kvm")[];
  /** Providers besides those of `needs`. */
  readonly alsoNeeds?: readonly ("docker" | "tls")[];
  readonly line?: DockerLine;
  /** Only in the full run. */
  readonly full?: boolean;
  /** Only in a run of its own, by this option. */
  readonly own?: "kills";
  readonly environment: (world: World) => Environment;
  readonly build: (app: App, environment: Environment, world: World) => HostStack;
  readonly guests: readonly string[];
  readonly steps: (world: World) => readonly Step[];
  /** Runs before the first and after the last step. */
  readonly around?: { before(world: World): void | Promise<void>; after(world: World): void };
  /** What destroying the last state must be refused with, and the change that allows it. */
  readonly protectedBy?: { readonly refusal: RegExp; readonly release: Environment };
}

/** What one thing of a case took. */
export interface Row {
  readonly case: string;
  readonly step: string;
  readonly seconds: number;
}

/** Runs a case on real daemons. Throws at the first thing that is not as promised, after removing what it made. */
export async function runCase(one: Case, world: World, full: boolean, rows: Row[]): Promise<void> {
  const folder = path.join(world.scratch, one.name.replace(/[^\w.-]/g, "-"));
  const base = one.environment(world);
  if (hasResources(folder)) {
    console.log("a run of it was broken off: what that left is destroyed first");
    await tearDown(one, world, folder, base);
  }
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  await one.around?.before(world);
  const before = inventory(world.capabilities);
  const consoles = new Consoles(world.capabilities.kvmUri, one.guests);
  const facts = new Map<string, string>();
  const timed = async (step: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    const start = Date.now();
    const outcome = await work();
    rows.push({ case: one.name, step, seconds: (Date.now() - start) / 1000 });
    return outcome;
  };
  try {
    let last: Step | undefined;
    for (const step of one.steps(world).filter((candidate) => full || !candidate.full)) {
      if (step.anotherRunner) {
        keepOnlyState(folder);
      }
      const asking = (applied: string): Asking => ({
        world,
        folder,
        consoles,
        facts,
        applied,
        docker: (...args) => docker(world, args),
        virsh: (...args) => virsh(world, args),
      });
      if (step.refused) {
        mustRefuse(step.refused, step.name, () =>
          synthesize(one, world, folder, { ...base, ...step.environment }, step.edit),
        );
        await step.check(asking(""));
        continue;
      }
      const stack =
        step.released === undefined
          ? synthesize(one, world, folder, { ...base, ...step.environment }, step.edit)
          : takeReleased(step.released, world, folder);
      consoles.forget();
      if (!last || step.anotherRunner) {
        // What a case started in this process, such as a proxy, must be able to answer meanwhile.
        const doctor = await runAsync(process.execPath, [BERTH, "doctor", stackFolder(folder, stack)], { cwd: folder });
        must(doctor, `${one.name}: berth doctor`);
        must(await timed("init", () => terraform(folder, stack, "init", "-input=false")), `${one.name}: init`);
      }
      await step.before?.(asking(""));
      const outcome = await timed(`${step.name}: apply`, () => apply(folder, stack, step));
      if (step.fails || step.killedAt) {
        if (!step.mayEnd || outcome.code !== 0) {
          mustFail(outcome, step, rows.at(-1)?.seconds ?? 0, one.name);
        }
        await step.check(asking(outcome.out));
      } else {
        await step.check(asking(must(outcome, `${one.name}: ${step.name}: apply`)));
        await planIsEmpty(one, step.name, folder, stack, timed);
      }
      last = step;
    }
    await destroy(one, world, folder, { ...base, ...last?.environment }, last?.edit, timed);
  } catch (error) {
    await tearDown(one, world, folder, base);
    throw error;
  } finally {
    consoles.stop();
    one.around?.after(world);
  }
  const left = inventory(world.capabilities).filter((thing) => !before.includes(thing));
  if (left.length > 0) {
    throw new Error(`${one.name}: destroy left ${left.join(", ")}`);
  }
}

/** Whether a folder has a state that names something. */
function hasResources(folder: string): boolean {
  const states = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith(".tfstate")) : [];
  return states.some((file) => /"mode": "managed"/.test(fs.readFileSync(path.join(folder, file), "utf8")));
}

/** Destroys what a state of a case has, whatever the lock file says of it. */
async function tearDown(one: Case, world: World, folder: string, base: Environment): Promise<void> {
  fs.rmSync(path.join(folder, "berth.lock.json"), { force: true });
  const stack = synthesize(one, world, folder, { ...base, RELEASE: "1", ...one.protectedBy?.release });
  // A guest that is just starting does not hear that it is to shut down.
  for (let tries = 0; tries < 3; tries++) {
    if ((await terraform(folder, stack, "destroy", "-auto-approve")).code === 0) {
      break;
    }
  }
}

const RELEASED = path.join(__dirname, "..", "..", "..", "__tests__", "e2e", "released");

/** Writes what a release rendered where it would be synthesized to, with its lock file. Returns the stack's id. */
function takeReleased(name: string, world: World, folder: string): string {
  const [version = "", stack = ""] = name.split("/");
  const target = stackFolder(folder, stack);
  fs.cpSync(path.join(RELEASED, version, stack), target, { recursive: true });
  fs.copyFileSync(path.join(RELEASED, version, "berth.lock.json"), path.join(folder, "berth.lock.json"));
  const file = path.join(target, "cdk.tf.json");
  const text = fs.readFileSync(file, "utf8");
  fs.writeFileSync(file, text.replaceAll("unix:///var/run/docker.sock", world.capabilities.dockerHost));
  return stack;
}

function mustRefuse(says: RegExp, what: string, synthesis: () => unknown): void {
  try {
    synthesis();
  } catch (error) {
    if (!says.test((error as Error).message)) {
      throw new Error(`${what}: refused with ${(error as Error).message}, not with ${says}`);
    }
    return;
  }
  throw new Error(`${what}: synth did not refuse it with ${says}`);
}

function stackFolder(folder: string, stack: string): string {
  return path.join(folder, "cdktf.out", "stacks", stack);
}

function keepOnlyState(folder: string): void {
  for (const name of fs.readdirSync(folder)) {
    if (!/\.tfstate$|^berth\.lock\.json$/.test(name)) {
      fs.rmSync(path.join(folder, name), { recursive: true });
    }
  }
}

function synthesize(
  one: Case,
  world: World,
  folder: string,
  environment: Environment,
  edit?: (stack: HostStack) => void,
): string {
  const app = new App({
    outdir: path.join(folder, "cdktf.out"),
    context: { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") },
  });
  const stack = one.build(app, environment, world);
  edit?.(stack);
  app.synth();
  return stack.node.id;
}

function apply(folder: string, stack: string, { killedAt, killedAfter }: Step): Promise<Outcome> {
  const cwd = stackFolder(folder, stack);
  return runAsync("terraform", ["apply", "-auto-approve", "-input=false", "-no-color"], { cwd, killedAt, killedAfter });
}

function mustFail({ code, out }: Outcome, { name, fails }: Step, seconds: number, what: string): void {
  if (code === 0 || (fails && !fails.says.test(out))) {
    const wanted = fails ? ` with ${fails.says}` : "";
    throw new Error(
      `${what}: ${name}: the apply did not fail${wanted} (exit ${code})\n${out.split("\n").slice(-40).join("\n")}`,
    );
  }
  if (fails && seconds > fails.within) {
    throw new Error(`${what}: ${name}: took ${seconds.toFixed(1)} s to fail, more than ${fails.within} s`);
  }
}

function terraform(folder: string, stack: string, ...args: string[]): Promise<Outcome> {
  return runAsync("terraform", [...args, "-no-color"], { cwd: stackFolder(folder, stack) });
}

type Timed = (step: string, work: () => Promise<Outcome>) => Promise<Outcome>;

async function planIsEmpty(one: Case, step: string, folder: string, stack: string, timed: Timed): Promise<void> {
  const { code, out } = await timed(`${step}: second plan`, () =>
    terraform(folder, stack, "plan", "-detailed-exitcode", "-input=false"),
  );
  if (code !== 0) {
    throw new Error(`${one.name}: ${step}: the second plan is not empty (exit ${code})\n${out}`);
  }
}

async function destroy(
  one: Case,
  world: World,
  folder: string,
  environment: Environment,
  edit: Step["edit"],
  timed: Timed,
): Promise<void> {
  let stack = synthesize(one, world, folder, environment, edit);
  if (one.protectedBy) {
    const { refusal, release } = one.protectedBy;
    const { code, out } = await timed("destroy, refused", () => terraform(folder, stack, "destroy", "-auto-approve"));
    if (code === 0 || !refusal.test(out)) {
      throw new Error(`${one.name}: destroy was not refused with ${refusal} (exit ${code})\n${out}`);
    }
    stack = synthesize(one, world, folder, { ...environment, ...release }, edit);
  }
  must(await timed("destroy", () => terraform(folder, stack, "destroy", "-auto-approve")), `${one.name}: destroy`);
}

function docker({ capabilities }: World, args: readonly string[]): string {
  return must(run("docker", ["-H", capabilities.dockerHost, ...args]), `docker ${args.join(" ")}`).trim();
}

function virsh({ capabilities }: World, args: readonly string[]): string {
  return must(run("virsh", ["-q", "-c", capabilities.kvmUri, ...args]), `virsh ${args.join(" ")}`).trim();
}

/** Everything on the daemons that a case could leave behind. */
function inventory({ docker: hasDocker, kvm, dockerHost, kvmUri }: Capabilities): string[] {
  const lines = (kind: string, command: string, args: string[]) =>
    run(command, args)
      .out.split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((line) => `${kind} ${line}`);
  return [
    ...(hasDocker
      ? [
          ...lines("container", "docker", ["-H", dockerHost, "ps", "-a", "--format", "{{.Names}}"]),
          ...lines("network", "docker", ["-H", dockerHost, "network", "ls", "--format", "{{.Name}}"]),
          ...lines("volume", "docker", ["-H", dockerHost, "volume", "ls", "--format", "{{.Name}}"]),
        ]
      : []),
    ...(kvm
      ? [
          ...lines("guest", "virsh", ["-q", "-c", kvmUri, "list", "--all", "--name"]),
          ...lines("network", "virsh", ["-q", "-c", kvmUri, "net-list", "--all", "--name"]),
          ...lines("pool", "virsh", ["-q", "-c", kvmUri, "pool-list", "--all", "--name"]),
        ]
      : []),
  ];
}
