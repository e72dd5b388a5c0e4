import * as readline from "node:readline";
import { asScreen, explain, Progress } from "../operate/explain";
import { readStack } from "./stack-json";

/** Reads `terraform … -json` from standard input and explains its errors. Ends with 1 where there was one. */
export async function explainErrors({
  json = false,
  stack = ".",
}: {
  json?: boolean;
  stack?: string;
}): Promise<number> {
  const document = readStack(stack);
  const progress = new Progress();
  let errors = 0;
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { text, diagnostic } = progress.read(line);
    if (diagnostic) {
      errors++;
      const told = explain(diagnostic, document);
      console.log(json ? JSON.stringify(told) : asScreen(diagnostic, told));
    } else if (text !== undefined && !json) {
      console.log(text);
    }
  }
  return errors > 0 ? 1 : 0;
}
