import { nameOfEngine } from "./docker-name";
import { imageReference } from "./docker-registry";
import { blocks } from "./document";
import { each, on, quoted, repeated, rulesOf } from "./look";
import type { Rule } from "./rule";
import { taken } from "./taken";

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse, ignore or undo in how a container runs. */
export const dockerContainerRules: readonly Rule[] = [
  rule("name", "Invalid container name (X), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed", on("name", nameOfEngine)),
  rule(
    "name-taken",
    'Conflict. The container name "/X" is already in use by container …',
    taken("name", ({ body }) => body.name, "be a name of its own on the engine"),
    { claimed: true },
  ),
  rule(
    "env-form",
    "invalid environment variable: =foo",
    each("env", (line) =>
      /^[^=\s]+=/.test(String(line))
        ? undefined
        : { bound: "be NAME=value", value: quoted(String(line).split("=")[0]), fix: "write NAME= for an empty value" },
    ),
  ),
  rule("env-duplicate", "no error: the last of the sorted lines wins", ({ body }) => {
    const nameOf = (line: unknown) => String(line).split("=")[0];
    const lines: readonly unknown[] = Array.isArray(body.env) ? body.env : [];
    return repeated(lines, nameOf).map((line) => ({
      attribute: "env",
      bound: "name each variable once",
      value: `${nameOf(line)} twice`,
      fix: "remove one of them",
    }));
  }),
  rule(
    "command-empty-word",
    "values for command may not be empty",
    each("command", (word) => (word === "" ? { bound: "have no empty words", value: '""' } : undefined)),
  ),
  rule(
    "restart",
    "the provider refuses any other word at plan",
    on("restart", (restart) =>
      ["no", "always", "unless-stopped", "on-failure"].includes(String(restart))
        ? undefined
        : { bound: 'be "no", "always", "unless-stopped" or "on-failure"', value: quoted(restart) },
    ),
  ),
  rule(
    "restart-retries",
    "invalid restart policy: maximum retry count can only be used with 'on-failure'",
    on("max_retry_count", (count, { restart }) =>
      Number(count) === 0 || (restart === "on-failure" && Number.isInteger(count) && Number(count) >= 1)
        ? undefined
        : { bound: 'be a whole number from 1, with the policy "on-failure"', value: String(count) },
    ),
  ),
  rule(
    "user",
    "unable to find user X: no matching entries in passwd file",
    on("user", (user) =>
      /^[\w.-]+(:[\w.-]+)?$/.test(String(user))
        ? undefined
        : { bound: "be a user, or user:group, by name or number", value: quoted(user) },
    ),
  ),
  rule(
    "runtime",
    "Unknown runtime specified X",
    on("runtime", (runtime) =>
      /^[\w.-]+$/.test(String(runtime)) ? undefined : { bound: "be the name of a runtime", value: quoted(runtime) },
    ),
  ),
  rule("label-duplicate", "no error: the last one wins", ({ body }) => {
    const labels = blocks(body.labels);
    const bad = new Set([...labels.filter(({ label }) => label === ""), ...repeated(labels, ({ label }) => label)]);
    return [...bad].map(({ label }) => ({
      attribute: "labels",
      bound: "have a name, and each name once",
      value: quoted(label),
    }));
  }),
  rule(
    "grace-missing",
    "the process is killed at once, without SIGTERM, whenever the container is replaced",
    ({ body }) =>
      body.destroy_grace_seconds === undefined
        ? [
            {
              attribute: "destroy_grace_seconds",
              bound: "be set, so that the process may end by itself",
              value: "nothing",
              fix: "10 suits most",
            },
          ]
        : [],
    { severity: "warning", proof: "read" },
  ),

  rule(
    "image-form",
    "Unable to find or pull image Nginx:1: invalid reference format",
    on("image", (image) => (/^(sha256:)?[0-9a-f]{64}$/.test(String(image)) ? undefined : imageReference(image))),
  ),
];
