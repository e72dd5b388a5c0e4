import { parseImageReference } from "../units/image-reference";
import { UnitError } from "../units/unit-error";
import { blocks, type Document, isReference, type Rendered } from "./document";
import { on, quoted, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";
import { sharers } from "./taken";

type Seen = Omit<Sight, "attribute"> | undefined;

const tag = rulesOf("docker/tag", "docker_tag");
const pushed = rulesOf("docker/registry-image", "docker_registry_image");
const plugin = rulesOf("docker/plugin", "docker_plugin");
const logs = rulesOf("docker/logs", "data.docker_logs");
const pluginData = rulesOf("docker/plugin-data", "data.docker_plugin");

/** Sees what is no reference to an image. */
export function imageReference(text: unknown): Seen {
  try {
    parseImageReference(String(text));
    return undefined;
  } catch (error) {
    if (error instanceof UnitError) {
      return { bound: `be ${error.bound}`, value: error.value, fix: error.fix };
    }
    throw error;
  }
}

const toTarget = sharers(({ body }) => [body.target_image]);

/** The registry of an image's name, as the provider looks for a login to it. */
function registryOf(name: string): string {
  const [first = ""] = name.split("/");
  return name.includes("/") && /[.:]|^localhost$/.test(first) ? first : "registry-1.docker.io";
}

function hasLogin(image: Rendered, document: Document, registry: string): boolean {
  const block = image.body.provider === undefined ? "provider.docker" : `provider.${String(image.body.provider)}`;
  const logins = blocks(document.at(block)?.body.registry_auth).map(({ address }) => address);
  const hub = registry === "registry-1.docker.io";
  return logins.some(
    (address) =>
      isReference(address) ||
      String(address)
        .replace(/^https?:\/\//, "")
        .replace(/\/.*$/, "") === registry ||
      (hub && /docker\.(io|com)/.test(String(address))),
  );
}

/** What Docker and its provider refuse in images that are tagged and pushed, and in plugins. */
export const dockerRegistryRules: readonly Rule[] = [
  tag("source-form", "invalid reference format: repository name must be lowercase", on("source_image", sourceForm)),
  tag("target-form", "failed to create docker tag: Error parsing reference", on("target_image", imageReference)),
  tag(
    "target-digest",
    "refusing to create a tag with a digest reference",
    on("target_image", (target) =>
      String(target).includes("@") ? { bound: "be a name and a tag", value: quoted(target) } : undefined,
    ),
  ),
  tag(
    "target-taken",
    "no error: the tag names whichever image came last",
    (one, document) =>
      isReference(one.body.target_image)
        ? []
        : toTarget(one, document, one.body.target_image)
            .filter(({ body }) => body.source_image !== one.body.source_image)
            .map(({ address }) => ({
              attribute: "target_image",
              bound: "be a tag that no other resource sets",
              value: `${quoted(one.body.target_image)}, which ${address} sets`,
            })),
    { proof: "read" },
  ),
  pushed("name-form", "Error pushing docker image: invalid reference format", on("name", imageReference)),
  pushed("login", "no auth config found for registry X in auth configs", (image, document) => {
    const { name, auth_config: own } = image.body;
    return typeof name !== "string" ||
      isReference(name) ||
      blocks(own).length > 0 ||
      hasLogin(image, document, registryOf(name))
      ? []
      : [
          {
            attribute: "auth_config",
            bound: "be set where the provider block has no login to the registry",
            value: registryOf(name),
            fix: "add a registry_auth to the provider block",
          },
        ];
  }),
  plugin("grants", '"grant_all_permissions": conflicts with grant_permissions', ({ body }) =>
    body.grant_all_permissions === true && blocks(body.grant_permissions).length > 0
      ? [{ attribute: "grant_all_permissions", bound: "be left out where grant_permissions are set", value: "both" }]
      : [],
  ),
  plugin("name", "invalid reference format: repository name must be lowercase", on("name", imageReference)),
  logs(
    "since",
    "failed to parse value as time or duration",
    ({ body }) =>
      ["since", "until"].flatMap((attribute) => {
        const time = body[attribute];
        return time === undefined ||
          time === "" ||
          isReference(time) ||
          /^\d{4}-\d\d-\d\d|^\d+(\.\d+)?$|^(\d+(\.\d+)?(h|m|s|ms))+$/.test(String(time))
          ? []
          : [{ attribute, bound: "be a time or a duration", value: quoted(time), fix: "such as 10m" }];
      }),
    { proof: "read" },
  ),
  pluginData("one-key", "one of id or alias must be assigned", ({ body: { id, alias } }) =>
    (id === undefined) === (alias === undefined)
      ? [
          {
            attribute: "alias",
            bound: "be set, or id, and not both",
            value: id === undefined ? "neither" : "both",
          },
        ]
      : [],
  ),
];

function sourceForm(source: unknown): Seen {
  return /^(sha256:)?[0-9a-f]{12,64}$/.test(String(source)) ? undefined : imageReference(source);
}
