import { type Case, domain } from "./case";
import { devices } from "./domain-parts";

const serial = (source: object) => devices("serials", { source, target: { type: "isa-serial", port: 0 } });
const channel = (name: string) => ({ source: { unix: {} }, target: { virt_io: { name } } });

export const libvirtDomainCharacterCases: Readonly<Record<string, Case>> = {
  "libvirt/domain/socket-service": domain(
    serial({ tcp: { mode: "bind", host: "127.0.0.1" } }),
    "'devices.serials.0.source.tcp.service' must be set, got nothing",
    serial({ tcp: { mode: "bind", host: "127.0.0.1", service: "28101" } }),
  ),
  "libvirt/domain/socket-mode": domain(
    serial({ tcp: { mode: "server", host: "127.0.0.1", service: "28101" } }),
    `'devices.serials.0.source.tcp.mode' must be "connect" or "bind", got "server"`,
    serial({ tcp: { mode: "bind", host: "127.0.0.1", service: "28101" } }),
  ),
  "libvirt/domain/stream-path": domain(
    serial({ file: { append: "on" } }),
    "'devices.serials.0.source.file.path' must be set, got nothing",
    serial({ file: { path: "/tmp/berth-rule-own.log", append: "on" } }),
  ),
  "libvirt/domain/channel-twice": domain(
    { running: true, devices: { channels: [channel("org.qemu.guest_agent.0"), channel("org.qemu.guest_agent.0")] } },
    `'devices.channels.1.target.virt_io.name' must be a name of its own, got "org.qemu.guest_agent.0" twice`,
    { devices: { channels: [channel("org.qemu.guest_agent.0")] } },
  ),
  "libvirt/domain/channel-target": domain(
    { devices: { channels: [{ source: { unix: {} } }] } },
    `'devices.channels.0.target' must say what the guest sees, got nothing (such as virt_io = { name = "org.qemu.guest_agent.0" })`,
    {
      devices: { channels: [channel("org.qemu.guest_agent.0")] },
    },
  ),
};
