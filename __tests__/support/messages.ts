import { SynthesisError } from "../../lib/stack/synthesis-error";

/** The problems that an action reports, as `[path] message`; fails where it reports none. */
export function problemsOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof SynthesisError) {
      return error.problems.map(({ path, message }) => `[${path}] ${message}`);
    }
    throw error;
  }
  throw new Error("expected problems, got none");
}
