import { harmlessJson, harmlessText } from "../core/harmless-text";

/** Prints for a person: names and words of daemons, plans and providers are in it. */
export function say(text: string): void {
  console.log(harmlessText(text));
}

/** Prints for a program. */
export function sayJson(value: unknown, indent?: number): void {
  console.log(harmlessJson(value, indent));
}

/** Says what is wrong, beside what is printed. */
export function complain(text: string): void {
  console.error(harmlessText(text));
}
