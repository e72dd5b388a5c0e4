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
 * port do not make another one.
 */
export function engineKey(address: string): string {
  const [, scheme = "", rest = ""] = /^([a-z+]+):\/\/(?:[^@/?]*@)?([^?]*)/i.exec(address) ?? [];
  return `engine:${scheme.replace(/\+.*/, "")}://${rest.replace(/^[^/]*/, (host) => host.toLowerCase().replace(/:22$/, ""))}`;
}

/** The same, and told apart by the socket that a query names: whether two addresses surely lead to one daemon. */
export function daemonKey(address: string): string {
  const socket = /[?&]socket=([^&]*)/.exec(address)?.[1];
  return socket === undefined ? engineKey(address) : `${engineKey(address)}?socket=${socket}`;
}

function computerOf(address: string): string {
  const match = /^[a-z+]+:\/\/(?:[^@/?]*@)?(\[[^\]]*\]|[^/:?]*)/i.exec(address);
  return (match?.[1] ?? "").toLowerCase();
}
