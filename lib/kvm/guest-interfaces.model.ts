import { placeOn } from "../core/lock-format";
import { shortHash } from "../core/naming";
import type { Problems } from "../core/problems";
import { Cidr, parseIpv4 } from "../units/ipv4";
import { parseMac } from "../units/mac";
import type { AddressSlots, Slot } from "./address-slots";
import type { IKvmHost } from "./kvm-host";
import type { IKvmNetwork } from "./kvm-network";

/** A guest's place on a network. */
export interface GuestInterfaceProps {
  readonly network: IKvmNetwork;
  /**
   * On a network of berth: an address of its table, `10.77.0.20`. On any other: a fixed address with prefix,
   * `192.168.1.20/24`, that the guest takes by itself. Changing it restarts the guest, disks kept. Becomes
   * `mac.address` on a network of berth, else part of the seed.
   * @default - the slot of the lock file on a network of berth, else by DHCP
   */
  readonly address?: string | undefined;
  /**
   * Router for a fixed address on a network that is not berth's. Changing it restarts the guest, disks kept. Becomes part of the
   * seed.
   * @default - none
   */
  readonly gateway?: string | undefined;
  /**
   * DNS servers for a fixed address on a network that is not berth's. Changing it restarts the guest, disks kept. Becomes part of
   * the seed.
   * @default - none
   */
  readonly nameservers?: readonly string[] | undefined;
  /**
   * Hardware address on a network that is not berth's. Changing it restarts the guest, disks kept. Becomes
   * `mac.address`.
   * @default - from a hash of the guest's path
   */
  readonly mac?: string | undefined;
}

/** An interface with everything decided. */
export interface GuestInterface {
  readonly network: IKvmNetwork;
  readonly mac: string;
  /** The address, where it is known at synth. */
  readonly address: string | undefined;
  /** The address with prefix that the guest sets by itself; undefined asks by DHCP. */
  readonly fixed: string | undefined;
  readonly gateway: string | undefined;
  readonly nameservers: readonly string[];
}

/** Decides a guest's interfaces; `guest` is its path in the tree. */
export function resolveInterfaces(
  guest: string,
  host: IKvmHost,
  networks: readonly (IKvmNetwork | GuestInterfaceProps)[],
  problems: Problems,
): GuestInterface[] {
  const all = networks.map((entry): GuestInterfaceProps => ("network" in entry ? entry : { network: entry }));
  // Only one network may give a default route: the first that leads outside, else the first.
  const outward = Math.max(
    0,
    all.findIndex(({ network }) => network.outward),
  );
  return all.map((props, index) => {
    const { network } = props;
    const prop = `networks[${index}]`;
    problems.check(
      network.host === host,
      prop,
      `stand on the guest's own host ${host.node.path}`,
      `${network.node.path} on ${network.host.node.path}`,
    );
    const hint = `${guest}/${index}`;
    const times = all.slice(0, index).filter((other) => other.network === network).length;
    return network.slots
      ? inTable(props, network.slots, { user: placeOn(guest, times), hint, prop, leads: index === outward }, problems)
      : onForeign(props, hint, prop, problems);
  });
}

/** Who joins a network of berth's, and how messages name that. */
interface Place {
  /** As the lock file names the guest's place on this network. */
  readonly user: string;
  readonly hint: string;
  readonly prop: string;
  /** Whether the default route leads through this network. */
  readonly leads: boolean;
}

function inTable(
  { network, address, gateway, nameservers, mac }: GuestInterfaceProps,
  slots: AddressSlots,
  { user, hint, prop, leads }: Place,
  problems: Problems,
): GuestInterface {
  for (const [name, value] of Object.entries({ gateway, nameservers, mac })) {
    problems.check(
      value === undefined,
      `${prop}.${name}`,
      "be left out on a network of berth, whose table gives it",
      value,
    );
  }
  const at = (slot: Slot | undefined): GuestInterface => ({
    network,
    mac: slot?.mac ?? `${slots.macPrefix}:00`,
    address: slot?.address,
    // By DHCP it would give a default route as well.
    fixed: leads || !slot ? undefined : `${slot.address}/${slots.subnet.prefix}`,
    gateway: undefined,
    nameservers: [],
  });
  if (address !== undefined) {
    const slot = problems.literal(`${prop}.address`, address) ? slots.at(address, user) : undefined;
    problems.check(
      slot !== undefined,
      `${prop}.address`,
      `be one of ${slots.range}`,
      address,
      address.includes("/") ? "without a prefix: the network has it" : "the rest of the subnet is not the guests'",
    );
    return at(slot);
  }
  const slot = slots.give(user, hint);
  if (!slot) {
    problems.addText(
      prop,
      "have room for the guest",
      `a network of ${slots.count} guests`,
      "give the network a larger subnet",
    );
  }
  const wrong = slots.lockProblem(user);
  if (wrong !== undefined) {
    problems.addText(prop, "have its slot in berth.lock.json", wrong);
  }
  return at(slot);
}

function onForeign(
  { network, address, gateway, nameservers = [], mac }: GuestInterfaceProps,
  user: string,
  prop: string,
  problems: Problems,
): GuestInterface {
  const known = mac === undefined || problems.literal(`${prop}.mac`, mac);
  const derived = `52:54:00:${shortHash(user, 6).match(/../g)?.join(":")}`;
  const hardware = mac === undefined || !known ? derived : problems.read(`${prop}.mac`, () => parseMac(mac), derived);
  if (address !== undefined && problems.literal(`${prop}.address`, address)) {
    checkFixed(address, gateway, prop, problems);
  } else if (address === undefined) {
    problems.check(gateway === undefined, `${prop}.gateway`, "stand with 'address'", gateway);
    problems.check(nameservers.length === 0, `${prop}.nameservers`, "stand with 'address'", nameservers.join(", "));
  }
  for (const server of nameservers) {
    problems.check(parseIpv4(server) !== undefined, `${prop}.nameservers`, "be IPv4 addresses", server);
  }
  return { network, mac: hardware, address: address?.split("/")[0], fixed: address, gateway, nameservers };
}

function checkFixed(address: string, gateway: string | undefined, prop: string, problems: Problems): void {
  const [host = "", prefix] = address.split("/");
  if (prefix === undefined) {
    problems.add(`${prop}.address`, "have its prefix on a network that is not berth's", address, `such as ${host}/24`);
    return;
  }
  const subnet = problems.read(
    `${prop}.address`,
    () => Cidr.around(host, /^\d+$/.test(prefix) ? Number(prefix) : 0),
    undefined,
  );
  if (!subnet) {
    return;
  }
  const usable = (text: string) => subnet.isUsable(subnet.offsetOf(text) ?? 0);
  problems.check(usable(host), `${prop}.address`, "not be the network's own or its broadcast address", address);
  if (gateway !== undefined) {
    problems.check(usable(gateway) && gateway !== host, `${prop}.gateway`, `be another address of ${subnet}`, gateway);
  }
}
