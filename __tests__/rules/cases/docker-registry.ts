import { type Case, casesOf } from "./case";

const tag = casesOf("docker_tag", { source_image: "nginx:1", target_image: "berth-rule:1" });
const pushed = casesOf("docker_registry_image", {
  name: "localhost:5000/berth-rule:1",
  auth_config: [{ address: "localhost:5000", username: "a", password: "b" }],
});
const plugin = casesOf("docker_plugin", { name: "localhost:5000/berth-rule:1" });
const logs = casesOf("data.docker_logs", { name: "berth-rule" });
const pluginData = casesOf("data.docker_plugin", {});
const NO_REGISTRY = { elsewhere: "needs a registry" } as const;

export const dockerRegistryCases: Readonly<Record<string, Case>> = {
  "docker/tag/source-form": tag(
    { source_image: "Nginx:1" },
    `'source_image' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Nginx:1" (did you mean "nginx:1"?)`,
    {},
  ),
  "docker/tag/target-form": tag(
    { target_image: "Team/App:1" },
    `'target_image' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Team/App:1" (did you mean "team/app:1"?)`,
    {},
  ),
  "docker/tag/target-digest": tag(
    { target_image: `berth-rule@sha256:${"a".repeat(64)}` },
    `'target_image' must be a name and a tag, got "berth-rule@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
    {},
  ),
  "docker/tag/target-taken": tag(
    { source_image: "nginx:1" },
    `'target_image' must be a tag that no other resource sets, got "berth-rule:1", which docker_tag.other sets`,
    { target_image: "berth-rule:2" },
    {
      beside: { docker_tag: { other: { source_image: "httpd:2", target_image: "berth-rule:1" } } },
      read: true,
      elsewhere: "needs a second image",
    },
  ),
  "docker/registry-image/name-form": pushed(
    { name: "localhost:5000/Team/App:1" },
    `'name' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "localhost:5000/Team/App:1" (did you mean "localhost:5000/team/app:1"?)`,
    {},
    NO_REGISTRY,
  ),
  "docker/registry-image/login": pushed(
    { auth_config: null },
    "'auth_config' must be set where the provider block has no login to the registry, got localhost:5000 (add a registry_auth to the provider block)",
    {},
    NO_REGISTRY,
  ),
  "docker/plugin/grants": plugin(
    { grant_all_permissions: true, grant_permissions: [{ name: "network", value: ["host"] }] },
    "'grant_all_permissions' must be left out where grant_permissions are set, got both",
    { grant_all_permissions: true },
    NO_REGISTRY,
  ),
  "docker/plugin/name": plugin(
    { name: "Vieux/SSHFS" },
    `'name' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Vieux/SSHFS" (did you mean "vieux/sshfs"?)`,
    {},
    NO_REGISTRY,
  ),
  "docker/logs/since": logs(
    { since: "yesterday" },
    `'since' must be a time or a duration, got "yesterday" (such as 10m)`,
    { since: "10m" },
    { read: true, elsewhere: "needs a container" },
  ),
  "docker/plugin-data/one-key": pluginData(
    { id: "a", alias: "b" },
    "'alias' must be set, or id, and not both, got both",
    { alias: "b" },
    { elsewhere: "needs a plugin" },
  ),
};
