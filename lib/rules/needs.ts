import type { Document, Json, Rendered } from "./document";
import type { Rule } from "./rule";

/** Thrown to leave a check half-way, at no cost of a stack trace. */
const TOO_MUCH = Symbol("asked for too much");

const known = new WeakMap<Rule, ReadonlySet<string> | "anything">();

/**
 * The attributes without which a rule sees nothing, found by showing it a resource that has none: what it sees nothing on,
 * having asked for some attributes and for nothing else, it cannot tell from any other resource without them. `"anything"`
 * for a rule that asks for more than that.
 */
export function needsOf(rule: Rule): ReadonlySet<string> | "anything" {
  let needs = known.get(rule);
  if (!needs) {
    needs = tried(rule);
    known.set(rule, needs);
  }
  return needs;
}

function tried({ check }: Rule): ReadonlySet<string> | "anything" {
  const asked = new Set<string>();
  const tooMuch = () => {
    throw TOO_MUCH;
  };
  const body = new Proxy<Json>(
    {},
    {
      get: (_, name) => {
        asked.add(String(name));
        return undefined;
      },
      has: tooMuch,
      ownKeys: tooMuch,
      getOwnPropertyDescriptor: tooMuch,
    },
  );
  const resource = new Proxy<Rendered>(
    { address: "", kind: "resource", type: "", body, path: undefined },
    { get: (_, name) => (name === "body" ? body : tooMuch()) },
  );
  const document = new Proxy({} as Document, { get: tooMuch });
  try {
    return check(resource, document).length === 0 ? asked : "anything";
  } catch (error) {
    if (error === TOO_MUCH) {
      return "anything";
    }
    throw error;
  }
}
