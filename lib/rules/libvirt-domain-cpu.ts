import { at, atPath, elements, inElements } from "./at";
import { BYTE_UNITS, bytesOf } from "./byte-units";
import { isReference, type Json } from "./document";
import { oneOf, quoted, repeated, rulesOn } from "./look";
import type { Rule, Sight } from "./rule";

const rule = rulesOn("libvirt/domain", "libvirt_domain");

/** A set of processors such as `0-3,^2`, read into numbers; undefined where the text is none. */
function processors(text: string): ReadonlySet<number> | undefined {
  const chosen = new Set<number>();
  for (const part of text.split(",")) {
    const [, not, from, to] = /^(\^?)(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    if (from === undefined || Number(to ?? from) - Number(from) > 4096) {
      return undefined;
    }
    for (let one = Number(from); one <= Number(to ?? from); one++) {
      if (not) {
        chosen.delete(one);
      } else {
        chosen.add(one);
      }
    }
  }
  return chosen;
}

/** The same set as libvirt writes it: in order, neighbours joined by a dash. */
function canonical(set: ReadonlySet<number>): string {
  const all = [...set].sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const one of all) {
    const last = ranges.at(-1);
    if (last && last[1] === one - 1) {
      last[1] = one;
    } else {
      ranges.push([one, one]);
    }
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(",");
}

const SETS: readonly [list: string, path: string][] = [
  ["cpu_tune.vcpu_pin", "cpu_set"],
  ["cpu_tune.io_thread_pin", "cpu_set"],
  ["cpu.numa.cell", "cpus"],
];

function setSight(value: unknown): Omit<Sight, "attribute"> | undefined {
  const set = processors(String(value));
  const written = set && canonical(set);
  return written === value
    ? undefined
    : {
        bound: "be a set of processors as libvirt writes it",
        value: quoted(value),
        fix: written === undefined || written === "" ? "such as 0-3 or 0,2" : `write "${written}"`,
      };
}

function cells(body: Json): { readonly attribute: string; readonly element: Json }[] {
  return elements(body, "cpu.numa.cell");
}

/** What libvirt and its provider refuse or undo in a domain's memory and processors. */
export const libvirtDomainCpuRules: readonly Rule[] = [
  rule("memory-unit", "invalid argument: unknown suffix 'megs'", (body) =>
    ["memory_unit", "current_memory_unit", "maximum_memory_unit"].flatMap((name) =>
      atPath(name, (unit) =>
        BYTE_UNITS.includes(String(unit))
          ? undefined
          : { bound: "be a unit of libvirt's", value: quoted(unit), fix: "such as MiB or GiB" },
      )(body),
    ),
  ),
  rule(
    "current-memory",
    "no error: the guest has its memory at most",
    atPath("current_memory", (current, { current_memory_unit: unit, memory, memory_unit: all }) =>
      isReference(memory) || !(bytesOf(current, unit) > bytesOf(memory, all))
        ? undefined
        : { bound: "be at most the memory", value: `${String(current)} ${String(unit ?? "KiB")}` },
    ),
  ),
  rule(
    "topology",
    "CPU topology doesn't match maximum vcpu count",
    atPath("cpu.topology", (topology, { vcpu = 1 }) => {
      const parts = ["sockets", "dies", "clusters", "cores", "threads"].map((name) =>
        Number(at(topology as Json, name) ?? 1),
      );
      const product = parts.reduce((all, one) => all * one, 1);
      return isReference(vcpu) || !(product > 0) || product === Number(vcpu)
        ? undefined
        : {
            bound: `make as many processors as vcpu, ${String(vcpu)}`,
            value:
              product === Math.max(...parts)
                ? String(product)
                : `${parts.filter((one) => one !== 1).join(" × ")} = ${product}`,
          };
    }),
  ),
  rule(
    "vcpu-current",
    "maximum vCPU count must not be less than current vCPU count",
    atPath("vcpu_current", (current, { vcpu = 1 }) =>
      isReference(vcpu) || Number(current) <= Number(vcpu)
        ? undefined
        : { bound: `be at most vcpu, ${String(vcpu)}`, value: String(current) },
    ),
  ),
  rule(
    "vcpu-pin",
    "no error: libvirt ignores the pin",
    inElements("cpu_tune.vcpu_pin", "vcpu", (pinned, _, { vcpu = 1 }) =>
      isReference(vcpu) || Number(pinned) < Number(vcpu)
        ? undefined
        : { bound: `be a processor of the guest, 0 to ${Number(vcpu) - 1}`, value: String(pinned) },
    ),
  ),
  rule("vcpu-pin-twice", "duplicate vcpupin for vcpu '0'", (body) =>
    repeated(elements(body, "cpu_tune.vcpu_pin"), ({ element }) => element.vcpu).map(({ attribute, element }) => ({
      attribute: `${attribute}.vcpu`,
      bound: "be pinned once",
      value: `${String(element.vcpu)} twice`,
    })),
  ),
  rule(
    "cpu-set-form",
    'Provider produced inconsistent result after apply: .cpu_set: was "0,1", but now "0-1"',
    (body) => [
      ...SETS.flatMap(([list, path]) => inElements(list, path, setSight)(body)),
      ...atPath("cpu_tune.emulator_pin.cpu_set", setSight)(body),
    ],
  ),
  rule("cpu-period", "Value of cputune 'period' must be in range [1000, 1000000]", (body) =>
    ["period", "emulator_period", "global_period", "io_thread_period"].flatMap((name) =>
      atPath(`cpu_tune.${name}`, (period) =>
        Number(period) >= 1000 && Number(period) <= 1_000_000
          ? undefined
          : { bound: "be 1000 to 1000000 microseconds", value: String(period) },
      )(body),
    ),
  ),
  rule("cpu-quota", "Value of cputune 'quota' must be in range [1000, 17592186044415]", (body) =>
    ["quota", "emulator_quota", "global_quota", "io_thread_quota"].flatMap((name) =>
      atPath(`cpu_tune.${name}`, (quota) =>
        Number(quota) >= 1000 || Number(quota) === -1
          ? undefined
          : { bound: "be at least 1000 microseconds, or -1 for no bound", value: String(quota) },
      )(body),
    ),
  ),
  rule(
    "cpu-shares",
    "Value of cputune 'shares' must be in range [2, 262144]",
    atPath("cpu_tune.shares", (shares) =>
      Number(shares) >= 2 && Number(shares) <= 262_144 ? undefined : { bound: "be 2 to 262144", value: String(shares) },
    ),
  ),
  rule(
    "cpu-mode",
    "Invalid mode attribute 'host'",
    atPath("cpu.mode", oneOf(["custom", "host-model", "host-passthrough", "maximum"])),
  ),
  rule(
    "cpu-check",
    "Invalid value for attribute 'check' in element 'cpu': 'sometimes'",
    atPath("cpu.check", oneOf(["none", "partial", "full"])),
  ),
  rule(
    "cpu-match",
    'Provider produced inconsistent result after apply: .cpu.match: was "exact", but now null',
    atPath("cpu.match", (match, body) => {
      const mode = at(body, "cpu.mode");
      return mode === undefined || mode === "custom" || isReference(mode)
        ? undefined
        : { bound: 'be left out but for the mode "custom"', value: quoted(match) };
    }),
  ),
  rule(
    "cpu-migratable",
    "Invalid value for attribute 'migratable' in element 'cpu': 'yes'",
    atPath("cpu.migratable", (value) => ({
      bound: "be left out, as the provider writes a word that libvirt does not read",
      value: String(value),
    })),
  ),
  rule(
    "cpu-feature-policy",
    "Invalid CPU feature policy",
    inElements("cpu.features", "policy", oneOf(["force", "require", "optional", "disable", "forbid"])),
  ),
  rule("cpu-feature-twice", "XML error: CPU feature 'vmx' specified more than once", (body) =>
    repeated(elements(body, "cpu.features"), ({ element }) => element.name).map(({ attribute, element }) => ({
      attribute: `${attribute}.name`,
      bound: "be named once",
      value: `${quoted(element.name)} twice`,
    })),
  ),
  rule(
    "numa-unit",
    'Provider produced inconsistent result after apply: .unit: was "MiB", but now "KiB"',
    inElements("cpu.numa.cell", "unit", (unit) =>
      unit === "KiB"
        ? undefined
        : { bound: 'be "KiB", as libvirt stores it', value: quoted(unit), fix: "multiply the memory" },
    ),
  ),
  rule("numa-cpus", 'Provider produced inconsistent result after apply: .cpus: was "0", but now "0-1"', (body) => {
    const all = cells(body).map(({ element }) => processors(String(element.cpus)));
    const { vcpu = 1 } = body;
    if (all.length === 0 || isReference(vcpu) || all.some((one) => one === undefined)) {
      return [];
    }
    const covered = all.reduce((sum, one) => sum + (one?.size ?? 0), 0);
    const distinct = new Set(all.flatMap((one) => [...(one ?? [])]));
    const good =
      covered === Number(vcpu) && distinct.size === covered && [...distinct].every((one) => one < Number(vcpu));
    return good
      ? []
      : [
          {
            attribute: "cpu.numa.cell",
            bound: `hold each of the processors 0 to ${Number(vcpu) - 1} once`,
            value: all.map((one) => canonical(one ?? new Set())).join(" and "),
          },
        ];
  }),
];
