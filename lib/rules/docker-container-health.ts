import { blocks, isReference } from "./document";
import { goDuration, goMilliseconds } from "./go-duration";
import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const DURATIONS = ["interval", "timeout", "start_period", "start_interval"] as const;

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse, ignore or undo in a container's health check. */
export const dockerContainerHealthRules: readonly Rule[] = [
  rule(
    "healthcheck-duration",
    "Interval in Healthcheck cannot be less than 1ms; or the second plan is never empty",
    ({ body }) =>
      blocks(body.healthcheck).flatMap((check) =>
        DURATIONS.flatMap((name) => {
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
        retries === undefined || isReference(retries) || Number(retries) >= 1
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
  rule("healthcheck-form", 'the second plan is never empty: healthcheck.0.interval "1m0s" -> "60s"', ({ body }) =>
    blocks(body.healthcheck).flatMap((check) =>
      DURATIONS.flatMap((name) => {
        const text = check[name];
        const length = typeof text === "string" ? goMilliseconds(text) : undefined;
        const read = length === undefined ? text : goDuration(length, String(text));
        return isReference(text) || read === text || length === undefined
          ? []
          : [
              {
                attribute: `healthcheck.${name}`,
                bound: "be written as the provider reads it back",
                value: quoted(text),
                fix: `write "${String(read)}"`,
              },
            ];
      }),
    ),
  ),
  rule(
    "healthcheck-shell",
    "no error: the shell runs the first word alone",
    ({ body }) =>
      blocks(body.healthcheck).flatMap(({ test }) => {
        const words = Array.isArray(test) ? (test as unknown[]) : [];
        return words[0] === "CMD-SHELL" && words.length > 2
          ? [
              {
                attribute: "healthcheck.test",
                bound: 'be one line after "CMD-SHELL"',
                value: quoted(test),
                fix: 'join the words, or begin with "CMD"',
              },
            ]
          : [];
      }),
    { proof: "read" },
  ),

  rule("healthcheck-line", "no such file or directory: the whole line is taken for a program", ({ body }) =>
    blocks(body.healthcheck).flatMap(({ test }) => {
      const [kind, program] = Array.isArray(test) ? (test as unknown[]) : [];
      const odd =
        kind === "CMD" &&
        typeof program === "string" &&
        !isReference(program) &&
        (/^CMD(-SHELL)?$/.test(program) || /\s(-|\|\||\||&&|https?:|\/)/.test(program));
      return odd
        ? [
            {
              attribute: "healthcheck.test",
              bound: 'name a program, and each of its arguments, after "CMD"',
              value: quoted(test),
              fix: 'write "CMD-SHELL" for a whole line',
            },
          ]
        : [];
    }),
  ),
];
