import { shortHash } from "../core/naming";

/** What acts at a guest's first boot, and never again. */
export interface FirstBoot {
  readonly packages: readonly string[];
  readonly firstBootScript: string | undefined;
  readonly userData: string | undefined;
}

/** What was, or would be, done at a guest's first boot, as a plan shows it: texts by their hashes. */
export function firstBootText({ packages, firstBootScript, userData }: FirstBoot): string {
  return [
    ...(packages.length === 0 ? [] : [`packages: ${[...packages].sort().join(", ")}`]),
    ...(firstBootScript === undefined ? [] : [`firstBootScript: ${shortHash(firstBootScript)}`]),
    ...(userData === undefined ? [] : [`userData: ${shortHash(userData)}`]),
  ].join("; ");
}
