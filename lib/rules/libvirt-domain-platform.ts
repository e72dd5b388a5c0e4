import { at, atPath, elements } from "./at";
import { isReference, type Json } from "./document";
import { quoted, repeated, rulesOn } from "./look";
import type { Rule } from "./rule";

const rule = rulesOn("libvirt/domain", "libvirt_domain");
const machine = (body: Json) => String(at(body, "os.type_machine") ?? "");
const isOldMachine = (body: Json) => /^(pc$|pc-i440fx)/.test(machine(body));

/** What libvirt, QEMU and the provider refuse of one part of a machine because of another. */
export const libvirtDomainPlatformRules: readonly Rule[] = [
  rule(
    "boot-device-twice",
    "XML document failed to validate: a boot device twice",
    (body) =>
      repeated(elements(body, "os.boot_devices"), ({ element: { dev } }) => dev).map(
        ({ attribute, element: { dev } }) => ({
          attribute: `${attribute}.dev`,
          bound: "be another device each time",
          value: `${quoted(dev)} twice`,
        }),
      ),
    { proof: "read" },
  ),
  rule("iommu-eim", "eim='on' requires interrupt remapping", (body) =>
    at(body, "devices.iommu.driver.eim") === "on" && at(body, "devices.iommu.driver.int_remap") !== "on"
      ? [
          {
            attribute: "devices.iommu.driver.int_remap",
            bound: "be on where eim is",
            value: quoted(at(body, "devices.iommu.driver.int_remap") ?? "nothing"),
          },
        ]
      : [],
  ),
  rule(
    "cid-once",
    "no error: the address counts for nothing",
    (body) =>
      at(body, "devices.vsock.cid.auto") === "yes" && at(body, "devices.vsock.cid.address") !== undefined
        ? [
            {
              attribute: "devices.vsock.cid.address",
              bound: 'be left out with auto = "yes"',
              value: String(at(body, "devices.vsock.cid.address")),
            },
          ]
        : [],
    { proof: "read" },
  ),
  rule(
    "features-of-kvm",
    "KVM features are not supported under emulation",
    (body) => {
      const asked = ["features.kvm.hidden", "features.hyper_v.relaxed", "features.hyper_v.vapic"].find(
        (path) => at(body, `${path}.state`) === "on",
      );
      return body.type === "qemu" && asked !== undefined
        ? [{ attribute: asked, bound: 'be left out where type is "qemu"', value: '"on"', fix: 'type = "kvm" has it' }]
        : [];
    },
    { proof: "read" },
  ),
  rule(
    "watchdog-twice",
    "no error, or refused: a guest has one watchdog of a model",
    (body) =>
      repeated(elements(body, "devices.watchdogs"), ({ element: { model } }) => model).map(
        ({ attribute, element: { model } }) => ({
          attribute: `${attribute}.model`,
          bound: "stand once",
          value: `${quoted(model)} twice`,
        }),
      ),
    { proof: "read" },
  ),
  rule(
    "watchdog-of-machine",
    "watchdog model 'itco' is only supported on q35; 'diag288' on s390",
    (body) =>
      elements(body, "devices.watchdogs").flatMap(({ attribute, element: { model } }) =>
        (model === "itco" && isOldMachine(body)) ||
        (model === "diag288" && /^(x86_64|i686)?$/.test(String(at(body, "os.type_arch") ?? "")))
          ? [
              {
                attribute: `${attribute}.model`,
                bound: `be one that ${machine(body) || "this machine"} has`,
                value: quoted(model),
                fix: "such as i6300esb",
              },
            ]
          : [],
      ),
    { proof: "read" },
  ),
  rule("huge-pages-twice", "nodeset value N is repeated, or two master hugepages detected", (body) =>
    repeated(elements(body, "memory_backing.memory_huge_pages.hugepages"), ({ element: { nodeset } }) =>
      String(nodeset ?? "all"),
    ).map(({ attribute, element: { nodeset } }) => ({
      attribute: `${attribute}.nodeset`,
      bound: "be another one for each size of page",
      value: `${quoted(nodeset ?? "all")} twice`,
    })),
  ),
  rule("huge-pages-source", "hugepages are not allowed with anonymous memory source", (body) =>
    at(body, "memory_backing.memory_huge_pages") !== undefined &&
    at(body, "memory_backing.memory_source.type") === "anonymous"
      ? [
          {
            attribute: "memory_backing.memory_source.type",
            bound: "not be anonymous where there are huge pages",
            value: '"anonymous"',
          },
        ]
      : [],
  ),
  rule(
    "secure-boot-architecture",
    "Secure boot is supported for x86_64 architecture only; on q35 only",
    (body) => {
      const asked =
        at(body, "os.loader_secure") === "yes" ||
        elements(body, "os.firmware_info.features").some(
          ({ element: { name, enabled } }) => name === "secure-boot" && enabled === "yes",
        );
      const arch = at(body, "os.type_arch");
      const wrong = arch !== undefined && !isReference(arch) && arch !== "x86_64";
      return asked && (wrong || isOldMachine(body))
        ? [
            {
              attribute: wrong ? "os.type_arch" : "os.type_machine",
              bound: "be x86_64 on q35 for secure boot",
              value: quoted(wrong ? arch : machine(body)),
            },
          ]
        : [];
    },
    { proof: "read" },
  ),
  rule(
    "paused",
    "no error: the guest is made and never goes on",
    atPath("create.paused", (paused) =>
      paused === true
        ? { bound: "be left out", value: "true", fix: "nothing of Terraform's lets it go on" }
        : undefined,
    ),
    { proof: "read" },
  ),
];
