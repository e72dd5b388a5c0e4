import * as readline from "node:readline";

/**
 * The lines of standard input, up to its very end. Terraform writes while it ends in good order: it would be killed by a pipe that
 * nobody reads any more, before it has written its state and let go of the lock.
 */
export async function* linesToTheEnd(): AsyncGenerator<string> {
  // Who read this output may be gone: what is left is read all the same.
  for (const stream of [process.stdout, process.stderr, process.stdin]) {
    stream.on("error", () => {});
  }
  yield* readline.createInterface({ input: process.stdin });
}
