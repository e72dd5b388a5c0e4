import type { Edits } from "./edit-case";
import { FOLDER, guest, IN_POOL, network, pool, running, volume } from "./libvirt-bases";

const vnc = (listen: string) => ({ devices: { graphics: [{ vnc: { auto_port: true, listen } }] } });

export const libvirtEdits: Edits = {
  "libvirt_domain memory": guest({ memory: 96 }),
  "libvirt_domain vcpu": guest({ vcpu: 2 }),
  "libvirt_domain title": guest({ title: "b" }, { title: "a" }),
  "libvirt_domain description": guest({ description: "b" }, { description: "a" }),
  "libvirt_domain autostart": guest({ autostart: true }, { autostart: false }),
  "libvirt_domain devices": guest(vnc("127.0.0.2"), vnc("127.0.0.1")),
  "libvirt_domain name": guest({ name: "berth-edit-own-2" }),
  "libvirt_domain on_crash": guest({ on_crash: "restart" }, { on_crash: "destroy" }),
  "libvirt_domain running": guest({ running: true }, { running: false }),
  "libvirt_domain memory, running": running({ memory: 96 }),
  "libvirt_domain vcpu, running": running({ vcpu: 2 }),
  "libvirt_domain title, running": running({ title: "b" }, { title: "a" }),
  "libvirt_domain autostart, running": running({ autostart: true }, { autostart: false }),
  "libvirt_domain devices, running": running(vnc("127.0.0.2"), vnc("127.0.0.1")),
  "libvirt_domain running, going off": running({ running: false }),
  "libvirt_domain running removed, going off": running({ running: null }),
  "libvirt_domain memory, going off": running({ memory: 96, running: false }),
  "libvirt_domain description removed": guest({ description: null }, { description: "a" }),
  "libvirt_domain autostart removed": guest({ autostart: null }, { autostart: true }),
  "libvirt_network ips": network({ ips: [{ address: "10.0.1.1", prefix: 24 }] }),
  "libvirt_network dhcp": network({
    ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { ranges: [{ start: "10.0.0.10", end: "10.0.0.30" }] } }],
  }),
  "libvirt_network forward": network({ forward: { mode: "route" } }),
  "libvirt_network domain": network({ domain: { name: "b.lan" } }, { domain: { name: "a.lan" } }),
  "libvirt_network mtu": network({ mtu: { size: 1400 } }),
  "libvirt_network autostart": network({ autostart: true }),
  "libvirt_network dhcp removed": network({ ips: [{ address: "10.0.0.1", prefix: 24 }] }),
  "libvirt_network dhcp lease": network({
    ips: [
      {
        address: "10.0.0.1",
        prefix: 24,
        dhcp: { ranges: [{ start: "10.0.0.10", end: "10.0.0.20", lease: { expiry: 2, unit: "hours" } }] },
      },
    ],
  }),
  "libvirt_network forward removed": network({ forward: null }),
  "libvirt_network domain removed": network({ domain: null }, { domain: { name: "a.lan" } }),
  "libvirt_network mtu removed": network({ mtu: null }, { mtu: { size: 1400 } }),
  "libvirt_network name": network({ name: "berth-edit-own-2" }),
  "libvirt_network bridge": network({ bridge: { name: "br1" } }),
  "libvirt_pool target": pool({ target: { path: `${FOLDER}-2` } }),
  "libvirt_pool name": pool({ name: "berth-edit-own-2" }),
  "libvirt_volume capacity": volume({ capacity: 2097152 }, {}, IN_POOL),
  "libvirt_volume name": volume({ name: "other.img" }, {}, IN_POOL),
  "libvirt_volume target": volume({ target: { format: { type: "qcow2" } } }, {}, IN_POOL),
  "libvirt_volume create": volume(
    { create: { content: { url: "/etc/hosts" } } },
    { create: { content: { url: "/etc/hostname" } } },
    IN_POOL,
  ),
};
