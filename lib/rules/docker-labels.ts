import { blocks } from "./document";
import { quoted, repeated, rulesOf } from "./look";
import type { Rule } from "./rule";

/** Types whose labels are blocks; containers and services say the same of their own. */
const TYPES: readonly (readonly [string, string])[] = [
  ["docker/network", "docker_network"],
  ["docker/volume", "docker_volume"],
  ["docker/secret", "docker_secret"],
  ["docker/config", "docker_config"],
];

/** A label that is given twice: one of the two is kept. */
export const dockerLabelRules: readonly Rule[] = TYPES.map(([prefix, type]) =>
  rulesOf(prefix, type)(
    "label-duplicate",
    "no error, or a plan that is never empty: one of the two is kept",
    ({ body }) =>
      repeated(blocks(body.labels), ({ label }) => label).map(({ label }) => ({
        attribute: "labels",
        bound: "have each label once",
        value: `${quoted(label)} twice`,
      })),
    { proof: "read", ...(type === "docker_config" && { lines: ["4.5.0"] }) },
  ),
);
