import { editsOf } from "./edit-case";

export const GUEST = {
  name: "berth-edit-own",
  type: "kvm",
  memory: 64,
  memory_unit: "MiB",
  vcpu: 1,
  os: { type: "hvm", type_arch: "x86_64", type_machine: "q35" },
};

/** What edits of libvirt's things start from: a guest that is off, and one that runs. */
export const guest = editsOf("libvirt_domain", GUEST);
export const running = editsOf("libvirt_domain", { ...GUEST, running: true });
export const ADDRESS = { address: "10.0.0.1", prefix: 24 };
export const RANGE = { start: "10.0.0.10", end: "10.0.0.20" };
export const network = editsOf("libvirt_network", {
  name: "berth-edit-own",
  forward: { mode: "nat" },
  bridge: { name: "br0" },
  autostart: false,
  ips: [{ ...ADDRESS, dhcp: { ranges: [RANGE] } }],
});
export const FOLDER = "/var/lib/libvirt/images/berth-edit-own";
export const pool = editsOf("libvirt_pool", { name: "berth-edit-own", type: "dir", target: { path: FOLDER } });
/** Another pool beside what is edited. */
export const poolOf = (name: string) => ({
  [name]: { name: `berth-edit-own-${name}`, type: "dir", target: { path: `${FOLDER}-${name}` } },
});
export const volume = editsOf("libvirt_volume", {
  name: "data.img",
  pool: "${libvirt_pool.p.name}",
  capacity: 1048576,
  target: { format: { type: "raw" } },
});
export const IN_POOL = { beside: { libvirt_pool: poolOf("p") } };
