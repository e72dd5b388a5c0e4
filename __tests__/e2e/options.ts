import { parseArgs } from "node:util";
import type { EditChoice } from "./edit-record";

export const USAGE = `Applies the stacks on real daemons, plans again, edits, destroys, and asks the workloads.

  npm run e2e                     the stacks, one edit each
  npm run e2e -- --full           every case and every edit; what passed for the same code is not run again
  npm run e2e -- --only NAME      cases whose name contains NAME
  npm run e2e -- --install        installs missing Debian packages first
  npm run e2e -- --again          runs what passed already, too
  npm run e2e -- --status         only says which stacks changed since they last passed
  npm run e2e -- --faults         shows forty faults to berth and to terraform validate, and writes docs/faults.md
  npm run e2e -- --rules          shows the providers every fixture of the rules; with --only PART, those of some rules
  npm run e2e -- --edits          shows edits to the providers and compares what becomes of them with the record and with
                                  what berth report says; with --only PART, some of them
                                  (--kept-back: only those that the report has no record of)
  npm run e2e -- --edits --record records what they do
  npm run e2e -- --pipelines      runs the commands of examples/pipelines, with a Postgres of its own
  npm run e2e -- --lifecycle      what becomes of constructs when their code is removed, renamed or moved; writes
                                  docs/what-a-change-does.md; goes on where it stopped; with --only PART, some of them
  npm run e2e -- --kills          kills applies at forty random moments, and recovers; BERTH_E2E_SEED says which,
                                  BERTH_E2E_KILLS how many
  npm run e2e -- --locks          holds the lock of a state on a local file, on Postgres and on a strict server
  npm run e2e -- --interrupts     interrupts ten applies whose output goes through berth explain; BERTH_E2E_SEED says when

Exit codes: 0 passed, 1 failed, 2 wrong options, 77 skipped: something is not to be had here, and is named.
`;

export interface Options {
  readonly help: boolean;
  readonly status: boolean;
  readonly faults: boolean;
  readonly full: boolean;
  readonly install: boolean;
  readonly again: boolean;
  readonly rules: boolean;
  readonly edits: boolean;
  readonly choice: EditChoice;
  readonly pipelines: boolean;
  readonly locks: boolean;
  readonly interrupts: boolean;
  readonly kills: boolean;
  readonly lifecycle: boolean;
  readonly only: string | undefined;
}

const FLAG = { type: "boolean", default: false } as const;

/** The options of a run; throws an error that names the first one that is none. */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: FLAG,
      status: FLAG,
      faults: FLAG,
      full: FLAG,
      install: FLAG,
      again: FLAG,
      rules: FLAG,
      edits: FLAG,
      record: FLAG,
      "kept-back": FLAG,
      pipelines: FLAG,
      locks: FLAG,
      interrupts: FLAG,
      kills: FLAG,
      lifecycle: FLAG,
      only: { type: "string" },
    },
  });
  const { record, "kept-back": keptBack, only, ...flags } = values;
  return { ...flags, only, choice: record ? "record" : keptBack ? "kept-back" : "all" };
}
