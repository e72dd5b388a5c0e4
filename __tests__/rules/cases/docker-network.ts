import { type Body, type Case, casesOf, SWARM } from "./case";

const network = casesOf("docker_network", { name: "front" });
const volume = casesOf("docker_volume", { name: "data" });
const ipam = (more: Body) => ({ ipam_config: [{ subnet: "10.0.0.0/24", ...more }] });

export const dockerNetworkCases: Readonly<Record<string, Case>> = {
  "docker/network/name": {
    type: "docker_network",
    base: { ipam_config: [{ subnet: "10.0.0.0/24" }] },
    bad: { name: "bridge" },
    says: `'name' must not be a network that Docker makes itself, got "bridge"`,
    good: { name: "berth-rule-own" },
  },
  "docker/network/subnet": {
    type: "docker_network",
    base: { name: "front" },
    bad: { ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.1.1" }] },
    says: `'ipam_config.0.gateway' must be an address that a machine may have in 10.0.0.0/24, got "10.0.1.1"`,
    good: { ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }] },
  },
  "docker/network/subnet-missing": {
    type: "docker_network",
    base: { name: "front" },
    bad: {},
    says: "'ipam_config' must name a subnet, got nothing (give it one that no other network of the machine has)",
    good: { ipam_config: [{ subnet: "10.0.0.0/24" }] },
    look: ["docker", "network", "inspect", "-f", "{{json .IPAM.Config}}", "%"],
  },
  "docker/volume/name": {
    type: "docker_volume",
    base: {},
    bad: { name: "a" },
    says: `'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got "a"`,
    good: { name: "data" },
  },
  "docker/network/reserved-range": {
    type: "docker_network",
    base: { name: "front" },
    bad: { ipam_config: [{ subnet: "224.0.0.0/24" }] },
    says: "'ipam_config.0.subnet' must be outside the ranges that no network can have, got 224.0.0.0/24 (multicast; take one of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
    good: { ipam_config: [{ subnet: "10.0.0.0/24" }] },
    read: true,
  },
  "docker/network/name-taken": network(
    { name: "berth-rule-own-2", depends_on: ["docker_network.other"], ...ipam({}) },
    `'name' must be a name of its own on the engine, got "berth-rule-own-2", which docker_network.other has (choose another)`,
    ipam({}),
    {
      beside: { docker_network: { other: { name: "berth-rule-own-2", ipam_config: [{ subnet: "10.0.1.0/24" }] } } },
    },
  ),
  "docker/network/subnet-taken": network(
    ipam({ subnet: "10.0.0.0/23" }),
    "'ipam_config.0.subnet' must not overlap another network of the engine, got 10.0.0.0/23, which meets docker_network.other (choose another subnet)",
    ipam({ subnet: "10.0.4.0/24" }),
    {
      beside: { docker_network: { other: { name: "berth-rule-own-2", ipam_config: [{ subnet: "10.0.1.0/24" }] } } },
    },
  ),
  "docker/network/aux-address": network(
    ipam({ aux_address: { router: "10.0.1.9" } }),
    `'ipam_config.0.aux_address' must be an address in 10.0.0.0/24, got "10.0.1.9"`,
    ipam({ aux_address: { router: "10.0.0.9" } }),
  ),
  "docker/network/ipv6-needs-subnet": network(
    { ipv6: true, ...ipam({}) },
    "'ipv6' must stand with an IPv6 subnet, got true alone (add an ipam_config with one of fd00::/8)",
    {
      ipv6: true,
      ipam_config: [{ subnet: "10.0.0.0/24" }, { subnet: "fd00:5::/64" }],
    },
  ),
  "docker/network/driver": network(
    { driver: "bridged", ...ipam({}) },
    `'driver' must be a driver that there is, got "bridged" (did you mean "bridge"?)`,
    { driver: "bridge", ...ipam({}) },
  ),
  "docker/network/bridge-name": network(
    { options: { "com.docker.network.bridge.name": "bridge-of-the-front-net" }, ...ipam({}) },
    `'options' must name a bridge with 1 to 15 letters, digits, '_', '.' or '-', got "bridge-of-the-front-net"`,
    { options: { "com.docker.network.bridge.name": "br0" }, ...ipam({}) },
  ),
  "docker/network/bridge-option": network(
    { options: { "com.docker.network.bridge.enable_icc": "no way" }, ...ipam({}) },
    `'options' must say "true" or "false" for com.docker.network.bridge.enable_icc, got "no way"`,
    { options: { "com.docker.network.bridge.enable_icc": "false" }, ...ipam({}) },
  ),
  "docker/network/mtu": network(
    { options: { "com.docker.network.driver.mtu": "big" }, ...ipam({}) },
    `'options' must have a number of bytes as its MTU, got "big"`,
    {
      options: { "com.docker.network.driver.mtu": "1400" },
      ...ipam({}),
    },
  ),
  "docker/volume/driver": volume(
    { driver: "locall" },
    `'driver' must be a driver that there is, got "locall" (did you mean "local"?)`,
    { driver: "local" },
  ),
  "docker/volume/driver-option": volume(
    { driver_opts: { foo: "bar" } },
    `'driver_opts' must name options of the driver local: type, device, o, size, got "foo"`,
    {
      driver_opts: { type: "tmpfs", device: "tmpfs", o: "size=1m" },
    },
  ),
  "docker/volume/driver-device": volume(
    { driver_opts: { type: "tmpfs" } },
    `'driver_opts' must name a device beside the type, got type "tmpfs" alone (for tmpfs, too: device = "tmpfs")`,
    {},
  ),
  "docker/volume/name-taken": volume(
    { name: "berth-rule-own-2" },
    `'name' must be a name of its own on the engine, got "berth-rule-own-2", which docker_volume.other has (choose another)`,
    {},
    { beside: { docker_volume: { other: { name: "berth-rule-own-2", labels: [{ label: "a", value: "b" }] } } } },
  ),
  "docker/network/gateway-without-subnet": network(
    { ipam_config: [{ gateway: "10.0.0.1" }] },
    "'ipam_config.0.subnet' must be set where a gateway or a range is, got nothing",
    ipam({ gateway: "10.0.0.1" }),
  ),
  "docker/network/bridge-taken": network(
    { options: { "com.docker.network.bridge.name": "br1" }, ...ipam({}) },
    `'options' must name a bridge of its own, got "br1", which docker_network.other has (choose another)`,
    ipam({}),
    {
      beside: {
        docker_network: {
          other: {
            name: "berth-rule-own-2",
            options: { "com.docker.network.bridge.name": "br1" },
            ipam_config: [{ subnet: "10.0.1.0/24" }],
          },
        },
      },
    },
  ),
  "docker/network/macvlan-mode": network(
    { driver: "macvlan", options: { macvlan_mode: "bride" }, ...ipam({}) },
    `'options' must be "bridge", "private", "passthru" or "vepa", got "bride" (did you mean "bridge"?)`,
    ipam({}),
  ),
  "docker/network/driver-once": network(
    { driver: "host" },
    `'driver' must not be one that the engine has once, by itself, got "host" (give the container network_mode "host")`,
    ipam({}),
  ),
  "docker/volume/driver-type": volume(
    { driver_opts: { o: "bind", device: "/srv" } },
    `'driver_opts' must name a type beside the device, got device, o without it (for a folder of the host: type = "none")`,
    {
      driver_opts: { type: "none", o: "bind", device: "/srv" },
    },
  ),
  "docker/network/ip-range": network(
    ipam({ ip_range: "10.0.1.0/25" }),
    `'ipam_config.0.ip_range' must be a part of 10.0.0.0/24, got "10.0.1.0/25"`,
    ipam({ ip_range: "10.0.0.0/25" }),
    {
      read: true,
    },
  ),
  "docker/network/subnets-of-a-bridge": network(
    { ipam_config: [{ subnet: "10.0.0.0/24" }, { subnet: "10.0.1.0/24" }] },
    "'ipam_config' must have one IPv4 subnet on a bridge, got 2",
    ipam({}),
  ),
  "docker/network/gateway-of-version-6": network(
    { ipv6: true, ipam_config: [{ subnet: "10.0.0.0/24" }, { subnet: "fd00:6::/64", gateway: "fd00:7::1" }] },
    `'ipam_config.1.gateway' must be an address in fd00:6::/64, got "fd00:7::1"`,
    { ipv6: true, ipam_config: [{ subnet: "10.0.0.0/24" }, { subnet: "fd00:8::/64", gateway: "fd00:8::1" }] },
  ),
  "docker/network/ipv6-missing": network(
    { ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }, { subnet: "fd00:5::/64" }] },
    `'ipam_config.1.subnet' must stand with ipv6 = true, got "fd00:5::/64"`,
    {},
    { look: ["docker", "network", "inspect", "-f", "{{.EnableIPv6}} {{json .IPAM.Config}}", "%"] },
  ),
  "docker/network/option": network(
    { options: { "com.docker.network.bridge.nme": "brx" } },
    `'options' must name options of the bridge driver, got "com.docker.network.bridge.nme" (did you mean "com.docker.network.bridge.name"?)`,
    { options: { "com.docker.network.bridge.enable_icc": "true" } },
    { read: true },
  ),
  "docker/network/ipvlan-mode": network(
    { driver: "ipvlan", options: { ipvlan_mode: "l4" } },
    `'options' must be "l2", "l3" or "l3s", got "l4" (did you mean "l2"?)`,
    {
      driver: "ipvlan",
      options: { ipvlan_mode: "l3" },
    },
    { read: true, elsewhere: "needs ipvlan in the kernel" },
  ),
  "docker/network/parent-taken": network(
    { driver: "ipvlan", options: { parent: "eth0" } },
    `'options' must name a parent interface of its own, got "eth0", which docker_network.other has (choose another)`,
    { driver: "ipvlan", options: { parent: "eth1" } },
    {
      beside: {
        docker_network: {
          other: {
            name: "berth-rule-own-2",
            driver: "ipvlan",
            options: { parent: "eth0" },
            ipam_config: [{ subnet: "10.0.9.0/24" }],
          },
        },
      },
      read: true,
      elsewhere: "needs interfaces of its own",
    },
  ),
  "docker/network/overlay-gateway": network(
    { driver: "overlay", ipam_config: [{ subnet: "10.0.0.0/24" }] },
    "'ipam_config.0.gateway' must be set on an overlay, got nothing",
    { driver: "overlay", ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }] },
    SWARM,
  ),
  "docker/network/overlay-options": network(
    { driver: "overlay", options: { encrypted: "" } },
    "'options' must be left out on an overlay, or ignored in lifecycle.ignore_changes, got encrypted",
    { driver: "overlay" },
    SWARM,
  ),
  "docker/volume/cluster-scope": volume(
    { cluster: [{ scope: "swarm" }] },
    `'cluster.0.scope' must be "single" or "multi", got "swarm"`,
    {},
  ),
  "docker/network/subnet-full": network(
    { ipam_config: [{ subnet: "10.0.0.0/30", gateway: "10.0.0.1" }] },
    "'ipam_config.0.subnet' must have room for 2 containers, got 10.0.0.0/30, which has 1 addresses for them (choose a shorter prefix)",
    { ipam_config: [{ subnet: "10.0.0.0/29", gateway: "10.0.0.1" }] },
    {
      beside: {
        docker_container: Object.fromEntries(
          ["one", "two"].map((name) => [
            name,
            {
              name: `berth-rule-own-${name}`,
              image: "nginx:1",
              destroy_grace_seconds: 1,
              networks_advanced: [{ name: "${docker_network.it.id}" }],
            },
          ]),
        ),
      },
    },
  ),
  "docker/network/label-duplicate": network(
    {
      labels: [
        { label: "a", value: "1" },
        { label: "a", value: "2" },
      ],
    },
    `'labels' must have each label once, got "a" twice`,
    { labels: [{ label: "a", value: "1" }] },
    { read: true },
  ),
  "docker/volume/label-duplicate": volume(
    {
      labels: [
        { label: "a", value: "1" },
        { label: "a", value: "2" },
      ],
    },
    `'labels' must have each label once, got "a" twice`,
    { labels: [{ label: "a", value: "1" }] },
    { read: true },
  ),
};
