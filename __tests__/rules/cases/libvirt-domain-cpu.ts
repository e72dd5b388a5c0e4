import { type Case, domain } from "./case";

export const libvirtDomainCpuCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/current-memory": domain(
    { current_memory: 128, current_memory_unit: "MiB" },
    "'current_memory' must be at most the memory, got 128 MiB",
    { current_memory: 32, current_memory_unit: "MiB" },
    { look: ["virsh", "dominfo", "%"] },
  ),
  "libvirt/domain/memory-unit": domain(
    { memory_unit: "megs" },
    `'memory_unit' must be a unit of libvirt's, got "megs" (such as MiB or GiB)`,
    { memory_unit: "MiB" },
  ),
  "libvirt/domain/topology": domain(
    { vcpu: 3, cpu: { topology: { sockets: 1, cores: 2, threads: 1 } } },
    "'cpu.topology' must make as many processors as vcpu, 3, got 2",
    {
      vcpu: 4,
      cpu: { topology: { sockets: 1, cores: 2, threads: 2 } },
    },
  ),
  "libvirt/domain/vcpu-current": domain({ vcpu: 1, vcpu_current: 2 }, "'vcpu_current' must be at most vcpu, 1, got 2", {
    vcpu: 2,
    vcpu_current: 1,
  }),
  "libvirt/domain/vcpu-pin": domain(
    { cpu_tune: { vcpu_pin: [{ vcpu: 1, cpu_set: "0" }] } },
    "'cpu_tune.vcpu_pin.0.vcpu' must be a processor of the guest, 0 to 0, got 1",
    { cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "0" }] } },
    { look: ["virsh", "dumpxml", "%", "--xpath", "//cputune"] },
  ),
  "libvirt/domain/vcpu-pin-twice": domain(
    {
      cpu_tune: {
        vcpu_pin: [
          { vcpu: 0, cpu_set: "0" },
          { vcpu: 0, cpu_set: "1" },
        ],
      },
    },
    "'cpu_tune.vcpu_pin.1.vcpu' must be pinned once, got 0 twice",
    {
      vcpu: 2,
      cpu_tune: {
        vcpu_pin: [
          { vcpu: 0, cpu_set: "0" },
          { vcpu: 1, cpu_set: "1" },
        ],
      },
    },
  ),
  "libvirt/domain/cpu-set-form": domain(
    { cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "0,1" }] } },
    `'cpu_tune.vcpu_pin.0.cpu_set' must be a set of processors as libvirt writes it, got "0,1" (write "0-1")`,
    {
      cpu_tune: { vcpu_pin: [{ vcpu: 0, cpu_set: "0-1" }] },
    },
  ),
  "libvirt/domain/cpu-period": domain(
    { cpu_tune: { period: 500, quota: 1000 } },
    "'cpu_tune.period' must be 1000 to 1000000 microseconds, got 500",
    {
      cpu_tune: { period: 1000, quota: 1000 },
    },
  ),
  "libvirt/domain/cpu-quota": domain(
    { cpu_tune: { quota: 10 } },
    "'cpu_tune.quota' must be at least 1000 microseconds, or -1 for no bound, got 10",
    { cpu_tune: { quota: 1000 } },
  ),
  "libvirt/domain/cpu-shares": domain({ cpu_tune: { shares: 1 } }, "'cpu_tune.shares' must be 2 to 262144, got 1", {
    cpu_tune: { shares: 1024 },
  }),
  "libvirt/domain/cpu-check": domain(
    { cpu: { mode: "maximum", check: "sometimes" } },
    `'cpu.check' must be "none", "partial" or "full", got "sometimes"`,
    {
      cpu: { mode: "maximum" },
    },
  ),
  "libvirt/domain/cpu-match": domain(
    { cpu: { mode: "maximum", match: "exact" } },
    `'cpu.match' must be left out but for the mode "custom", got "exact"`,
    {
      cpu: { mode: "custom", match: "exact", model: "qemu64" },
    },
  ),
  "libvirt/domain/cpu-mode": domain(
    { cpu: { mode: "host" } },
    `'cpu.mode' must be "custom", "host-model", "host-passthrough" or "maximum", got "host"`,
    { cpu: { mode: "maximum" } },
  ),
  "libvirt/domain/cpu-migratable": domain(
    { cpu: { mode: "maximum", migratable: true } },
    "'cpu.migratable' must be left out, as the provider writes a word that libvirt does not read, got true",
    {
      cpu: { mode: "maximum" },
    },
  ),
  "libvirt/domain/cpu-feature-policy": domain(
    { cpu: { mode: "maximum", features: [{ name: "vmx", policy: "off" }] } },
    `'cpu.features.0.policy' must be "force", "require", "optional", "disable" or "forbid", got "off"`,
    { cpu: { mode: "maximum", features: [{ name: "vmx", policy: "disable" }] } },
  ),
  "libvirt/domain/cpu-feature-twice": domain(
    {
      cpu: {
        mode: "maximum",
        features: [
          { name: "vmx", policy: "disable" },
          { name: "vmx", policy: "require" },
        ],
      },
    },
    `'cpu.features.1.name' must be named once, got "vmx" twice`,
    { cpu: { mode: "maximum", features: [{ name: "vmx", policy: "disable" }] } },
  ),
  "libvirt/domain/numa-unit": domain(
    { vcpu: 2, cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 64, unit: "MiB" }] } } },
    `'cpu.numa.cell.0.unit' must be "KiB", as libvirt stores it, got "MiB" (multiply the memory)`,
    { vcpu: 2, cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 65536, unit: "KiB" }] } } },
  ),
  "libvirt/domain/numa-cpus": domain(
    { vcpu: 2, cpu: { numa: { cell: [{ id: 0, cpus: "0", memory: 65536, unit: "KiB" }] } } },
    "'cpu.numa.cell' must hold each of the processors 0 to 1 once, got 0",
    { vcpu: 2, cpu: { numa: { cell: [{ id: 0, cpus: "0-1", memory: 65536, unit: "KiB" }] } } },
  ),
};
