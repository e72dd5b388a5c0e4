import { type Body, type Case, casesOf, domain } from "./case";
import { devices } from "./domain-parts";

const PARTS = {
  libvirt_pool: {
    images: { name: "berth-rule-own", type: "dir", target: { path: "/var/lib/libvirt/images/berth-rule-own" } },
  },
  libvirt_volume: {
    root: {
      name: "root.img",
      pool: "${libvirt_pool.images.name}",
      capacity: 1048576,
      target: { format: { type: "raw" } },
    },
  },
  libvirt_network: {
    lan: {
      name: "berth-rule-own",
      bridge: { name: "br0" },
      forward: { mode: "nat" },
      ips: [{ address: "10.0.0.1", prefix: 24 }],
    },
  },
};
const ROOT = "${libvirt_volume.root";
const of = (source: Body): Body =>
  devices("disks", { source, driver: { name: "qemu", type: "raw" }, target: { dev: "vda", bus: "virtio" } });
const nic = (source: Body): Body => devices("interfaces", { source, model: { type: "virtio" } });
const volume = casesOf("libvirt_volume", { name: "data.img", pool: "${libvirt_pool.images.name}", capacity: 1048576 });
const addresses = casesOf("data.libvirt_domain_interface_addresses", { domain: "${libvirt_domain.other.uuid}" });
const GUEST = {
  libvirt_domain: {
    other: { name: "berth-rule-own-2", type: "kvm", memory: 64, memory_unit: "MiB", vcpu: 1, os: { type: "hvm" } },
  },
};
const SEED = {
  libvirt_cloudinit_disk: {
    seed: { name: "seed", user_data: "#cloud-config\n", meta_data: "instance-id: berth-rule-own\n" },
  },
};
const { libvirt_pool: POOLS } = PARTS;

