import { notBase64 } from "./base64";
import { on, quoted, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";
import { taken } from "./taken";

const KIBIBYTE = 1024;

/** Bytes that the swarm's managers do not keep any more. */
const MOST = { docker_secret: 500 * KIBIBYTE, docker_config: 1000 * KIBIBYTE } as const;

function name(value: unknown): Omit<Sight, "attribute"> | undefined {
  return /^[a-zA-Z0-9]([a-zA-Z0-9_.-]{0,62}[a-zA-Z0-9])?$/.test(String(value))
    ? undefined
    : {
        bound: "be 1 to 64 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit",
        value: quoted(value),
      };
}

function size(type: keyof typeof MOST): (text: unknown) => Omit<Sight, "attribute"> | undefined {
  return (text) => {
    const bytes = Buffer.from(String(text), "base64").length;
    return bytes >= 1 && bytes < MOST[type]
      ? undefined
      : { bound: `hold at least 1 byte and less than ${MOST[type] / KIBIBYTE} KiB`, value: `${bytes} bytes` };
  };
}

/** What a swarm refuses in the files that it hands to its services. */
export const dockerSecretRules: readonly Rule[] = (["docker_secret", "docker_config"] as const).flatMap((type) => {
  const kind = type.slice("docker_".length);
  const rule = rulesOf(`docker/${kind}`, type);
  return [
    rule(
      "data",
      kind === "secret" ? "expected data to be a base64 encoded string" : "illegal base64 data at input byte 1",
      on("data", notBase64),
    ),
    rule(
      "data-encoded",
      "illegal base64 data at input byte 0",
      ({ body: { data } }) =>
        typeof data === "string" && /^\$\{(jsonencode|yamlencode|file|templatefile|join|format)\(/.test(data)
          ? [{ attribute: "data", bound: "be base64", value: quoted(data), fix: "put base64encode() around it" }]
          : [],
      { proof: "read" },
    ),
    rule("name", `invalid ${kind} name, only 64 [a-zA-Z0-9-_.] characters allowed`, on("name", name)),
    rule("size", `${kind} data must be larger than 0 and less than ${MOST[type]} bytes`, on("data", size(type))),
    rule(
      "name-taken",
      `${kind} already exists`,
      taken("name", ({ body }) => body.name, `be a name that no other ${kind} of the swarm has`),
    ),
  ];
});

const config = rulesOf("docker/config", "docker_config");

/** What is a config's alone: its data can be given as it is. */
export const dockerConfigRules: readonly Rule[] = [
  config(
    "data-once",
    "only one of data, data_raw can be specified",
    ({ body }) =>
      body.data !== undefined && body.data_raw !== undefined
        ? [{ attribute: "data_raw", bound: "be left out where data is set", value: "both" }]
        : [],
    { lines: ["4.5.0"] },
  ),
  config(
    "data-missing",
    "one of `data,data_raw` must be specified",
    ({ body }) =>
      body.data === undefined && body.data_raw === undefined
        ? [{ attribute: "data", bound: "be set where data_raw is not", value: "neither" }]
        : [],
    { lines: ["4.5.0"] },
  ),
];
