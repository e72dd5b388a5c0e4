import * as fs from "node:fs";
import * as path from "node:path";
import { coreOf } from "../lib/operate/error-phrase";

type Proof = Readonly<Record<string, Readonly<Record<string, { readonly at: string; readonly says: string }>>>>;

/** What providers and daemons said to the rules' broken fixtures, and to those of which rules; for `berth explain`. */
export function recordedErrors(): string {
  const file = path.join(process.cwd(), "__tests__", "rules", "proof.json");
  const proof = JSON.parse(fs.readFileSync(file, "utf8")) as Proof;
  const rules = new Map<string, Set<string>>();
  for (const reactions of Object.values(proof)) {
    for (const [id, { at, says }] of Object.entries(reactions)) {
      if (at === "plan" || at === "apply") {
        const phrase = coreOf(says);
        rules.set(phrase, (rules.get(phrase) ?? new Set()).add(id));
      }
    }
  }
  const sorted = [...rules].sort(([a], [b]) => (a < b ? -1 : 1)).map(([phrase, ids]) => [phrase, [...ids].sort()]);
  return `${JSON.stringify(Object.fromEntries(sorted), undefined, 1)}\n`;
}
