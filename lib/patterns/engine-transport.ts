import type { DockerProviderConfig } from "../providers/docker/provider";
import type { SshTransport } from "./containers-inside-vm.props";
import { ENGINE_PORT } from "./engine-setup";
import type { GuestKeys, SshKeys } from "./guest-keys";

/** How a provider reaches an engine inside a guest. */
export type Connection = Pick<
  DockerProviderConfig,
  "host" | "context" | "certPath" | "caMaterial" | "certMaterial" | "keyMaterial" | "sshOpts"
>;

/** What the caller's environment would add to either. */
const NOTHING_ELSE = { context: "", certPath: "" } as const;

export function tlsEndpoint(address: string): string {
  return `tcp://${address}:${ENGINE_PORT}`;
}

export function sshEndpoint(address: string, user: string): string {
  return `ssh://${user}@${address}`;
}

export function tlsConnection(address: string, { ca, clientCertificate, clientKey }: GuestKeys): Connection {
  return {
    host: tlsEndpoint(address),
    ...NOTHING_ELSE,
    caMaterial: ca,
    certMaterial: clientCertificate,
    keyMaterial: clientKey,
  };
}

/** The host key is part of the configuration, so that no file has to exist on the machine of Terraform. */
export function sshConnection(
  address: string,
  { user, identityFile }: SshTransport,
  { hostPublicKey }: SshKeys,
): Connection {
  const options = [
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    "UserKnownHostsFile=/dev/null",
    "GlobalKnownHostsFile=/dev/null",
    `KnownHostsCommand=/bin/echo ${address} ${hostPublicKey}`,
    // A connection that is kept open would outlive a guest that is off, and hang.
    "ControlPath=none",
    "ConnectTimeout=30",
    "ServerAliveInterval=5",
    "ServerAliveCountMax=3",
    ...(identityFile === undefined ? [] : ["IdentitiesOnly=yes"]),
  ];
  return {
    host: sshEndpoint(address, user),
    ...NOTHING_ELSE,
    sshOpts: [...(identityFile === undefined ? [] : ["-i", identityFile]), ...options.flatMap((one) => ["-o", one])],
  };
}
