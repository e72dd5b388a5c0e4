import { canonicalJson } from "../core/body-hash";
import { shortHash } from "../core/naming";

/** What a seed tells a guest, by the prop that it comes from. */
export type SeedParts = Readonly<Record<string, SeedPart>>;

/** Something that a plan may show as it is, with more that it shows only as a hash; or nothing. */
export interface SeedPart {
  readonly shown?: string | undefined;
  readonly hashed?: unknown;
}

/** The parts of a seed in one line, as plans show it: `prop: value; prop: value`. Parts that say nothing are left out. */
export function seedPartsText(parts: SeedParts): string {
  return Object.entries(parts)
    .flatMap(([prop, { shown = "", hashed }]) => {
      const text = isEmpty(hashed) ? "" : `#${shortHash(canonicalJson(hashed))}`;
      const value = [shown.replaceAll(";", ","), text].filter((one) => one !== "").join(" ");
      return value === "" ? [] : [`${prop}: ${value}`];
    })
    .join("; ");
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}
