import { type Body, type Case, casesOf, SWARM } from "./case";

const container = { image: "nginx:1" };
const service = casesOf("docker_service", { name: "web", task_spec: [{ container_spec: [container] }] });
const spec = (more: Body): Body => ({ task_spec: [{ container_spec: [container], ...more }] });
const inside = (more: Body): Body => ({ task_spec: [{ container_spec: [{ ...container, ...more }] }] });
const ports = (...all: readonly Body[]): Body => ({ endpoint_spec: [{ ports: all }] });
const limits = (more: Body): Body => spec({ resources: [{ limits: [more] }] });
const update = (more: Body): Body => ({ update_config: [more] });
const rollback = (more: Body): Body => ({ rollback_config: [more] });
const other = (more: Body) => ({ docker_service: { other: { name: "berth-rule-own-other", ...inside({}), ...more } } });
const OVERLAY = { docker_network: { lan: { name: "berth-rule-own", driver: "overlay" } } };
const join = (more: Body) => spec({ networks_advanced: [more] });
const handed = {
  docker_secret: { a: { name: "berth-rule-own", data: "YQ==" }, b: { name: "berth-rule-own-b", data: "Yg==" } },
  docker_config: { a: { name: "berth-rule-own", data: "YQ==" }, b: { name: "berth-rule-own-b", data: "Yg==" } },
};
const file = (kind: "secret" | "config", more: Body = {}, which = "a"): Body => ({
  [`${kind}_id`]: `\${docker_${kind}.${which}.id}`,
  [`${kind}_name`]: `\${docker_${kind}.${which}.name}`,
  file_name: "/f",
  ...more,
});

const REJECTED = {
  ...SWARM,
  look: ["docker", "service", "ps", "--no-trunc", "--format", "{{.Error}}", "%"],
};

/** The same for what is handed over as a secret and as a config. */
const fileCases = (kind: "secret" | "config"): Record<string, Case> => ({
  [`docker/service/${kind}-name`]: service(
    inside({ [`${kind}s`]: [{ [`${kind}_id`]: `\${docker_${kind}.a.id}`, file_name: "/f" }] }),
    `'task_spec.container_spec.${kind}s.${kind}_name' must stand beside ${kind}_id, got none (refer to the ${kind}'s name)`,
    inside({ [`${kind}s`]: [file(kind)] }),
    { ...SWARM, beside: handed },
  ),
  [`docker/service/${kind}-of`]: service(
    inside({ [`${kind}s`]: [file(kind, { [`${kind}_id`]: `\${docker_${kind}.a.name}` })] }),
    `'task_spec.0.container_spec.0.${kind}s.0.${kind}_id' must take docker_${kind}.id, got "\${docker_${kind}.a.name}" (such as \${docker_${kind}.NAME.id})`,
    inside({ [`${kind}s`]: [file(kind)] }),
    { ...SWARM, beside: handed },
  ),
  [`docker/service/${kind}-name-unlike`]: service(
    inside({ [`${kind}s`]: [file(kind, { [`${kind}_name`]: "other" })] }),
    `'task_spec.container_spec.${kind}s.${kind}_name' must be "berth-rule-own", got "other" (refer to .name)`,
    inside({ [`${kind}s`]: [file(kind)] }),
    { ...SWARM, beside: handed },
  ),
  [`docker/service/${kind}-file`]: service(
    inside({ [`${kind}s`]: [file(kind, { file_name: "" })] }),
    `'task_spec.container_spec.${kind}s.file_name' must be the name of a file, got ""`,
    inside({ [`${kind}s`]: [file(kind)] }),
    { ...SWARM, beside: handed },
  ),
  [`docker/service/${kind}-owner`]: service(
    inside({ [`${kind}s`]: [file(kind, { file_uid: "postgres" })] }),
    `'task_spec.container_spec.${kind}s.file_uid' must be a number, got "postgres"`,
    inside({ [`${kind}s`]: [file(kind, { file_uid: "999" })] }),
    { ...REJECTED, beside: handed },
  ),
  [`docker/service/${kind}-file-twice`]: service(
    inside({ [`${kind}s`]: [file(kind), file(kind, {}, "b")] }),
    `'task_spec.container_spec.${kind}s.file_name' must be a file of its own, got "/f" twice (choose another file for one of them)`,
    inside({ [`${kind}s`]: [file(kind), file(kind, { file_name: "/g" }, "b")] }),
    { ...SWARM, beside: handed },
  ),
});

