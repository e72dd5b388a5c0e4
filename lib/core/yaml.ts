import { loadAll } from "js-yaml";

/** Why a text is no YAML, in one line; undefined where it can be read. */
export function unreadable(text: string): string | undefined {
  try {
    loadAll(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}
