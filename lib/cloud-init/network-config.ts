import { toYaml } from "../core/yaml";

/** How a guest configures one interface: by DHCP, or with a fixed address. */
export interface InterfaceConfig {
  readonly mac: string;
  /** Address with prefix, `192.168.1.10/24`; undefined asks by DHCP. */
  readonly address: string | undefined;
  readonly gateway: string | undefined;
  readonly nameservers: readonly string[];
}

/** Network configuration of version 2, which cloud images understand. Interfaces are found by hardware address. */
export function renderNetworkConfig(interfaces: readonly InterfaceConfig[]): string {
  const ethernets = Object.fromEntries(interfaces.map((config, index) => [`nic${index}`, renderInterface(config)]));
  return toYaml({ version: 2, ethernets });
}

function renderInterface({ mac, address, gateway, nameservers }: InterfaceConfig) {
  const match = { macaddress: mac };
  if (address === undefined) {
    return { match, dhcp4: true };
  }
  return {
    match,
    addresses: [address],
    ...(gateway === undefined ? {} : { routes: [{ to: "0.0.0.0/0", via: gateway }] }),
    ...(nameservers.length === 0 ? {} : { nameservers: { addresses: nameservers } }),
  };
}
