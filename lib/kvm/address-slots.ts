import type { Construct } from "constructs";
import { LockFile } from "../core/lock-file";
import { shortHash } from "../core/naming";
import type { Cidr } from "../units/ipv4";

/** A pair of addresses that belongs to one guest of a network. */
export interface Slot {
  readonly mac: string;
  readonly address: string;
}

/** Slots start here where the subnet has room, so that the addresses below are free for other uses. */
const FIRST = 10;
/** The last byte of a hardware address numbers the slot, so there are at most as many. */
const LAST = 250;

/**
 * The fixed table of hardware and network addresses of one network: 241 slots in a /24, from .10 to .250, fewer in a
 * smaller subnet. Which guest has which slot stands in the lock file.
 */
export class AddressSlots {
  /** First five bytes of every hardware address of the network; they outlive a change of the subnet. */
  public readonly macPrefix: string;
  private readonly offsets: readonly number[];
  private readonly named = new Set<number>();

  constructor(
    private readonly network: Construct,
    public readonly subnet: Cidr,
  ) {
    this.macPrefix = LockFile.of(network).macPrefix(network.node.path, (attempt) => {
      const hash = shortHash(attempt === 0 ? subnet.toString() : `${subnet} ${attempt}`, 4);
      return `52:54:00:${hash.slice(0, 2)}:${hash.slice(2)}`;
    });
    const first = subnet.size > 2 * FIRST ? FIRST : 2;
    const last = Math.min(LAST, subnet.size - 2);
    this.offsets = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  }

  /** How many guests the network can have. */
  public get count(): number {
    return this.offsets.length;
  }

  /** The first and the last address of the table, as a message names them. */
  public get range(): string {
    return `${this.subnet.host(this.offsets[0] ?? 2)} to ${this.subnet.host(this.offsets.at(-1) ?? 2)}`;
  }

  /** The whole table, as the network's DHCP server takes it. */
  public table(): readonly { readonly mac: string; readonly ip: string }[] {
    return this.offsets.map((offset) => ({ mac: this.macOf(offset), ip: this.subnet.host(offset) }));
  }

  /** The slot of an address that was chosen for `user`, or undefined where the table does not have it. */
  public at(address: string, user: string): Slot | undefined {
    const offset = this.subnet.offsetOf(address);
    if (offset === undefined || !this.offsets.includes(offset)) {
      return undefined;
    }
    this.named.add(offset);
    LockFile.of(this.network).choose(this.network.node.path, user, offset);
    return this.slot(offset);
  }

  /** The slot that the lock file gives to `user`, or undefined where the network is full; `hint` proposes a new one. */
  public give(user: string, hint: string): Slot | undefined {
    const { offsets, named: taken } = this;
    const offset = LockFile.of(this.network).slot(this.network.node.path, user, { offsets, taken, hint });
    return offset === undefined ? undefined : this.slot(offset);
  }

  /** What is wrong with the lock file for `user`, if anything. */
  public lockProblem(user: string): string | undefined {
    return LockFile.of(this.network).problemOf(this.network.node.path, user);
  }

  private slot(offset: number): Slot {
    return { mac: this.macOf(offset), address: this.subnet.host(offset) };
  }

  private macOf(offset: number): string {
    return `${this.macPrefix}:${offset.toString(16).padStart(2, "0")}`;
  }
}
