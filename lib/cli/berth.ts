#!/usr/bin/env node
// First of all, and by itself: it has to be in force before the rest is loaded.
import "./outlive-interrupts";
import * as fs from "node:fs";
import * as path from "node:path";
import { Command, Option } from "commander";
import { named } from "../operate/construct-of";
import type { RawSchemas } from "../providers/compact-schema";
import { checkAcross } from "../rules/across";
import { checkDocument } from "../rules/check";
import type { Json } from "../rules/document";
import { addProviderSchemas } from "../rules/schemas";
import { examineStacks } from "./doctor";
import { reportDrift } from "./drift-report";
import { explainErrors } from "./error-explainer";
import { growDisks } from "./growing";
import { type MoveOptions, move } from "./moving";
import { complain, say, sayJson } from "./output";
import { type ReportOptions, reportPlan } from "./plan-report";
import { type RecoverOptions, recoverStack } from "./recovery";
import { type Reported, report } from "./report";
import { type RolloutOptions, rolloutGroup } from "./rollout";
import { listRules, rulesAsText } from "./rule-list";
import { findStacks, readJson } from "./stack-json";

/** Exit codes: 0 nothing wrong, 1 something is, 2 the call itself is wrong. */
const WRONG = 1;
const UNUSABLE = 2;

/** Where a stack is, for commands that only name its constructs, and for those that work on it. */
const NAMED_BY = ["--stack <folder>", "where the stack's cdk.tf.json is, which names the constructs", "."] as const;
const STANDS_IN = [
  "--stack <folder>",
  "the stack's folder, which holds its cdk.tf.json and is initialized",
  ".",
] as const;

