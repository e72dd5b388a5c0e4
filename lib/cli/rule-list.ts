import { RULES } from "../rules/check";
import { providerOf } from "../rules/document";
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
  return RULES.map(({ id, severity, type, proof, prevents }) => {
    const provider = providerOf(type);
    return {
      id,
      severity,
      provider,
      versions: versionsOf(provider),
      source: sourceOf(provider, proof),
      proof,
      summary: prevents,
    };
  }).sort((a, b) => (a.id < b.id ? -1 : 1));
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
    const [first] = own;
    const rows = own.map(
      ({ id, severity, proof, summary }) => `| \`${id}\` | ${severity} | ${proof} | ${cell(summary)} |`,
    );
    return `## ${name} ${first?.versions}\n\n| rule | severity | proof | what it prevents |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n`;
  });
  return (
    "# Rules\n\nMade by `npm run docs`; what each says is what users meet without it. An error is refused, a warning can be " +
    "acknowledged. Proof `run`: seen on the provider and its daemon; `read`: read in their sources.\n\n" +
    sections.join("\n")
  );
}
