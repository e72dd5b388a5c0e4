import { type Case, container } from "./case";

export const dockerContainerResourcesCases: Readonly<Record<string, Case>> = {
  "docker/container/memory-minimum": container(
    { memory: 5, memory_swap: 10 },
    "'memory' must be at least 6 MiB, got 5 MiB (Docker starts nothing with less)",
    { memory: 6, memory_swap: 12 },
  ),
  "docker/container/swap-below-memory": container(
    { memory: 64, memory_swap: 63 },
    "'memory_swap' must be at least the memory, 64 MiB, got 63 MiB (it counts memory and swap together)",
    { memory: 64, memory_swap: -1 },
  ),
  "docker/container/memory-without-swap": container(
    { memory: 64 },
    "'memory' must stand with memory_swap, got 64 MiB alone (set memory_swap to twice the memory)",
    { memory: 64, memory_swap: 64 },
  ),
  "docker/container/cpus-minimum": container(
    { cpus: "0.001" },
    `'cpus' must be a number of processors from 0.01, got "0.001"`,
    { cpu_quota: 1000, cpu_period: 100000 },
  ),
  "docker/container/cpus-form": container(
    { cpus: "1" },
    `'cpus' must be written as the provider reads it back, got "1" (write "1.0")`,
    { cpus: "1.0" },
  ),
  "docker/container/cpu-period": container(
    { cpu_period: 100, cpu_quota: 1000 },
    "'cpu_period' must be 1000 to 1000000 microseconds, got 100",
    {
      cpu_period: 1000,
      cpu_quota: 1000,
    },
  ),
  "docker/container/cpu-quota": container(
    { cpu_quota: 999, cpu_period: 10000 },
    "'cpu_quota' must be at least 1000 microseconds, got 999",
    {
      cpu_quota: 1000,
      cpu_period: 10000,
    },
  ),
  "docker/container/cpu-set": container(
    { cpu_set: "0 1" },
    `'cpu_set' must be numbers of processors such as 0-3 or 0,2, got "0 1"`,
    { cpu_set: "0-1" },
  ),
  "docker/container/cpu-shares": container(
    { cpu_shares: 1 },
    "'cpu_shares' must be 2 to 262144, got 1 (1024 is everybody's share)",
    { cpu_shares: 2 },
  ),
  "docker/container/reservation-above-memory": container(
    { memory: 64, memory_swap: 64, memory_reservation: 65 },
    "'memory_reservation' must be at most the memory, 64 MiB, got 65 MiB",
    {
      memory: 64,
      memory_swap: 64,
      memory_reservation: 64,
    },
  ),
  "docker/container/swap-without-memory": container(
    { memory_swap: 64 },
    "'memory_swap' must stand with memory, got 64 MiB alone (set memory, which it includes)",
    { memory: 64, memory_swap: 64 },
  ),
  "docker/container/reservation-minimum": container(
    { memory_reservation: 5 },
    "'memory_reservation' must be at least 6 MiB, got 5 MiB",
    { memory_reservation: 6 },
  ),
  "docker/container/shm-size": container({ shm_size: -1 }, "'shm_size' must be at least 0 MiB, got -1 MiB", {
    shm_size: 64,
  }),
  "docker/container/ulimit-order": container(
    { ulimit: [{ name: "nofile", soft: 200, hard: 100 }] },
    "'ulimit.0.soft' must be at most the hard limit, 100, got 200",
    {
      ulimit: [{ name: "nofile", soft: 100, hard: 200 }],
    },
  ),
  "docker/container/ulimit-name": container(
    { ulimit: [{ name: "files", soft: 1, hard: 1 }] },
    `'ulimit.0.name' must be a limit that Linux has, got "files" (core, cpu, data, fsize, locks, memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending, stack)`,
    {
      ulimit: [{ name: "nofile", soft: 64, hard: 64 }],
    },
  ),
  "docker/container/cpu-set-order": container(
    { cpu_set: "1-0" },
    `'cpu_set' must go from the lower number to the higher, got "1-0"`,
    { cpu_set: "0-1" },
  ),
  "docker/container/cpus-and-quota": container(
    { cpus: "0.5", cpu_quota: 30000 },
    "'cpu_quota' must be left out where cpus is set, got both",
    { cpus: "0.5" },
    { look: ["docker", "inspect", "-f", "{{.HostConfig.NanoCpus}} {{.HostConfig.CpuQuota}}", "%"] },
  ),
  "docker/container/memory-unit": container(
    { memory: 536870912, memory_swap: 536870912 },
    "'memory' must be a number of MiB, got 536870912 (did you mean 512?)",
    { memory: 512, memory_swap: 512 },
    { read: true },
  ),
};
