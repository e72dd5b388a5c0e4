import { Duration } from "../units/duration";

const MILLISECONDS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** What the parts of a text such as `1m30s` add up to, in milliseconds; 0 for a text without any. */
export function sumOfParts(text: string): number {
  const parts = [...text.matchAll(/([\d.]+)(ms|h|m|s)/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (MILLISECONDS[unit] ?? 0), 0);
}

/** A duration as Go prints it, in milliseconds; undefined where the text is none. */
export function goMilliseconds(text: string): number | undefined {
  return text !== "" && /^(\d+h)?(\d+m(?!s))?([\d.]+s)?(\d+ms)?$/.test(text) ? sumOfParts(text) : undefined;
}

/** Milliseconds as Go prints a duration; a part of one as it stands. */
export function goDuration(milliseconds: number, text: string): string {
  return Number.isInteger(milliseconds) ? Duration.milliseconds(milliseconds).toString() : text;
}
