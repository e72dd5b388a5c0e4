import { load } from "js-yaml";

/** A network's table of addresses, as far as it was given out. */
export interface LockedNetwork {
  /** First five bytes of every hardware address; undefined in a file of version 1, which did not know it. */
  readonly macPrefix?: string | undefined;
  /** The bridge that was chosen for it, where the code names none. */
  readonly bridge?: string | undefined;
  /** Guest on the network to its slot: how far its address lies after the network address. */
  readonly slots: Readonly<Record<string, number>>;
}

/** A resource with a name on a host. */
export interface LockedResource {
  /** As Terraform names it. */
  readonly address: string;
  /** Its name on the host. */
  readonly name: string;
  /** The provider block that leads to the host, such as `docker.rack1`. */
  readonly host: string;
  /** Of a volume: the pool that it lies in, by address or name. */
  readonly pool?: string | undefined;
  /** Of a Docker network: the addresses that its engine gives to it alone. */
  readonly subnet?: string | undefined;
  /** Terraform may not destroy it. */
  readonly kept?: true | undefined;
  /** Of a guest: what its first boot did, which nothing but another `rebuildOn` does again. */
  readonly firstBoot?: string | undefined;
  /** Of a guest: the hash of its `rebuildOn` then. */
  readonly rebuildOn?: string | undefined;
  /** Terraform was told to forget it and leave it on its host. */
  readonly released?: true | undefined;
  /** It was told by hand, in every state: no block is needed. */
  readonly forgotten?: true | undefined;
}

/** What is remembered of one stack. */
export interface LockedStack {
  /** Provider blocks and the daemons that they led to. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Provider blocks and the path that the images on their engines are named by: the host's first. */
  readonly imageScopes?: Readonly<Record<string, string>> | undefined;
  /** Resources by their constructs' paths below the stack. */
  readonly resources: Readonly<Record<string, LockedResource>>;
  /** Addresses that resources had, to those that they have, or had next. */
  readonly moved?: Readonly<Record<string, string>> | undefined;
  /** What the renames that stood in the code said, by paths below the stack. */
  readonly renamed?: Readonly<Record<string, string>> | undefined;
}

/** What a lock file holds. */
export interface LockContent {
  readonly networks: Readonly<Record<string, LockedNetwork>>;
  readonly stacks: Readonly<Record<string, LockedStack>>;
}

/** Types that a host knows by a name: two of one name cannot be. They are remembered whether they are kept or not. */
export const HAVE_NAMES: ReadonlySet<string> = new Set([
  "docker_container",
  "docker_network",
  "docker_volume",
  "libvirt_domain",
  "libvirt_network",
  "libvirt_pool",
]);

/** Whether a resource is kept: what Terraform was told to leave is not. */
export function isKept({ kept, released }: LockedResource): boolean {
  return kept === true && released !== true;
}

/** Whether Terraform can be told to leave a resource: what is kept, and the pool that holds it, which could not be emptied. */
export function canBeReleased({ address, kept }: LockedResource): boolean {
  return kept === true || address.startsWith("libvirt_pool.");
}

/** The addresses that what was at `address` had after it, in their order. */
export function laterAddresses(moved: Readonly<Record<string, string>>, address: string): readonly string[] {
  const found: string[] = [];
  for (let next = moved[address]; next !== undefined && !found.includes(next); next = moved[next]) {
    found.push(next);
  }
  return found;
}

export const NOTHING_LOCKED: LockContent = { networks: {}, stacks: {} };

/** The version that is written; older ones are read. */
const VERSION = 2;

/** Reads a lock file's text, of any version so far. Throws an error that says what is wrong with it. */
export function parseLock(text: string): LockContent {
  if (/^(<{7}|>{7}|={7})/m.test(text)) {
    throw new Error(
      "has the marks of a merge in it (keep the lines of both sides, remove the marks, and synthesize again)",
    );
  }
  const content = read(text);
  const { version } = content;
  if (version !== 1 && version !== VERSION) {
    throw new Error(
      typeof version === "number" && version > VERSION
        ? `is of version ${version}, which a newer berth wrote (use that one)`
        : "is not a lock file (restore it from version control)",
    );
  }
  const { networks = {}, stacks = {}, version: _version, ...more } = content;
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) {
    throw new Error(`has ${JSON.stringify(unknown)}, which no lock file has (restore it from version control)`);
  }
  const [odd] = [
    ...(isRecord(networks) ? [] : ["networks"]),
    ...(isRecord(stacks) ? Object.keys(stacks).filter((name) => !isStack(stacks[name])) : ["stacks"]),
  ];
  if (odd !== undefined) {
    throw new Error(
      `has something below ${JSON.stringify(odd)} that no lock file has (restore it from version control)`,
    );
  }
  if (version === 1 && isRecord(stacks) && Object.keys(stacks).length > 0) {
    throw new Error('says version 1, and has "stacks", which came with version 2 (restore it from version control)');
  }
  return version === 1
    ? { networks: fromVersion1(networks as SlotsOfVersion1), stacks: {} }
    : { networks: networks as LockContent["networks"], stacks: stacks as LockContent["stacks"] };
}

