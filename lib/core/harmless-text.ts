/** What moves a cursor, colours a terminal, turns the direction of a text, or begins a line where nobody sees it. */
const CONTROL = /[^\P{Cc}\n\t]|[\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** What a runner of pipelines takes for a command: `::error::` where a line begins, `##[error]` and `##vso[` anywhere. */
const COMMAND = /^([^\S\n]*)::|(#)(?=#(?:\[|vso\[))/gim;

/** A text of many hands, as it may go to a terminal or a pipeline's log: its lines stay, and nothing in it is a command. */
export function harmlessText(text: string): string {
  return text
    .replaceAll(CONTROL, escaped)
    .replaceAll(COMMAND, (_, blanks?: string, hash?: string) => (hash === undefined ? `${blanks ?? ""}\\::` : "#\\"));
}

/** The same for JSON, which says the same afterwards. */
export function harmlessJson(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, undefined, indent);
  return text.replaceAll(CONTROL, escaped).replaceAll(/##(?=\[|vso\[)/gi, "#\\u0023");
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A text as one cell of a table in Markdown: no markup, no HTML, nobody mentioned, no issue linked. */
export function markdownCell(text: string): string {
  return harmlessText(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*[\]<>!|~]|(?<!\w)_|_(?!\w)/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll(/[@#](?=\w)/g, "$&<!-- -->");
}
