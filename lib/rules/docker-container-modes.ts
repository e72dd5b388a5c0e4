import { blocks, isReference } from "./document";
import { inBlocks, on, oneOf, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const ofContainer = (mode: unknown) => typeof mode === "string" && mode.startsWith("container:");

/** What a container cannot have of its own while it shares another one's network. */
const SHARED: readonly { readonly id: string; readonly attribute: string; readonly says: string }[] = [
  { id: "hostname-with-mode", attribute: "hostname", says: "conflicting options: hostname and the network mode" },
  { id: "dns-with-mode", attribute: "dns", says: "conflicting options: dns and the network mode" },
  {
    id: "hosts-with-mode",
    attribute: "host",
    says: "conflicting options: custom host-to-IP mapping and the network mode",
  },
];

const rule = rulesOf("docker/container", "docker_container");

/** A container named by its name: the engine stores its id, and the provider compares the two. */
const byName =
  (attribute: string): Rule["check"] =>
  ({ body }) => {
    const mode = body[attribute];
    const named =
      ofContainer(mode) && (!isReference(mode) || /\$\{docker_container\.[\w-]+\.name\}$/.test(String(mode)));
    return named
      ? [
          {
            attribute,
            bound: "name a container by a reference to its id",
            value: quoted(mode),
            fix: "container:${docker_container.NAME.id}",
          },
        ]
      : [];
  };

/** What Docker and its provider refuse or undo in the namespaces that a container shares. */
export const dockerContainerModeRules: readonly Rule[] = [
  rule(
    "mode-by-name",
    'the second plan is never empty: a replacement for network_mode "container:ID" -> "container:it"',
    byName("network_mode"),
  ),
  rule(
    "pid-mode-by-name",
    'the second plan is never empty: a replacement for pid_mode "container:ID" -> "container:it"',
    byName("pid_mode"),
  ),
  rule(
    "ipc-mode-by-name",
    'the second plan is never empty: a replacement for ipc_mode "container:ID" -> "container:it"',
    byName("ipc_mode"),
  ),
  ...SHARED.map(({ id, attribute, says }) =>
    rule(id, says, ({ body }) =>
      ofContainer(body.network_mode) && body[attribute] !== undefined
        ? [
            {
              attribute,
              bound: "be left out where the network is another container's",
              value: "both",
              fix: "set it on the container whose network it is",
            },
          ]
        : [],
    ),
  ),
  rule(
    "ipc-mode",
    "Invalid IPC mode: shared",
    on("ipc_mode", (mode) => (ofContainer(mode) ? undefined : oneOf(["none", "private", "shareable", "host"])(mode))),
  ),
  rule(
    "cgroupns-mode",
    "invalid CGROUP mode, must be either 'private', 'host' or empty",
    on("cgroupns_mode", oneOf(["private", "host"])),
  ),
  rule(
    "host-address",
    "the second plan is never empty: a replacement for the part of the address before its first colon",
    inBlocks("host", "ip", (ip) =>
      ip === "host-gateway" || /^\d+\.\d+\.\d+\.\d+$/.test(String(ip))
        ? undefined
        : { bound: 'be an IPv4 address or "host-gateway"', value: quoted(ip) },
    ),
  ),
  rule("dns-address", "no error: a line of resolv.conf that no resolver reads", ({ body }) =>
    (Array.isArray(body.dns) ? (body.dns as unknown[]) : []).flatMap((address) =>
      isReference(address) || /^[\d.]+$|:/.test(String(address))
        ? []
        : [{ attribute: "dns", bound: "be addresses", value: quoted(address) }],
    ),
  ),
  rule(
    "hostname",
    "sethostname: invalid argument",
    on("hostname", (hostname) =>
      /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9-]+)*$/.test(String(hostname)) &&
      String(hostname).length <= 64
        ? undefined
        : { bound: "be a host's name of at most 64 letters, digits or '-'", value: quoted(hostname) },
    ),
  ),
  rule("address-needs-network", "user specified IP address is supported on user defined networks only", ({ body }) =>
    blocks(body.networks_advanced).flatMap(({ name, ipv4_address: address }, index) =>
      name === "bridge" && address !== undefined
        ? [
            {
              attribute: `networks_advanced.${index}.ipv4_address`,
              bound: "be left out on the engine's own bridge",
              value: quoted(address),
              fix: "make a network with a subnet",
            },
          ]
        : [],
    ),
  ),
  rule(
    "alias-needs-network",
    "network-scoped alias is supported only for containers in user defined networks",
    ({ body }) =>
      blocks(body.networks_advanced).flatMap(({ name, aliases }, index) =>
        name === "bridge" && Array.isArray(aliases) && aliases.length > 0
          ? [
              {
                attribute: `networks_advanced.${index}.aliases`,
                bound: "be left out on the engine's own bridge",
                value: quoted(aliases),
                fix: "make a network",
              },
            ]
          : [],
      ),
  ),
];
