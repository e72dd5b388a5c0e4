import { terraformText } from "../core/terraform-text";
import type { Reference } from "../providers/late";
import type { DomainConfig, DomainDevicesDisks, DomainOs } from "../providers/libvirt/domain";
import { renderConsoles } from "./guest-console.render";
import { renderInterfaces } from "./guest-interfaces.render";
import type { KvmGuestModel } from "./kvm-guest.model";

/** The kernel's files on the host, by path. */
export interface BootFiles {
  readonly kernel: Reference;
  readonly initrd: Reference | undefined;
}

/** Where a guest is, and what it boots from. */
export interface DomainPlace {
  /** The construct's path, by which a guest is known as this stack's whatever became of the state. */
  readonly path: string;
  readonly emulated: boolean;
  readonly boot: BootFiles | undefined;
}

/** The domain's configuration, but for its disks, which may still be added. */
export function renderDomain(
  model: KvmGuestModel,
  { path, emulated, boot }: DomainPlace,
): Omit<DomainConfig, "devices"> {
  return {
    name: model.name,
    description: path,
    type: emulated ? "qemu" : "kvm",
    memory: model.memory,
    memoryUnit: "MiB",
    vcpu: model.vcpus,
    ...(model.os.osinfo === undefined ? {} : { metadata: { xml: osinfoXml(model.os.osinfo) } }),
    os: { type: "hvm", typeArch: "x86_64", typeMachine: "q35", ...renderBoot(model, boot) },
    features: { acpi: true, apic: {} },
    cpu: { mode: emulated ? "maximum" : "host-passthrough" },
    clock: { offset: "utc" },
    onPoweroff: "destroy",
    onReboot: "restart",
    onCrash: "restart",
    autostart: model.autostart,
    running: model.running,
    ...(model.shutdownSeconds === undefined ? {} : { destroy: { shutdown: { timeout: model.shutdownSeconds } } }),
  };
}

/** The guest's devices: the fewest that make it what the props say. */
export function renderDevices(model: KvmGuestModel, disks: readonly DomainDevicesDisks[]) {
  return {
    disks,
    ...(model.interfaces.length === 0 ? {} : { interfaces: renderInterfaces(model.interfaces) }),
    ...renderConsoles(model),
  };
}

function renderBoot(
  { directBoot }: KvmGuestModel,
  boot: BootFiles | undefined,
): Pick<DomainOs, "kernel" | "initrd" | "cmdline"> {
  return {
    ...(boot === undefined ? {} : { kernel: boot.kernel }),
    ...(boot?.initrd === undefined ? {} : { initrd: boot.initrd }),
    ...(directBoot?.commandLine === undefined ? {} : { cmdline: terraformText(directBoot.commandLine) }),
  };
}

/** libosinfo's own note of what runs in a guest, as virt-install writes it. */
function osinfoXml(id: string): string {
  const namespace = "http://libosinfo.org/xmlns/libvirt/domain/1.0";
  return `<libosinfo:libosinfo xmlns:libosinfo="${namespace}"><libosinfo:os id="${id}"/></libosinfo:libosinfo>`;
}
