import type { Endpoint } from "../machines/endpoint";
import { shellOn } from "../machines/machine-shell";
import type { Checks } from "./check";
import { installCommands, type Software } from "./install";

/** How a daemon is recognized, let people in, and started. */
interface Daemon {
  readonly software: Software;
  readonly denied: RegExp;
  /** A command that is there where the daemon is installed. */
  readonly present: string;
  readonly service: string;
  /** As a person calls it. */
  readonly name: string;
}

const DAEMONS: Readonly<Record<Endpoint["provider"], Daemon>> = {
  docker: {
    software: "docker",
    denied: /permission denied/i,
    present: "command -v dockerd",
    service: "docker",
    name: "the engine",
  },
  libvirt: {
    software: "libvirt",
    denied: /permission denied|authentication unavailable/i,
    present: 'PATH="$PATH:/usr/sbin" command -v libvirtd virtqemud',
    service: "libvirtd",
    name: "libvirt",
  },
};

/** Why a daemon does not answer, as far as its machine tells, and what mends it. */
export function checkAccess(endpoint: Endpoint, error: string, checks: Checks): void {
  const { software, denied, present, service, name } = DAEMONS[endpoint.provider];
  if (denied.test(error)) {
    checks.error(`no access: ${error}`, `usermod -aG ${software} $USER, and log in again`);
    return;
  }
  const shell = shellOn(endpoint);
  const fix =
    shell === undefined
      ? `start ${name}, and open its port to this machine`
      : shell(present).code === 0
        ? `systemctl start ${service}`
        : installCommands(software, shell("cat /etc/os-release").out);
  checks.error(`does not answer: ${error}`, fix);
}
