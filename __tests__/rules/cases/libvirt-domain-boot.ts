import { type Body, type Case, domain } from "./case";

const UEFI = { loader: "/usr/share/OVMF/OVMF_CODE.fd", loader_type: "pflash", loader_readonly: "yes" };
const SECURE = "/usr/share/OVMF/OVMF_CODE.secboot.fd";

/** A guest that boots by UEFI; `bad` and `good` say more of its `os`. */
const boot = (bad: Body, says: string, good: Body): Case =>
  domain({ features: { acpi: true }, os: { ...UEFI, ...bad } }, says, {
    features: { acpi: true },
    os: { ...UEFI, ...good },
  });

export const libvirtDomainBootCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/boot-device": domain(
    { os: { boot_devices: [{ dev: "disk" }] } },
    `'os.boot_devices.0.dev' must be "hd", "cdrom", "network" or "fd", got "disk"`,
    {
      os: { boot_devices: [{ dev: "hd" }] },
    },
  ),
  "libvirt/domain/loader-path": {
    ...boot({ loader: "OVMF_CODE.fd" }, `'os.loader' must be an absolute path, got "OVMF_CODE.fd"`, {}),
    read: true,
  },
  "libvirt/domain/firmware-and-loader": boot(
    { firmware: "efi" },
    "'os.firmware' must be left out where a loader is named, got both",
    {},
  ),
  "libvirt/domain/loader-readonly": boot(
    { loader_readonly: "true" },
    `'os.loader_readonly' must be "yes" or "no", got "true"`,
    {},
  ),
  "libvirt/domain/loader-type": boot(
    { loader_type: "uefi" },
    `'os.loader_type' must be "rom" or "pflash", got "uefi"`,
    {},
  ),
  "libvirt/domain/nvram-needs-loader": domain(
    { os: { nv_ram: { nv_ram: "/var/lib/libvirt/qemu/nvram/a.fd" } } },
    "'os.nv_ram' must stand with a loader, got alone",
    {},
  ),
  "libvirt/domain/secure-boot-smm": boot(
    { loader: SECURE, loader_secure: "yes" },
    `'os.loader_secure' must stand with features.smm.state = "on", got "yes" alone`,
    {},
  ),
  "libvirt/domain/secure-boot-machine": domain(
    {
      features: { acpi: true, smm: { state: "on" } },
      os: { ...UEFI, loader: SECURE, loader_secure: "yes", type_machine: "pc" },
    },
    `'os.type_machine' must be "q35" for secure boot, got "pc"`,
    { features: { acpi: true, smm: { state: "on" } }, os: { ...UEFI, loader: SECURE, loader_secure: "yes" } },
  ),
  "libvirt/domain/firmware-feature-order": domain(
    {
      features: { acpi: true },
      os: {
        firmware: "efi",
        firmware_info: {
          features: [
            { name: "secure-boot", enabled: "no" },
            { name: "enrolled-keys", enabled: "no" },
          ],
        },
      },
    },
    "'os.firmware_info.features' must stand in the order of their names, got secure-boot, enrolled-keys (enrolled-keys, secure-boot)",
    {
      features: { acpi: true },
      os: {
        firmware: "efi",
        firmware_info: {
          features: [
            { name: "enrolled-keys", enabled: "no" },
            { name: "secure-boot", enabled: "no" },
          ],
        },
      },
    },
  ),
  "libvirt/domain/boot-menu": domain(
    { os: { boot_menu: { enable: "on" } } },
    `'os.boot_menu.enable' must be "yes" or "no", got "on"`,
    {
      os: { boot_menu: { enable: "yes" } },
    },
  ),
  "libvirt/domain/feature-state": domain(
    { features: { smm: { state: "yes" } } },
    `'features.smm.state' must be "on" or "off", got "yes"`,
    {
      features: { smm: { state: "on" } },
    },
  ),
  "libvirt/domain/on-poweroff": domain(
    { on_poweroff: "preserve" },
    `'on_poweroff' must be "destroy" or "restart", got "preserve"`,
    { on_poweroff: "destroy" },
  ),
  "libvirt/domain/on-reboot": domain(
    { on_reboot: "preserve" },
    `'on_reboot' must be "restart" or "destroy", got "preserve"`,
    { on_reboot: "restart" },
  ),
  "libvirt/domain/on-crash": domain(
    { on_crash: "ignore" },
    `'on_crash' must be "destroy", "restart", "preserve", "coredump-destroy" or "coredump-restart", got "ignore"`,
    { on_crash: "destroy" },
  ),
  "libvirt/domain/type": domain(
    { type: "vm" },
    `'type' must be "kvm", "qemu", "hvf", "xen", "lxc", "vz", "bhyve" or "test", got "vm" (did you mean "kvm"?)`,
    {},
  ),
  "libvirt/domain/os-type": domain(
    { os: { type: "linux" } },
    `'os.type' must be "hvm" for a guest of QEMU, got "linux"`,
    { os: { type: "hvm" } },
  ),
  "libvirt/domain/os-missing": domain(
    { os: null },
    `'os.type' must be set, got nothing ("hvm" is a whole machine)`,
    {},
  ),
  "libvirt/domain/machine": domain(
    { os: { type_machine: "q36" } },
    `'os.type_machine' must be a machine that QEMU has, got "q36" (did you mean "q35"?)`,
    { os: { type_machine: "pc" } },
  ),
  "libvirt/domain/arch": domain(
    { os: { type_arch: "amd64" } },
    `'os.type_arch' must be an architecture as Linux names it, got "amd64" (did you mean "x86_64"?)`,
    { os: { type_arch: "x86_64" } },
  ),
  "libvirt/domain/emulator": domain(
    { devices: { emulator: "qemu-system-x86_64" } },
    `'devices.emulator' must be an absolute path, got "qemu-system-x86_64"`,
    {
      devices: { emulator: "/usr/bin/qemu-system-x86_64" },
    },
  ),
  "libvirt/domain/clock-offset": domain(
    { clock: { offset: "gmt" } },
    `'clock.offset' must be "utc", "localtime", "timezone", "variable" or "absolute", got "gmt"`,
    { clock: { offset: "utc" } },
  ),
  "libvirt/domain/clock-timer": domain(
    { clock: { offset: "utc", timer: [{ name: "pit", tick_policy: "late" }] } },
    `'clock.timer.0.tick_policy' must be "delay", "catchup", "merge" or "discard", got "late"`,
    { clock: { offset: "utc", timer: [{ name: "pit", tick_policy: "delay" }] } },
  ),
  "libvirt/domain/title-line": domain({ title: "two\nlines" }, `'title' must be one line, got "two\\nlines"`, {
    title: "one line",
  }),
  "libvirt/domain/type-of-host": domain({ type: "xen" }, `'type' must be kvm or qemu on a host of QEMU, got "xen"`, {}),
};
