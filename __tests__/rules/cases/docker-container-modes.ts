import { type Case, container } from "./case";
import { join, NETS, other } from "./container-parts";

export const dockerContainerModesCases: Readonly<Record<string, Case>> = {
  "docker/container/address-needs-network": container(
    join({ ipv4_address: "172.17.0.200" }, "bridge"),
    `'networks_advanced.0.ipv4_address' must be left out on the engine's own bridge, got "172.17.0.200" (make a network with a subnet)`,
    join({ ipv4_address: "10.0.0.9" }),
    { beside: NETS },
  ),
  "docker/container/alias-needs-network": container(
    join({ aliases: ["db"] }, "bridge"),
    `'networks_advanced.0.aliases' must be left out on the engine's own bridge, got ["db"] (make a network)`,
    join({ aliases: ["db"] }),
    { beside: NETS },
  ),
  "docker/container/mode-by-name": container(
    { network_mode: "container:berth-rule-own-2" },
    `'network_mode' must name a container by a reference to its id, got "container:berth-rule-own-2" (container:\${docker_container.NAME.id})`,
    { network_mode: "container:${docker_container.other.id}" },
    { beside: other({ command: ["/bin/sleep", "600"] }) },
  ),
  "docker/container/hostname-with-mode": container(
    { hostname: "a", network_mode: "container:${docker_container.other.id}" },
    "'hostname' must be left out where the network is another container's, got both (set it on the container whose network it is)",
    { hostname: "a" },
    { beside: other({}) },
  ),
  "docker/container/dns-with-mode": container(
    { dns: ["9.9.9.9"], network_mode: "container:${docker_container.other.id}" },
    "'dns' must be left out where the network is another container's, got both (set it on the container whose network it is)",
    { dns: ["9.9.9.9"] },
    { beside: other({}) },
  ),
  "docker/container/hosts-with-mode": container(
    { host: [{ host: "a", ip: "10.1.1.1" }], network_mode: "container:${docker_container.other.id}" },
    "'host' must be left out where the network is another container's, got both (set it on the container whose network it is)",
    { host: [{ host: "a", ip: "10.1.1.1" }] },
    { beside: other({}) },
  ),
  "docker/container/host-address": container(
    { host: [{ host: "a", ip: "fd00::1" }] },
    `'host.0.ip' must be an IPv4 address or "host-gateway", got "fd00::1"`,
    {
      host: [{ host: "a", ip: "host-gateway" }],
    },
  ),
  "docker/container/dns-address": container(
    { dns: ["dns.example"] },
    `'dns' must be addresses, got "dns.example"`,
    { dns: ["9.9.9.9"] },
    { look: ["docker", "exec", "%", "cat", "/etc/resolv.conf"] },
  ),
  "docker/container/hostname": container(
    { hostname: "a".repeat(65) },
    `'hostname' must be a host's name of at most 64 letters, digits or '-', got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
    { hostname: "a".repeat(63) },
  ),
  "docker/container/ipc-mode": container(
    { ipc_mode: "shared" },
    `'ipc_mode' must be "none", "private", "shareable" or "host", got "shared"`,
    { ipc_mode: "private" },
  ),
  "docker/container/pid-mode-by-name": container(
    { pid_mode: "container:berth-rule-own-2" },
    `'pid_mode' must name a container by a reference to its id, got "container:berth-rule-own-2" (container:\${docker_container.NAME.id})`,
    { pid_mode: "container:${docker_container.other.id}" },
    { beside: other({}) },
  ),
  "docker/container/cgroupns-mode": container(
    { cgroupns_mode: "shared" },
    `'cgroupns_mode' must be "private" or "host", got "shared"`,
    { cgroupns_mode: "host" },
  ),
  "docker/container/ipc-mode-by-name": container(
    { ipc_mode: "container:berth-rule-own-2" },
    `'ipc_mode' must name a container by a reference to its id, got "container:berth-rule-own-2" (container:\${docker_container.NAME.id})`,
    { ipc_mode: "container:${docker_container.other.id}" },
    { beside: other({ ipc_mode: "shareable" }) },
  ),
};
