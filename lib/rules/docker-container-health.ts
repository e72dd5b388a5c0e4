import { blocks, isReference } from "./document";
import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

/** A duration as Go prints it, in milliseconds; undefined where the text is none. */
function goMilliseconds(text: string): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:(\d+)ms)?$/.exec(text);
  if (!match || text === "") {
    return undefined;
  }
  const [, hours = "0", minutes = "0", seconds = "0", milliseconds = "0"] = match;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(milliseconds);
}

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse, ignore or undo in a container's health check. */
export const dockerContainerHealthRules: readonly Rule[] = [
  rule(
    "healthcheck-duration",
    "Interval in Healthcheck cannot be less than 1ms; or the second plan is never empty",
    ({ body }) =>
      blocks(body.healthcheck).flatMap((check) =>
        (["interval", "timeout", "start_period"] as const).flatMap((name) => {
          const text = check[name];
          const least = name === "start_period" ? 0 : 1;
          const length = typeof text === "string" ? goMilliseconds(text) : 0;
          const good = text === undefined || isReference(text) || (length !== undefined && length >= least);
          const bound = least === 0 ? "be a duration such as 1m30s" : "be a duration of at least 1 ms, such as 1m30s";
          return good ? [] : [{ attribute: `healthcheck.${name}`, bound, value: String(text) }];
        }),
      ),
  ),
  rule(
    "healthcheck-retries",
    "the container never becomes unhealthy, or the engine's default of 3 counts",
    ({ body }) =>
      blocks(body.healthcheck).flatMap(({ retries }) =>
        retries === undefined || isReference(retries) || (Number.isInteger(retries) && Number(retries) >= 1)
          ? []
          : [{ attribute: "healthcheck.retries", bound: "be a whole number from 1", value: String(retries) }],
      ),
  ),
  rule(
    "healthcheck-test",
    "no error: the engine logs 'Unknown healthcheck type' and the container never has a health",
    ({ body }) =>
      blocks(body.healthcheck).flatMap(({ test }) => {
        const [kind, ...words] = Array.isArray(test) ? (test as unknown[]) : [];
        const good = kind === "NONE" || ((kind === "CMD" || kind === "CMD-SHELL") && words.length > 0);
        return good || !Array.isArray(test)
          ? []
          : [{ attribute: "healthcheck.test", bound: 'be "CMD" or "CMD-SHELL" and what to run', value: quoted(test) }];
      }),
  ),
];
