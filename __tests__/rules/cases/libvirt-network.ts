import type { Case } from "./case";
import { network } from "./network-parts";

export const libvirtNetworkCases: Readonly<Record<string, Case>> = {
  "libvirt/network/bridge-name": network(
    { bridge: { name: "b".repeat(16) } },
    `'bridge.name' must be 1 to 15 letters, digits, '_', '.' or '-', got "${"b".repeat(16)}"`,
    { bridge: { name: "b".repeat(15) } },
  ),
  "libvirt/network/bridge-missing": network(
    { bridge: null },
    "'bridge.name' must be set, got nothing",
    {
      bridge: null,
      forward: { mode: "bridge" },
    },
    { read: true },
  ),
  "libvirt/network/addresses": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.1.9" }] } }] },
    `'ips.0.dhcp.ranges.0' must be an address that a machine may have in 10.0.0.0/24, got "10.0.1.9"`,
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9" }] } }] },
  ),
  "libvirt/network/reserved-range": network(
    { ips: [{ address: "127.0.5.1", prefix: 24 }] },
    "'ips.0.address' must be outside the ranges that no network can have, got 127.0.5.0/24 (loopback; take one of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
    { ips: [{ address: "10.0.0.1", prefix: 24 }] },
    { read: true },
  ),
  "libvirt/network/name-taken": network(
    { name: "berth-rule-own-2" },
    `'name' must be a name of its own on the host, got "berth-rule-own-2", which libvirt_network.other has (choose another)`,
    {},
    { beside: { libvirt_network: { other: { name: "berth-rule-own-2", bridge: { name: "br1" } } } } },
  ),
  "libvirt/network/bridge-taken": network(
    { bridge: { name: "br1" } },
    `'bridge.name' must be a bridge of its own on the host, got "br1", which libvirt_network.other has (choose another)`,
    {},
    { beside: { libvirt_network: { other: { name: "berth-rule-own-2", bridge: { name: "br1" } } } } },
  ),
  "libvirt/network/subnet-taken": network(
    { ips: [{ address: "10.0.0.1", prefix: 24 }] },
    "'ips.0.address' must not overlap another network of the host, got 10.0.0.0/24, which meets libvirt_network.other (choose another subnet)",
    {},
    {
      beside: {
        libvirt_network: {
          other: { name: "berth-rule-own-2", bridge: { name: "br1" }, ips: [{ address: "10.0.0.9", prefix: 24 }] },
        },
      },
    },
  ),
  "libvirt/network/zone": network(
    { bridge: { zone: "trusted" } },
    `'bridge.zone' must be left out on a host without firewalld, got "trusted"`,
    {},
  ),
  "libvirt/network/nat-range": network(
    { forward: { mode: "nat", nat: { addresses: [{ start: "10.0.0.9", end: "10.0.0.2" }] } } },
    "'forward.nat.addresses.0' must go from the lower address to the higher, got 10.0.0.9 to 10.0.0.2",
    {},
  ),
  "libvirt/network/tftp-root": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, tftp: { root: "tftp" } }] },
    `'ips.0.tftp.root' must be an absolute path on the host, got "tftp"`,
    {},
  ),
  "libvirt/network/subnet-of-docker": network(
    { ips: [{ address: "10.0.0.1", prefix: 24 }] },
    "'ips.0.address' must not meet a network of Docker on the same machine, got 10.0.0.0/24, which meets docker_network.other (choose another subnet)",
    { ips: [{ address: "10.0.2.1", prefix: 24 }] },
    {
      beside: { docker_network: { other: { name: "berth-rule-own-2", ipam_config: [{ subnet: "10.0.0.0/23" }] } } },
      read: true,
      elsewhere: "needs both providers",
    },
  ),
  "libvirt/network/bridge-of-docker": network(
    { bridge: { name: "br-app" } },
    `'bridge.name' must be a bridge of its own on the machine, got "br-app", which docker_network.other has (choose another name)`,
    {},
    {
      beside: {
        docker_network: {
          other: {
            name: "berth-rule-own-2",
            ipam_config: [{ subnet: "172.31.0.0/24" }],
            options: { "com.docker.network.bridge.name": "br-app" },
          },
        },
      },
      read: true,
      elsewhere: "needs both providers",
    },
  ),
};
