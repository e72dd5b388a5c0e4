import { at, atPath, elements } from "./at";
import { bytesOf } from "./byte-units";
import { isReference } from "./document";
import { quoted, rulesOn } from "./look";
import type { Rule } from "./rule";

const rule = rulesOn("libvirt/domain", "libvirt_domain");

/** What libvirt and its provider refuse or change in how a domain's memory and processors are laid out. */
export const libvirtDomainMemoryRules: readonly Rule[] = [
  rule(
    "current-memory-unit",
    "no error: the guest gets KiB, and is starved",
    ({ current_memory: now, current_memory_unit: unit, memory_unit: whole }) =>
      now !== undefined && unit === undefined && whole !== undefined && whole !== "KiB"
        ? [
            {
              attribute: "current_memory_unit",
              bound: "be set where memory_unit is",
              value: `nothing, so ${String(now)} KiB`,
              fix: `write ${quoted(whole)}`,
            },
          ]
        : [],
  ),
  rule("topology-whole", "Missing CPU topology: sockets, cores and threads are all needed", (body) => {
    const topology = at(body, "cpu.topology");
    const lacking = ["sockets", "cores", "threads"].filter((name) => at(body, `cpu.topology.${name}`) === undefined);
    return topology === undefined || lacking.length === 0
      ? []
      : [
          {
            attribute: "cpu.topology",
            bound: "have sockets, cores and threads",
            value: `no ${lacking.join(" and no ")}`,
          },
        ];
  }),
  rule("numa-memory", "no error: the cells' sum is the guest's memory, whatever memory says", (body) => {
    const cells = elements(body, "cpu.numa.cell").map(({ element: { memory, unit = "KiB" } }) =>
      memory === undefined || memory === null || isReference(memory) ? Number.NaN : bytesOf(memory, unit),
    );
    const sum = cells.reduce((all, one) => all + one, 0);
    const whole = isReference(body.memory) ? Number.NaN : bytesOf(body.memory ?? Number.NaN, body.memory_unit ?? "KiB");
    return cells.length === 0 || Number.isNaN(sum) || Number.isNaN(whole) || sum === whole
      ? []
      : [
          {
            attribute: "cpu.numa.cell",
            bound: `add up to the memory, ${whole / 1024} KiB`,
            value: `${sum / 1024} KiB`,
          },
        ];
  }),
  rule("numa-node-of-cell", "Element 'memnode' is invalid without any guest NUMA cells", (body) => {
    const cells: readonly unknown[] = elements(body, "cpu.numa.cell").map(({ element: { id } }, index) => id ?? index);
    return elements(body, "numa_tune.mem_nodes").flatMap(({ attribute, element: { cell_id: cell } }) =>
      cell === undefined || isReference(cell) || cells.includes(cell)
        ? []
        : [{ attribute: `${attribute}.cell_id`, bound: "be a cell of cpu.numa", value: String(cell) }],
    );
  }),
  rule(
    "numa-placement",
    'produced an unexpected new value: .numa_tune.memory.placement: was "static", but now null; or nodeset must be set',
    atPath("numa_tune.memory.placement", (placement) =>
      placement === "static"
        ? { bound: "be left out rather than static", value: '"static"', fix: "a nodeset says the same" }
        : undefined,
    ),
  ),
  rule("huge-pages-on-demand", "hugepages are not allowed with memory allocation ondemand", (body) =>
    at(body, "memory_backing.memory_huge_pages") !== undefined &&
    at(body, "memory_backing.memory_allocation.mode") === "ondemand"
      ? [
          {
            attribute: "memory_backing.memory_allocation.mode",
            bound: "not be ondemand where there are huge pages",
            value: '"ondemand"',
          },
        ]
      : [],
  ),
  rule("cpu-model-missing", "Non-empty feature list specified without CPU model", (body) =>
    at(body, "cpu.mode") === "custom" && at(body, "cpu.model") === undefined
      ? [{ attribute: "cpu.model", bound: "be set where the mode is custom", value: "nothing" }]
      : [],
  ),
  rule(
    "cpu-cache-passthrough",
    "CPU cache mode passthrough can only be used with host-passthrough or maximum CPUs",
    (body) =>
      at(body, "cpu.cache.mode") === "passthrough" &&
      !["host-passthrough", "maximum"].includes(String(at(body, "cpu.mode")))
        ? [
            {
              attribute: "cpu.cache.mode",
              bound: 'not be passthrough where cpu.mode is not "host-passthrough" or "maximum"',
              value: quoted(at(body, "cpu.mode")),
            },
          ]
        : [],
  ),
  rule(
    "metadata-namespace",
    "no error: libvirt removes what has no namespace",
    atPath("metadata.xml", (xml) =>
      /^\s*<[\w.-]+(\s(?![^>]*xmlns=)[^>]*)?\/?>/.test(String(xml))
        ? {
            bound: "be an element with a namespace",
            value: quoted(String(xml).slice(0, 40)),
            fix: 'such as <a:b xmlns:a="…">',
          }
        : undefined,
    ),
    { proof: "read" },
  ),
  rule(
    "smbios-mode",
    "no error: the guest never sees sys_info",
    (body) => {
      const told = elements(body, "sys_info").some(({ element }) => element.smbios !== undefined);
      return told && at(body, "os.sm_bios.mode") !== "sysinfo"
        ? [
            {
              attribute: "os.sm_bios.mode",
              bound: 'be "sysinfo" where sys_info is set',
              value: quoted(at(body, "os.sm_bios.mode") ?? "nothing"),
            },
          ]
        : [];
    },
    { proof: "read" },
  ),
  rule("firmware-config-name", "fw_cfg name must begin with 'opt/'", (body) =>
    elements(body, "sys_info").flatMap(({ attribute, element }) =>
      elements(element, "fw_cfg.entry").flatMap(({ attribute: inner, element: { name } }) =>
        typeof name !== "string" || isReference(name) || /^opt\/(?!ovmf\/|org\.qemu\/)/.test(name)
          ? []
          : [
              {
                attribute: `${attribute}.${inner}.name`,
                bound: "begin with opt/, and not with opt/ovmf/ or opt/org.qemu/",
                value: quoted(name),
              },
            ],
      ),
    ),
  ),
  rule(
    "autodestroy",
    "no error: the guest is gone when Terraform ends",
    (body) =>
      at(body, "create.autodestroy") === true
        ? [{ attribute: "create.autodestroy", bound: "be left out", value: "true" }]
        : [],
    { proof: "read" },
  ),
  rule(
    "firmware-info-alone",
    "no error: the features are dropped",
    (body) =>
      elements(body, "os.firmware_info.features").length > 0 && at(body, "os.firmware") === undefined
        ? [{ attribute: "os.firmware_info", bound: "stand with os.firmware", value: "alone" }]
        : [],
    { proof: "read" },
  ),

  rule(
    "memory-most",
    "cannot set up guest memory 'pc.ram': Cannot allocate memory",
    ({ memory, memory_unit: unit = "KiB" }) => {
      const bytes = memory === undefined || memory === null || isReference(memory) ? Number.NaN : bytesOf(memory, unit);
      return bytes > 16 * 1024 ** 4
        ? [
            {
              attribute: "memory",
              bound: "be at most 16 TiB",
              value: `${String(memory)} ${String(unit)}`,
              fix: "memory_unit says what memory counts",
            },
          ]
        : [];
    },
  ),
];