const program = new Command("berth")
  .description("Checks, reports and operates Terraform stacks of libvirt and Docker hosts")
  .version(version(), "--version")
  .showHelpAfterError("(see berth --help)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : UNUSABLE));

program
  .command("check")
  .description("hold every cdk.tf.json below a folder against the provider schemas and the provider rules")
  .argument("<folder>", "such as cdktf.out, one stack's folder, or one file")
  .option("--json", 'print {"problems":[…]} instead of text')
  .option(
    "--schemas <file>",
    "further providers, as `terraform providers schema -json` prints them; may be repeated",
    also,
  )
  .addHelpText(
    "after",
    "\nExamples:\n  berth check cdktf.out\n  berth check cdktf.out --schemas aws.json\n  berth check cdktf.out --json | jq '.problems[].message'\n\n" +
      "Exit codes: 0 nothing wrong, 1 something is, 2 the call is wrong",
  )
  .action((folder: string, { json = false, schemas = [] }: { json?: boolean; schemas?: readonly string[] }) => {
    process.exitCode = schemas.every(addSchemas) ? check(folder, json) : UNUSABLE;
  });

program
  .command("rules")
  .description("list the provider rules")
  .option("--json", 'print {"rules":[…]} instead of text')
  .addHelpText("after", "\nExamples:\n  berth rules\n  berth rules --json | jq -r '.rules[].id'")
  .action(({ json = false }: { json?: boolean }) => {
    if (json) {
      sayJson({ rules: listRules() }, 2);
    } else {
      say(rulesAsText(listRules()));
    }
  });

program
  .command("report")
  .description("tell what a plan will really do, read from `terraform show -json PLAN` on standard input")
  .option("--json", 'print {"changes":[…]} instead of text')
  .option("--markdown", "print a table for a pull request")
  .option(
    "--at-most <class>",
    "exit with 1 where a change is more than none, in-place, restart, replaced, stopped, removed or data-lost",
  )
  .option("--look", "ask the hosts, too: what is off is in no plan")
  .addOption(
    new Option(
      "--drift",
      "read no plan, make one: what is otherwise than Terraform left it, and what the next apply does about it",
    ).conflicts(["markdown", "atMost", "look"]),
  )
  .option(...NAMED_BY)
  .addHelpText(
    "after",
    "\nExamples:\n  terraform plan -out=plan && terraform show -json plan | berth report\n" +
      "  terraform show -json plan | berth report --at-most restart\n  berth report --drift --stack cdktf.out/stacks/web\n\n" +
      "With --at-most, what will fail, or will be ignored, is always more than allowed. What is kept is never lost without an exit code of 1.\n" +
      "Exit codes: 0 allowed, 1 more than --at-most allows, or something kept is lost, or drift, 2 the call is wrong",
  )
  .action(async ({ drift = false, ...options }: ReportOptions & { drift?: boolean }) => {
    process.exitCode = drift ? await reportDrift(options) : await reportPlan(readInput(), options);
  });

program
  .command("explain")
  .description("keep `terraform apply -json` readable, and tell of each error where it comes from and what mends it")
  .option("--json", "print one object a line for each error, and nothing else")
  .option(...NAMED_BY)
  .addHelpText(
    "after",
    "\nExamples:\n  terraform apply -json plan | berth explain\n  terraform apply -json plan | berth explain --json\n\n" +
      "Exit codes: 0 no error, 1 errors, 2 the call is wrong",
  )
  .action(async (options: { json?: boolean; stack?: string }) => {
    process.exitCode = await explainErrors(options);
  });

program
  .command("recover")
  .description("after an apply that was broken off: tell, or do, what lets the next one go through")
  .option("--apply", "do it, and ask before anything that may lose data")
  .option("--yes", "with --apply: do not ask")
  .option("--json", 'print {"steps":[…],"obstacles":[…]} instead of text')
  .option(...STANDS_IN)
  .addHelpText(
    "after",
    "\nExamples:\n  berth recover --stack cdktf.out/stacks/web\n  berth recover --stack cdktf.out/stacks/web --apply\n\n" +
      "Asks the daemons with `docker` and `virsh`, and Terraform (or TERRAFORM_BINARY_NAME) for the state.\n" +
      "Exit codes: 0 nothing is left, 1 something is, 2 it cannot tell",
  )
  .action(async (options: RecoverOptions) => {
    process.exitCode = await recoverStack(options);
  });

program
  .command("doctor")
  .description("look at what the stacks need to be applied: this machine, every host, and the keys that lead there")
  .argument("[folder]", "such as cdktf.out, or one stack's folder", ".")
  .option("--json", 'print {"checks":[…]} instead of text')
  .addHelpText(
    "after",
    "\nExamples:\n  berth doctor cdktf.out\n  berth doctor cdktf.out/stacks/web --json\n\n" +
      "Exit codes: 0 all can be applied, 1 something is in the way, 2 the call is wrong",
  )
  .action((folder: string, { json = false }: { json?: boolean }) => {
    process.exitCode = examineStacks(folder, json);
  });

program
  .command("rollout")
  .description("replace guests or services that do the same one after another, and wait for each before the next")
  .argument("<group>", "path of a construct, with everything below it; * stands for a name or a part of one")
  .option("--apply", "do it; without, only the order is told")
  .option(
    "--ready <command>",
    "a command that ends with 0 once a member serves; BERTH_CONSTRUCT and BERTH_NAME tell which",
  )
  .option("--wait <seconds>", "how long a member may take until it serves", "300")
  .option(...STANDS_IN)
  .addHelpText(
    "after",
    "\nExamples:\n  berth rollout 'shop/web-*' --stack cdktf.out/stacks/shop\n" +
      "  berth rollout 'shop/db-*' --apply --ready 'nc -z $BERTH_NAME 5432'\n\n" +
      "Images are made first. What was stopped goes on where it was: members that are done are only asked whether they serve.\n" +
      "Exit codes: 0 all serve, 1 stopped, 2 the call is wrong",
  )
  .action(async (group: string, options: RolloutOptions) => {
    process.exitCode = await rolloutGroup(group, options);
  });

program
  .command("grow")
  .description("make disks as large as the code says, which the provider cannot")
  .option("--apply", "do it; without, it is only told")
  .option(...STANDS_IN)
  .addHelpText(
    "after",
    "\nExamples:\n  berth grow --stack cdktf.out/stacks/shop\n  berth grow --stack cdktf.out/stacks/shop --apply\n\n" +
      "Exit codes: 0 nothing is left, 1 something is, 2 the call is wrong",
  )
  .action(async ({ stack = ".", apply = false }: { stack?: string; apply?: boolean }) => {
    process.exitCode = await growDisks(stack, apply);
  });

program
  .command("move")
  .description("bring a guest, with its disks, to the host that the code names now")
  .argument("<construct>", "path of the guest")
  .requiredOption("--from <uri>", "libvirt's URI of the host that it leaves (required)")
  .option("--apply", "do it; without, it is only told")
  .option(...STANDS_IN)
  .addHelpText(
    "after",
    "\nExamples:\n  berth move shop/db --from qemu+sshcmd://ops@rack1/system --stack cdktf.out/stacks/shop\n\n" +
      "The guest is shut down and stays where it was, as a copy; nothing there is overwritten. Needs qemu-img, and room for its\n" +
      "largest disk, twice.\n" +
      "Exit codes: 0 its disks are there, 1 stopped, 2 the call is wrong",
  )
  .action(async (construct: string, options: MoveOptions) => {
    process.exitCode = await move(construct, options);
  });

function version(): string {
  const file = path.join(__dirname, "..", "..", "..", "package.json");
  return fs.existsSync(file) ? String((JSON.parse(fs.readFileSync(file, "utf8")) as Json).version) : "unknown";
}

/** Standard input as text. Throws where it is longer than a text can be. */
function readInput(): string {
  try {
    return fs.readFileSync(0, "utf8");
  } catch (error) {
    throw new Error(`standard input cannot be read: ${(error as Error).message}`);
  }
}

function also(file: string, before: readonly string[] = []): readonly string[] {
  return [...before, file];
}

/** False where a file cannot be used, after saying so. */
function addSchemas(file: string): boolean {
  try {
    addProviderSchemas(JSON.parse(fs.readFileSync(file, "utf8")) as RawSchemas);
    return true;
  } catch (error) {
    complain(`${file}: ${(error as Error).message}`);
    return false;
  }
}

/** Prints what is wrong below a folder and returns the exit code. */
function check(folder: string, json: boolean): number {
  const files = findStacks(folder);
  if (files.length === 0) {
    complain(`no cdk.tf.json below ${folder}`);
    return UNUSABLE;
  }
  const problems: Reported[] = [];
  const stacks = new Map<string, Json>();
  for (const file of files) {
    const stack = readJson(file);
    if (stack === undefined) {
      return UNUSABLE;
    }
    stacks.set(path.basename(path.dirname(file)), stack);
    problems.push(...checkDocument(stack).map(report));
  }
  problems.push(...[...checkAcross(stacks).values()].flat().map(report));
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (json) {
    sayJson({ problems }, 2);
  } else {
    for (const { severity, construct, address, message, rule } of problems) {
      say(`${severity}: [${named(construct, address)}] ${message} [${rule}]`);
    }
    say(`${files.length} stacks, ${errors} errors, ${problems.length - errors} warnings`);
  }
  return errors > 0 ? WRONG : 0;
}

program.parseAsync().catch((error: Error) => {
  complain(error.message);
  process.exitCode = UNUSABLE;
});
