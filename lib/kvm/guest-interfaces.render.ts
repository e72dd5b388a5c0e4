import type { DomainDevicesInterfaces } from "../providers/libvirt/domain";
import type { GuestInterface } from "./guest-interfaces.model";

/** A guest's interfaces. The hardware address is always written: the provider would otherwise change it with every edit. */
export function renderInterfaces(interfaces: readonly GuestInterface[]): DomainDevicesInterfaces[] {
  return interfaces.map(({ mac, network: { source } }) => ({
    mac: { address: mac },
    source: "bridge" in source ? { bridge: { bridge: source.bridge } } : { network: { network: source.network } },
    model: { type: "virtio" },
  }));
}
