#!/usr/bin/env node
import * as fs from "node:fs";
import * as path from "node:path";
import { Command } from "commander";
import { problemMessage } from "../core/problems";
import { checkDocument } from "../rules/check";
import type { Json } from "../rules/document";
import type { Finding } from "../rules/rule";

/** Exit codes: 0 nothing wrong, 1 something is, 2 the call itself is wrong. */
const WRONG = 1;
const UNUSABLE = 2;

const program = new Command("berth")
  .description("Checks Terraform JSON for libvirt and Docker hosts before Terraform sees it")
  .showHelpAfterError("(see berth --help)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : UNUSABLE));

program
  .command("check")
  .description("hold every cdk.tf.json below a folder against the provider schemas and the provider rules")
  .argument("<folder>", "such as cdktf.out, or one stack's folder")
  .addHelpText(
    "after",
    "\nExample:\n  berth check cdktf.out\n\nExit codes: 0 nothing wrong, 1 something is, 2 the call is wrong",
  )
  .action((folder: string) => {
    process.exitCode = check(folder);
  });

/** Prints what is wrong below a folder and returns the exit code. */
function check(folder: string): number {
  const files = findStacks(folder);
  if (files.length === 0) {
    console.error(`no cdk.tf.json below ${folder}`);
    return UNUSABLE;
  }
  const findings = files.flatMap((file) => checkFile(file));
  const errors = findings.filter(({ severity }) => severity === "error").length;
  console.log(`${files.length} stacks, ${errors} errors, ${findings.length - errors} warnings`);
  return errors > 0 ? WRONG : 0;
}

function checkFile(file: string): Finding[] {
  const findings = checkDocument(JSON.parse(fs.readFileSync(file, "utf8")) as Json);
  for (const finding of findings) {
    const where = finding.path === undefined ? finding.address : `${finding.path} (${finding.address})`;
    console.log(
      `${finding.severity}: [${where}] ${problemMessage({ ...finding, prop: finding.attribute })} [${finding.rule}]`,
    );
  }
  return findings;
}

function findStacks(folder: string): string[] {
  if (!fs.existsSync(folder)) {
    return [];
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

program.parse();
