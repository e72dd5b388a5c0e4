import { Token } from "cdktf";

/**
 * A text in which cdktf may find something of its own: a token between markers, or the number that stands for one, which is
 * beyond -1e288 and which JavaScript writes with an exponent. Texts that only look like that cost time, and nothing else.
 */
const IN_TEXT = /TfToken\[|-[\d.]+e\+?\d{3}|-[\d.]{150}| Map Token Value$/;

/** Deeper than this cdktf takes a value for a circle, and says so. */
const DEEPEST = 200;

/**
 * Whether cdktf may make something else of a value than what stands there: a token, or what it refuses. Everything else it
 * would copy as it is, at many times the price.
 */
export function holdsTokens(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case "string":
      return IN_TEXT.test(value);
    case "number":
      return !(value > -1e288) || value === Token.NUMBER_MAP_TOKEN_VALUE;
    case "boolean":
    case "undefined":
      return false;
    case "object":
      return value !== null && (depth > DEEPEST || holdsTokensInside(value, depth + 1));
    default:
      return true;
  }
}

function holdsTokensInside(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    return value.some((element) => holdsTokens(element, depth));
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    return true;
  }
  for (const key of Object.keys(value)) {
    if (IN_TEXT.test(key) || holdsTokens((value as Record<string, unknown>)[key], depth)) {
      return true;
    }
  }
  return false;
}
