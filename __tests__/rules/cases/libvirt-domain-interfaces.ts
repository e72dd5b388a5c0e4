import { type Body, type Case, domain } from "./case";
import { devices } from "./domain-parts";

const nic = (more: Body, source: Body = { user: {} }): Body =>
  devices("interfaces", { source, model: { type: "virtio" }, ...more });
const LAN = {
  libvirt_network: {
    lan: {
      name: "berth-rule-own",
      forward: { mode: "nat" },
      bridge: { name: "br0" },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
      port_groups: [{ name: "slow" }],
    },
    served: {
      name: "berth-rule-own-2",
      forward: { mode: "nat" },
      bridge: { name: "br1" },
      ips: [{ address: "10.0.1.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.1.10", end: "10.0.1.20" }] } }],
    },
  },
};
const on = (network: string, more: Body = {}) => ({
  network: { network: `\${libvirt_network.${network}.name}`, ...more },
});

export const libvirtDomainInterfaceCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/interface-sources": domain(
    nic({}, { user: {}, bridge: { bridge: "br9" } }),
    "'devices.interfaces.0.source' must be of one kind, got bridge and user",
    nic({}),
    {
      look: ["virsh", "domiflist", "%"],
    },
  ),
  "libvirt/domain/interface-mtu": domain(
    { running: true, ...nic({ mtu: { size: 1400 } }) },
    "'devices.interfaces.0.mtu' must be left out for a user, got 1400",
    nic({}),
  ),
  "libvirt/domain/interface-vlan-bridge": domain(
    {
      running: true,
      ...nic({ vlan: { tags: [{ id: 100 }] } }, { bridge: { bridge: "${libvirt_network.lan.bridge.name}" } }),
    },
    "'devices.interfaces.0.vlan' must be left out on a bridge of Linux, got set (tag the bridge's own port, or name a virtual_port of Open vSwitch)",
    nic({}, { bridge: { bridge: "${libvirt_network.lan.bridge.name}" } }),
    { beside: LAN },
  ),
  "libvirt/domain/interface-target-length": domain(
    { running: true, ...nic({ target: { dev: "web-frontend-internal" } }, on("lan")) },
    `'devices.interfaces.0.target.dev' must have at most 15 characters, got "web-frontend-internal"`,
    nic({ target: { dev: "web-front" } }, on("lan")),
    { beside: LAN },
  ),
  "libvirt/domain/interface-address": domain(
    nic({ ip: [{ address: "10.0.0.20", prefix: 24, family: "ipv4" }] }, on("lan")),
    "'devices.interfaces.0.ip' must be left out: QEMU tells a guest no address, got set (set it by cloud-init, or as a dhcp host of the network)",
    nic({}, on("lan")),
    { beside: LAN },
  ),
  "libvirt/domain/interface-port-forward": domain(
    nic({ port_forward: [{ proto: "tcp", ranges: [{ start: 2222, to: 22 }] }] }, on("lan")),
    "'devices.interfaces.0.port_forward' must be left out where source is not user, got set",
    nic({}, on("lan")),
    { beside: LAN, read: true },
  ),
  "libvirt/domain/interface-queues-model": domain(
    nic({ model: { type: "e1000e" }, driver: { queues: 4 } }),
    `'devices.interfaces.0.driver.queues' must be left out where the model is not virtio, got "e1000e"`,
    nic({ model: { type: "e1000e" } }),
    { read: true },
  ),
  "libvirt/domain/interface-port-group": domain(
    nic({}, on("lan", { port_group: "fast" })),
    `'devices.interfaces.0.source.network.port_group' must be a port group of libvirt_network.lan, got "fast"`,
    nic({}, on("lan", { port_group: "slow" })),
    { beside: LAN, read: true },
  ),
  "libvirt/domain/wait-without-dhcp": domain(
    { running: true, ...nic({ wait_for_ip: { source: "lease", timeout: 5 } }, on("lan")) },
    "'devices.interfaces.0.wait_for_ip.source' must not be lease where the network serves no dhcp, got libvirt_network.lan (give the network a dhcp range)",
    nic({}, on("lan")),
    { beside: LAN, read: true },
  ),
  "libvirt/domain/interface-mtu-size": domain(
    { running: true, ...nic({ mtu: { size: 50 } }, on("lan")) },
    "'devices.interfaces.0.mtu.size' must be 68 to 65535 bytes, got 50",
    nic({ mtu: { size: 1400 } }, on("lan")),
    { beside: LAN },
  ),
  "libvirt/domain/interface-vlan-id": domain(
    nic({ vlan: { tags: [{ id: 4095 }] }, virtual_port: { params: { open_v_switch: {} } } }, on("lan")),
    "'devices.interfaces.0.vlan.tags.0.id' must be a tag from 1 to 4094, got 4095",
    nic({}, on("lan")),
    { beside: LAN, read: true },
  ),
  "libvirt/domain/interface-vlan-network": domain(
    { running: true, ...nic({ vlan: { tags: [{ id: 100 }] } }, on("lan")) },
    `'devices.interfaces.0.vlan' must be left out on a network with the mode "nat", got libvirt_network.lan (a network of its own keeps guests apart)`,
    nic({}, on("lan")),
    { beside: LAN },
  ),
  "libvirt/domain/interface-filter": domain(
    nic({ filter_ref: { filter: "clean-traffic" } }, { direct: { dev: "eth0", mode: "bridge" } }),
    "'devices.interfaces.0.filter_ref' must be left out for a direct, got set",
    nic({}),
    { read: true },
  ),
};
