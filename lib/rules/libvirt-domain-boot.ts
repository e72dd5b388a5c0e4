import { suggestion } from "../core/nearest";
import { at, atPath, elements, inElements } from "./at";
import { isReference, type Json } from "./document";
import { misspelt, oneOf, quoted, rulesOf, rulesOn } from "./look";
import type { Rule } from "./rule";

const ruleOf = rulesOf("libvirt/domain", "libvirt_domain");
const rule = rulesOn("libvirt/domain", "libvirt_domain");
const MACHINES: readonly string[] = ["pc", "q35", "microvm", "virt"];
const X86_MACHINE = /^(pc|q35|microvm|isapc|none|xenfv|xenpv)$|^(pc-(i440fx|q35)|xenfv)-/;
const machine = (body: Json) => at(body, "os.type_machine");

/** What libvirt and its provider refuse, ignore or undo in what a domain is and how it boots. */
export const libvirtDomainBootRules: readonly Rule[] = [
  rule(
    "type",
    "invalid domain type vm",
    atPath("type", oneOf(["kvm", "qemu", "hvf", "xen", "lxc", "vz", "bhyve", "test"])),
  ),
  rule("os-missing", "an os <type> must be specified", (body) =>
    at(body, "os.type") === undefined
      ? [{ attribute: "os.type", bound: "be set", value: "nothing", fix: '"hvm" is a whole machine' }]
      : [],
  ),
  rule(
    "os-type",
    "Emulator '/usr/bin/qemu-system-x86_64' does not support os type 'linux'",
    atPath("os.type", (type, { type: engine }) =>
      ["kvm", "qemu"].includes(String(engine)) && type !== "hvm"
        ? { bound: 'be "hvm" for a guest of QEMU', value: quoted(type) }
        : undefined,
    ),
  ),
  rule(
    "arch",
    "Unknown architecture amd64",
    atPath("os.type_arch", (arch) => {
      const names: Readonly<Record<string, string>> = {
        amd64: "x86_64",
        arm64: "aarch64",
        x86: "i686",
        i386: "i686",
        arm: "armv7l",
      };
      const known = names[String(arch)];
      return known === undefined
        ? undefined
        : { bound: "be an architecture as Linux names it", value: quoted(arch), fix: `did you mean "${known}"?` };
    }),
  ),
  rule("machine", "No PCI buses available; or Emulator does not support machine type X", (body) =>
    atPath("os.type_machine", (machine) =>
      /^(x86_64|i686)$/.test(String(at(body, "os.type_arch") ?? "x86_64"))
        ? X86_MACHINE.test(String(machine))
          ? undefined
          : {
              bound: "be a machine that QEMU has",
              value: quoted(machine),
              fix: suggestion(String(machine), MACHINES) ?? "such as q35 or pc",
            }
        : misspelt(MACHINES, "be a machine that QEMU has")(machine),
    )(body),
  ),
  rule(
    "emulator",
    "Cannot check QEMU binary qemu-system-x86_64: No such file or directory",
    atPath("devices.emulator", (path) =>
      String(path).startsWith("/") ? undefined : { bound: "be an absolute path", value: quoted(path) },
    ),
  ),
  rule(
    "boot-device",
    "Invalid value for attribute 'dev' in element 'boot': 'disk'",
    inElements("os.boot_devices", "dev", oneOf(["hd", "cdrom", "network", "fd"])),
  ),
  rule(
    "boot-menu",
    "Invalid value for attribute 'enable' in element 'bootmenu': 'on'",
    atPath("os.boot_menu.enable", oneOf(["yes", "no"])),
  ),
  rule(
    "loader-path",
    "the guest does not start: QEMU looks for the loader below its own folder",
    atPath("os.loader", (path) =>
      String(path).startsWith("/") ? undefined : { bound: "be an absolute path", value: quoted(path) },
    ),
    { proof: "read" },
  ),
  rule(
    "loader-readonly",
    "Invalid value for attribute 'readonly' in element 'loader': 'true'",
    atPath("os.loader_readonly", oneOf(["yes", "no"])),
  ),
  rule(
    "loader-type",
    "Invalid value for attribute 'type' in element 'loader': 'uefi'",
    atPath("os.loader_type", oneOf(["rom", "pflash"])),
  ),
  rule("firmware-and-loader", "Provider produced inconsistent result after apply: .os.firmware", (body) =>
    at(body, "os.firmware") !== undefined && at(body, "os.loader") !== undefined
      ? [{ attribute: "os.firmware", bound: "be left out where a loader is named", value: "both" }]
      : [],
  ),
  rule("nvram-needs-loader", "no loader path specified and firmware auto selection disabled", (body) =>
    at(body, "os.nv_ram") !== undefined && at(body, "os.loader") === undefined && at(body, "os.firmware") === undefined
      ? [{ attribute: "os.nv_ram", bound: "stand with a loader", value: "alone" }]
      : [],
  ),
  rule("secure-boot-smm", "Secure boot requires SMM feature enabled", (body) =>
    at(body, "os.loader_secure") === "yes" &&
    at(body, "features.smm.state") !== "on" &&
    !isReference(at(body, "features.smm.state"))
      ? [{ attribute: "os.loader_secure", bound: 'stand with features.smm.state = "on"', value: '"yes" alone' }]
      : [],
  ),
  rule("secure-boot-machine", "Secure boot is supported with q35 machine types only", (body) =>
    at(body, "os.loader_secure") === "yes" &&
    machine(body) !== undefined &&
    !isReference(machine(body)) &&
    !/q35/.test(String(machine(body)))
      ? [{ attribute: "os.type_machine", bound: 'be "q35" for secure boot', value: quoted(machine(body)) }]
      : [],
  ),
  rule(
    "firmware-feature-order",
    'Provider produced inconsistent result after apply: .features[0].name: was "secure-boot", but now "enrolled-keys"',
    (body) => {
      const names = elements(body, "os.firmware_info.features").map(({ element }) => String(element.name));
      const sorted = [...names].sort();
      return names.join() === sorted.join()
        ? []
        : [
            {
              attribute: "os.firmware_info.features",
              bound: "stand in the order of their names",
              value: names.join(", "),
              fix: sorted.join(", "),
            },
          ];
    },
  ),
  rule("feature-state", "Invalid value for attribute 'state' in element 'smm': 'yes'", (body) =>
    ["smm", "vm_port", "pmu", "ps2", "vm_core_info", "pv_spinlock", "hap"].flatMap((name) =>
      atPath(`features.${name}.state`, oneOf(["on", "off"]))(body),
    ),
  ),
  rule(
    "on-poweroff",
    "qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'",
    atPath("on_poweroff", oneOf(["destroy", "restart"])),
  ),
  rule(
    "on-reboot",
    "qemu driver doesn't support the 'preserve' action for 'on_reboot'/'on_poweroff'",
    atPath("on_reboot", oneOf(["restart", "destroy"])),
  ),
  rule(
    "on-crash",
    "unknown on_crash action: ignore",
    atPath("on_crash", oneOf(["destroy", "restart", "preserve", "coredump-destroy", "coredump-restart"])),
  ),
  rule(
    "clock-offset",
    "unknown clock offset 'gmt'",
    atPath("clock.offset", oneOf(["utc", "localtime", "timezone", "variable", "absolute"])),
  ),
  rule(
    "clock-timer",
    "Invalid value for attribute 'tickpolicy' in element 'timer': 'late'",
    inElements("clock.timer", "tick_policy", oneOf(["delay", "catchup", "merge", "discard"])),
  ),
  rule(
    "title-line",
    "Domain title can't contain newlines",
    atPath("title", (title) =>
      String(title).includes("\n") ? { bound: "be one line", value: quoted(title) } : undefined,
    ),
  ),

  ruleOf("type-of-host", "could not find capabilities for domaintype=xen", (domain, document) => {
    const block = document.at(
      domain.body.provider === undefined ? "provider.libvirt" : `provider.${String(domain.body.provider)}`,
    );
    const uri = block?.body.uri ?? "qemu:///system";
    const type = String(domain.body.type);
    return typeof uri === "string" && /^qemu[+:]/.test(uri) && ["xen", "lxc", "vz", "bhyve", "test"].includes(type)
      ? [{ attribute: "type", bound: "be kvm or qemu on a host of QEMU", value: quoted(type) }]
      : [];
  }),
];
