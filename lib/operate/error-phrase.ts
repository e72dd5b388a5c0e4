/** What daemons put before what they have to say. */
const PREFIXES =
  /runc create failed: (?:unable to start container process: )?(?:error during container init: )?|Error response from daemon: (?:rpc error: code = \w+ desc = )?|internal error: |unsupported configuration: |XML error: |operation failed: |invalid argument: |Requested operation is not valid: /;

/**
 * An error's words without the names and numbers of the day, so that two errors of one kind are the same text. Names of
 * attributes and elements stay: they are what the error is about.
 */
export function phraseOf(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/((?:attribute|element) )'([\w-]+)'/g, "$1$2")
    .replaceAll(/(?<!\w)'[^']*'(?!\w)|"[^"]*"/g, "*")
    .replaceAll(/\[\d+\]/g, "[*]")
    .replaceAll(/(?<![\w.[])(?:\b(?:it|ID|UUID)\b|FOLDER\S*|[\w:/.-]*[\d/][\w:/.-]*)/g, "*")
    .replaceAll(/cty\.\w+\(\*\)|\bnull\b/g, "*")
    .trim()
    .replace(/:$/, "");
}

/** The part of an error that says what is wrong: what stands after the last prefix. */
export function coreOf(text: string): string {
  return phraseOf((text.split(PREFIXES).at(-1) ?? text).replace(/: unknown:?$/, ""));
}
