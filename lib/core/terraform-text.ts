/** What cdktf puts into a text for a value that is only known later. */
const TOKEN = /(\$\{TfToken\[[^\]]*\]\})/;

/**
 * Text as Terraform must get it to mean what it says: the shell's `${NAME}` is escaped, cdktf's own tokens are kept.
 * Without it, Terraform takes the braces for an expression of its own and refuses the plan.
 */
export function terraformText(text: string): string {
  return !text.includes("{")
    ? text
    : text
        .split(TOKEN)
        .map((part) => (TOKEN.test(part) ? part : part.replace(/[$%](?=\{)/g, (sign) => sign + sign)))
        .join("");
}
