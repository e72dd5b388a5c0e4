import { container, image, network, SUBNET, SWARM, service, task, volume } from "./docker-bases";
import type { Edits } from "./edit-case";

const LABELS = { labels: [{ label: "team", value: "web" }] };
const TMPFS = { driver_opts: { type: "tmpfs", device: "tmpfs", o: "size=3m" } };
const NETS = { docker_network: { a: { name: "berth-edit-own-a", ipam_config: [SUBNET] } } };
const alias = (...aliases: string[]) => ({ networks_advanced: [{ name: "${docker_network.a.id}", aliases }] });
const VOLUMES = { docker_volume: { a: { name: "berth-edit-own-a" }, b: { name: "berth-edit-own-b" } } };
const data = (of: string) => ({
  volumes: [{ volume_name: `\${docker_volume.${of}.name}`, container_path: "/data" }],
});
const port = (published_port: number) => ({
  endpoint_spec: [{ ports: [{ target_port: 80, published_port, publish_mode: "host" }] }],
});
const SECRETS = {
  docker_secret: { a: { name: "berth-edit-own-a", data: "YQ==" }, b: { name: "berth-edit-own-b", data: "Yg==" } },
};
const secret = (of: string) => ({
  secrets: [
    { secret_id: `\${docker_secret.${of}.id}`, secret_name: `\${docker_secret.${of}.name}`, file_name: "/run/key" },
  ],
});

