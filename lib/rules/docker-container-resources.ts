import { cpusAsRead } from "../units/provider-cpus";
import { isReference } from "./document";
import { inBlocks, on, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const mebibytes = (value: unknown) => `${String(value)} MiB`;

const ULIMITS: readonly string[] = [
  "core",
  "cpu",
  "data",
  "fsize",
  "locks",
  "memlock",
  "msgqueue",
  "nice",
  "nofile",
  "nproc",
  "rss",
  "rtprio",
  "rttime",
  "sigpending",
  "stack",
];

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse, ignore or undo in a container's shares of the machine. */
export const dockerContainerResourceRules: readonly Rule[] = [
  rule(
    "memory-minimum",
    "Minimum memory limit allowed is 6MB",
    on("memory", (memory) =>
      Number(memory) >= 6 || Number(memory) === 0
        ? undefined
        : { bound: "be at least 6 MiB", value: mebibytes(memory), fix: "Docker starts nothing with less" },
    ),
  ),
  rule(
    "swap-below-memory",
    "Minimum memoryswap limit should be larger than memory limit, see usage",
    on("memory_swap", (swap, { memory }) =>
      Number(swap) <= 0 || memory === undefined || !(Number(swap) < Number(memory))
        ? undefined
        : {
            bound: `be at least the memory, ${mebibytes(memory)}`,
            value: mebibytes(swap),
            fix: "it counts memory and swap together",
          },
    ),
  ),
  rule(
    "memory-without-swap",
    "the second plan is never empty: memory_swap: N -> null",
    on("memory", (memory, { memory_swap: swap }) =>
      swap !== undefined || Number(memory) === 0
        ? undefined
        : {
            bound: "stand with memory_swap",
            value: `${mebibytes(memory)} alone`,
            fix: "set memory_swap to twice the memory",
          },
    ),
  ),
  rule("cpus-minimum", "range of CPUs is from 0.01 to N.00, as there are only N CPUs available", ({ body }) => {
    const { cpus } = body;
    if (cpus === undefined || isReference(cpus) || Number(cpus) >= 0.01) {
      return [];
    }
    const [, thousandths] = /^(\d+)m$/.exec(String(cpus)) ?? [];
    const fix = thousandths === undefined ? undefined : `write "${Number(thousandths) / 1000}"`;
    return [{ attribute: "cpus", bound: "be a number of processors from 0.01", value: quoted(cpus), fix }];
  }),
  rule(
    "swap-without-memory",
    "You should always set the Memory limit when using Memoryswap limit, see usage",
    on("memory_swap", (swap, { memory }) =>
      memory !== undefined || Number(swap) <= 0
        ? undefined
        : { bound: "stand with memory", value: `${mebibytes(swap)} alone`, fix: "set memory, which it includes" },
    ),
  ),
  rule(
    "reservation-minimum",
    "Minimum memory reservation allowed is 6MB",
    on("memory_reservation", (reservation) =>
      Number(reservation) >= 6 || Number(reservation) === 0
        ? undefined
        : { bound: "be at least 6 MiB", value: mebibytes(reservation) },
    ),
  ),
  rule(
    "reservation-above-memory",
    "Minimum memory limit can not be less than memory reservation limit, see usage",
    on("memory_reservation", (reservation, { memory }) =>
      memory === undefined || isReference(memory) || Number(memory) === 0 || Number(reservation) <= Number(memory)
        ? undefined
        : { bound: `be at most the memory, ${mebibytes(memory)}`, value: mebibytes(reservation) },
    ),
  ),
  rule(
    "cpus-form",
    'the second plan is never empty: cpus "1.0" -> "1"',
    on("cpus", (cpus) => {
      const read = cpusAsRead(Number(cpus));
      const same = Number(read) === Number(cpus) && !read.endsWith(".");
      return read === String(cpus) || !(Number(cpus) >= 0.01)
        ? undefined
        : {
            bound: "be written as the provider reads it back",
            value: quoted(cpus),
            fix: same ? `write "${read}"` : "write cpu_period = 100000, and cpu_quota = 100000 for each processor",
          };
    }),
  ),
  rule(
    "cpu-period",
    "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)",
    on("cpu_period", (period) =>
      Number(period) === 0 || (Number(period) >= 1000 && Number(period) <= 1_000_000)
        ? undefined
        : { bound: "be 1000 to 1000000 microseconds", value: String(period) },
    ),
  ),
  rule(
    "cpu-quota",
    "CPU cfs quota can not be less than 1ms (i.e. 1000)",
    on("cpu_quota", (quota) =>
      Number(quota) === 0 || Number(quota) >= 1000
        ? undefined
        : { bound: "be at least 1000 microseconds", value: String(quota) },
    ),
  ),
  rule(
    "cpu-set",
    "'0 1' doesn't match the pattern '^\\d+([,-]\\d+)*$'",
    on("cpu_set", (set) =>
      /^\d+([,-]\d+)*$/.test(String(set))
        ? undefined
        : { bound: "be numbers of processors such as 0-3 or 0,2", value: quoted(set) },
    ),
  ),
  rule(
    "cpu-shares",
    "error during container init: the minimum allowed cpu-shares is 2",
    on("cpu_shares", (shares) =>
      Number(shares) === 0 || (Number(shares) >= 2 && Number(shares) <= 262_144)
        ? undefined
        : { bound: "be 2 to 262144", value: String(shares), fix: "1024 is everybody's share" },
    ),
  ),
  rule(
    "shm-size",
    "'-1' cannot be lower than 0",
    on("shm_size", (size) => (Number(size) >= 0 ? undefined : { bound: "be at least 0 MiB", value: mebibytes(size) })),
  ),
  rule(
    "ulimit-name",
    "wrong rlimit value: RLIMIT_FILES",
    inBlocks("ulimit", "name", (name) =>
      ULIMITS.includes(String(name))
        ? undefined
        : { bound: "be a limit that Linux has", value: quoted(name), fix: ULIMITS.join(", ") },
    ),
  ),
  rule(
    "ulimit-order",
    "error setting rlimit type 7: invalid argument",
    inBlocks("ulimit", "soft", (soft, { hard }) =>
      isReference(hard) || Number(hard) === -1 || (Number(soft) !== -1 && Number(soft) <= Number(hard))
        ? undefined
        : { bound: `be at most the hard limit, ${String(hard)}`, value: String(soft) },
    ),
  ),
  rule(
    "cpu-set-order",
    "Invalid value 3-1 for cpuset cpus",
    on("cpu_set", (set) => {
      const odd = String(set)
        .split(",")
        .find((part) => {
          const [from, to] = part.split("-").map(Number);
          return to !== undefined && Number(from) > to;
        });
      return odd === undefined ? undefined : { bound: "go from the lower number to the higher", value: quoted(odd) };
    }),
  ),
  rule("cpus-and-quota", "no error: the quota is ignored", ({ body: { cpus, cpu_quota: quota } }) =>
    cpus !== undefined && quota !== undefined && quota !== 0
      ? [{ attribute: "cpu_quota", bound: "be left out where cpus is set", value: "both" }]
      : [],
  ),
  rule(
    "memory-unit",
    "no error: the number is of MiB, and bounds nothing",
    on("memory", (memory) =>
      Number(memory) < 16 * 1024 ** 2
        ? undefined
        : {
            bound: "be a number of MiB",
            value: String(memory),
            fix: `did you mean ${Math.round(Number(memory) / 1024 ** 2)}?`,
          },
    ),
    { proof: "read" },
  ),
];
