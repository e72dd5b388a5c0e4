import { blocksAlong } from "./along";
import { dockerContainerHealthRules } from "./docker-container-health";
import { dockerContainerLifeRules } from "./docker-container-life";
import { dockerContainerLogRules } from "./docker-container-logs";
import { dockerContainerMountRules } from "./docker-container-mounts";
import { dockerContainerSecurityRules } from "./docker-container-security";
import type { Json, Rendered } from "./document";
import type { Rule } from "./rule";

const CONTAINER = "task_spec.container_spec";

/** The rules of containers that hold for the container of a service as well. */
const SHARED: readonly string[] = [
  "capability-unknown",
  "healthcheck-line",
  "healthcheck-retries",
  "healthcheck-shell",
  "healthcheck-test",
  "log-buffer",
  "log-compress",
  "log-driver",
  "log-files",
  "log-mode",
  "log-option",
  "log-option-missing",
  "log-size",
  "mount-options-kind",
  "stop-signal",
  "sysctl",
];

/** What a container's attributes are called in a service. */
const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^capabilities\.add/, `${CONTAINER}.cap_add`],
  [/^capabilities\.drop/, `${CONTAINER}.cap_drop`],
  [/^log_driver/, "task_spec.log_driver.name"],
  [/^log_opts/, "task_spec.log_driver.options"],
  [/^sysctls/, `${CONTAINER}.sysctl`],
  [/^/, `${CONTAINER}.`],
];

/** The container of a service's tasks, as if it were written as a docker_container. */
function containerOf(service: Rendered): Rendered {
  const [spec = {}] = blocksAlong(service.body, CONTAINER);
  const [log] = blocksAlong(service.body, "task_spec.log_driver");
  const body: Json = {
    healthcheck: spec.healthcheck,
    mounts: spec.mounts,
    stop_signal: spec.stop_signal,
    ...(spec.sysctl !== undefined && { sysctls: spec.sysctl }),
    capabilities: [{ add: spec.cap_add, drop: spec.cap_drop }],
    ...(log && { log_driver: log.name, log_opts: log.options }),
  };
  return { ...service, type: "docker_container", body };
}

function named(attribute: string): string {
  const [from, to] = NAMES.find(([start]) => start.test(attribute)) ?? [/^/, ""];
  return attribute.replace(from, to);
}

/** What every task of a service would fail by, and no plan says. */
export const dockerServiceContainerRules: readonly Rule[] = [
  ...dockerContainerHealthRules,
  ...dockerContainerLifeRules,
  ...dockerContainerLogRules,
  ...dockerContainerMountRules,
  ...dockerContainerSecurityRules,
]
  .map((rule) => ({ rule, name: rule.id.slice("docker/container/".length) }))
  .filter(({ name }) => SHARED.includes(name))
  .map(({ rule, name }) => ({
    id: `docker/service/${name}`,
    type: "docker_service",
    severity: rule.severity,
    prevents: `no error: the tasks fail, or ${rule.prevents.replace(/^no error: /, "")}`,
    proof: "read",
    check: (service, document) =>
      rule.check(containerOf(service), document).map((sight) => ({ ...sight, attribute: named(sight.attribute) })),
  }));
