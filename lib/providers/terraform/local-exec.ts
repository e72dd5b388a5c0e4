import type { LocalExecProvisioner } from "cdktf";

/** A script run by `/bin/sh` on the machine that runs Terraform. */
export interface LocalExec {
  /** Path of the script, as Terraform reads it: an error names it, where a text would be repeated whole. */
  readonly file: string;
  /** Environment of the script; values may hold Terraform references. */
  readonly environment: Readonly<Record<string, string>>;
}

/** As a provisioner of a resource: it runs once that is made, and what made it fails with it. */
export function renderLocalExec({ file, environment }: LocalExec): LocalExecProvisioner {
  return {
    type: "local-exec",
    interpreter: ["/bin/sh"],
    command: file,
    environment: { ...environment },
  };
}
