import { blocks, isReference, type Json } from "./document";
import { goMilliseconds } from "./go-duration";
import { on, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { taken } from "./taken";

const compose = rulesOf("docker/compose", "docker_compose");
const builder = rulesOf("docker/buildx-builder", "docker_buildx_builder");
const READ = { proof: "read", lines: ["4.5.0"] } as const;

const DRIVERS = ["docker_container", "kubernetes", "remote"] as const;
const NUMBERS = ["cpu_quota", "cpu_period", "cpu_shares"] as const;

function inDriver(kind: string, body: Json): readonly Json[] {
  return blocks(body[kind]);
}

/** What Docker's compose and buildx, as the provider brings them, refuse or leave out. */
export const dockerComposeRules: readonly Rule[] = [
  compose(
    "config-paths",
    "at least one config path must be set",
    on("config_paths", (paths) =>
      Array.isArray(paths) && paths.length === 0 ? { bound: "name a file", value: "[]" } : undefined,
    ),
    READ,
  ),
  compose(
    "project-name",
    "invalid project name: must consist only of lowercase alphanumeric characters, hyphens, and underscores",
    on("project_name", (name) =>
      /^[a-z0-9][a-z0-9_-]*$/.test(String(name))
        ? undefined
        : { bound: "be lowercase letters, digits, '-' or '_'", value: quoted(name) },
    ),
    READ,
  ),
  compose(
    "wait-timeout",
    "Invalid duration: time: missing unit in duration",
    on("wait_timeout", (text) =>
      goMilliseconds(String(text)) === undefined
        ? { bound: "be a duration", value: quoted(text), fix: "such as 60s" }
        : undefined,
    ),
    READ,
  ),
  compose(
    "project-taken",
    "no error: each removes what the other has made",
    taken("project_name", ({ body }) => body.project_name, "be a project of its own"),
    READ,
  ),
  builder(
    "driver-block",
    '"driver": conflicts with docker_container',
    ({ body }) =>
      DRIVERS.filter((kind) => body.driver !== undefined && inDriver(kind, body).length > 0).map((kind) => ({
        attribute: "driver",
        bound: `be left out where there is a ${kind} block`,
        value: quoted(body.driver),
      })),
    { proof: "read" },
  ),
  builder(
    "driver",
    'additional instances of driver "docker" cannot be created',
    on("driver", (driver) =>
      ["docker-container", "kubernetes", "remote"].includes(String(driver))
        ? undefined
        : { bound: 'be "docker-container", "kubernetes" or "remote"', value: quoted(driver) },
    ),
    { proof: "read" },
  ),
  builder(
    "name",
    "default is a reserved name and cannot be used to identify builder instance",
    on("name", (name) =>
      name !== "default" && /^[a-zA-Z][a-zA-Z0-9_-]*$/.test(String(name))
        ? undefined
        : { bound: "be letters, digits, '-' or '_', beginning with a letter, and not default", value: quoted(name) },
    ),
    { proof: "read" },
  ),
  builder(
    "append",
    "name is required when appending to a builder",
    ({ body }) =>
      body.append === true && body.name === undefined
        ? [{ attribute: "name", bound: "be set where append is true", value: "nothing" }]
        : [],
    { proof: "read" },
  ),
  builder(
    "environment",
    "invalid driver option HTTP-PROXY for docker-container driver",
    ({ body }) =>
      inDriver("docker_container", body).flatMap(({ env }) =>
        env === undefined
          ? []
          : [
              {
                attribute: "docker_container.env",
                bound: "be left out: the provider passes it on under another name",
                value: "set",
                fix: 'driver_options = { "env.NAME" = … }',
              },
            ],
      ),
    { proof: "read" },
  ),
  builder(
    "processors",
    "strconv.ParseInt: invalid syntax",
    ({ body }) =>
      inDriver("docker_container", body).flatMap((block) =>
        NUMBERS.filter(
          (name) => block[name] !== undefined && !isReference(block[name]) && !/^\d+$/.test(String(block[name])),
        ).map((name) => ({
          attribute: `docker_container.${name}`,
          bound: "be a whole number",
          value: quoted(block[name]),
        })),
      ),
    { proof: "read" },
  ),
  builder(
    "replicas",
    "no error: one replica is made",
    ({ body }) =>
      inDriver("kubernetes", body).flatMap(({ replicas }) =>
        Number(replicas) > 1
          ? [
              {
                attribute: "kubernetes.replicas",
                bound: "be left out: the provider drops it",
                value: String(replicas),
                fix: 'driver_options = { replicas = "…" }',
              },
            ]
          : [],
      ),
    { proof: "read" },
  ),
  builder(
    "remote-keys",
    "non-absolute path provided for ca",
    ({ body }) =>
      inDriver("remote", body).flatMap((block) =>
        (["cacert", "cert", "key"] as const).flatMap((name) => {
          const path = block[name];
          return typeof path !== "string" || isReference(path) || path.startsWith("/")
            ? []
            : [{ attribute: `remote.${name}`, bound: "be an absolute path", value: quoted(path) }];
        }),
      ),
    { proof: "read" },
  ),
  builder(
    "remote-endpoint",
    "unrecognized url scheme http",
    ({ body }) =>
      inDriver("remote", body).length > 0 &&
      typeof body.endpoint === "string" &&
      !isReference(body.endpoint) &&
      !/^(tcp|unix|ssh|docker-container|kube-pod|npipe):\/\//.test(body.endpoint)
        ? [{ attribute: "endpoint", bound: "begin with tcp:// or unix://", value: quoted(body.endpoint) }]
        : [],
    { proof: "read" },
  ),
];
