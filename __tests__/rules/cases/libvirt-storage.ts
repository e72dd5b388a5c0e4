import { type Case, casesOf, type Make } from "./case";

const pool = casesOf("libvirt_pool", { name: "p", type: "dir" });
const POOL_AT = { target: { path: "/var/lib/libvirt/images/berth-rule-own" } };
const POOL = { libvirt_pool: { p: { name: "berth-rule-own-p", type: "dir", ...POOL_AT } } };

const volume: Make = (bad, says, good, rest = {}) =>
  casesOf("libvirt_volume", {
    name: "a.qcow2",
    pool: "${libvirt_pool.p.name}",
    capacity: 1048576,
    target: { format: { type: "qcow2" } },
  })(bad, says, good, { ...rest, beside: { ...POOL, ...rest.beside } });

const BASE = {
  libvirt_volume: {
    base: {
      name: "base.qcow2",
      pool: "${libvirt_pool.p.name}",
      capacity: 2097152,
      target: { format: { type: "qcow2" } },
    },
  },
};

export const libvirtStorageCases: Readonly<Record<string, Case>> = {
  "libvirt/pool/name": {
    type: "libvirt_pool",
    base: { type: "dir", target: { path: "/var/lib/libvirt/images/berth-rule-own" } },
    bad: { name: "a/b" },
    says: `'name' must be 1 to 200 characters, without '/' and line breaks, got "a/b"`,
    good: { name: "berth-rule-own" },
  },
  "libvirt/pool/path": {
    type: "libvirt_pool",
    base: { name: "p", type: "dir" },
    bad: { target: { path: "images/berth-rule-own" } },
    says: `'target.path' must be an absolute path on the host, without '.' and '..', got "images/berth-rule-own"`,
    good: { target: { path: "/var/lib/libvirt/images/berth-rule-own/" } },
    look: ["sh", "-c", "virsh -q pool-dumpxml % | grep path"],
  },
  "libvirt/volume/name": volume(
    { name: "a/b" },
    `'name' must be a file name of 1 to 200 characters that does not begin with '.', got "a/b"`,
    { name: "a.iso" },
  ),
  "libvirt/volume/capacity": volume(
    { capacity: null },
    "'capacity' must be set where nothing is uploaded, got nothing",
    { capacity: 2 ** 20 },
  ),
  "libvirt/volume/capacity-of-upload": volume(
    { create: { content: { url: "/etc/os-release" } }, target: null },
    "'capacity' must be left out where something is uploaded, got both (grow it with an overlay)",
    { create: { content: { url: "/etc/os-release" } }, target: null, capacity: null },
    { look: ["virsh", "vol-info", "%", "--pool", "%-p"] },
  ),
  "libvirt/volume/overlay-format": volume(
    { capacity: 2097152, backing_store: { path: "${libvirt_volume.base.path}" }, target: null },
    `'target.format.type' must be "qcow2" for an overlay, got nothing`,
    { backing_store: { path: "${libvirt_volume.base.path}", format: { type: "qcow2" } }, capacity: 2097152 },
    { beside: BASE },
  ),
  "libvirt/pool/name-taken": pool(
    { name: "berth-rule-own-2", target: { path: "/var/lib/libvirt/images/berth-rule-own-a" } },
    `'name' must be a name of its own on the host, got "berth-rule-own-2", which libvirt_pool.other has (choose another)`,
    POOL_AT,
    {
      beside: {
        libvirt_pool: {
          other: {
            name: "berth-rule-own-2",
            type: "dir",
            target: { path: "/var/lib/libvirt/images/berth-rule-own-b" },
          },
        },
      },
    },
  ),
  "libvirt/pool/path-taken": pool(
    POOL_AT,
    `'target.path' must be a folder of its own on the host, got "/var/lib/libvirt/images/berth-rule-own", which libvirt_pool.other has (choose another)`,
    { target: { path: "/var/lib/libvirt/images/berth-rule-own-c" } },
    {
      beside: { libvirt_pool: { other: { name: "berth-rule-own-2", type: "dir", ...POOL_AT } } },
    },
  ),
  "libvirt/pool/path-missing": pool({}, "'target.path' must be set, got nothing", POOL_AT),
  "libvirt/pool/type": pool(
    { type: "folder", ...POOL_AT },
    `'type' must be "dir", "fs", "netfs", "logical", "disk", "iscsi", "iscsi-direct", "scsi", "mpath", "rbd", "sheepdog", "gluster", "zfs" or "vstorage", got "folder"`,
    POOL_AT,
  ),
  "libvirt/pool/mode": pool(
    { target: { ...POOL_AT.target, permissions: { mode: "rwx" } } },
    `'target.permissions.mode' must be octal digits such as "0711", got "rwx"`,
    {
      target: { ...POOL_AT.target, permissions: { mode: "0711" } },
    },
  ),
  "libvirt/pool/owner": pool(
    { target: { ...POOL_AT.target, permissions: { mode: "0711", owner: "root" } } },
    `'target.permissions.owner' must be a number, got "root" (as \`id\` prints it)`,
    {
      target: { ...POOL_AT.target, permissions: { mode: "0711", owner: "0", group: "0" } },
    },
  ),
  "libvirt/pool/path-shared": pool(
    { target: { path: "/tmp" } },
    `'target.path' must be a folder for this pool alone, as a destroy removes it, got "/tmp" (name one below it, or set destroy.delete = false)`,
    POOL_AT,
    { read: true },
  ),
  "libvirt/volume/name-taken": volume(
    { name: "a.qcow2" },
    `'name' must be a name of its own in the pool, got "a.qcow2 in libvirt_pool.p.name", which libvirt_volume.other has (choose another)`,
    { name: "b.qcow2" },
    { beside: { libvirt_volume: { other: { name: "a.qcow2", pool: "${libvirt_pool.p.name}", capacity: 1048576 } } } },
  ),
  "libvirt/volume/url": volume(
    { capacity: null, create: { content: { url: "ftp://example.com/a.img" } } },
    `'create.content.url' must be a path, or begin with https://, http:// or file://, got "ftp://example.com/a.img"`,
    {},
  ),
  "libvirt/volume/unit": volume(
    { capacity: 1, capacity_unit: "gigs" },
    `'capacity_unit' must be a unit of libvirt's, got "gigs" (such as MiB or GiB)`,
    { capacity: 1, capacity_unit: "MiB" },
  ),
  "libvirt/volume/format": volume(
    { target: { format: { type: "qcow3" } } },
    `'target.format.type' must be "raw", "qcow2", "qcow", "qed", "vmdk", "vdi", "vhd", "vpc", "iso", "bochs", "cloop", "dmg", "cow", "dir" or "luks", got "qcow3" (did you mean "qcow2"?)`,
    {
      target: { format: { type: "raw" } },
    },
  ),
  "libvirt/volume/mode": volume(
    { target: { permissions: { mode: "rw" } } },
    `'target.permissions.mode' must be octal digits such as "0711", got "rw"`,
    {
      target: { permissions: { mode: "0600" } },
    },
  ),
  "libvirt/volume/cluster-size": volume(
    { target: { cluster_size: 1000 } },
    "'target.cluster_size' must be a power of two from 512 to 2097152 bytes, got 1000",
    { target: { cluster_size: 65536 } },
  ),
  "libvirt/volume/compat": volume({ target: { compat: "2" } }, `'target.compat' must be "0.10" or "1.1", got "2"`, {
    target: { compat: "1.1" },
  }),
  "libvirt/volume/overlay-size": volume(
    { capacity: 1048576, backing_store: { path: "${libvirt_volume.base.path}", format: { type: "qcow2" } } },
    "'capacity' must be at least that of libvirt_volume.base, 2097152 bytes, got 1048576 bytes",
    { capacity: 4194304, backing_store: { path: "${libvirt_volume.base.path}", format: { type: "qcow2" } } },
    { beside: BASE, look: ["virsh", "vol-info", "%", "--pool", "%-p"] },
  ),
  "libvirt/pool/source-missing": pool(
    { type: "rbd" },
    "'source.name' must be set for a pool of type rbd, got nothing",
    POOL_AT,
  ),
  "libvirt/volume/iso-format": volume(
    { capacity: null, create: { content: { url: "seed.iso" } }, target: { format: { type: "raw" } } },
    `'target.format.type' must be left out for an ISO image, got "raw"`,
    { capacity: null, create: { content: { url: "seed.iso" } }, target: null },
    { read: true, elsewhere: "needs an ISO image" },
  ),
  "libvirt/volume/backing-format": volume(
    { capacity: 2097152, backing_store: { path: "${libvirt_volume.base.path}", format: { type: "raw" } } },
    `'backing_store.format.type' must be that of libvirt_volume.base, "qcow2", got "raw"`,
    { capacity: 2097152, backing_store: { path: "${libvirt_volume.base.path}", format: { type: "qcow2" } } },
    { beside: BASE, read: true },
  ),
  "libvirt/volume/logical-format": volume(
    { pool: "${libvirt_pool.vg.name}" },
    `'target.format.type' must be "raw" in a logical pool, got "qcow2"`,
    { pool: "${libvirt_pool.vg.name}", target: { format: { type: "raw" } } },
    {
      beside: { libvirt_pool: { vg: { name: "berth-rule-own-vg", type: "logical", source: { name: "vg" } } } },
      read: true,
      elsewhere: "needs a volume group",
    },
  ),
  "libvirt/volume/pool-by-id": volume(
    { pool: "${libvirt_pool.p.id}" },
    `'pool' must be a pool's name, got "\${libvirt_pool.p.id}" (\${libvirt_pool.p.name})`,
    {},
  ),
  "libvirt/pool/device-missing": pool(
    { type: "fs", target: { path: "/var/lib/libvirt/images/berth-rule-own" } },
    "'source.device' must be set for a pool of type fs, got nothing",
    {
      type: "fs",
      source: { device: [{ path: "/dev/sdx1" }] },
      target: { path: "/var/lib/libvirt/images/berth-rule-own" },
    },
    { elsewhere: "needs a device" },
  ),
  "libvirt/pool/source-format": pool(
    { type: "netfs", source: { host: [{ name: "nas.lan" }], dir: { path: "/export" }, format: { type: "nfs4" } } },
    `'source.format.type' must be "auto", "nfs", "glusterfs" or "cifs", got "nfs4" (did you mean "nfs"?)`,
    { type: "netfs", source: { host: [{ name: "nas.lan" }], dir: { path: "/export" }, format: { type: "nfs" } } },
    { elsewhere: "needs a server" },
  ),
  "libvirt/volume/owner": volume(
    { target: { permissions: { mode: "0640", owner: "libvirt-qemu" } } },
    `'target.permissions.owner' must be a number, got "libvirt-qemu"`,
    {
      target: { permissions: { mode: "0640", owner: "64055", group: "64055" } },
    },
  ),
  "libvirt/volume/kind": volume(
    { type: "qcow2" },
    `'type' must be "file", "block", "dir", "network", "netdir" or "ploop", got "qcow2" (the format belongs in target.format)`,
    { type: "file" },
  ),
  "libvirt/volume/secret-in-url": volume(
    { create: { content: { url: "https://a:b@images.example/a.raw" } } },
    "'create.content.url' must hold no password, got one (fetch the file by a login of the machine that runs Terraform)",
    {},
    { read: true },
  ),
  "libvirt/volume/capacity-most": volume(
    { capacity: 21474836480, capacity_unit: "GiB" },
    "'capacity' must be less than 8 EiB, got 21474836480 GiB (capacity_unit says what capacity counts)",
    { capacity: 1048576 },
  ),
  "libvirt/volume/content-format": volume(
    { create: { content: { url: "/srv/a.qcow2" } }, target: { format: { type: "raw" } } },
    `'target.format.type' must be the format of the image that is uploaded, got "raw" for a .qcow2 (write "qcow2")`,
    {},
    { read: true },
  ),
};
