import type { DomainDevices } from "../providers/libvirt/domain";

/** What of a guest can be seen from its host. */
export interface GuestConsoles {
  readonly serialConsole: boolean;
  readonly consoleLog: string | undefined;
  readonly vnc: { readonly port: number | undefined } | undefined;
  readonly guestAgent: boolean;
}

/** Consoles and the agent's channel, each only where asked for: every element costs time in every plan. */
export function renderConsoles({
  serialConsole,
  consoleLog,
  vnc,
  guestAgent,
}: GuestConsoles): Pick<DomainDevices, "serials" | "graphics" | "channels"> {
  const port = vnc?.port === undefined ? { autoPort: true } : { port: vnc.port };
  return {
    // libvirt adds the console that belongs to the port.
    ...(serialConsole
      ? {
          serials: [
            {
              target: { type: "isa-serial", port: 0 },
              ...(consoleLog === undefined ? {} : { log: { file: consoleLog, append: "off" } }),
            },
          ],
        }
      : {}),
    ...(vnc === undefined ? {} : { graphics: [{ vnc: { ...port, listen: "127.0.0.1" } }] }),
    ...(guestAgent
      ? { channels: [{ source: { unix: {} }, target: { virtIo: { name: "org.qemu.guest_agent.0" } } }] }
      : {}),
  };
}