/** Edits that none of what is known of edits was taken from. */
export const keptBackDocker: Edits = {
  "docker_container cpus": container({ cpus: "1.5" }, { cpus: "0.5" }),
  "docker_container memory_swap": container({ memory_swap: 128 }),
  "docker_container restart removed": container({ restart: null }, { restart: "unless-stopped" }),
  "docker_container env removed": container({ env: null }, { env: ["A=1"] }),
  "docker_container command removed": container({ command: null }, { command: ["/bin/web"] }),
  "docker_container stop_timeout removed": container({ stop_timeout: null }, { stop_timeout: 10 }),
  "docker_container labels removed": container({ labels: null }, LABELS),
  "docker_container healthcheck removed": container(
    { healthcheck: null },
    { healthcheck: [{ test: ["CMD", "true"], interval: "5s" }] },
  ),
  "docker_container entrypoint": container({ entrypoint: ["/bin/web"] }),
  "docker_container host": container(
    { host: [{ host: "db", ip: "192.0.2.11" }] },
    { host: [{ host: "db", ip: "192.0.2.10" }] },
  ),
  "docker_container second port": container(
    {
      ports: [
        { internal: 80, external: 28103 },
        { internal: 81, external: 28104 },
      ],
    },
    { ports: [{ internal: 80, external: 28103 }] },
  ),
  "docker_container security_opts": container({ security_opts: ["no-new-privileges:true"] }),
  "docker_container capabilities drop": container(
    { capabilities: [{ drop: ["CAP_NET_RAW", "CAP_MKNOD"] }] },
    { capabilities: [{ drop: ["CAP_NET_RAW"] }] },
  ),
  "docker_container log_driver": container({ log_driver: "local" }, { log_driver: "json-file" }),
  "docker_container networks_advanced aliases": container(alias("db", "cache"), alias("db"), { beside: NETS }),
  "docker_container volumes volume_name": container(data("b"), data("a"), { beside: VOLUMES }),
  "docker_container env over an unnamed volume": container(
    { env: ["A=2"] },
    { env: ["A=1"], volumes: [{ container_path: "/data" }] },
  ),
  "docker_container remove_volumes": container({ remove_volumes: false }),
  "docker_container start and must_run": container({ start: false, must_run: false }),
  "docker_container restart and cpu_shares": container({ restart: "always", cpu_shares: 256 }),
  "docker_container memory and env": container({ memory: 128, memory_swap: 128, env: ["A=2"] }, { env: ["A=1"] }),
  "docker_network attachable": network({ attachable: true }),
  "docker_network gateway": network({ ipam_config: [{ ...SUBNET, gateway: "10.0.0.254" }] }),
  "docker_network ip_range": network({ ipam_config: [{ ...SUBNET, ip_range: "10.0.0.128/25" }] }),
  "docker_network ipv6 and ipam_config": network({
    ipv6: true,
    ipam_config: [SUBNET, { subnet: "fd00:10::/64", gateway: "fd00:10::1" }],
  }),
  "docker_network mtu": network(
    { options: { "com.docker.network.driver.mtu": "1300" } },
    { options: { "com.docker.network.driver.mtu": "1400" } },
  ),
  "docker_network options removed": network(
    { options: null },
    { options: { "com.docker.network.bridge.enable_icc": "false" } },
  ),
  "docker_network labels removed": network({ labels: null }, LABELS),
  "docker_network check_duplicate": network({ check_duplicate: true }, {}, { lines: ["3.9.0"] }),
  "docker_volume driver": volume({ driver: "local" }),
  "docker_volume driver_opts added": volume(TMPFS),
  "docker_volume driver_opts removed": volume({ driver_opts: null }, TMPFS),
  "docker_volume labels removed": volume({ labels: null }, LABELS),
  "docker_image pull_triggers": image({ pull_triggers: ["b"] }, { pull_triggers: ["a"] }),
  "docker_image triggers removed": image({ triggers: null }, { triggers: { a: "1" } }),
  "docker_image timeouts": image({ timeouts: { create: "10m" } }),
  "docker_service endpoint_spec": service(port(28106), port(28105), SWARM),
  "docker_service update_config": service({ update_config: [{ order: "start-first" }] }, {}, SWARM),
  "docker_service healthcheck": service(
    task({}, { healthcheck: [{ test: ["CMD", "true"], interval: "10s", timeout: "5s", retries: 3 }] }),
    {},
    SWARM,
  ),
  "docker_service mounts": service(
    task({}, { mounts: [{ type: "bind", source: "/srv", target: "/b" }] }),
    task({}, { mounts: [{ type: "bind", source: "/srv", target: "/a" }] }),
    SWARM,
  ),
  "docker_service secrets": service(task({}, secret("b")), task({}, secret("a")), { ...SWARM, beside: SECRETS }),
  "docker_service restart_policy": service(
    task({ restart_policy: [{ condition: "on-failure", delay: "5s", window: "0s", max_attempts: 3 }] }),
    task({ restart_policy: [{ condition: "any", delay: "5s", window: "0s" }] }),
    SWARM,
  ),
  "docker_service placement": service(task({ placement: [{ constraints: ["node.role==manager"] }] }), {}, SWARM),
  "docker_service env removed": service(task({}), task({}, { env: { A: "1" } }), SWARM),
  "docker_service name and labels": service({ name: "berth-edit-own-2", ...LABELS }, {}, SWARM),
  "docker_container hostname removed": container({ hostname: null }, { hostname: "a" }),
  "docker_container ports removed": container({ ports: null }, { ports: [{ internal: 80, external: 28107 }] }),
  "docker_container dns removed": container({ dns: null }, { dns: ["192.0.2.1"] }),
  "docker_container capabilities removed": container(
    { capabilities: null },
    { capabilities: [{ add: ["CAP_NET_ADMIN"] }] },
  ),
  "docker_container networks_advanced removed": container({ networks_advanced: null }, alias("db"), { beside: NETS }),
  "docker_container read_only removed": container({ read_only: null }, { read_only: true }),
  "docker_container log_opts removed": container(
    { log_opts: null },
    { log_driver: "json-file", log_opts: { "max-size": "1m" } },
  ),
  "docker_container memory_swap removed": container({ memory_swap: null }),
  "docker_container env and cpu_shares removed": container({ env: ["A=1"], cpu_shares: null }, { cpu_shares: 512 }),
  "docker_container restart and memory removed": container({ restart: "always", memory: null, memory_swap: null }),
  "docker_container destroy_grace_seconds and hostname": container(
    { destroy_grace_seconds: 3, hostname: "b" },
    { hostname: "a" },
  ),
  "docker_container healthcheck retries": container(
    { healthcheck: [{ test: ["CMD", "true"], interval: "5s", retries: 5 }] },
    { healthcheck: [{ test: ["CMD", "true"], interval: "5s", retries: 2 }] },
  ),
  "docker_container volumes read_only": container(
    { volumes: [{ host_path: "/srv", container_path: "/a", read_only: true }] },
    { volumes: [{ host_path: "/srv", container_path: "/a" }] },
  ),
  "docker_container ipc_mode": container({ ipc_mode: "shareable" }, { ipc_mode: "private" }),
  "docker_container container_read_refresh_timeout_milliseconds": container({
    container_read_refresh_timeout_milliseconds: 20000,
  }),
  "docker_network internal removed": network({ internal: null }, { internal: true }),
  "docker_network ipam_config removed": network({ ipam_config: null }),
  "docker_network aux_address": network({ ipam_config: [{ ...SUBNET, aux_address: { router: "10.0.0.7" } }] }),
  "docker_network labels and attachable removed": network({ ...LABELS, attachable: null }, { attachable: true }),
  "docker_network one option for another": network(
    {
      options: {
        "com.docker.network.bridge.enable_icc": null,
        "com.docker.network.bridge.enable_ip_masquerade": "false",
      },
    },
    { options: { "com.docker.network.bridge.enable_icc": "false" } },
  ),
  "docker_volume name removed": volume({ name: null }),
  "docker_volume labels and driver_opts o removed": volume({ ...LABELS, driver_opts: { o: null } }, TMPFS),
  "docker_service args": service(task({}, { args: ["/bin/web", "x"] }), {}, SWARM),
  "docker_service hosts": service(
    task({}, { hosts: [{ host: "db", ip: "192.0.2.11" }] }),
    task({}, { hosts: [{ host: "db", ip: "192.0.2.10" }] }),
    SWARM,
  ),
  "docker_service converge_config": service({ converge_config: [{ delay: "2s", timeout: "1m" }] }, {}, SWARM),
  "docker_service labels removed": service({ labels: null }, LABELS, SWARM),
  "docker_service endpoint_spec removed": service({ endpoint_spec: null }, port(28108), SWARM),
  "docker_service resources removed": service(
    task({}),
    task({ resources: [{ limits: [{ memory_bytes: 67108864 }] }] }),
    SWARM,
  ),
  "docker_service replicas and env removed": service(
    { ...task({}), mode: [{ replicated: [{ replicas: 2 }] }] },
    { ...task({}, { env: { A: "1" } }), mode: [{ replicated: [{ replicas: 1 }] }] },
    SWARM,
  ),
};
