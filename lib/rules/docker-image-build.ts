import { isSecret } from "../core/secrets";
import { blocks, isObject, isReference, type Json } from "./document";
import { quoted, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";
import { timeouts } from "./timeouts";

const rule = rulesOf("docker/image", "docker_image");

/** What neither way to build reads: the builder of the 4.x line, and the engine itself. */
const UNREAD: readonly string[] = ["remote_context", "squash", "security_opt", "auth_config"];

function inBuild(look: (build: Json) => readonly Sight[]): Rule["check"] {
  return ({ body }) => blocks(body.build).flatMap(look);
}

/** What Docker and its provider refuse or leave out when an image is built or pulled. */
export const dockerImageBuildRules: readonly Rule[] = [
  rule(
    "build-labels",
    "no error: the image has no labels, since the builder reads label",
    inBuild(({ labels, use_legacy_builder: legacy }) =>
      labels !== undefined && legacy !== true
        ? [{ attribute: "build.labels", bound: "be label on this line of the provider", value: quoted(labels) }]
        : [],
    ),
    { lines: ["4.5.0"], proof: "read" },
  ),
  rule(
    "build-label",
    "no error: the image has no labels, since the engine's own builder reads labels",
    inBuild(({ label, builder }) =>
      label !== undefined && builder === undefined
        ? [{ attribute: "build.label", bound: "be labels where no builder is named", value: quoted(label) }]
        : [],
    ),
    { lines: ["3.9.0"], proof: "read" },
  ),
  rule(
    "build-unread",
    "no error: the builder is not told",
    inBuild((build) =>
      build.use_legacy_builder === true
        ? []
        : UNREAD.filter((name) => build[name] !== undefined).map((name) => ({
            attribute: `build.${name}`,
            bound: "be left out on this line of the provider",
            value: "set",
            fix: "use_legacy_builder = true reads it",
          })),
    ),
    { lines: ["4.5.0"], proof: "read" },
  ),
  rule(
    "build-platforms",
    "no platform specifier: the engine's own builder makes one image",
    inBuild(({ platform, builder }) =>
      typeof platform === "string" && platform.includes(",") && builder === undefined
        ? [{ attribute: "build.platform", bound: "be one platform where no builder is named", value: quoted(platform) }]
        : [],
    ),
    { lines: ["3.9.0"], proof: "read" },
  ),
  rule(
    "build-context",
    "error resolving dockerfile path: dockerfile not found at path",
    inBuild(({ context }) =>
      typeof context === "string" && /^(https?|git|ssh):\/\/|^git@/.test(context)
        ? [
            {
              attribute: "build.context",
              bound: "be a folder of the machine that runs Terraform",
              value: quoted(context),
              fix: "check the sources out beside the stack",
            },
          ]
        : [],
    ),
  ),
  rule(
    "kept-and-triggered",
    "no error: a changed trigger finds the image that was kept, and pulls nothing",
    ({ body }) =>
      body.keep_locally === true && Array.isArray(body.pull_triggers) && body.pull_triggers.length > 0
        ? [
            {
              attribute: "keep_locally",
              bound: "be left out where pull_triggers are set",
              value: "both",
              fix: "name the image by its digest",
            },
          ]
        : [],
    { proof: "read" },
  ),
  rule("timeout", 'Error parsing "create" timeout: time: unknown unit " minutes" in duration', timeouts),
  rule(
    "name-is-id",
    "invalid reference format: an id is no name",
    ({ body: { name } }) =>
      typeof name === "string" && !isReference(name) && /^sha256:[0-9a-f]{64}$/.test(name)
        ? [{ attribute: "name", bound: "be a name, not an id", value: quoted(name) }]
        : [],
    { proof: "read" },
  ),

  rule(
    "secret-in-arguments",
    "no error: the value stands in the JSON, the state and the history of the image",
    inBuild(({ build_args: args }) =>
      Object.entries(isObject(args) ? args : {})
        .filter(([name, value]) => typeof value === "string" && !isReference(value) && isSecret(name, value))
        .map(([name]) => ({
          attribute: "build.build_args",
          bound: "not hold a secret",
          value: `"${name}=…"`,
          fix: "mount it as a secret of the build",
        })),
    ),
    { severity: "warning", proof: "read" },
  ),

  rule(
    "build-triggers",
    "no error: a changed file of the context builds nothing, and no plan shows it",
    ({ body }) =>
      blocks(body.build).length > 0 && body.triggers === undefined
        ? [
            {
              attribute: "triggers",
              bound: "hold a hash of the context",
              value: "nothing",
              fix: '{ context = sha1(join("", [for f in fileset(…) : filesha1(f)])) }',
            },
          ]
        : [],
    { severity: "warning", proof: "read" },
  ),
];