export const dockerServiceCases: Readonly<Record<string, Case>> = {
  "docker/service/name": service(
    { name: "web.api" },
    `'name' must be 1 to 63 letters, digits, '-' or '_', beginning and ending with a letter or digit, got "web.api"`,
    {},
    SWARM,
  ),
  "docker/service/name-taken": service(
    { name: "berth-rule-own-other" },
    `'name' must be a name that no other service of the swarm has, got "berth-rule-own-other", which docker_service.other has (choose another)`,
    { name: "berth-rule-own" },
    { ...SWARM, beside: other({}) },
  ),
  "docker/service/mode": service(
    { mode: [{ global: true, replicated: [{ replicas: 2 }] }] },
    "'mode.global' must be left out where replicas are set, got both",
    { mode: [{ replicated: [{ replicas: 2 }] }] },
    SWARM,
  ),
  "docker/service/global-with-converge": service(
    { mode: [{ global: true }], converge_config: [{ delay: "1s" }] },
    "'converge_config' must be left out where mode.global is set, got both (the provider can wait for replicated services only)",
    { mode: [{ global: true }] },
    SWARM,
  ),
  "docker/service/replicas": service(
    { mode: [{ replicated: [{ replicas: -1 }] }] },
    "'mode.replicated.replicas' must be 0 or more, got -1",
    { mode: [{ replicated: [{ replicas: 0 }] }] },
    SWARM,
  ),
  "docker/service/endpoint-mode": service(
    { endpoint_spec: [{ mode: "dns" }] },
    `'endpoint_spec.mode' must be "vip" or "dnsrr", got "dns" (did you mean "dnsrr"?)`,
    { endpoint_spec: [{ mode: "dnsrr" }] },
    SWARM,
  ),
  "docker/service/port-protocol": service(
    ports({ target_port: 80, protocol: "http" }),
    `'endpoint_spec.ports.protocol' must be "tcp", "udp" or "sctp", got "http"`,
    ports({ target_port: 80, published_port: 28101, protocol: "udp" }),
    SWARM,
  ),
  "docker/service/publish-mode": service(
    ports({ target_port: 80, publish_mode: "hots" }),
    `'endpoint_spec.ports.publish_mode' must be "ingress" or "host", got "hots"`,
    ports({ target_port: 80, published_port: 28101, publish_mode: "host" }),
    SWARM,
  ),
  "docker/service/target-port": service(
    ports({ target_port: 70000, published_port: 28102 }),
    "'endpoint_spec.ports.target_port' must be a port from 1 to 65535, got 70000",
    ports({ target_port: 80, published_port: 28101 }),
    { ...SWARM, look: ["docker", "service", "inspect", "-f", "{{json .Endpoint}}", "%"] },
  ),
  "docker/service/published-port": service(
    ports({ target_port: 80, published_port: 70000 }),
    "'endpoint_spec.ports.published_port' must be a port from 0 to 65535, got 70000",
    ports({ target_port: 80, published_port: 28101 }),
    { ...SWARM, look: ["docker", "service", "inspect", "-f", "{{json .Endpoint}}", "%"] },
  ),
  "docker/service/port-twice": service(
    ports({ target_port: 80, published_port: 28101 }, { target_port: 81, published_port: 28101 }),
    "'endpoint_spec.ports.published_port' must publish each port once, got 28101/tcp twice (choose another port for one of them)",
    ports({ target_port: 80, published_port: 28101 }, { target_port: 81, published_port: 28102 }),
    SWARM,
  ),
  "docker/service/port-taken": service(
    ports({ target_port: 80, published_port: 28101 }),
    "'endpoint_spec.ports.published_port' must be a port that no other service of the swarm publishes, got 28101/tcp, which docker_service.other publishes (choose another port)",
    ports({ target_port: 80, published_port: 28102 }),
    { ...SWARM, beside: other(ports({ target_port: 80, published_port: 28101 })) },
  ),
  "docker/service/dnsrr-with-ingress": service(
    { endpoint_spec: [{ mode: "dnsrr", ports: [{ target_port: 80 }] }] },
    `'endpoint_spec.mode' must not be "dnsrr" where a port is published by ingress, got "dnsrr"`,
    { endpoint_spec: [{ mode: "dnsrr", ports: [{ target_port: 80, published_port: 28101, publish_mode: "host" }] }] },
    SWARM,
  ),
  "docker/service/update-order": service(
    update({ order: "start_first" }),
    `'update_config.order' must be "stop-first" or "start-first", got "start_first" (did you mean "start-first"?)`,
    update({ order: "start-first" }),
    SWARM,
  ),
  "docker/service/rollback-order": service(
    rollback({ order: "start_first" }),
    `'rollback_config.order' must be "stop-first" or "start-first", got "start_first" (did you mean "start-first"?)`,
    rollback({ order: "start-first" }),
    SWARM,
  ),
  "docker/service/failure-action": service(
    update({ failure_action: "restart" }),
    `'update_config.failure_action' must be "pause", "continue" or "rollback", got "restart"`,
    update({ failure_action: "rollback" }),
    SWARM,
  ),
  "docker/service/rollback-failure-action": service(
    rollback({ failure_action: "rollback" }),
    `'rollback_config.failure_action' must be "pause" or "continue", got "rollback" (what is rolled back cannot be rolled back again)`,
    rollback({ failure_action: "continue" }),
    SWARM,
  ),
  "docker/service/failure-ratio": service(
    update({ max_failure_ratio: "30" }),
    "'update_config.max_failure_ratio' must be a share from 0.0 to 1.0, got 30 (such as 0.3 for 30 %)",
    update({ max_failure_ratio: "0.3" }),
    SWARM,
  ),
  "docker/service/failure-ratio-form": service(
    update({ max_failure_ratio: "0.25" }),
    `'update_config.max_failure_ratio' must have one digit after the point, got "0.25" (the provider reads no more back)`,
    update({ max_failure_ratio: "0.3" }),
    SWARM,
  ),
  "docker/service/duration": service(
    update({ delay: "10" }),
    `'update_config.delay' must be a duration, got "10" (such as 10s or 1m30s)`,
    update({ delay: "10s" }),
    SWARM,
  ),
  "docker/service/duration-form": service(
    inside({ stop_grace_period: "60s" }),
    `'task_spec.container_spec.stop_grace_period' must be a duration in its shortest form, got "60s" (write "1m")`,
    inside({ stop_grace_period: "1m30s" }),
    SWARM,
  ),
  "docker/service/image": service(
    inside({ image: "Nginx:1" }),
    `'task_spec.container_spec.image' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Nginx:1" (did you mean "nginx:1"?)`,
    inside({}),
    SWARM,
  ),
  "docker/service/isolation": service(
    inside({ isolation: "none" }),
    `'task_spec.container_spec.isolation' must be "default", "process" or "hyperv", got "none"`,
    inside({ isolation: "default" }),
    SWARM,
  ),
  "docker/service/runtime": service(
    spec({ runtime: "plugin" }),
    `'task_spec.runtime' must be "container", got "plugin" (it says what a task is; which OCI runtime runs it, the engine's default decides)`,
    spec({ runtime: "container" }),
    SWARM,
  ),
  "docker/service/dns-address": service(
    inside({ dns_config: [{ nameservers: ["dns.example.org"] }] }),
    `'task_spec.container_spec.dns_config.nameservers' must be an IP address, got "dns.example.org"`,
    inside({ dns_config: [{ nameservers: ["192.0.2.53"] }] }),
    { ...SWARM, read: true },
  ),
  ...fileCases("secret"),
  ...fileCases("config"),
  "docker/service/memory": service(
    limits({ memory_bytes: 256 }),
    "'task_spec.resources.limits.memory_bytes' must be at least 4 MiB, in bytes, got 256",
    limits({ memory_bytes: 268435456 }),
    SWARM,
  ),
  "docker/service/cpus": service(
    limits({ nano_cpus: 2 }),
    "'task_spec.resources.limits.nano_cpus' must be at least 1000000, in billionths of a processor, got 2 (2 processors are 2000000000)",
    limits({ nano_cpus: 500000000 }),
    SWARM,
  ),
  "docker/service/restart-condition": service(
    spec({ restart_policy: [{ condition: "always" }] }),
    `'task_spec.restart_policy.condition' must be "none", "on-failure" or "any", got "always"`,
    spec({ restart_policy: [{ condition: "any", delay: "0s", window: "0s" }] }),
    SWARM,
  ),
  "docker/service/restart-policy-whole": service(
    spec({ restart_policy: [{ condition: "any" }] }),
    "'task_spec.restart_policy' must have both a delay and a window, got no delay and no window (the provider takes what is left out for 0s)",
    spec({ restart_policy: [{ condition: "any", delay: "5s", window: "0s" }] }),
    SWARM,
  ),
  "docker/service/constraint": service(
    spec({ placement: [{ constraints: ["node.role=manager"] }] }),
    `'task_spec.placement.constraints' must compare by == or !=, got "node.role=manager" (such as node.role==manager)`,
    spec({ placement: [{ constraints: ["node.role==manager"] }] }),
    SWARM,
  ),
  "docker/service/network": service(
    join({ name: "${docker_network.lan.id}" }),
    `'task_spec.networks_advanced.name' must be an overlay network, got docker_network.lan, which is a bridge of one machine (give it driver = "overlay")`,
    {},
    { ...SWARM, beside: { docker_network: { lan: { name: "berth-rule-own" } } } },
  ),
  "docker/service/network-missing": service(
    join({ aliases: ["web"] }),
    "'task_spec.networks_advanced' must name a network by its id, got neither id nor name",
    join({ id: "${docker_network.lan.id}", aliases: ["web"] }),
    { ...SWARM, lines: ["4.5.0"], beside: OVERLAY },
  ),
  "docker/service/network-name": service(
    join({ name: "${docker_network.lan.id}" }),
    `'task_spec.networks_advanced.name' must be left out on this line of the provider, got "\${docker_network.lan.id}" (name the network by its id, in id)`,
    join({ id: "${docker_network.lan.id}" }),
    { ...SWARM, lines: ["4.5.0"], beside: OVERLAY },
  ),
  "docker/service/network-by-name": service(
    join({ name: "${docker_network.lan.name}" }),
    `'task_spec.networks_advanced.name' must be an id, got "\${docker_network.lan.name}" (refer to .id)`,
    {},
    { ...SWARM, beside: OVERLAY },
  ),
  "docker/service/empty-block": service(
    inside({ privileges: [{}] }),
    "'task_spec.container_spec.privileges' must be left out rather than empty, got {}",
    inside({}),
    { ...SWARM, read: true },
  ),
  "docker/service/generic-resource": service(
    spec({
      resources: [{ reservation: [{ memory_bytes: 8388608, generic_resources: [{ named_resources_spec: ["GPU"] }] }] }],
    }),
    `'task_spec.resources.reservation.generic_resources.named_resources_spec' must be KIND=VALUE, got "GPU" (such as SSD=3)`,
    spec({ resources: [{ reservation: [{ memory_bytes: 8388608 }] }] }),
    { ...SWARM, read: true },
  ),
  "docker/service/credential-spec": service(
    inside({ privileges: [{ credential_spec: [{ file: "a.json" }] }] }),
    "'task_spec.container_spec.privileges.credential_spec' must be left out: the provider passes on nothing of it, got set",
    inside({}),
    { ...SWARM, read: true },
  ),
  "docker/service/host-name": service(
    inside({ hosts: [{ ip: "10.0.0.5", host: "db db.internal" }] }),
    `'task_spec.container_spec.hosts.host' must be one name, got "db db.internal" (add a hosts block for each)`,
    inside({ hosts: [{ ip: "10.0.0.5", host: "db" }] }),
    SWARM,
  ),
  "docker/service/host-address": service(
    inside({ hosts: [{ ip: "db.internal", host: "db" }] }),
    `'task_spec.container_spec.hosts.ip' must be an IP address, got "db.internal"`,
    inside({ hosts: [{ ip: "10.0.0.5", host: "db" }] }),
    REJECTED,
  ),
  "docker/service/preference": service(
    spec({ placement: [{ prefs: ["spread=node.labels.zone"] }] }),
    `'task_spec.placement.prefs' must name a label of the machines, got "spread=node.labels.zone" (such as node.labels.zone, without spread=)`,
    spec({ placement: [{ prefs: ["node.labels.zone"] }] }),
    { ...SWARM, read: true },
  ),
  "docker/service/platform": service(
    spec({ placement: [{ platforms: [{ architecture: "linux/amd64", os: "linux" }] }] }),
    `'task_spec.placement.platforms.architecture' must be an architecture, got "linux/amd64" (such as x86_64)`,
    spec({ placement: [{ platforms: [{ architecture: "x86_64", os: "linux" }] }] }),
    { ...SWARM, read: true },
  ),
  "docker/service/failure-ratio-text": service(
    update({ max_failure_ratio: "0" }),
    `'update_config.max_failure_ratio' must be written as it is read back, got "0" (write "0.0")`,
    update({ max_failure_ratio: "0.0" }),
    { ...SWARM, lines: ["3.9.0"] },
  ),
  "docker/service/label-twice": service(
    {
      labels: [
        { label: "tier", value: "a" },
        { label: "tier", value: "b" },
      ],
    },
    `'labels' must have each label once, got "tier" twice`,
    { labels: [{ label: "tier", value: "a" }] },
    SWARM,
  ),
  "docker/service/login": service(
    { auth: [{ server_address: "registry.example.org", username: "a", password: "" }] },
    "'auth' must have a username and a password, got one of them missing",
    { auth: [{ server_address: "registry.example.org", username: "a", password: "b" }] },
    { ...SWARM, read: true },
  ),
  "docker/service/converge-times": service(
    { converge_config: [{ delay: "3m", timeout: "1m" }] },
    "'converge_config.timeout' must be longer than the delay, 3m, got 1m",
    { converge_config: [{ delay: "1s", timeout: "1m" }] },
    { ...SWARM, read: true, elsewhere: "waits for its tasks" },
  ),
  "docker/service/port-taken-on-host": service(
    ports({ target_port: 80, published_port: 28101, publish_mode: "host" }),
    "'endpoint_spec.ports.published_port' must be a port that no other service publishes by ingress, got 28101, which docker_service.other publishes (choose another port)",
    ports({ target_port: 80, published_port: 28102, publish_mode: "host" }),
    { ...SWARM, read: true, beside: other(ports({ target_port: 80, published_port: 28101 })) },
  ),
  "docker/service/port-taken-by-container": service(
    ports({ target_port: 80, published_port: 28101 }),
    "'endpoint_spec.ports.published_port' must be a port that no container publishes, got 28101/tcp, which docker_container.other publishes (choose another port)",
    ports({ target_port: 80, published_port: 28102 }),
    {
      ...SWARM,
      read: true,
      beside: {
        docker_container: {
          other: {
            name: "berth-rule-own-2",
            image: "nginx:1",
            destroy_grace_seconds: 1,
            ports: [{ internal: 80, external: 28101 }],
          },
        },
      },
    },
  ),
};