export const libvirtWiringCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/volume-of": domain(
    { running: true, ...of({ volume: { pool: "${libvirt_pool.images.name}", volume: `${ROOT}.id}` } }) },
    `'devices.disks.0.source.volume.volume' must take libvirt_volume.name, got "\${libvirt_volume.root.id}" (such as \${libvirt_volume.NAME.name})`,
    of({ volume: { pool: "${libvirt_pool.images.name}", volume: `${ROOT}.name}` } }),
    { beside: PARTS },
  ),
  "libvirt/domain/pool-of": domain(
    { running: true, ...of({ volume: { pool: "${libvirt_pool.images.id}", volume: `${ROOT}.name}` } }) },
    `'devices.disks.0.source.volume.pool' must take libvirt_pool.name or libvirt_volume.pool, got "\${libvirt_pool.images.id}" (such as \${libvirt_pool.NAME.name})`,
    of({ volume: { pool: "${libvirt_pool.images.name}", volume: `${ROOT}.name}` } }),
    { beside: PARTS },
  ),
  "libvirt/domain/file-of": domain(
    { running: true, ...of({ file: { file: `${ROOT}.name}` } }) },
    `'devices.disks.0.source.file.file' must take libvirt_volume.path or libvirt_volume.id or libvirt_volume.key or libvirt_cloudinit_disk.path, got "\${libvirt_volume.root.name}" (such as \${libvirt_volume.NAME.path})`,
    of({ file: { file: `${ROOT}.path}` } }),
    { beside: PARTS },
  ),
  "libvirt/domain/network-of": domain(
    { running: true, ...nic({ network: { network: "${libvirt_network.lan.bridge.name}" } }) },
    `'devices.interfaces.0.source.network.network' must take libvirt_network.name or libvirt_network.id or libvirt_network.uuid, got "\${libvirt_network.lan.bridge.name}" (such as \${libvirt_network.NAME.name})`,
    nic({ network: { network: "${libvirt_network.lan.name}" } }),
    { beside: PARTS },
  ),
  "libvirt/domain/bridge-of": domain(
    { running: true, ...nic({ bridge: { bridge: "${libvirt_network.lan.name}" } }) },
    `'devices.interfaces.0.source.bridge.bridge' must take libvirt_network.bridge.name, got "\${libvirt_network.lan.name}" (such as \${libvirt_network.NAME.bridge.name})`,
    nic({ bridge: { bridge: "${libvirt_network.lan.bridge.name}" } }),
    { beside: PARTS },
  ),
  "libvirt/domain/other-machine": domain(
    { provider: "libvirt.rack", ...nic({ network: { network: "${libvirt_network.lan.name}" } }) },
    "'devices.interfaces.0.source.network.network' must be something of the same machine, got libvirt_network.lan of the provider's default block (make one by this resource's provider block)",
    nic({ network: { network: "${libvirt_network.lan.name}" } }),
    { beside: PARTS, read: true },
  ),
  "libvirt/volume/pool-of": volume(
    { pool: "${libvirt_volume.root.name}" },
    `'pool' must take libvirt_pool.name or libvirt_pool.id or libvirt_pool.uuid or libvirt_volume.pool, got "\${libvirt_volume.root.name}" (such as \${libvirt_pool.NAME.name})`,
    {},
    { beside: PARTS },
  ),
  "libvirt/volume/backing-of": volume(
    {
      target: { format: { type: "qcow2" } },
      backing_store: { path: "${libvirt_pool.images.name}", format: { type: "raw" } },
    },
    `'backing_store.path' must take libvirt_volume.name or libvirt_volume.path or libvirt_volume.id or libvirt_volume.key, got "\${libvirt_pool.images.name}" (such as \${libvirt_volume.NAME.name})`,
    { target: { format: { type: "qcow2" } }, backing_store: { path: `${ROOT}.path}`, format: { type: "raw" } } },
    { beside: PARTS },
  ),
  "libvirt/volume/content-of": volume(
    { capacity: null, create: { content: { url: "${libvirt_cloudinit_disk.seed.id}" } } },
    `'create.content.url' must take libvirt_cloudinit_disk.path or libvirt_volume.path or libvirt_ignition.path or libvirt_combustion.path, got "\${libvirt_cloudinit_disk.seed.id}" (such as \${libvirt_cloudinit_disk.NAME.path})`,
    { capacity: null, create: { content: { url: "${libvirt_cloudinit_disk.seed.path}" } } },
    { beside: { libvirt_pool: POOLS, ...SEED } },
  ),
  "libvirt/volume/other-machine": volume(
    { provider: "libvirt.rack" },
    "'pool' must be something of the same machine, got libvirt_pool.images of the provider's default block (make one by this resource's provider block)",
    {},
    { beside: PARTS, read: true },
  ),
  "libvirt/volume/pool-not-started": volume(
    { pool: "${libvirt_pool.idle.name}" },
    "'pool' must be a pool that is started, got libvirt_pool.idle (leave out create.start = false)",
    {},
    {
      beside: {
        libvirt_pool: {
          ...POOLS,
          idle: {
            name: "berth-rule-own-idle",
            type: "dir",
            target: { path: "/var/lib/libvirt/images/berth-rule-own-idle" },
            create: { start: false },
          },
        },
      },
    },
  ),
  "libvirt/volume/pool-by-text": volume(
    { pool: "berth-rule-own" },
    `'pool' must refer to libvirt_pool.images, which this stack makes, got "berth-rule-own" (\${libvirt_pool.images.name}, or depends_on)`,
    {},
    { beside: { libvirt_pool: POOLS }, read: true },
  ),
  "libvirt/interface-addresses/guest": addresses(
    { domain: "${libvirt_domain.other.id}" },
    `'domain' must take libvirt_domain.uuid or libvirt_domain.name, got "\${libvirt_domain.other.id}" (such as \${libvirt_domain.NAME.uuid})`,
    {},
    { beside: GUEST, elsewhere: "needs a guest with an address" },
  ),
  "libvirt/interface-addresses/guest-by-text": addresses(
    { domain: "berth-rule-own-2" },
    `'domain' must refer to the guest that this stack makes, got "berth-rule-own-2" (\${libvirt_domain.other.uuid})`,
    {},
    { beside: GUEST, elsewhere: "needs a guest with an address" },
  ),
  "libvirt/interface-addresses/source": addresses(
    { source: "arp" },
    `'source' must be "lease", "agent" or "any", got "arp"`,
    { source: "lease" },
    { beside: GUEST, elsewhere: "needs a guest with an address" },
  ),
  "libvirt/domain/network-by-text": domain(
    nic({ network: { network: "berth-rule-own" } }),
    `'devices.interfaces.0.source.network.network' must refer to libvirt_network.lan, which this stack makes, got "berth-rule-own" (\${libvirt_network.lan.name}, or depends_on)`,
    nic({ network: { network: "${libvirt_network.lan.name}" } }),
    { beside: PARTS, read: true },
  ),
  "libvirt/domain/bridge-by-text": domain(
    nic({ bridge: { bridge: "br0" } }),
    `'devices.interfaces.0.source.bridge.bridge' must refer to libvirt_network.lan, which this stack makes, got "br0" (\${libvirt_network.lan.bridge.name}, or depends_on)`,
    nic({ bridge: { bridge: "${libvirt_network.lan.bridge.name}" } }),
    { beside: PARTS, read: true },
  ),
};
