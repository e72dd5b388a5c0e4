import { container, NETS, network, SUBNET, SWARM, service, task, volume } from "./docker-bases";
import { type Edits, editsOf } from "./edit-case";
import { ADDRESS, GUEST, guest, network as lan, running } from "./libvirt-bases";

const joined = (net: string, more: object = {}) => ({ name: `\${docker_network.${net}.id}`, ...more });
const VOLUMES = { docker_volume: { a: { name: "berth-edit-own-a" } } };
const mount = (more: object = {}) => ({
  mounts: [{ type: "volume", source: "${docker_volume.a.name}", target: "/data", ...more }],
});
const CONFIGS = {
  docker_config: { a: { name: "berth-edit-own-a", data: "YQ==" }, b: { name: "berth-edit-own-b", data: "Yg==" } },
};
const config = (of: string) => ({
  configs: [
    {
      config_id: `\${docker_config.${of}.id}`,
      config_name: `\${docker_config.${of}.name}`,
      file_name: "/etc/web.conf",
    },
  ],
});
const log = (size: string) => ({ log_driver: [{ name: "json-file", options: { "max-size": size } }] });

/** More edits that none of what is known of edits was taken from, of Docker's things. */
export const keptBackMoreDocker: Edits = {
  "docker_container dns_search and dns_opts": container({ dns_search: ["shop.lan"], dns_opts: ["ndots:2"] }),
  "docker_container group_add removed": container({ group_add: null }, { group_add: ["1000"] }),
  "docker_container mounts read_only": container(mount({ read_only: true }), mount(), { beside: VOLUMES }),
  "docker_container networks_advanced ipv4_address": container(
    { networks_advanced: [joined("a", { ipv4_address: "10.0.0.51" })] },
    { networks_advanced: [joined("a", { ipv4_address: "10.0.0.50" })] },
    { beside: NETS },
  ),
  "docker_container second network": container(
    { networks_advanced: [joined("a"), joined("b")] },
    { networks_advanced: [joined("a")] },
    { beside: NETS },
  ),
  "docker_container ports ip": container(
    { ports: [{ internal: 80, external: 28109, ip: "127.0.0.1" }] },
    { ports: [{ internal: 80, external: 28109 }] },
  ),
  "docker_container ulimit removed": container(
    { ulimit: null },
    { ulimit: [{ name: "nofile", soft: 1024, hard: 2048 }] },
  ),
  "docker_container one of two sysctls removed": container(
    { sysctls: { "net.core.somaxconn": null } },
    { sysctls: { "net.ipv4.ip_forward": "1", "net.core.somaxconn": "1024" } },
  ),
  "docker_container restart and max_retry_count": container(
    { restart: "on-failure", max_retry_count: 5 },
    { restart: "always" },
  ),
  "docker_container memory_reservation and cpu_set": container(
    { memory_reservation: 48, cpu_set: "0-1" },
    { memory_reservation: 32, cpu_set: "0" },
  ),
  "docker_container stop_signal removed": container({ stop_signal: null }, { stop_signal: "SIGINT" }),
  "docker_container volumes host_path to volume_name": container(
    { volumes: [{ volume_name: "${docker_volume.a.name}", container_path: "/data" }] },
    { volumes: [{ host_path: "/srv", container_path: "/data" }] },
    { beside: VOLUMES },
  ),
  "docker_network bridge name": network(
    { options: { "com.docker.network.bridge.name": "br1" } },
    { options: { "com.docker.network.bridge.name": "br0" } },
  ),
  "docker_network labels value": network(
    { labels: [{ label: "team", value: "shop" }] },
    { labels: [{ label: "team", value: "web" }] },
  ),
  "docker_network ip_range removed": network(
    { ipam_config: [SUBNET] },
    { ipam_config: [{ ...SUBNET, ip_range: "10.0.0.128/25" }] },
  ),
  "docker_network subnet and mtu": network({
    ipam_config: [{ subnet: "10.0.2.0/24", gateway: "10.0.2.1" }],
    options: { "com.docker.network.driver.mtu": "1400" },
  }),
  "docker_volume driver_opts device": volume(
    { driver_opts: { device: "/mnt" } },
    { driver_opts: { type: "none", o: "bind", device: "/srv" } },
  ),
  "docker_service configs": service(task({}, config("b")), task({}, config("a")), { ...SWARM, beside: CONFIGS }),
  "docker_service stop_grace_period": service(
    task({}, { stop_grace_period: "30s" }),
    task({}, { stop_grace_period: "10s" }),
    SWARM,
  ),
  "docker_service log_driver options": service(task(log("2m")), task(log("1m")), SWARM),
  "docker_service placement removed": service(
    task({}),
    task({ placement: [{ constraints: ["node.role==manager"] }] }),
    SWARM,
  ),
  "docker_service user and read_only": service(task({}, { user: "1000", read_only: true }), {}, SWARM),
  "docker_service replicas and update_config removed": service(
    { mode: [{ replicated: [{ replicas: 2 }] }], update_config: null },
    { mode: [{ replicated: [{ replicas: 1 }] }], update_config: [{ parallelism: 2, delay: "10s" }] },
    SWARM,
  ),
};

