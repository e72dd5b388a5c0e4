import { type Case, container, SWARM } from "./case";
import { join, LOOK, NETS, other } from "./container-parts";

export const dockerContainerNetworkCases: Readonly<Record<string, Case>> = {
  "docker/container/ports-without-network": container(
    { ports: [{ internal: 80 }], network_mode: "none" },
    `'ports' must be left out on this network, got port 80 on network_mode "none" (a container without a network can publish nothing)`,
    { ports: [{ internal: 80 }] },
  ),
  "docker/container/port-range": container(
    { ports: [{ internal: 70000 }] },
    "'ports.0.internal' must be a port from 1 to 65535, got 70000",
    { ports: [{ internal: 1, external: 65535 }] },
  ),
  "docker/container/port-internal-duplicate": container(
    {
      ports: [
        { internal: 80, external: 1 },
        { internal: 80, external: 2 },
      ],
    },
    "'ports' must publish a container port once, got 80/tcp twice (the provider never settles on their order; publish it on 0.0.0.0, or put a proxy in front)",
    { ports: [{ internal: 80 }, { internal: 80, protocol: "udp" }] },
  ),
  "docker/container/networks-and-mode": container(
    { ...join({ ipv4_address: "10.0.0.5" }), network_mode: "${docker_network.in.name}" },
    "'network_mode' must be left out where networks_advanced is set, got \"${docker_network.in.name}\"",
    join({ ipv4_address: "10.0.0.5" }),
    { beside: NETS, look: LOOK("{{json .NetworkSettings.Networks}}") },
  ),
  "docker/container/address": container(
    join({ ipv4_address: "10.0.1.5" }),
    `'networks_advanced.0.ipv4_address' must be an address that a container may have in 10.0.0.0/24, got "10.0.1.5"`,
    join({ ipv4_address: "10.0.0.5" }),
    { beside: NETS },
  ),
  "docker/container/port-address-empty": container(
    { ports: [{ internal: 80, external: 28101, ip: "" }] },
    `'ports.0.ip' must be left out rather than empty, got "" (0.0.0.0 is every address)`,
    {
      ports: [{ internal: 80, external: 28101, ip: "127.0.0.1" }],
    },
  ),
  "docker/container/port-address": container(
    { ports: [{ internal: 80, external: 28102, ip: "localhost" }] },
    `'ports.0.ip' must be an address, got "localhost" (such as 127.0.0.1)`,
    {
      ports: [{ internal: 80, external: 28102, ip: "0.0.0.0" }],
    },
  ),
  "docker/container/port-protocol": container(
    { ports: [{ internal: 80, protocol: "http" }] },
    `'ports.0.protocol' must be "tcp", "udp" or "sctp", got "http"`,
    {
      ports: [{ internal: 80, protocol: "udp" }],
    },
  ),
  "docker/container/port-taken": container(
    { ports: [{ internal: 80, external: 28103 }] },
    "'ports.0.external' must be a port that no other container publishes, got 28103/tcp, which docker_container.other has",
    { ports: [{ internal: 80, external: 28104 }] },
    { beside: other({ ports: [{ internal: 81, external: 28103 }] }) },
  ),
  "docker/container/publish-all": container(
    { publish_all_ports: true },
    "'publish_all_ports' must be left out, got true (publish each port)",
    { ports: [{ internal: 80 }] },
    { lines: ["3.9.0"] },
  ),
  "docker/container/address-taken": container(
    join({ ipv4_address: "10.0.0.7" }),
    `'networks_advanced.0.ipv4_address' must be an address of its own, got "10.0.0.7", which docker_container.other has`,
    join({ ipv4_address: "10.0.0.8" }),
    { beside: { ...NETS, ...other(join({ ipv4_address: "10.0.0.7" })) } },
  ),
  "docker/container/network-mac": container(
    join({ mac_address: "52:54:00:zz:00:01" }),
    `'networks_advanced.0.mac_address' must be a hardware address, got "52:54:00:zz:00:01"`,
    join({ mac_address: "52:54:00:00:00:01" }),
    { beside: NETS, look: LOOK("{{range .NetworkSettings.Networks}}{{.MacAddress}}{{end}}") },
  ),
  "docker/container/address-of-version-6": container(
    join({ ipv6_address: "fd00:7::5" }),
    `'networks_advanced.0.ipv6_address' must stand on a network with an IPv6 subnet, got "fd00:7::5"`,
    join({}),
    {
      beside: NETS,
    },
  ),
  "docker/container/port-twice": container(
    {
      ports: [
        { internal: 80, external: 28107 },
        { internal: 81, external: 28107 },
      ],
    },
    "'ports.1.external' must publish one port of the container, got 28107/tcp twice",
    {
      ports: [
        { internal: 80, external: 28107 },
        { internal: 81, external: 28108 },
      ],
    },
  ),
  "docker/container/network-mode": container(
    { network_mode: "service:vpn" },
    `'network_mode' must be a network, or container: and an id, got "service:vpn" (container:\${docker_container.NAME.id})`,
    { network_mode: "none" },
  ),
  "docker/container/network-twice": container(
    {
      networks_advanced: [
        { name: "${docker_network.in.id}", aliases: ["one"] },
        { name: "${docker_network.in.id}", aliases: ["two"] },
      ],
    },
    "'networks_advanced.1.name' must join each network once, got docker_network.in twice",
    join({ aliases: ["one", "two"] }),
    { beside: NETS, look: LOOK("{{range .NetworkSettings.Networks}}{{json .Aliases}}{{end}}") },
  ),
  "docker/container/ports-on-macvlan": container(
    { networks_advanced: [{ name: "${docker_network.lan.id}" }], ports: [{ internal: 80, external: 28101 }] },
    "'ports' must be left out where every network is macvlan or ipvlan, got port 80 (the container has an address of its own on the network)",
    { networks_advanced: [{ name: "${docker_network.lan.id}" }] },
    {
      read: true,
      elsewhere: "needs macvlan in the kernel",
      beside: {
        docker_network: {
          lan: {
            name: "berth-rule-own",
            driver: "macvlan",
            ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }],
          },
        },
      },
    },
  ),
  "docker/container/address-reserved": container(
    { networks_advanced: [{ name: "${docker_network.lan.id}", ipv4_address: "10.0.0.5" }] },
    `'networks_advanced.0.ipv4_address' must not be an aux_address of the network, got "10.0.0.5"`,
    { networks_advanced: [{ name: "${docker_network.lan.id}", ipv4_address: "10.0.0.6" }] },
    {
      beside: {
        docker_network: {
          lan: {
            name: "berth-rule-own",
            ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1", aux_address: { router: "10.0.0.5" } }],
          },
        },
      },
    },
  ),
  "docker/container/link-local": container(
    join({ link_local_ips: ["169.254.10.5/16"] }),
    `'networks_advanced.0.link_local_ips' must be addresses, got "169.254.10.5/16"`,
    join({ link_local_ips: ["169.254.10.5"] }),
    { beside: NETS, lines: ["4.5.0"], read: true },
  ),
  "docker/container/driver-option": container(
    join({ driver_opts: ["com.docker.network.endpoint.ifname"] }),
    `'networks_advanced.0.driver_opts' must be name=value, got "com.docker.network.endpoint.ifname"`,
    join({ driver_opts: ["com.docker.network.endpoint.ifname=eth7"] }),
    { beside: NETS, lines: ["4.5.0"], read: true },
  ),
  "docker/container/overlay-attachable": container(
    join({}, "${docker_network.wide.id}"),
    "'networks_advanced.0.name' must be a network that containers may join, got docker_network.wide (give it attachable = true)",
    join({}, "${docker_network.open.id}"),
    {
      ...SWARM,
      beside: {
        docker_network: {
          wide: { name: "berth-rule-own", driver: "overlay" },
          open: { name: "berth-rule-own-open", driver: "overlay", attachable: true },
        },
      },
    },
  ),
};
