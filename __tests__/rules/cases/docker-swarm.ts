import { type Body, type Case, casesOf } from "./case";

const container = { image: "nginx:1" };
const service = casesOf("docker_service", { name: "web", task_spec: [{ container_spec: [container] }] });
const spec = (more: Body): Body => ({ task_spec: [{ container_spec: [container], ...more }] });
const SWARM = { elsewhere: "needs a swarm" } as const;

export const dockerSwarmCases: Readonly<Record<string, Case>> = {
  "docker/secret/data": casesOf("docker_secret", { name: "a" })(
    { data: "a b" },
    "'data' must be base64, got other text",
    { data: "YQ==" },
    SWARM,
  ),
  "docker/config/data-once": casesOf("docker_config", { name: "a", data: "YQ==" })(
    { data_raw: "a" },
    "'data_raw' must be left out where data is set, got both",
    {},
    SWARM,
  ),
  "docker/service/mode": service(
    { mode: [{ global: true, replicated: [{ replicas: 2 }] }] },
    "'mode.global' must be left out where replicas are set, got both",
    { mode: [{ replicated: [{ replicas: 2 }] }] },
    SWARM,
  ),
  "docker/service/publish-mode": service(
    { endpoint_spec: [{ ports: [{ target_port: 80, publish_mode: "hots" }] }] },
    `'endpoint_spec.ports.publish_mode' must be "ingress" or "host", got "hots"`,
    { endpoint_spec: [{ ports: [{ target_port: 80, publish_mode: "host" }] }] },
    SWARM,
  ),
  "docker/service/restart-condition": service(
    spec({ restart_policy: [{ condition: "always" }] }),
    `'task_spec.restart_policy.condition' must be "none", "on-failure" or "any", got "always"`,
    spec({ restart_policy: [{ condition: "any" }] }),
    SWARM,
  ),
  "docker/service/update-order": service(
    { update_config: [{ order: "start_first" }] },
    `'update_config.order' must be "stop-first" or "start-first", got "start_first" (did you mean "start-first"?)`,
    { update_config: [{ order: "start-first" }] },
    SWARM,
  ),
  "docker/service/name": service(
    { name: "web.api" },
    `'name' must be 1 to 63 letters, digits, '-' or '_', got "web.api"`,
    {},
    { ...SWARM, read: true },
  ),
  "docker/service/memory": service(
    spec({ resources: [{ limits: [{ memory_bytes: 256 }] }] }),
    "'task_spec.resources.limits.memory_bytes' must be at least 4 MiB, in bytes, got 256",
    spec({ resources: [{ limits: [{ memory_bytes: 268435456 }] }] }),
    { ...SWARM, read: true },
  ),
  "docker/service/dnsrr-with-ingress": service(
    { endpoint_spec: [{ mode: "dnsrr", ports: [{ target_port: 80 }] }] },
    `'endpoint_spec.mode' must not be "dnsrr" where a port is published by ingress, got "dnsrr"`,
    { endpoint_spec: [{ mode: "dnsrr", ports: [{ target_port: 80, publish_mode: "host" }] }] },
    { ...SWARM, read: true },
  ),
  "docker/service/stop-grace-form": service(
    { task_spec: [{ container_spec: [{ ...container, stop_grace_period: "60s" }] }] },
    `'task_spec.container_spec.stop_grace_period' must be a duration in its shortest form, got "60s" (such as 1m or 1m30s)`,
    { task_spec: [{ container_spec: [{ ...container, stop_grace_period: "1m30s" }] }] },
    { ...SWARM, read: true },
  ),
  "docker/service/failure-action": service(
    { update_config: [{ failure_action: "restart" }] },
    `'update_config.failure_action' must be "pause", "continue" or "rollback", got "restart"`,
    { update_config: [{ failure_action: "rollback" }] },
    SWARM,
  ),
  "docker/service/constraint": service(
    spec({ placement: [{ constraints: ["node.role=manager"] }] }),
    `'task_spec.placement.constraints' must compare by == or !=, got "node.role=manager"`,
    spec({ placement: [{ constraints: ["node.role==manager"] }] }),
    { ...SWARM, read: true },
  ),
};
