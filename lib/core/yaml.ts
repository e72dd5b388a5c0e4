/** Loaded when the first text is written or read: a project without guests needs no parser. */
function parser(): typeof import("js-yaml") {
  return require("js-yaml") as typeof import("js-yaml");
}

/** A value as YAML, each text on one line and nothing referred to. */
export function toYaml(value: unknown): string {
  return parser().dump(value, { lineWidth: -1, noRefs: true });
}

/** Why a text is no YAML, in one line; undefined where it can be read. */
export function unreadable(text: string): string | undefined {
  try {
    parser().loadAll(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}
