import { asScreen, type Explanation, explain, Progress } from "../operate/explain";
import type { Document } from "../rules/document";
import { say, sayJson } from "./output";
import { linesToTheEnd } from "./pipe";
import { readStack } from "./stack-json";

/** Reads `terraform … -json` from standard input and explains its errors. Ends with 1 where there was one. */
export async function explainErrors({
  json = false,
  stack = ".",
}: {
  json?: boolean;
  stack?: string;
}): Promise<number> {
  const lines = linesToTheEnd();
  const document = readStack(stack);
  const progress = new Progress();
  let errors = 0;
  for await (const line of lines) {
    const { text, told, isError } = explained(line, progress, document, json);
    errors += isError ? 1 : 0;
    if (told !== undefined) {
      sayJson(told);
    } else if (text !== undefined) {
      say(text);
    }
  }
  return errors > 0 ? 1 : 0;
}

interface Explained {
  readonly text?: string | undefined;
  readonly told?: Explanation;
  readonly isError: boolean;
}

/** What to print for a line. A line that cannot be explained is printed as it came: those after it are still read. */
function explained(line: string, progress: Progress, document: Document | undefined, json: boolean): Explained {
  try {
    const { text, diagnostic } = progress.read(line);
    if (diagnostic) {
      const told = explain(diagnostic, document);
      return json ? { told, isError: true } : { text: asScreen(diagnostic, told), isError: true };
    }
    return { text: json ? undefined : text, isError: false };
  } catch {
    return { text: json ? undefined : line, isError: /"severity":"error"/.test(line) };
  }
}
