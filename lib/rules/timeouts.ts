import { blocks, isReference } from "./document";
import { goMilliseconds } from "./go-duration";
import { quoted } from "./look";
import type { Sight } from "./rule";

/** Sees what is no duration in a `timeouts` block. */
export function timeouts({ body }: { readonly body: { readonly [key: string]: unknown } }): Sight[] {
  return blocks(body.timeouts).flatMap((one) =>
    Object.entries(one).flatMap(([name, text]) =>
      isReference(text) || goMilliseconds(String(text)) !== undefined
        ? []
        : [{ attribute: `timeouts.${name}`, bound: "be a duration", value: quoted(text), fix: "such as 10m" }],
    ),
  );
}