const LAN = {
  libvirt_network: { n: { name: "berth-edit-own-n", bridge: { name: "br0" }, autostart: false, ips: [ADDRESS] } },
};
const POOL = {
  libvirt_pool: {
    p: { name: "berth-edit-own-p", type: "dir", target: { path: "/var/lib/libvirt/images/berth-edit-own-p" } },
  },
};
const DATA = {
  name: "data.img",
  pool: "${libvirt_pool.p.name}",
  capacity: 1048576,
  target: { format: { type: "raw" } },
};
const disk = (cache: string) => ({
  devices: {
    disks: [
      {
        source: { file: { file: "${libvirt_volume.data.path}" } },
        driver: { name: "qemu", type: "raw", cache },
        target: { dev: "vda", bus: "virtio" },
      },
    ],
  },
});
const nic = (source: object) => ({
  devices: { interfaces: [{ mac: { address: "52:54:00:00:00:03" }, source, model: { type: "virtio" } }] },
});
const boot = (dev: string) => ({ os: { ...GUEST.os, boot_devices: [{ dev }] } });
const forwarder = (addr: string) => ({ dns: { forwarders: [{ addr }] } });

/** More edits that none of what is known of edits was taken from, of libvirt's things. */
export const keptBackMoreLibvirt: Edits = {
  "libvirt_domain interface source": guest(
    nic({ network: { network: "${libvirt_network.n.name}" } }),
    nic({ user: {} }),
    { beside: LAN },
  ),
  "libvirt_domain disk cache": guest(disk("writeback"), disk("none"), {
    beside: { ...POOL, libvirt_volume: { data: DATA } },
  }),
  "libvirt_domain features removed": guest({ features: null }, { features: { acpi: true, apic: {} } }),
  "libvirt_domain memory and memory_unit": guest({ memory: 1, memory_unit: "GiB" }),
  "libvirt_domain watchdog added, running": running({
    devices: { watchdogs: [{ model: "i6300esb", action: "reset" }] },
  }),
  "libvirt_domain autostart removed, running": running({ autostart: null }, { autostart: true }),
  "libvirt_domain boot_devices, running": running(boot("network"), boot("hd")),
  "libvirt_domain memory and vcpu, running": running({ memory: 96, vcpu: 2 }),
  "libvirt_network routes": lan({ routes: [{ address: "10.0.9.0", prefix: 24, gateway: "10.0.0.2" }] }),
  "libvirt_network dns forwarders": lan(forwarder("192.0.2.54"), forwarder("192.0.2.53")),
  "libvirt_network forward nat removed": lan(
    { forward: { nat: null } },
    { forward: { mode: "nat", nat: { ports: [{ start: 1024, end: 65535 }] } } },
  ),
  "libvirt_network domain and bridge": lan(
    { domain: { name: "b.lan" }, bridge: { name: "br1" } },
    { domain: { name: "a.lan" } },
  ),
  "libvirt_volume name and capacity": editsOf("libvirt_volume", DATA)(
    { name: "other.img", capacity: 2097152 },
    {},
    { beside: POOL },
  ),
};
