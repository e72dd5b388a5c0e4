import { type TerraformStack, Token } from "cdktf";
import { Late } from "../providers/late";

/**
 * A text in which cdktf may find something of its own: a token between markers, or the number that stands for one, which is
 * beyond -1e288 and which JavaScript writes with an exponent. Texts that only look like that cost time, and nothing else.
 */
const IN_TEXT = /TfToken\[|-[\d.]+e\+2\d\d| Map Token Value$/;

/** Deeper than this cdktf takes a value for a circle, and says so. */
const DEEPEST = 200;

/**
 * Whether cdktf may make something else of a value than what stands there: a token, or what it refuses. Everything else it
 * would copy as it is, at many times the price.
 */
export function holdsTokens(value: unknown): boolean {
  return inValue(value, undefined, 0);
}

/** The same for what will be rendered in a stack: late values are asked what they come to there. */
export function willHoldTokens(value: unknown, stack: TerraformStack): boolean {
  return inValue(value, stack, 0);
}

function inValue(value: unknown, stack: TerraformStack | undefined, depth: number): boolean {
  switch (typeof value) {
    case "string":
      return isSuspect(value);
    case "number":
      return !(value > -1e288) || value === Token.NUMBER_MAP_TOKEN_VALUE;
    case "boolean":
    case "undefined":
      return false;
    case "object":
      return value !== null && (depth > DEEPEST || inObject(value, stack, depth + 1));
    default:
      return true;
  }
}

function inObject(value: object, stack: TerraformStack | undefined, depth: number): boolean {
  if (Array.isArray(value)) {
    return value.some((element) => inValue(element, stack, depth));
  }
  if (stack && value instanceof Late) {
    return inValue(value.valueIn(stack), stack, depth);
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    return true;
  }
  for (const key in value) {
    if (isSuspect(key) || inValue((value as Record<string, unknown>)[key], stack, depth)) {
      return true;
    }
  }
  return false;
}

/** Most names and many values are too short to hold a token. */
function isSuspect(text: string): boolean {
  return text.length > 6 && IN_TEXT.test(text);
}
