/** A message and the construct it is about. */
export interface Located {
  readonly path: string;
  readonly message: string;
}

/** Why no stack was written: every problem of the app, grouped by construct. */
export class SynthesisError extends Error {
  constructor(public readonly problems: readonly Located[]) {
    super(report(problems));
    this.name = "SynthesisError";
    // Printed, an error would show them once more, each on several lines.
    Object.defineProperty(this, "problems", { enumerable: false });
    // The way here leads through the synthesizer only; the constructs' paths tell where the cause is.
    this.stack = this.message;
  }
}

function report(problems: readonly Located[]): string {
  const paths = [...new Set(problems.map(({ path }) => path))];
  const lines = paths.flatMap((path) => [
    ...new Set(problems.filter((p) => p.path === path).map((p) => `  [${path}] ${p.message}`)),
  ]);
  const count = `${lines.length} ${lines.length === 1 ? "problem" : "problems"} in ${paths.length} ${paths.length === 1 ? "construct" : "constructs"}`;
  return `${count}; no HostStack was written.\n${lines.join("\n")}\n`;
}
