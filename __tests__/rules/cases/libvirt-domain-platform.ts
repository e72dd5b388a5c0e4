import { type Body, type Case, domain } from "./case";

const iommu = (driver: Body): Body => ({ devices: { iommu: { model: "intel", driver } } });
const pages = (...hugepages: Body[]): Body => ({ memory_backing: { memory_huge_pages: { hugepages } } });
const dogs = (...models: string[]): Body => ({
  devices: { watchdogs: models.map((model) => ({ model, action: "reset" })) },
});
const PC = { os: { type_machine: "pc" } };
const SECURE = { firmware: "efi", firmware_info: { features: [{ name: "secure-boot", enabled: "yes" }] } };
const READ = { read: true, elsewhere: "was not run" } as const;

export const libvirtDomainPlatformCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/boot-device-twice": domain(
    { os: { boot_devices: [{ dev: "hd" }, { dev: "hd" }] } },
    `'os.boot_devices.1.dev' must be another device each time, got "hd" twice`,
    { os: { boot_devices: [{ dev: "hd" }, { dev: "network" }] } },
    READ,
  ),
  "libvirt/domain/iommu-eim": domain(
    iommu({ eim: "on" }),
    `'devices.iommu.driver.int_remap' must be on where eim is, got "nothing"`,
    { ...iommu({ eim: "on", int_remap: "on" }), features: { acpi: true, ioapic: { driver: "qemu" } } },
    {
      elsewhere: "needs a split irqchip",
    },
  ),
  "libvirt/domain/cid-once": domain(
    { devices: { vsock: { model: "virtio", cid: { auto: "yes", address: "5" } } } },
    `'devices.vsock.cid.address' must be left out with auto = "yes", got 5`,
    { devices: { vsock: { model: "virtio", cid: { auto: "yes" } } } },
    READ,
  ),
  "libvirt/domain/features-of-kvm": domain(
    { type: "qemu", features: { kvm: { hidden: { state: "on" } } } },
    `'features.kvm.hidden' must be left out where type is "qemu", got "on" (type = "kvm" has it)`,
    { type: "qemu" },
    READ,
  ),
  "libvirt/domain/watchdog-twice": domain(
    dogs("i6300esb", "i6300esb"),
    `'devices.watchdogs.1.model' must stand once, got "i6300esb" twice`,
    dogs("i6300esb"),
    READ,
  ),
  "libvirt/domain/watchdog-of-machine": domain(
    { ...PC, ...dogs("itco") },
    `'devices.watchdogs.0.model' must be one that pc has, got "itco" (such as i6300esb)`,
    { ...PC, ...dogs("i6300esb") },
    READ,
  ),
  "libvirt/domain/huge-pages-twice": domain(
    pages({ size: 2048, unit: "KiB" }, { size: 1048576, unit: "KiB" }),
    `'memory_backing.memory_huge_pages.hugepages.1.nodeset' must be another one for each size of page, got "all" twice`,
    pages({ size: 2048, unit: "KiB" }),
  ),
  "libvirt/domain/huge-pages-source": domain(
    { memory_backing: { memory_huge_pages: {}, memory_source: { type: "anonymous" } } },
    `'memory_backing.memory_source.type' must not be anonymous where there are huge pages, got "anonymous"`,
    { memory_backing: { memory_huge_pages: {} } },
  ),
  "libvirt/domain/secure-boot-architecture": domain(
    { os: { ...SECURE, type_machine: "pc" }, features: { acpi: true } },
    `'os.type_machine' must be x86_64 on q35 for secure boot, got "pc"`,
    { os: { ...SECURE, type_machine: "q35" }, features: { acpi: true, smm: { state: "on" } } },
    READ,
  ),
  "libvirt/domain/paused": domain(
    { running: true, create: { paused: true } },
    "'create.paused' must be left out, got true (nothing of Terraform's lets it go on)",
    {},
    READ,
  ),
};
