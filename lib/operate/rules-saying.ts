import { RULES } from "../rules/check";
import type { Rule } from "../rules/rule";
import { coreOf, phraseOf } from "./error-phrase";
import all from "./recorded-errors.json";
import { SPOKEN_RULES } from "./spoken-rules";

/** Shorter ones, such as "unknown", stand in errors of any kind. */
const SHORTEST = 12;

const RECORDED: Readonly<Record<string, readonly string[]>> = all;
const PHRASES = Object.entries(RECORDED)
  .filter(([phrase]) => phrase.length >= SHORTEST)
  .sort(([a], [b]) => b.length - a.length);

/** An error that is cut short is known by as much of it as this. */
const CUT = 20;

/** The rule that an error is the answer to, whatever else could be behind such words. */
export function ruleSpokenOf(text: string): Rule | undefined {
  const id = SPOKEN_RULES.find(([says]) => says.test(text))?.[1];
  return RULES.find((rule) => rule.id === id);
}

/** The rules whose broken fixtures were answered with what an error says; the most particular answer counts. */
export function rulesSaying(text: string): readonly Rule[] {
  const phrase = phraseOf(text);
  const core = coreOf(text);
  const found =
    PHRASES.find(([known]) => phrase.includes(known)) ??
    PHRASES.find(([known]) => core.length >= CUT && known.includes(core));
  const ids = found?.[1] ?? [];
  return RULES.filter(({ id }) => ids.includes(id));
}
