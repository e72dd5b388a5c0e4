import * as path from "node:path";
import { type ISynthesisSession, Manifest, type TerraformStack } from "cdktf";

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
      const folder = stackFolder(stack, session.outdir);
      for (const run of own) {
        run(folder, session);
      }
    },
  };
}

/**
 * Where a stack's files are written below a folder. The manifest knows it, too, but notes what a stack depends on when it is
 * first asked for the stack, and so must not be asked before every reference was found.
 */
export function stackFolder(stack: TerraformStack, outdir: string): string {
  return path.join(outdir, Manifest.stacksFolder, stack.node.id);
}
