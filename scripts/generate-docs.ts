/** Writes what is made from the code and from what was recorded: `npm run docs`. */
import * as fs from "node:fs";
import * as path from "node:path";
import { listRules, rulesAsMarkdown } from "../lib/cli/rule-list";
import { recordedErrors } from "./recorded-errors";

const ROOT = path.join(__dirname, "..", "..");

fs.writeFileSync(path.join(ROOT, "docs", "rules.md"), rulesAsMarkdown(listRules()));
fs.writeFileSync(path.join(ROOT, "lib", "operate", "recorded-errors.json"), recordedErrors());
