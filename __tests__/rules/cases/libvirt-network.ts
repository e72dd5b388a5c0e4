import { type Case, casesOf } from "./case";

const network = casesOf("libvirt_network", { name: "lan", bridge: { name: "br0" } });

export const libvirtNetworkCases: Readonly<Record<string, Case>> = {
  "libvirt/network/name": network(
    { name: "" },
    `'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got ""`,
    { name: "berth-rule-own" },
  ),
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
  "libvirt/network/prefix-and-netmask": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, netmask: "255.255.255.0" }] },
    "'ips.0.netmask' must be left out where a prefix is set, got both",
    { ips: [{ address: "10.0.0.1", netmask: "255.255.255.0" }] },
  ),
  "libvirt/network/prefix-missing": network(
    { ips: [{ address: "10.0.0.1" }] },
    "'ips.0.prefix' must be set, got nothing (24 suits most)",
    {
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
    { look: ["sh", "-c", "ip -o -4 address show dev $(virsh -q net-info % | sed -n 's/^Bridge: *//p')"] },
  ),
  "libvirt/network/family": network(
    { ips: [{ address: "fd00:9::1", prefix: 64 }] },
    `'ips.0.family' must be "ipv6" for such an address, got nothing`,
    {
      ips: [{ address: "fd00:9::1", prefix: 64, family: "ipv6" }],
    },
  ),
  "libvirt/network/range-reversed": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.9", end: "10.0.0.2" }] } }] },
    "'ips.0.dhcp.ranges.0' must go from the lower address to the higher, got 10.0.0.9 to 10.0.0.2",
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9" }] } }] },
  ),
  "libvirt/network/range-size": network(
    { ips: [{ address: "100.64.0.1", prefix: 10, dhcp: { ranges: [{ start: "100.64.0.2", end: "100.66.0.9" }] } }] },
    "'ips.0.dhcp.ranges.0' must hold at most 65536 addresses, got 100.64.0.2 to 100.66.0.9",
    { ips: [{ address: "100.64.0.1", prefix: 10, dhcp: { ranges: [{ start: "100.64.0.2", end: "100.64.9.9" }] } }] },
  ),
  "libvirt/network/dhcp-once": network(
    {
      ips: [
        { address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9" }] } },
        { address: "10.0.1.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.1.2", end: "10.0.1.9" }] } },
      ],
    },
    "'ips.1.dhcp' must stand on one address of each family, got two",
    {
      ips: [
        { address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9" }] } },
        { address: "10.0.1.1", prefix: 24 },
      ],
    },
  ),
  "libvirt/network/host-key": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.0.0.5" }] } }] },
    "'ips.0.dhcp.hosts.0' must have a mac or a name, got neither",
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.0.0.5", name: "a" }] } }] },
  ),
  "libvirt/network/host-address": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ mac: "52:54:00:00:00:01" }] } }] },
    "'ips.0.dhcp.hosts.0.ip' must be set, got nothing",
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.0.0.5", mac: "52:54:00:00:00:01" }] } }] },
  ),
  "libvirt/network/host-mac": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.0.0.5", mac: "53:54:00:00:00:01" }] } }] },
    `'ips.0.dhcp.hosts.0.mac' must be a unicast hardware address (first byte even), got "53:54:00:00:00:01" (start it with 52:54:00, as QEMU does)`,
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.0.0.5", mac: "52:54:00:00:00:01" }] } }] },
  ),
  "libvirt/network/host-twice": network(
    {
      ips: [
        {
          address: "10.0.0.1",
          prefix: 24,
          dhcp: {
            hosts: [
              { ip: "10.0.0.5", mac: "52:54:00:00:00:01" },
              { ip: "10.0.0.6", mac: "52:54:00:00:00:01" },
            ],
          },
        },
      ],
    },
    `'ips.0.dhcp.hosts.1.mac' must be told one address, got "52:54:00:00:00:01" twice`,
    {},
    { read: true },
  ),
  "libvirt/network/host-address-twice": network(
    {
      ips: [
        {
          address: "10.0.0.1",
          prefix: 24,
          dhcp: {
            hosts: [
              { ip: "10.0.0.5", mac: "52:54:00:00:00:01" },
              { ip: "10.0.0.5", mac: "52:54:00:00:00:02" },
            ],
          },
        },
      ],
    },
    `'ips.0.dhcp.hosts.1.ip' must be told to one machine, got "10.0.0.5" twice`,
    {},
    { read: true },
  ),
  "libvirt/network/dns-host": network(
    { dns: { host: [{ ip: "web", hostnames: [{ hostname: "a" }] }] } },
    `'dns.host.0.ip' must be an address, got "web"`,
    {
      dns: { host: [{ ip: "10.0.0.5", hostnames: [{ hostname: "a" }] }] },
    },
  ),
  "libvirt/network/dns-host-names": network(
    { dns: { host: [{ ip: "10.0.0.5", hostnames: [] }] } },
    "'dns.host.0.hostnames' must name at least one host, got none",
    {
      dns: { host: [{ ip: "10.0.0.5", hostnames: [{ hostname: "a" }] }] },
    },
  ),
  "libvirt/network/dns-text": network(
    { dns: { tx_ts: [{ name: "a b", value: "c" }] } },
    `'dns.tx_ts.0.name' must have no spaces, got "a b"`,
    {
      dns: { tx_ts: [{ name: "a", value: "b c" }] },
    },
  ),
  "libvirt/network/dns-forwarder": network(
    { dns: { forwarders: [{ addr: "dns.example" }] } },
    `'dns.forwarders.0.addr' must be an address, got "dns.example"`,
    {
      dns: { forwarders: [{ addr: "9.9.9.9" }] },
    },
  ),
  "libvirt/network/dns-enable": network({ dns: { enable: "true" } }, `'dns.enable' must be "yes" or "no", got "true"`, {
    dns: { enable: "yes" },
  }),
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
  "libvirt/network/route-gateway": network(
    { ips: [{ address: "10.0.0.1", prefix: 24 }], routes: [{ address: "10.0.9.0", prefix: 24, gateway: "10.0.5.2" }] },
    `'routes.0.gateway' must be an address in 10.0.0.0/24, got "10.0.5.2"`,
    { ips: [{ address: "10.0.0.1", prefix: 24 }], routes: [{ address: "10.0.9.0", prefix: 24, gateway: "10.0.0.2" }] },
  ),
  "libvirt/network/route-address": network(
    { ips: [{ address: "10.0.0.1", prefix: 24 }], routes: [{ address: "10.0.9.5", prefix: 24, gateway: "10.0.0.2" }] },
    `'routes.0.address' must be a network's address, got "10.0.9.5" (did you mean 10.0.9.0/24?)`,
    {},
  ),
  "libvirt/network/mtu": network({ mtu: { size: 20 } }, "'mtu.size' must be 68 to 65535 bytes, got 20", {
    mtu: { size: 1400 },
  }),
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
  "libvirt/network/tftp-root": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, tftp: { root: "tftp" } }] },
    `'ips.0.tftp.root' must be an absolute path on the host, got "tftp"`,
    {},
  ),
  "libvirt/network/lease": network(
    {
      ips: [
        {
          address: "10.0.0.1",
          prefix: 24,
          dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9", lease: { expiry: 1, unit: "minutes" } }] },
        },
      ],
    },
    "'ips.0.dhcp.ranges.0.lease.expiry' must be at least 2 minutes, got 1 minutes",
    {
      ips: [
        {
          address: "10.0.0.1",
          prefix: 24,
          dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9", lease: { expiry: 5, unit: "minutes" } }] },
        },
      ],
    },
  ),
  "libvirt/network/local-domain": network(
    { domain: { name: "lan", local_only: "true" } },
    `'domain.local_only' must be "yes" or "no", got "true"`,
    {
      domain: { name: "lan", local_only: "yes" },
    },
  ),
};
