/** The real run; `--help` says what it can. */
import * as fs from "node:fs";
import * as path from "node:path";
import { type Case, type Row, runCase, type World } from "./case";
import { CASES } from "./cases/all";
import { codeDigest } from "./code-digest";
import { runEdits } from "./edit-record";
import { compareFaults, compareSpeed } from "./faults";
import { makeContainerFixture, makeGuestFixtures, serve } from "./fixtures";
import { runInterrupts } from "./interrupts";
import { runLifecycle } from "./lifecycle/run";
import { runLocks } from "./locks";
import { type Capabilities, Machine } from "./machine";
import { type Options, optionsOf, USAGE } from "./options";
import { runPipelines } from "./pipelines";
import { differences, record, stackJson, unproven } from "./proven";
import { proveRules } from "./rule-proof";
import { run } from "./shell";

const ROOT = path.join(__dirname, "..", "..", "..");
const CACHE = path.join(ROOT, ".cache", "e2e");
const PASSED = path.join(CACHE, "passed.json");
const SKIPPED = 77;
const WRONG_OPTIONS = 2;

async function main(args: readonly string[]): Promise<number> {
  let options: Options;
  try {
    options = optionsOf(args);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return WRONG_OPTIONS;
  }
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  if (options.status) {
    return status();
  }
  if (options.faults) {
    return showFaults();
  }
  fs.mkdirSync(CACHE, { recursive: true });
  if (options.locks) {
    return showLocks();
  }
  if (options.interrupts) {
    return showInterrupts();
  }
  const machine = new Machine(CACHE);
  const rows: Row[] = [];
  try {
    return await runAll(options, machine, rows);
  } finally {
    machine.stop();
    table(rows);
  }
}

async function runAll(options: Options, machine: Machine, rows: Row[]): Promise<number> {
  const capabilities = await machine.prepare(options.install);
  for (const thing of capabilities.missing) {
    console.log(`MISSING: ${thing}`);
  }
  if (options.rules) {
    return proveAllRules(options, capabilities);
  }
  if (options.edits) {
    return showEdits(options, capabilities);
  }
  if (options.pipelines) {
    return showPipelines(capabilities);
  }
  if (options.lifecycle) {
    return showLifecycle(options, capabilities);
  }
  const cases = CASES.filter(
    (one) =>
      (one.own === "kills") === options.kills &&
      (options.full || options.kills || !one.full) &&
      (options.only === undefined || one.name.includes(options.only)),
  );
  const possible = cases.filter((one) => one.needs.every((need) => capabilities[need]));
  for (const one of cases.filter((candidate) => !possible.includes(candidate))) {
    console.log(`SKIPPED: ${one.name}: needs ${one.needs.join(" and ")}`);
  }
  if (possible.some((one) => one.needs.includes("kvm"))) {
    console.log(`guests run ${capabilities.emulated ? "emulated" : "on KVM"}; making fixtures`);
    makeGuestFixtures(CACHE);
  }
  if (possible.some((one) => one.needs.includes("docker"))) {
    makeContainerFixture(CACHE, capabilities.dockerHost);
  }
  const server = await serve(CACHE);
  const world: World = { capabilities, fixtures: CACHE, url: server.url, scratch: path.join(CACHE, "run") };
  let skipped = cases.length - possible.length;
  let failed = 0;
  for (const one of possible) {
    const outcome = await runOne(one, world, options, rows);
    skipped += outcome === "skipped" ? 1 : 0;
    failed += outcome === "failed" ? 1 : 0;
  }
  server.close();
  console.log(
    `${possible.length - failed - (skipped - (cases.length - possible.length))} passed, ${failed} failed, ${skipped} skipped`,
  );
  return failed > 0 ? 1 : skipped > 0 ? SKIPPED : 0;
}

function showFaults(): number {
  const scratch = path.join(CACHE, "run");
  fs.writeFileSync(path.join(ROOT, "docs", "faults.md"), compareFaults(scratch));
  console.log(compareSpeed(scratch));
  return 0;
}

/** The rules' fixtures, on whatever provider and daemon there is. */
function proveAllRules({ only }: Options, capabilities: Capabilities): number {
  if (capabilities.docker) {
    makeContainerFixture(CACHE, capabilities.dockerHost);
  }
  const odd = proveRules(capabilities, path.join(CACHE, "run"), only);
  for (const line of odd) {
    console.log(line);
  }
  console.log(`${odd.length} fixtures are not taken as they should be`);
  return odd.length > 0 ? 1 : capabilities.docker && capabilities.kvm ? 0 : SKIPPED;
}

function showEdits({ only, choice }: Options, capabilities: Capabilities): number {
  if (capabilities.docker) {
    makeContainerFixture(CACHE, capabilities.dockerHost);
  }
  const { shown, differences } = runEdits(capabilities, path.join(CACHE, "run"), only, choice);
  for (const line of differences) {
    console.log(line);
  }
  console.log(`${shown} edits shown, ${differences.length} not as recorded or as the report says`);
  return differences.length > 0 && choice !== "record" ? 1 : capabilities.docker && capabilities.kvm ? 0 : SKIPPED;
}

async function showLocks(): Promise<number> {
  const missing = await runLocks(path.join(CACHE, "run"));
  console.log(missing === undefined ? "PASSED: the locks" : `SKIPPED: the locks need ${missing}`);
  return missing === undefined ? 0 : SKIPPED;
}

