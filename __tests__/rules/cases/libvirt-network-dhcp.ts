import type { Case } from "./case";
import { network } from "./network-parts";

export const libvirtNetworkDhcpCases: Readonly<Record<string, Case>> = {
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
  "libvirt/network/lease-unit": network(
    {
      ips: [
        {
          address: "10.0.0.1",
          prefix: 24,
          dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9", lease: { expiry: 5, unit: "days" } }] },
        },
      ],
    },
    `'ips.0.dhcp.ranges.0.lease.unit' must be "seconds", "minutes" or "hours", got "days"`,
    {
      ips: [
        {
          address: "10.0.0.1",
          prefix: 24,
          dhcp: { ranges: [{ start: "10.0.0.2", end: "10.0.0.9", lease: { expiry: 5, unit: "hours" } }] },
        },
      ],
    },
  ),
  "libvirt/network/family-unlike": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, family: "ipv6" }] },
    `'ips.0.family' must be that of its address, got "ipv6" for 10.0.0.1`,
    {
      ips: [{ address: "10.0.0.1", prefix: 24, family: "ipv4" }],
    },
  ),
  "libvirt/network/route-without-gateway": network(
    { ips: [{ address: "10.0.0.1", prefix: 24 }], routes: [{ address: "10.0.9.0", prefix: 24 }] },
    "'routes.0.gateway' must be set, got nothing",
    {},
  ),
  "libvirt/network/addresses-of-version-6": network(
    {
      ips: [
        {
          address: "fd00:9::1",
          prefix: 64,
          family: "ipv6",
          dhcp: { ranges: [{ start: "fd00:9::100", end: "fd00:a::200" }] },
        },
      ],
    },
    `'ips.0.dhcp.ranges.0.end' must be an address in fd00:9::1/64, got "fd00:a::200"`,
    {
      ips: [
        {
          address: "fd00:b::1",
          prefix: 64,
          family: "ipv6",
          dhcp: { ranges: [{ start: "fd00:b::100", end: "fd00:b::200" }] },
        },
      ],
    },
  ),
  "libvirt/network/netmask": network(
    { ips: [{ address: "10.0.0.1", netmask: "255.0.255.0" }] },
    `'ips.0.netmask' must be ones, then zeros, got "255.0.255.0" (such as 255.255.255.0)`,
    {
      ips: [{ address: "10.0.0.1", netmask: "255.255.255.0" }],
    },
  ),
  "libvirt/network/range-whole": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.10" }] } }] },
    "'ips.0.dhcp.ranges.0.end' must be set, got nothing",
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.10", end: "10.0.0.20" }] } }] },
  ),
  "libvirt/network/route-own": network(
    { ips: [{ address: "10.0.0.1", prefix: 24 }], routes: [{ address: "10.9.0.0", prefix: 24, gateway: "10.0.0.1" }] },
    `'routes.0.gateway' must be another machine on the network, got "10.0.0.1" (the network reaches itself without a route)`,
    { ips: [{ address: "10.0.0.1", prefix: 24 }], routes: [{ address: "10.9.0.0", prefix: 24, gateway: "10.0.0.2" }] },
    { read: true, elsewhere: "was not run" },
  ),
  "libvirt/network/range-of-version-6": network(
    {
      ips: [
        {
          family: "ipv6",
          address: "fd00:7::1",
          prefix: 64,
          dhcp: { ranges: [{ start: "fd00:7::20", end: "fd00:7::10" }] },
        },
      ],
    },
    "'ips.0.dhcp.ranges.0' must go from the lower address to the higher, over at most 65536, got fd00:7::20 to fd00:7::10",
    {
      ips: [
        {
          family: "ipv6",
          address: "fd00:7::1",
          prefix: 64,
          dhcp: { ranges: [{ start: "fd00:7::10", end: "fd00:7::20" }] },
        },
      ],
    },
  ),
  "libvirt/network/host-of-version-6": network(
    {
      ips: [
        {
          family: "ipv6",
          address: "fd00:8::1",
          prefix: 64,
          dhcp: { hosts: [{ mac: "52:54:00:00:00:01", name: "a", ip: "fd00:8::10" }] },
        },
      ],
    },
    `'ips.0.dhcp.hosts.0.mac' must be left out for IPv6, got "52:54:00:00:00:01" (name the machine by its id or name)`,
    { ips: [{ family: "ipv6", address: "fd00:8::1", prefix: 64, dhcp: { hosts: [{ name: "a", ip: "fd00:8::10" }] } }] },
  ),
};
