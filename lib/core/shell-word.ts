/** What no shell gives a meaning to. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** A text as one word of a line of shell, whatever it holds but NUL, which no word can hold. */
export function shellWord(text: string): string {
  return PLAIN.test(text) ? text : quotedWord(text);
}

/** The same, in quotes whether it needs them or not: what is rendered stays as it was. */
export function quotedWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Words as a person types them, and as a shell takes them apart again. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}
