import { isIP } from "node:net";
import { quote, UnitError } from "./unit-error";

/** Transport protocols that Docker publishes. */
export type Protocol = "tcp" | "udp" | "sctp";

/** One published port. */
export interface PortMapping {
  /** Address of the host to listen on; undefined where the user named none, which means every IPv4 address. */
  readonly address: string | undefined;
  /** Port of the host, 1 to 65535; undefined lets the engine choose a free one. */
  readonly hostPort: number | undefined;
  /** Port inside the container, 1 to 65535. */
  readonly containerPort: number;
  readonly protocol: Protocol;
}

const FORM = 'a port as `docker run -p` takes it, such as "8080:80", "127.0.0.1:8080:80" or "53:53/udp"';

/** Reads `[address:][hostPort:]containerPort[/protocol]`. Throws {@link UnitError}; port ranges are refused by name. */
export function parsePortMapping(text: string): PortMapping {
  const match =
    /^(?:(?<address>\[[^\]]*\]|[^:]*):)?(?:(?<host>[\d-]*):)?(?<container>[\d-]+)(?:\/(?<protocol>\w+))?$/.exec(text);
  const { address, host, container = "", protocol = "tcp" } = match?.groups ?? {};
  if (!match) {
    throw new UnitError(FORM, quote(text));
  }
  if (text.includes("-")) {
    throw new UnitError("a single port", quote(text), "list the ports of a range one by one");
  }
  if (protocol !== "tcp" && protocol !== "udp" && protocol !== "sctp") {
    throw new UnitError('a port with protocol "tcp", "udp" or "sctp"', quote(text));
  }
  // With two parts the first is the host's port, not an address.
  const onlyPort = address !== undefined && host === undefined && /^\d+$/.test(address);
  const hostText = onlyPort ? address : host;
  if (address !== undefined && host === undefined && !onlyPort) {
    const fix = `"${address}:PORT:${container}", or "${address}::${container}" for any that is free`;
    throw new UnitError("a port of the host beside its address", quote(text), fix);
  }
  const addressText = onlyPort || address === undefined ? undefined : address.replace(/^\[|\]$/g, "");
  if (addressText !== undefined && isIP(addressText) === 0) {
    throw new UnitError("a port on an IPv4 address or an IPv6 address in brackets", quote(text));
  }
  const hostPort = hostText === undefined || hostText === "" ? undefined : Number(hostText);
  for (const port of [hostPort, Number(container)]) {
    if (port !== undefined && (port < 1 || port > 65535)) {
      throw new UnitError("a port from 1 to 65535", quote(text));
    }
  }
  return { address: addressText, hostPort, containerPort: Number(container), protocol };
}