async function showInterrupts(): Promise<number> {
  const wrong = await runInterrupts(path.join(CACHE, "run"));
  console.log(wrong === 0 ? "PASSED: the interrupts" : `FAILED: ${wrong} of the interrupts`);
  return wrong === 0 ? 0 : 1;
}

async function showLifecycle({ only }: Options, capabilities: Capabilities): Promise<number> {
  if (capabilities.kvm) {
    makeGuestFixtures(CACHE);
  }
  if (capabilities.docker) {
    makeContainerFixture(CACHE, capabilities.dockerHost);
  }
  const world: World = { capabilities, fixtures: CACHE, url: "", scratch: path.join(CACHE, "run") };
  const files = { page: path.join(ROOT, "docs", "what-a-change-does.md"), seen: path.join(CACHE, "lifecycle.json") };
  const wrong = await runLifecycle(world, files, only);
  const whole = capabilities.docker && capabilities.kvm;
  console.log(
    wrong.length > 0
      ? `FAILED: ${wrong.length} changes of the lifecycle`
      : whole
        ? "PASSED: the lifecycle"
        : "SKIPPED: a part of the lifecycle needs what is missing",
  );
  return wrong.length > 0 ? 1 : whole ? 0 : SKIPPED;
}

async function showPipelines(capabilities: Capabilities): Promise<number> {
  const missing = await runPipelines(capabilities, path.join(CACHE, "run"));
  console.log(missing === undefined ? "PASSED: the pipelines" : `SKIPPED: the pipelines need ${missing}`);
  return missing === undefined ? 0 : SKIPPED;
}

async function runOne(
  one: Case,
  world: World,
  { full, again }: Options,
  rows: Row[],
): Promise<"passed" | "failed" | "skipped"> {
  const key = `${one.name}${full ? ", full" : ""}`;
  if (!again && full && passed()[key] === codeDigest()) {
    console.log(`PASSED BEFORE: ${key}, same code`);
    return "passed";
  }
  const lacking = await providersMissing(one, world);
  if (lacking !== undefined) {
    console.log(`SKIPPED: ${one.name}: ${lacking}`);
    return "skipped";
  }
  console.log(`RUN: ${key}`);
  printDifferences(one, world);
  try {
    await runCase(one, world, full, rows);
  } catch (error) {
    console.log(`FAILED: ${key}: ${(error as Error).message}`);
    return "failed";
  }
  console.log(`PASSED: ${key}`);
  if (full) {
    fs.writeFileSync(PASSED, JSON.stringify({ ...passed(), [key]: codeDigest() }, undefined, 2));
    record(one.name);
  }
  return "passed";
}

/** Plain `terraform init` decides whether a provider is to be had. */
async function providersMissing(one: Case, world: World): Promise<string | undefined> {
  const folder = path.join(world.scratch, "providers", one.name.replace(/[^\w.-]/g, "-"));
  fs.mkdirSync(folder, { recursive: true });
  const needs: readonly string[] = [...one.needs, ...(one.alsoNeeds ?? [])];
  const wanted = Object.fromEntries(
    Object.entries({
      docker: { source: "kreuzwerker/docker", version: one.line === "3.9" ? ">= 3.9.0, < 4.0.0" : ">= 4.5.0, < 5.0.0" },
      kvm: { source: "dmacvicar/libvirt", version: "0.9.7" },
      tls: { source: "hashicorp/tls", version: ">= 4.2.1, < 5.0.0" },
    })
      .filter(([need]) => needs.includes(need))
      .map(([need, provider]) => [need === "kvm" ? "libvirt" : need, provider]),
  );
  fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers: wanted } }));
  const { code, out } = run("terraform", ["init", "-input=false", "-no-color"], { cwd: folder });
  const names = Object.values(wanted).map(({ source, version }) => `${source} ${version}`);
  return code === 0
    ? undefined
    : `terraform init finds no ${names.join(" or no ")}: ${out.trim().split("\n").slice(-3).join(" ")}`;
}

/** Only host, image and emulation may differ from what a user gets; every difference is named. */
function printDifferences(one: Case, world: World): void {
  const base = stackJson(one.name);
  if (base !== undefined) {
    for (const difference of differences(base, stackJson(one.name, one.environment(world)))) {
      console.log(`  differs from the default: ${difference}`);
    }
  }
}

function passed(): Readonly<Record<string, string>> {
  return fs.existsSync(PASSED) ? (JSON.parse(fs.readFileSync(PASSED, "utf8")) as Record<string, string>) : {};
}

function status(): number {
  const changed = unproven();
  for (const name of changed) {
    console.log(`UNPROVEN: ${name} has changed since it last passed npm run e2e -- --full`);
  }
  if (changed.length === 0) {
    console.log("PROVEN: every stack is as it last passed npm run e2e -- --full");
  }
  return 0;
}

function table(rows: readonly Row[]): void {
  const width = Math.max(0, ...rows.map((row) => row.case.length));
  const steps = Math.max(0, ...rows.map((row) => row.step.length));
  for (const row of rows) {
    console.log(`${row.case.padEnd(width)}  ${row.step.padEnd(steps)}  ${row.seconds.toFixed(1).padStart(7)} s`);
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
