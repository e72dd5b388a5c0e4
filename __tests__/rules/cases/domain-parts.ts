import type { Body } from "./case";

export const devices = (family: string, ...list: Body[]): Body => ({ devices: { [family]: list } });
export const disk = (dev: string, bus = "virtio", more: Body = {}): Body => ({
  source: { file: { file: `/var/lib/libvirt/images/${dev}.img` } },
  target: { dev, bus },
  ...more,
});
export const nic = (address: string): Body => ({ mac: { address }, source: { user: {} }, model: { type: "virtio" } });
