import { at, atPath, elements, inElements } from "./at";
import { bytesOf } from "./byte-units";
import { isObject, isReference, member } from "./document";
import { oneOf, quoted, repeated, rulesOn } from "./look";
import type { Rule } from "./rule";
import { keyOf, writtenFile } from "./written-file";

const rule = rulesOn("libvirt/domain", "libvirt_domain");

/** What of a domain libvirt refuses or ignores only together with something else, or beyond a bound. */
export const libvirtDomainCombinationRules: readonly Rule[] = [
  rule("memory-missing", "no error: the domain has no memory", ({ memory }) =>
    memory === undefined ? [{ attribute: "memory", bound: "be set, with its unit", value: "nothing" }] : [],
  ),
  rule("cpu-model-with-mode", "no error: libvirt drops the model", (body) => {
    const mode = at(body, "cpu.mode");
    return at(body, "cpu.model") !== undefined && ["host-passthrough", "maximum"].includes(String(mode))
      ? [{ attribute: "cpu.model", bound: 'be left out but for the mode "custom"', value: `with ${quoted(mode)}` }]
      : [];
  }),
  rule(
    "disk-file-twice",
    "no error at define: a guest that writes one image by two disks",
    (body) =>
      repeated(elements(body, "devices.disks"), ({ element }) => keyOf(writtenFile(element))).map(
        ({ attribute, element }) => ({
          attribute: `${attribute}.source.file.file`,
          bound: "be another file for each disk that is written to",
          value: `${quoted(writtenFile(element))} twice`,
        }),
      ),
    { proof: "read" },
  ),
  rule(
    "disk-volume-pool",
    "Missing required attribute 'pool' in element 'source'",
    inElements("devices.disks", "source.volume", (volume) => {
      const lacking = ["pool", "volume"].find((name) => (isObject(volume) ? volume[name] : undefined) === undefined);
      return lacking === undefined ? undefined : { bound: "name a pool and a volume", value: `no ${lacking}` };
    }),
  ),
  rule(
    "interface-direct-device",
    "No <source> 'dev' attribute specified with <interface type='direct'/>",
    inElements("devices.interfaces", "source.direct", (direct) =>
      isObject(direct) && direct.dev === undefined ? { bound: "name a device of the host", value: "none" } : undefined,
    ),
  ),
  rule("interface-vlan", "vlan tag id 5000 too large (maximum 4095)", (body) =>
    elements(body, "devices.interfaces").flatMap(({ attribute, element }) =>
      elements(element, "vlan.tags").flatMap((tag) =>
        Number(tag.element.id) <= 4095 || isReference(tag.element.id)
          ? []
          : [
              {
                attribute: `${attribute}.${tag.attribute}.id`,
                bound: "be at most 4095",
                value: String(tag.element.id),
              },
            ],
      ),
    ),
  ),
  rule("interface-bandwidth", "Missing mandatory average or floor attributes", (body) =>
    elements(body, "devices.interfaces").flatMap(({ attribute, element }) =>
      ["inbound", "outbound"].flatMap((way) => {
        const limit = at(element, `bandwidth.${way}`);
        return isObject(limit) && limit.average === undefined && limit.floor === undefined
          ? [{ attribute: `${attribute}.bandwidth.${way}`, bound: "have an average", value: "none" }]
          : [];
      }),
    ),
  ),
  rule("graphics-kinds", "no error: one of them is dropped", (body) =>
    elements(body, "devices.graphics").flatMap(({ attribute, element }) =>
      element.vnc !== undefined && element.spice !== undefined
        ? [{ attribute, bound: "be of one kind", value: "vnc and spice", fix: "give each an element of its own" }]
        : [],
    ),
  ),
  rule(
    "graphics-listeners",
    "graphics 'listen' attribute 'A' must match 'address' attribute of first listen element (found 'B')",
    (body) =>
      elements(body, "devices.graphics").flatMap(({ attribute, element }) =>
        ["vnc", "spice"].flatMap((kind) => {
          const listen = at(element, `${kind}.listen`);
          const [first] = elements(element, `${kind}.listeners`);
          const address = first && at(first.element, "address.address");
          return listen === undefined ||
            address === undefined ||
            listen === address ||
            isReference(listen) ||
            isReference(address)
            ? []
            : [
                {
                  attribute: `${attribute}.${kind}.listen`,
                  bound: `be the first listener's, ${quoted(address)}`,
                  value: quoted(listen),
                },
              ];
        }),
      ),
  ),
  rule(
    "virtiofs-access-mode",
    "virtiofs only supports passthrough accessmode",
    inElements("devices.filesystems", "access_mode", (mode, filesystem) =>
      at(filesystem, "driver.type") === "virtiofs" && mode !== "passthrough"
        ? { bound: 'be "passthrough" with virtiofs', value: quoted(mode) }
        : undefined,
    ),
  ),
  rule("rng-without-backend", "missing RNG device backend model", (body) =>
    elements(body, "devices.rngs").flatMap(({ attribute, element }) =>
      Object.keys(member(element, "backend") ?? {}).length === 0
        ? [
            {
              attribute: `${attribute}.backend`,
              bound: "name a source",
              value: "nothing",
              fix: 'random = "/dev/urandom"',
            },
          ]
        : [],
    ),
  ),
  rule(
    "input-tablet-bus",
    "ps2 bus does not support tablet input device",
    inElements("devices.inputs", "bus", (bus, { type }) =>
      bus === "ps2" && type === "tablet"
        ? { bound: 'not be "ps2" for a tablet', value: '"ps2"', fix: '"usb" or "virtio"' }
        : undefined,
    ),
  ),
  rule("iommu-needs-q35", "IOMMU device: 'intel' is only supported with Q35 machines", (body) =>
    at(body, "devices.iommu.model") === "intel" &&
    at(body, "os.type_machine") !== undefined &&
    !/q35|\$\{/.test(String(at(body, "os.type_machine")))
      ? [
          {
            attribute: "devices.iommu.model",
            bound: "stand with the machine q35",
            value: `"intel" on ${quoted(at(body, "os.type_machine"))}`,
          },
        ]
      : [],
  ),
  rule(
    "io-thread-pin",
    "Cannot find 'iothread' : 1",
    inElements("cpu_tune.io_thread_pin", "io_thread", (thread, _, { io_threads: count, io_thread_i_ds: own }) =>
      own !== undefined || isReference(count) || Number(thread) <= Number(count ?? 0)
        ? undefined
        : { bound: "be one of the guest's io_threads", value: String(thread) },
    ),
  ),
  rule("maximum-memory-slots", "both maximum memory size and memory slot count must be specified", (body) => {
    const given = ["maximum_memory", "maximum_memory_slots"].filter((name) => body[name] !== undefined);
    return given.length === 1
      ? [
          {
            attribute: String(given[0]),
            bound: "stand with maximum_memory and maximum_memory_slots both",
            value: "one alone",
          },
        ]
      : [];
  }),
  rule(
    "maximum-memory",
    "maximum memory size must be equal or greater than the actual memory size",
    atPath("maximum_memory", (most, { maximum_memory_unit: unit, memory, memory_unit: own }) =>
      isReference(memory) || !(bytesOf(most, unit) < bytesOf(memory, own))
        ? undefined
        : { bound: "be at least the memory", value: `${String(most)} ${String(unit ?? "KiB")}` },
    ),
  ),
  rule(
    "numa-distance",
    "'distance' value '5' for sibling '1' must be in the range 10 to 254",
    (body) =>
      elements(body, "cpu.numa.cell").flatMap(({ attribute, element }) =>
        elements(element, "distances.siblings").flatMap((sibling) =>
          Number(sibling.element.value) >= 10 && Number(sibling.element.value) <= 254
            ? []
            : [
                {
                  attribute: `${attribute}.${sibling.attribute}.value`,
                  bound: "be 10 to 254",
                  value: String(sibling.element.value),
                },
              ],
        ),
      ),
    { proof: "read" },
  ),
  rule(
    "hyper-v-spinlocks",
    "HyperV spinlock retry count must be at least 4095",
    atPath("features.hyper_v.spinlocks.retries", (retries) =>
      Number(retries) >= 4095 ? undefined : { bound: "be at least 4095", value: String(retries) },
    ),
  ),
  rule(
    "hyper-v-vendor",
    "HyperV vendor_id value must not be more than 12 characters.",
    atPath("features.hyper_v.vendor_id.value", (vendor) =>
      String(vendor).length <= 12 && !String(vendor).includes(",")
        ? undefined
        : { bound: "be at most 12 characters without ','", value: quoted(vendor) },
    ),
  ),
  rule(
    "boot-menu-timeout",
    "Invalid value for attribute 'timeout' in element 'bootmenu': '70000'",
    atPath("os.boot_menu.timeout", (timeout) =>
      /^\d+$/.test(String(timeout)) && Number(timeout) <= 65_535
        ? undefined
        : { bound: "be 0 to 65535 milliseconds", value: quoted(timeout) },
    ),
  ),
  rule(
    "usb-id",
    "Cannot parse vendor id 046d",
    inElements("devices.hostdevs", "subsys_usb.source", (source) => {
      const ids = ["vendor", "product"].map((name) => (isObject(source) ? at(source, `${name}.id`) : undefined));
      const odd = ids.find((id) => typeof id === "string" && !isReference(id) && !/^0x[0-9a-fA-F]{1,4}$/.test(id));
      return odd === undefined ? undefined : { bound: "have ids that begin with 0x", value: quoted(odd) };
    }),
  ),
  rule(
    "wait-needs-running",
    "no error: nothing is waited for",
    (body) =>
      body.running === true || isReference(body.running)
        ? []
        : elements(body, "devices.interfaces").flatMap(({ attribute, element }) =>
            element.wait_for_ip === undefined
              ? []
              : [
                  {
                    attribute: `${attribute}.wait_for_ip`,
                    bound: "stand with running = true",
                    value: "a guest that is off",
                  },
                ],
          ),
    { proof: "read" },
  ),
  rule(
    "tpm-crb-version",
    "TPM 1.2 is not supported with the TPM-CRB device model",
    inElements("devices.tpms", "backend.emulator.version", (version, { model }) =>
      version === "1.2" && model === "tpm-crb" ? { bound: 'be "2.0" for tpm-crb', value: '"1.2"' } : undefined,
    ),
    { proof: "read" },
  ),
  rule(
    "vcpu-cpuset",
    "Failed to parse bitmap 'all'",
    atPath("vcpu_cpuset", (set) =>
      /^\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*$/.test(String(set))
        ? undefined
        : { bound: "be a set of processors such as 0-3", value: quoted(set) },
    ),
  ),
  rule(
    "metadata",
    "Opening and ending tag mismatch: a line 3 and metadata",
    atPath("metadata.xml", (xml) =>
      isBalanced(String(xml)) ? undefined : { bound: "be well-formed XML", value: quoted(String(xml).slice(0, 40)) },
    ),
  ),
  rule(
    "agent-channel",
    "unable to handle agent type: pty, when something asks the agent",
    (body) =>
      elements(body, "devices.channels").flatMap(({ attribute, element }) =>
        at(element, "target.virt_io.name") === "org.qemu.guest_agent.0" && at(element, "source.unix") === undefined
          ? [
              {
                attribute: `${attribute}.source`,
                bound: "be unix = {} for the guest agent",
                value: Object.keys(member(element, "source") ?? {}).join() || "nothing",
              },
            ]
          : [],
      ),
    { proof: "read" },
  ),
  rule(
    "clock-timezone",
    'Provider produced inconsistent result after apply: .clock.time_zone: was "Europe/Berlin", but now null',
    (body) =>
      at(body, "clock.time_zone") !== undefined &&
      at(body, "clock.offset") !== "timezone" &&
      !isReference(at(body, "clock.offset"))
        ? [
            {
              attribute: "clock.time_zone",
              bound: 'stand with offset = "timezone"',
              value: quoted(at(body, "clock.time_zone")),
            },
          ]
        : [],
  ),
  rule(
    "wait-agent-channel",
    "Failed to Wait for IP Address, after its timeout",
    (body) =>
      elements(body, "devices.interfaces").flatMap(({ attribute, element }) =>
        at(element, "wait_for_ip.source") === "agent" &&
        !elements(body, "devices.channels").some(
          (channel) => at(channel.element, "target.virt_io.name") === "org.qemu.guest_agent.0",
        )
          ? [
              {
                attribute: `${attribute}.wait_for_ip.source`,
                bound: "stand with a channel of the guest agent",
                value: '"agent" alone',
              },
            ]
          : [],
      ),
    { proof: "read" },
  ),
  rule("clock-timezone-missing", "missing 'timezone' attribute for clock with offset='timezone'", (body) =>
    at(body, "clock.offset") === "timezone" && at(body, "clock.time_zone") === undefined
      ? [
          {
            attribute: "clock.time_zone",
            bound: "be set for the offset timezone",
            value: "nothing",
            fix: 'such as "Europe/Berlin"',
          },
        ]
      : [],
  ),
  rule(
    "wait-source",
    "invalid wait_for_ip source",
    inElements("devices.interfaces", "wait_for_ip.source", oneOf(["any", "lease", "agent"])),
    { proof: "read" },
  ),
];

/** Whether every element of a text of XML ends where it must. */
function isBalanced(xml: string): boolean {
  const open: string[] = [];
  for (const [, closing = "", name = "", rest = ""] of xml
    .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>/g, "")
    .matchAll(/<(\/?)([\w:.-]+)([^>]*)>/g)) {
    if (closing) {
      if (open.pop() !== name) {
        return false;
      }
    } else if (!rest.endsWith("/")) {
      open.push(name);
    }
  }
  return open.length === 0;
}
