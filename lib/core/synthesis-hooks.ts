import * as path from "node:path";
import type { ISynthesisSession, TerraformStack } from "cdktf";

/** Runs once a stack's JSON is written; `folder` is where it was written to. */
export type SynthesisHook = (folder: string, session: ISynthesisSession) => void;

const hooks = new WeakMap<TerraformStack, SynthesisHook[]>();

/** Adds a hook to any stack, `HostStack` or not, through the one public seam: its synthesizer. */
export function afterSynthesis(stack: TerraformStack, hook: SynthesisHook): void {
  const known = hooks.get(stack);
  if (known) {
    known.push(hook);
    return;
  }
  const own = [hook];
  hooks.set(stack, own);
  const inner = stack.synthesizer;
  stack.synthesizer = {
    synthesize: (session) => {
      inner.synthesize(session);
      const folder = stackFolder(stack, session);
      for (const run of own) {
        run(folder, session);
      }
    },
  };
}

/** Where a session writes a stack's files. */
export function stackFolder(stack: TerraformStack, session: ISynthesisSession): string {
  return path.join(session.outdir, session.manifest.forStack(stack).workingDirectory);
}