function read(text: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    // Unlike JSON.parse, it names a key that stands there twice, as it does where two branches met.
    content = load(withCommas(text));
  } catch (error) {
    throw new Error(
      `cannot be read: ${(error as Error).message.split("\n")[0]} (correct it, or restore it from version control)`,
    );
  }
  if (!isRecord(content)) {
    throw new Error("is not a lock file (restore it from version control)");
  }
  return content;
}

/** Lines that two branches added at one place, kept from both sides, may lack the comma between them, or have one too many. */
function withCommas(text: string): string {
  return text.replaceAll(/([}"\d])(\s*\n\s*")/g, "$1,$2").replaceAll(/,(\s*\n\s*\})/g, "$1");
}

function isStack(value: unknown): boolean {
  if (!isRecord(value)) {
    return false;
  }
  const { hosts, resources, imageScopes = {}, moved = {}, renamed = {}, ...more } = value;
  const addresses = isTexts(moved) ? [...Object.keys(moved), ...Object.values(moved)] : [];
  return (
    Object.keys(more).length === 0 &&
    [hosts, imageScopes, moved, renamed].every(isTexts) &&
    addresses.every((address) => ADDRESS.test(address)) &&
    isRecord(resources) &&
    Object.values(resources).every(isResource)
  );
}

const ADDRESS = /^\w+\.[\w-]+$/;
const MARKS = ["kept", "released", "forgotten"];
const TEXTS = ["address", "name", "host", "pool", "subnet", "firstBoot", "rebuildOn"];

function isResource(value: unknown): boolean {
  return (
    isRecord(value) &&
    ADDRESS.test(String(value.address)) &&
    ["address", "name", "host"].every((name) => name in value) &&
    Object.entries(value).every(([name, one]) =>
      MARKS.includes(name) ? one === true : TEXTS.includes(name) && typeof one === "string",
    )
  );
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((one) => typeof one === "string");
}

type SlotsOfVersion1 = Readonly<Record<string, Readonly<Record<string, number>>>>;

/**
 * Version 1 named a guest's place on a network by its index among all its networks, so that another order of them moved its
 * addresses. Since then it is named by the guest, and by a number where it is on a network more than once.
 */
function fromVersion1(networks: SlotsOfVersion1): Record<string, LockedNetwork> {
  return Object.fromEntries(
    Object.entries(networks).map(([network, users]) => {
      const slots: Record<string, number> = {};
      for (const [user, slot] of Object.entries(users)) {
        const guest = user.replace(/\/\d+$/, "");
        const times = Object.keys(slots).filter((one) => one === guest || one.startsWith(`${guest}#`)).length;
        slots[placeOn(guest, times)] = slot;
      }
      return [network, { slots }];
    }),
  );
}

/** How the lock file names a guest that joins a network for the `times`-th time, counted from 0. */
export function placeOn(guest: string, times: number): string {
  return times === 0 ? guest : `${guest}#${times}`;
}

/** The file's text: sorted, and one resource a line, so that the changes of two branches merge. */
export function lockText({ networks, stacks }: LockContent): string {
  return `${block({ networks, stacks, version: VERSION }, "")}\n`;
}

type Tree = Readonly<Record<string, unknown>>;

/** An object over several lines, but for one that holds only plain values and says what it is of: that is one line. */
function block(value: Tree, indent: string): string {
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  if (keys.length === 0) {
    return "{}";
  }
  const inner = `${indent}  `;
  const lines = keys.map((key) => {
    const one = value[key];
    const text = !isRecord(one) ? JSON.stringify(one) : "address" in one ? line(one) : block(one, inner);
    return `${inner}${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${lines.join(",\n")}\n${indent}}`;
}

function line(value: Tree): string {
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{ ${keys.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(value[key])}`).join(", ")} }`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
