import { type Case, casesOf } from "./case";

const compose = casesOf("docker_compose", { project_name: "shop", config_paths: ["/srv/compose.yaml"] });
const builder = casesOf("docker_buildx_builder", { name: "builder" });
const BUILDER = { read: true, elsewhere: "needs Docker's plugins" } as const;
const READ = { read: true, elsewhere: "needs Docker's plugins", lines: ["4.5.0"] } as const;

export const dockerComposeCases: Readonly<Record<string, Case>> = {
  "docker/compose/config-paths": compose({ config_paths: [] }, "'config_paths' must name a file, got []", {}, READ),
  "docker/compose/project-name": compose(
    { project_name: "ShopApp" },
    `'project_name' must be lowercase letters, digits, '-' or '_', got "ShopApp"`,
    {},
    READ,
  ),
  "docker/compose/wait-timeout": compose(
    { wait: true, wait_timeout: "60" },
    `'wait_timeout' must be a duration, got "60" (such as 60s)`,
    { wait: true, wait_timeout: "60s" },
    READ,
  ),
  "docker/compose/project-taken": compose(
    {},
    `'project_name' must be a project of its own, got "shop", which docker_compose.other has (choose another)`,
    { project_name: "shop-2" },
    { ...READ, beside: { docker_compose: { other: { project_name: "shop", config_paths: ["/srv/b.yaml"] } } } },
  ),
  "docker/buildx-builder/driver-block": builder(
    { driver: "docker-container", docker_container: [{ image: "a" }] },
    `'driver' must be left out where there is a docker_container block, got "docker-container"`,
    { docker_container: [{ image: "a" }] },
    BUILDER,
  ),
  "docker/buildx-builder/driver": builder(
    { driver: "docker" },
    `'driver' must be "docker-container", "kubernetes" or "remote", got "docker"`,
    { driver: "docker-container" },
    BUILDER,
  ),
  "docker/buildx-builder/name": builder(
    { name: "default" },
    `'name' must be letters, digits, '-' or '_', beginning with a letter, and not default, got "default"`,
    {},
    BUILDER,
  ),
  "docker/buildx-builder/append": builder(
    { name: null, append: true },
    "'name' must be set where append is true, got nothing",
    { append: true },
    BUILDER,
  ),
  "docker/buildx-builder/environment": builder(
    { docker_container: [{ env: { A: "b" } }] },
    `'docker_container.env' must be left out: the provider passes it on under another name, got set (driver_options = { "env.NAME" = … })`,
    { docker_container: [{ image: "a" }] },
    BUILDER,
  ),
  "docker/buildx-builder/processors": builder(
    { docker_container: [{ cpu_quota: "50%" }] },
    `'docker_container.cpu_quota' must be a whole number, got "50%"`,
    { docker_container: [{ cpu_quota: "50000" }] },
    BUILDER,
  ),
  "docker/buildx-builder/replicas": builder(
    { kubernetes: [{ replicas: 3 }] },
    `'kubernetes.replicas' must be left out: the provider drops it, got 3 (driver_options = { replicas = "…" })`,
    { kubernetes: [{ image: "a" }] },
    BUILDER,
  ),
  "docker/buildx-builder/remote-keys": builder(
    { remote: [{ cacert: "certs/ca.pem" }], endpoint: "tcp://a:1234" },
    `'remote.cacert' must be an absolute path, got "certs/ca.pem"`,
    { remote: [{ cacert: "/srv/ca.pem" }], endpoint: "tcp://a:1234" },
    BUILDER,
  ),
  "docker/buildx-builder/remote-endpoint": builder(
    { remote: [{ servername: "a" }], endpoint: "http://a:1234" },
    `'endpoint' must begin with tcp:// or unix://, got "http://a:1234"`,
    { remote: [{ servername: "a" }], endpoint: "tcp://a:1234" },
    BUILDER,
  ),
};
