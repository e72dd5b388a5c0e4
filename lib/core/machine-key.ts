import { posix } from "node:path";
import type { Machine } from "./machine";

/**
 * Names the machine that a host's ports, subnets and folders are claimed on: the declared {@link Machine}, else the
 * computer that the host's address leads to. Two hosts without a machine but with one address share their claims all the
 * same.
 */
export function machineKey(machine: Machine | undefined, address: string): string {
  return machine ? machine.node.path : `endpoint:${computerOf(address) || "localhost"}`;
}

/**
 * Names the daemon that names are claimed on: a machine may run several, and each has names of its own. User and default
 * port do not make another one, nor does another spelling of its socket's path.
 */
export function engineKey(address: string): string {
  const [, scheme = "", rest = ""] = /^([a-z0-9+]+):\/\/(?:[^@/?]*@)?([^?]*)/i.exec(address) ?? [];
  const computer = (host: string) => host.toLowerCase().replace(/:22$/, "");
  const way = rest.startsWith("/") ? socketPath(rest) : rest.replace(/^[^/]*/, computer);
  return `engine:${scheme.replace(/\+.*/, "")}://${way}`;
}

/** The same, and told apart by the socket that a query names: whether two addresses surely lead to one daemon. */
export function daemonKey(address: string): string {
  const socket = /[?&]socket=([^&]*)/.exec(address)?.[1];
  const path = socket === undefined ? USUAL_SOCKET : socketPath(socket);
  return path === USUAL_SOCKET ? engineKey(address) : `${engineKey(address)}?socket=${path}`;
}

/** Of libvirt, where an address names none. */
const USUAL_SOCKET = "/var/run/libvirt/libvirt-sock";

/** On Linux, /run is /var/run. */
function socketPath(path: string): string {
  return posix.normalize(path).replace(/^\/run\//, "/var/run/");
}

function computerOf(address: string): string {
  const match = /^[a-z0-9+]+:\/\/(?:[^@/?]*@)?(\[[^\]]*\]|[^/:?]*)/i.exec(address);
  return (match?.[1] ?? "").toLowerCase();
}
