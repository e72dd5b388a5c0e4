import type { Edits } from "./edit-case";
import { ADDRESS, GUEST, guest, IN_POOL, network, pool, poolOf, RANGE, running, volume } from "./libvirt-bases";

const ROOT = {
  name: "root.img",
  pool: "${libvirt_pool.p.name}",
  capacity: 1048576,
  target: { format: { type: "raw" } },
};
const WITH_ROOT = { beside: { libvirt_pool: poolOf("p"), libvirt_volume: { root: ROOT } } };
const DISK = {
  devices: {
    disks: [
      {
        source: { file: { file: "${libvirt_volume.root.path}" } },
        driver: { name: "qemu", type: "raw" },
        target: { dev: "vda", bus: "virtio" },
      },
    ],
  },
};
const nic = (address: string, more: object = {}) => ({
  devices: { interfaces: [{ mac: { address }, source: { user: {} }, model: { type: "virtio" }, ...more }] },
});
const VNC = { devices: { graphics: [{ vnc: { auto_port: true, listen: "127.0.0.1" } }] } };
const rng = (random: string) => ({ devices: { rngs: [{ model: "virtio", backend: { random } }] } });
const host = (ip: string) => ({ dns: { host: [{ ip, hostnames: [{ hostname: "db" }] }] } });

/** Edits that none of what is known of edits was taken from. */
export const keptBackLibvirt: Edits = {
  "libvirt_domain cpu": guest({ cpu: { mode: "maximum" } }),
  "libvirt_domain vcpu and topology": guest({
    vcpu: 2,
    cpu: { mode: "maximum", topology: { sockets: 1, cores: 2, threads: 1 } },
  }),
  "libvirt_domain machine": guest({ os: { type_machine: "pc" } }),
  "libvirt_domain title removed": guest({ title: null }, { title: "a" }),
  "libvirt_domain disk added": guest(DISK, {}, WITH_ROOT),
  "libvirt_domain interface mac": guest(nic("52:54:00:00:00:02"), nic("52:54:00:00:00:01")),
  "libvirt_domain devices removed": guest({ devices: null }, VNC),
  "libvirt_domain description added, running": running({ description: "the shop's front" }),
  "libvirt_domain name, running": running({ name: "berth-edit-own-2" }),
  "libvirt_domain destroy, running": running({ destroy: { graceful: false } }),
  "libvirt_domain disk added, running": running(DISK, {}, WITH_ROOT),
  "libvirt_domain interface link, running": running(
    nic("52:54:00:00:00:01", { link: { state: "down" } }),
    nic("52:54:00:00:00:01", { link: { state: "up" } }),
  ),
  "libvirt_domain autostart and memory, running": running({ autostart: true, memory: 96 }, { autostart: false }),
  "libvirt_network dns": network(host("10.0.0.6"), host("10.0.0.5")),
  "libvirt_network dhcp hosts": network({
    ips: [
      { ...ADDRESS, dhcp: { ranges: [RANGE], hosts: [{ mac: "52:54:00:00:00:01", ip: "10.0.0.30", name: "db" }] } },
    ],
  }),
  "libvirt_network forward nat": network({ forward: { nat: { ports: [{ start: 2048, end: 65535 }] } } }),
  "libvirt_network autostart removed": network({ autostart: null }, { autostart: true }),
  "libvirt_network autostart and dhcp": network({
    autostart: true,
    ips: [{ ...ADDRESS, dhcp: { ranges: [{ ...RANGE, end: "10.0.0.40" }] } }],
  }),
  "libvirt_network name and autostart": network({ name: "berth-edit-own-2", autostart: true }),
  "libvirt_volume capacity_unit": volume({ capacity: 1, capacity_unit: "MiB" }, {}, IN_POOL),
  "libvirt_volume pool": volume(
    { pool: "${libvirt_pool.q.name}" },
    {},
    {
      beside: { libvirt_pool: { ...poolOf("p"), ...poolOf("q") } },
    },
  ),
  "libvirt_volume backing_store": volume(
    { backing_store: { path: "${libvirt_volume.root.path}", format: { type: "raw" } } },
    { name: "data.qcow2", target: { format: { type: "qcow2" } } },
    WITH_ROOT,
  ),
  "libvirt_volume create removed": volume({ create: null }, { create: { content: { url: "/etc/hosts" } } }, IN_POOL),
  "libvirt_pool permissions": pool({ target: { permissions: { mode: "0750" } } }),
  "libvirt_pool create": pool(
    { create: { autostart: false } },
    { create: { build: true, start: true, autostart: true } },
  ),
  "libvirt_domain on_reboot": guest({ on_reboot: "destroy" }, { on_reboot: "restart" }),
  "libvirt_domain cpu removed": guest({ cpu: null }, { cpu: { mode: "maximum" } }),
  "libvirt_domain clock": guest({ clock: { offset: "localtime" } }, { clock: { offset: "utc" } }),
  "libvirt_domain boot_devices": guest(
    { os: { boot_devices: [{ dev: "network" }] } },
    { os: { ...GUEST.os, boot_devices: [{ dev: "hd" }] } },
  ),
  "libvirt_domain memory and title removed": guest({ memory: 96, title: null }, { title: "a" }),
  "libvirt_domain rng backend": guest(rng("/dev/random"), rng("/dev/urandom")),
  "libvirt_domain on_poweroff, running": running({ on_poweroff: "restart" }, { on_poweroff: "destroy" }),
  "libvirt_domain description removed, running": running({ description: null }, { description: "a" }),
  "libvirt_domain devices removed, running": running({ devices: null }, VNC),
  "libvirt_domain update and memory, running": running({ update: { shutdown: { timeout: 5 } }, memory: 96 }),
  "libvirt_domain vcpu and title removed, running": running({ vcpu: 2, title: null }, { title: "a" }),
  "libvirt_domain autostart, going off": running({ autostart: true, running: false }, { autostart: false }),
  "libvirt_network mac": network({ mac: { address: "52:54:00:00:01:02" } }, { mac: { address: "52:54:00:00:01:01" } }),
  "libvirt_network bridge stp": network({ bridge: { stp: "off" } }, { bridge: { name: "br0", stp: "on" } }),
  "libvirt_network dns removed": network({ dns: null }, host("10.0.0.5")),
  "libvirt_network mtu and autostart removed": network({ mtu: { size: 1400 }, autostart: null }, { autostart: true }),
  "libvirt_volume permissions": volume({ target: { permissions: { mode: "0640" } } }, {}, IN_POOL),
  "libvirt_volume backing_store removed": volume(
    { backing_store: null },
    {
      name: "data.qcow2",
      target: { format: { type: "qcow2" } },
      backing_store: { path: "${libvirt_volume.root.path}", format: { type: "raw" } },
    },
    WITH_ROOT,
  ),
};
