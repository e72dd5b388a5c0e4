import { RULES } from "../rules/check";
import { sourceOf, versionsOf } from "../rules/provenance";
import type { Rule, Severity } from "../rules/rule";

/** One rule as `berth rules --json` prints it. */
export interface ListedRule {
  readonly id: string;
  readonly severity: Severity;
  readonly provider: string;
  readonly versions: string;
  readonly source: string;
  readonly proof: Rule["proof"];
  readonly summary: string;
}

/** Every rule, by id. */
export function listRules(): readonly ListedRule[] {
  return RULES.map((rule) => ({
    id: rule.id,
    severity: rule.severity,
    provider: rule.id.split("/")[0] ?? "",
    versions: versionsOf(rule),
    source: sourceOf(rule),
    proof: rule.proof,
    summary: rule.prevents,
  })).sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function rulesAsText(rules: readonly ListedRule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules
    .map(
      ({ id, severity, proof, summary }) =>
        `${id.padEnd(width)}  ${severity.padEnd(7)}  ${proof.padEnd(4)}  ${summary}`,
    )
    .join("\n");
}

/** The page `docs/rules.md`. */
export function rulesAsMarkdown(rules: readonly ListedRule[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "&lt;");
  const providers = [...new Set(rules.map(({ provider }) => provider))];
  const sections = providers.map((name) => {
    const own = rules.filter(({ provider }) => provider === name);
    const rows = own.map(
      ({ id, severity, versions, proof, summary }) =>
        `| \`${id}\` | ${severity} | ${versions} | ${proof} | ${cell(summary)} |`,
    );
    return `## ${name}\n\n| rule | severity | versions | proof | what it prevents |\n| --- | --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  return (
    "# Rules\n\nMade by `npm run docs`; what each says is what users meet without it. An error is refused, a warning can be " +
    "acknowledged. Proof `run`: seen on the provider and its daemon; `read`: read in their sources.\n\n" +
    sections.join("\n")
  );
}
