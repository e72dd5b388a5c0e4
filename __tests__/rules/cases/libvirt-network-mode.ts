import type { Case } from "./case";
import { network } from "./network-parts";

export const libvirtNetworkModeCases: Readonly<Record<string, Case>> = {
  "libvirt/network/mac": network(
    { mac: { address: "53:54:00:00:00:01" } },
    `'mac.address' must be a unicast hardware address (first byte even), got "53:54:00:00:00:01" (start it with 52:54:00, as QEMU does)`,
    { mac: { address: "52:54:00:00:00:01" } },
  ),
  "libvirt/network/domain": network(
    { domain: { name: "a..b" } },
    `'domain.name' must be DNS labels with dots between them, got "a..b"`,
    { domain: { name: "a.b" } },
    { read: true },
  ),
  "libvirt/network/forward-mode": network(
    { forward: { mode: "masquerade" } },
    `'forward.mode' must be "nat", "route", "open", "none", "bridge", "private", "vepa", "passthrough" or "hostdev", got "masquerade"`,
    {
      forward: { mode: "nat" },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
  ),
  "libvirt/network/addresses-on-bridge": network(
    { forward: { mode: "bridge" }, ips: [{ address: "10.0.0.1", prefix: 24 }] },
    `'ips' must be left out with the mode "bridge", got set (whoever runs that network says it)`,
    { forward: { mode: "bridge" }, bridge: { name: "brany" } },
  ),
  "libvirt/network/bridge-and-device": network(
    { forward: { mode: "bridge", dev: "eth9" } },
    "'forward.dev' must be left out where a bridge is named, got both",
    {
      forward: { mode: "bridge" },
    },
  ),
  "libvirt/network/domain-on-bridge": network(
    { forward: { mode: "bridge" }, domain: { name: "lan" } },
    `'domain' must be left out with the mode "bridge", got set (whoever runs that network says it)`,
    {
      forward: { mode: "bridge" },
    },
  ),
  "libvirt/network/dns-on-bridge": network(
    { forward: { mode: "bridge" }, dns: { host: [{ ip: "10.0.0.5", hostnames: [{ hostname: "a" }] }] } },
    `'dns' must be left out with the mode "bridge", got set (whoever runs that network says it)`,
    { forward: { mode: "bridge" } },
  ),
  "libvirt/network/mac-on-bridge": network(
    { forward: { mode: "bridge" }, mac: { address: "52:54:00:00:00:01" } },
    `'mac' must be left out with the mode "bridge", got set (whoever runs that network says it)`,
    {
      forward: { mode: "bridge" },
    },
  ),
  "libvirt/network/stp-on-bridge": network(
    { forward: { mode: "bridge" }, bridge: { stp: "on", delay: "2" } },
    `'bridge.stp' must be left out, with delay, with the mode "bridge", got set`,
    {
      forward: { mode: "bridge" },
    },
  ),
  "libvirt/network/vlan": network(
    { vlan: { tags: [{ id: 5 }] } },
    "'vlan' must stand with an Open vSwitch port, or a passed-through device, got alone",
    {},
  ),
  "libvirt/network/port-group-twice": network(
    { port_groups: [{ name: "a" }, { name: "a" }] },
    `'port_groups.1.name' must be another name for each, got "a" twice`,
    {
      port_groups: [{ name: "a" }, { name: "b" }],
    },
  ),
  "libvirt/network/port-group-defaults": network(
    {
      port_groups: [
        { name: "a", default: "yes" },
        { name: "b", default: "yes" },
      ],
    },
    "'port_groups' must have one default, got several",
    { port_groups: [{ name: "a", default: "yes" }, { name: "b" }] },
  ),
  "libvirt/network/mtu": network({ mtu: { size: 20 } }, "'mtu.size' must be 68 to 65535 bytes, got 20", {
    mtu: { size: 1400 },
  }),
  "libvirt/network/nat-ports": network(
    {
      forward: { mode: "nat", nat: { ports: [{ start: 2000, end: 1000 }] } },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
    "'forward.nat.ports.0' must go from the lower port to the higher, got 2000 to 1000",
    {
      forward: { mode: "nat", nat: { ports: [{ start: 1024, end: 65535 }] } },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
  ),
  "libvirt/network/nat-needs-mode": network(
    { forward: { mode: "route", nat: { ports: [{ start: 1024, end: 65535 }] } } },
    `'forward.nat' must be left out but for the mode "nat", got with "route"`,
    {
      forward: { mode: "nat", nat: { ports: [{ start: 1024, end: 65535 }] } },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
  ),
  "libvirt/network/bandwidth": network(
    { bandwidth: { inbound: { peak: 100 } } },
    "'bandwidth.inbound' must have an average, got none",
    {},
  ),
  "libvirt/network/stp": network({ bridge: { stp: "yes" } }, `'bridge.stp' must be "on" or "off", got "yes"`, {
    bridge: { stp: "off" },
  }),
  "libvirt/network/bridge-delay": network(
    { bridge: { delay: "2s" } },
    `'bridge.delay' must be a number of seconds, got "2s"`,
    { bridge: { delay: "2" } },
  ),
  "libvirt/network/nat-port-bound": network(
    {
      forward: { mode: "nat", nat: { ports: [{ start: 1024, end: 70000 }] } },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
    "'forward.nat.ports.0' must be ports from 1 to 65535, got 1024 to 70000",
    {
      forward: { mode: "nat", nat: { ports: [{ start: 1024, end: 65535 }] } },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
  ),
  "libvirt/network/device-of-open": network(
    { forward: { mode: "open", dev: "lo" }, ips: [{ address: "10.0.0.1", prefix: 24 }] },
    `'forward.dev' must be left out with the mode "open", got set`,
    { forward: { mode: "open" }, ips: [{ address: "10.0.0.1", prefix: 24 }] },
  ),
  "libvirt/network/bandwidth-on-bridge": network(
    { forward: { mode: "bridge" }, bridge: { name: "br0" }, bandwidth: { inbound: { average: 1000 } } },
    `'bandwidth' must be left out with the mode "bridge", got set (set it on the interfaces of the guests)`,
    { forward: { mode: "bridge" }, bridge: { name: "br0" } },
  ),
};
