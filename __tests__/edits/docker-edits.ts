import { container, image, NETS, network, SWARM, service, task, volume } from "./docker-bases";
import type { Edits } from "./edit-case";

const check = (interval: string) => ({ healthcheck: [{ test: ["CMD", "true"], interval }] });
const join = (net: string) => ({ networks_advanced: [{ name: `\${docker_network.${net}.id}` }] });

export const dockerEdits: Edits = {
  "docker_container memory": container({ memory: 96, memory_swap: 96 }),
  "docker_container memory_reservation": container({ memory_reservation: 32 }),
  "docker_container cpu_shares": container({ cpu_shares: 512 }),
  "docker_container cpu_set": container({ cpu_set: "0" }),
  "docker_container restart": container({ restart: "unless-stopped" }),
  "docker_container max_retry_count": container({ max_retry_count: 5 }, { restart: "on-failure", max_retry_count: 3 }),
  "docker_container env": container({ env: ["A=2"] }, { env: ["A=1"] }),
  "docker_container command": container({ command: ["/bin/web", "x"] }, { command: ["/bin/web"] }),
  "docker_container labels": container(
    { labels: [{ label: "a", value: "2" }] },
    { labels: [{ label: "a", value: "1" }] },
  ),
  "docker_container name": container({ name: "berth-edit-own-2" }),
  "docker_container hostname": container({ hostname: "b" }, { hostname: "a" }),
  "docker_container user": container({ user: "1000" }),
  "docker_container ports": container(
    { ports: [{ internal: 80, external: 28102, ip: "127.0.0.1" }] },
    { ports: [{ internal: 80, external: 28101, ip: "127.0.0.1" }] },
  ),
  "docker_container healthcheck": container(check("10s"), check("5s")),
  "docker_container log_opts": container(
    { log_opts: { "max-size": "2m" } },
    { log_driver: "json-file", log_opts: { "max-size": "1m" } },
  ),
  "docker_container networks_advanced": container(join("b"), join("a"), { beside: NETS }),
  "docker_container network_mode": container({ network_mode: "none" }, { network_mode: "bridge" }),
  "docker_container capabilities": container({ capabilities: [{ add: ["CAP_NET_ADMIN"] }] }),
  "docker_container read_only": container({ read_only: true }),
  "docker_container tmpfs": container({ tmpfs: { "/t": "size=2m" } }, { tmpfs: { "/t": "size=1m" } }),
  "docker_container mounts": container(
    { mounts: [{ type: "tmpfs", target: "/b" }] },
    { mounts: [{ type: "tmpfs", target: "/a" }] },
  ),
  "docker_container volumes": container(
    { volumes: [{ host_path: "/srv", container_path: "/b" }] },
    { volumes: [{ host_path: "/srv", container_path: "/a" }] },
  ),
  "docker_container ulimit": container(
    { ulimit: [{ name: "nofile", soft: 2048, hard: 2048 }] },
    { ulimit: [{ name: "nofile", soft: 1024, hard: 1024 }] },
  ),
  "docker_container shm_size": container({ shm_size: 96 }, { shm_size: 64 }),
  "docker_container stop_signal": container({ stop_signal: "SIGINT" }, { stop_signal: "SIGTERM" }),
  "docker_container stop_timeout": container({ stop_timeout: 20 }, { stop_timeout: 10 }),
  "docker_container destroy_grace_seconds": container({ destroy_grace_seconds: 2 }),
  "docker_container must_run": container({ must_run: false }),
  "docker_container memory removed": container({ memory: null, memory_swap: null }),
  "docker_container memory_reservation removed": container({ memory_reservation: null }, { memory_reservation: 32 }),
  "docker_container cpu_shares removed": container({ cpu_shares: null }, { cpu_shares: 512 }),
  "docker_container cpu_set removed": container({ cpu_set: null }, { cpu_set: "0" }),
  "docker_container max_retry_count removed": container(
    { max_retry_count: null },
    { restart: "on-failure", max_retry_count: 3 },
  ),
  "docker_container tmpfs removed": container({ tmpfs: null }, { tmpfs: { "/t": "size=1m" } }),
  "docker_container destroy_grace_seconds removed": container({ destroy_grace_seconds: null }),
  "docker_container upload": container(
    { upload: [{ file: "/f", content: "b" }] },
    { upload: [{ file: "/f", content: "a" }] },
  ),
  "docker_container working_dir": container({ working_dir: "/www" }, { working_dir: "/" }),
  "docker_container dns": container({ dns: ["192.0.2.2"] }, { dns: ["192.0.2.1"] }),
  "docker_container sysctls": container(
    { sysctls: { "net.ipv4.ip_forward": "0" } },
    { sysctls: { "net.ipv4.ip_forward": "1" } },
  ),
  "docker_container rm": container({ rm: true }),
  "docker_container wait": container({ wait: true, wait_timeout: 30 }, { ...check("1s") }),
  "docker_network name": network({ name: "berth-edit-own-2" }),
  "docker_network ipam_config": network({ ipam_config: [{ subnet: "10.0.1.0/24", gateway: "10.0.1.1" }] }),
  "docker_network internal": network({ internal: true }),
  "docker_network labels": network({ labels: [{ label: "a", value: "1" }] }),
  "docker_network options": network({ options: { "com.docker.network.bridge.enable_icc": "false" } }),
  "docker_volume name": volume({ name: "berth-edit-own-2" }),
  "docker_volume labels": volume({ labels: [{ label: "a", value: "1" }] }),
  "docker_volume driver_opts": volume(
    { driver_opts: { type: "tmpfs", device: "tmpfs", o: "size=2m" } },
    { driver_opts: { type: "tmpfs", device: "tmpfs", o: "size=1m" } },
  ),
  "docker_image force_remove": image({ force_remove: true }),
  "docker_image triggers": image({ triggers: { a: "2" } }, { triggers: { a: "1" } }),
  "docker_service replicas": service(
    { mode: [{ replicated: [{ replicas: 2 }] }] },
    { mode: [{ replicated: [{ replicas: 1 }] }] },
    SWARM,
  ),
  "docker_service env": service(task({}, { env: { A: "2" } }), task({}, { env: { A: "1" } }), SWARM),
  "docker_service resources": service(
    task({ resources: [{ limits: [{ memory_bytes: 134217728 }] }] }),
    task({ resources: [{ limits: [{ memory_bytes: 67108864 }] }] }),
    SWARM,
  ),
  "docker_service mode": service({ mode: [{ global: true }] }, { mode: [{ replicated: [{ replicas: 1 }] }] }, SWARM),
  "docker_service name": service({ name: "berth-edit-own-2" }, {}, SWARM),
  "docker_service labels": service({ labels: [{ label: "a", value: "1" }] }, {}, SWARM),
  "docker_service force_update": service(task({ force_update: 1 }), {}, SWARM),
};
