/** Writes the pages that are made from the code: `npm run docs`. */
import * as fs from "node:fs";
import * as path from "node:path";
import { listRules, rulesAsMarkdown } from "../lib/cli/rule-list";

fs.writeFileSync(path.join(__dirname, "..", "..", "docs", "rules.md"), rulesAsMarkdown(listRules()));
