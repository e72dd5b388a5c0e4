import { blocks, isObject, type Json, member } from "../../rules/document";
import type { SeenGuest, SeenParts } from "../machines/libvirt-connection";

/** In what a guest is otherwise than Terraform left it. */
export interface GuestDifferences {
  /** What the provider does not read back: a plan is empty. */
  readonly unseen: readonly string[];
  /** What a plan shows, and an apply puts back with an error. */
  readonly failing: readonly string[];
}

/** KiB in each unit that libvirt takes. */
const KIB: Readonly<Record<string, number>> = { KiB: 1, MiB: 1024, GiB: 1024 ** 2, TiB: 1024 ** 3 };

/**
 * Compares what the state says of a guest with what its host does, as far as the provider writes it down as berth's guests have it.
 *
 * @param known - the guest's attributes in the state
 */
export function unlikeKnown(known: Json, seen: SeenGuest): GuestDifferences {
  const now = differences(known, seen);
  const all = [...now.unseen, ...now.failing];
  // Terraform reads what runs, and not what somebody changed for later.
  const { unseen = [], failing = [] } = seen.atNextStart === undefined ? {} : differences(known, seen.atNextStart);
  const later = [...unseen, ...failing]
    .filter((what) => !all.includes(what))
    .map((what) => `at its next start ${what}`);
  return { ...now, unseen: [...now.unseen, ...later] };
}

function differences(known: Json, seen: SeenParts): GuestDifferences {
  const { memory, memory_unit: unit, vcpu, devices } = known;
  const kib =
    typeof memory === "number" ? memory * (KIB[typeof unit === "string" ? unit : "KiB"] ?? Number.NaN) : undefined;
  // Of the memory and processors that it may have it has all, unless Terraform was told otherwise.
  const has = {
    memory: typeof known.current_memory === "number" ? seen.memory : (seen.currentMemory ?? seen.memory),
    vcpus: typeof known.vcpu_current === "number" ? seen.vcpus : (seen.currentVcpus ?? seen.vcpus),
  };
  const networks = sourcesIn(devices, "interfaces", "network", "network");
  const files = sourcesIn(devices, "disks", "file", "file");
  const added = isObject(devices) ? without(seen.networks, networks) : [];
  const detached = [
    ...without(networks, seen.networks).map((name) => `an interface on ${name}`),
    ...files.filter((file) => !seen.files.includes(file)).map((file) => `the disk ${file}`),
  ];
  return {
    unseen: [
      ...(kib !== undefined && has.memory !== undefined && Number.isFinite(kib) && kib !== has.memory
        ? [`it has ${has.memory} KiB of memory in place of ${kib}`]
        : []),
      ...(typeof vcpu === "number" && has.vcpus !== undefined && vcpu !== has.vcpus
        ? [`it has ${has.vcpus} processors in place of ${vcpu}`]
        : []),
      ...added.map((name) => `it has an interface more, on ${name}`),
    ],
    failing: detached.map((what) => `it lacks ${what}`),
  };
}

/** Where the devices of a kind are from, such as the files of disks. What a guest can eject is not looked for. */
function sourcesIn(devices: unknown, kind: string, form: string, attribute: string): readonly string[] {
  return blocks(isObject(devices) ? devices[kind] : undefined).flatMap((device) => {
    const from = member(member(device, "source"), form)?.[attribute];
    return typeof from === "string" && !["cdrom", "floppy"].includes(String(device.device)) ? [from] : [];
  });
}

/** What is left of a list once what another one has was taken from it, as often as that has it. */
function without(all: readonly string[], taken: readonly string[]): readonly string[] {
  const open = [...taken];
  return all.filter((one) => {
    const at = open.indexOf(one);
    if (at >= 0) {
      open.splice(at, 1);
    }
    return at < 0;
  });
}
