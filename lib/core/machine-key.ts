import type { Machine } from "./machine";

/**
 * Names the machine that a host's claims are held on: the declared {@link Machine}, else the computer that the host's
 * address leads to. Two hosts without a machine but with one address share their claims all the same.
 */
export function machineKey(machine: Machine | undefined, address: string): string {
  return machine ? machine.node.path : `endpoint:${endpointOf(address)}`;
}

/** The computer that a host's URI leads to; a socket path leads to the one that Terraform runs on. */
function endpointOf(address: string): string {
  const match = /^[a-z+]+:\/\/(?:[^@/?]*@)?([^/:?]*)/.exec(address);
  return match?.[1] || "localhost";
}
