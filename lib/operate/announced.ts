import { type Change, HARM, isHarm } from "./change-class";

/**
 * What a plan does that was not announced; undefined where it does no more. What is made, or edited in place, harms nobody and may
 * come along: a target brings what it stands on.
 */
export function beyond(announced: readonly Change[], changes: readonly Change[]): string | undefined {
  const found = changes.filter((one) => isHarm(one) && !announced.some((known) => covers(known, one)));
  return found.length === 0
    ? undefined
    : found.map(({ address, class: found, reason }) => `${address}: ${found}: ${reason}`).join("; ");
}

function covers(known: Change, one: Change): boolean {
  const [most, now] = [HARM.indexOf(known.class), HARM.indexOf(one.class)];
  return known.address === one.address && (known.class === one.class || (now >= 0 && most >= now));
}
