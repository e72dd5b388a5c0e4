import { type Body, type Case, domain } from "./case";

const numa = (...cell: Body[]): Body => ({ vcpu: 2, cpu: { mode: "maximum", numa: { cell } } });
const half = (id: number, kib: number): Body => ({ id, cpus: String(id), memory: kib, unit: "KiB" });
const PAGES = { memory_backing: { memory_huge_pages: {} } };

export const libvirtDomainMemoryCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/current-memory-unit": domain(
    { current_memory: 32 },
    `'current_memory_unit' must be set where memory_unit is, got nothing, so 32 KiB (write "MiB")`,
    { current_memory: 32, current_memory_unit: "MiB" },
    { look: ["virsh", "dommemstat", "%"] },
  ),
  "libvirt/domain/topology-whole": domain(
    { vcpu: 2, cpu: { mode: "maximum", topology: { sockets: 1, cores: 2 } } },
    "'cpu.topology' must have sockets, cores and threads, got no threads",
    { vcpu: 2, cpu: { mode: "maximum", topology: { sockets: 1, cores: 2, threads: 1 } } },
  ),
  "libvirt/domain/numa-memory": domain(
    numa(half(0, 16384), half(1, 16384)),
    "'cpu.numa.cell' must add up to the memory, 65536 KiB, got 32768 KiB",
    numa(half(0, 32768), half(1, 32768)),
    {
      look: ["virsh", "dominfo", "%"],
    },
  ),
  "libvirt/domain/numa-node-of-cell": domain(
    { numa_tune: { mem_nodes: [{ cell_id: 0, mode: "strict", nodeset: "0" }] } },
    "'numa_tune.mem_nodes.0.cell_id' must be a cell of cpu.numa, got 0",
    {
      ...numa(half(0, 32768), half(1, 32768)),
      numa_tune: { mem_nodes: [{ cell_id: 0, mode: "strict", nodeset: "0" }] },
    },
  ),
  "libvirt/domain/numa-placement": domain(
    { numa_tune: { memory: { mode: "strict", placement: "static", nodeset: "0" } } },
    `'numa_tune.memory.placement' must be left out rather than static, got "static" (a nodeset says the same)`,
    { numa_tune: { memory: { mode: "strict", nodeset: "0" } } },
  ),
  "libvirt/domain/huge-pages-on-demand": domain(
    { memory_backing: { memory_huge_pages: {}, memory_allocation: { mode: "ondemand" } } },
    `'memory_backing.memory_allocation.mode' must not be ondemand where there are huge pages, got "ondemand"`,
    PAGES,
  ),
  "libvirt/domain/cpu-model-missing": domain(
    { cpu: { mode: "custom", features: [{ name: "vmx", policy: "disable" }] } },
    "'cpu.model' must be set where the mode is custom, got nothing",
    { cpu: { mode: "custom", model: "qemu64", features: [{ name: "vmx", policy: "disable" }] } },
  ),
  "libvirt/domain/cpu-cache-passthrough": domain(
    { cpu: { mode: "custom", model: "Haswell", cache: { mode: "passthrough" } } },
    `'cpu.cache.mode' must not be passthrough where cpu.mode is not "host-passthrough" or "maximum", got "custom"`,
    { cpu: { mode: "maximum", cache: { mode: "passthrough" } } },
  ),
  "libvirt/domain/metadata-namespace": domain(
    { metadata: { xml: "<owner>team-a</owner>" } },
    `'metadata.xml' must be an element with a namespace, got "<owner>team-a</owner>" (such as <a:b xmlns:a="…">)`,
    {},
    { read: true },
  ),
  "libvirt/domain/smbios-mode": domain(
    { sys_info: [{ smbios: { system: { entry: [{ name: "serial", value: "ds=nocloud" }] } } }] },
    `'os.sm_bios.mode' must be "sysinfo" where sys_info is set, got "nothing"`,
    {
      os: { sm_bios: { mode: "sysinfo" } },
      sys_info: [{ smbios: { system: { entry: [{ name: "serial", value: "ds=nocloud" }] } } }],
    },
    { read: true },
  ),
  "libvirt/domain/firmware-config-name": domain(
    { sys_info: [{ fw_cfg: { entry: [{ name: "com.example/config", value: "x" }] } }] },
    `'sys_info.0.fw_cfg.entry.0.name' must begin with opt/, and not with opt/ovmf/ or opt/org.qemu/, got "com.example/config"`,
    { sys_info: [{ fw_cfg: { entry: [{ name: "opt/com.example/config", value: "x" }] } }] },
  ),
  "libvirt/domain/autodestroy": domain(
    { running: true, create: { autodestroy: true } },
    "'create.autodestroy' must be left out, got true",
    {},
    { read: true },
  ),
  "libvirt/domain/firmware-info-alone": domain(
    { os: { firmware_info: { features: [{ name: "secure-boot", enabled: "no" }] } } },
    "'os.firmware_info' must stand with os.firmware, got alone",
    {},
    { read: true },
  ),
  "libvirt/domain/memory-most": domain(
    { running: true, memory: 67108864, memory_unit: "MiB" },
    "'memory' must be at most 16 TiB, got 67108864 MiB (memory_unit says what memory counts)",
    {},
  ),
};
