import type { Body } from "./case";

export const devices = (family: string, ...list: Body[]): Body => ({ devices: { [family]: list } });
export const disk = (dev: string, bus = "virtio", more: Body = {}): Body => ({
  source: { file: { file: `/var/lib/libvirt/images/${dev}.img` } },
  target: { dev, bus },
  ...more,
});
export const nic = (address: string): Body => ({ mac: { address }, source: { user: {} }, model: { type: "virtio" } });
/** A second domain on the same host. */
export const other = (more: Body) => ({
  libvirt_domain: {
    other: {
      name: "berth-rule-own-2",
      type: "kvm",
      memory: 64,
      memory_unit: "MiB",
      vcpu: 1,
      os: { type: "hvm" },
      ...more,
    },
  },
});
