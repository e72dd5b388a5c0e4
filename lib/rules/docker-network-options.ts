import { isReference, member } from "./document";
import { misspelt, oneOf, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { taken } from "./taken";

const FLAGS: readonly string[] = [
  "com.docker.network.bridge.default_bridge",
  "com.docker.network.bridge.enable_icc",
  "com.docker.network.bridge.enable_ip_masquerade",
];
const OPTIONS: readonly string[] = [
  ...FLAGS,
  "com.docker.network.bridge.name",
  "com.docker.network.bridge.host_binding_ipv4",
  "com.docker.network.bridge.host_binding_ipv6",
  "com.docker.network.bridge.gateway_mode_ipv4",
  "com.docker.network.bridge.gateway_mode_ipv6",
  "com.docker.network.bridge.inhibit_ipv4",
  "com.docker.network.driver.mtu",
  "com.docker.network.container_iface_prefix",
  "com.docker.network.host_ipv4",
];
/** Of other drivers. */
const OTHERS: readonly string[] = ["parent", "macvlan_mode", "ipvlan_mode", "ipvlan_flag"];

const rule = rulesOf("docker/network", "docker_network");

/** What Docker's drivers refuse or ignore in the options of a network. */
export const dockerNetworkOptionRules: readonly Rule[] = [
  rule("bridge-name", "error creating bridge interface X: Numerical result out of range", ({ body }) => {
    const name = member(body, "options")?.["com.docker.network.bridge.name"];
    return typeof name !== "string" || isReference(name) || /^[a-zA-Z0-9_.-]{1,15}$/.test(name)
      ? []
      : [
          {
            attribute: "options",
            bound: "name a bridge with 1 to 15 letters, digits, '_', '.' or '-'",
            value: quoted(name),
          },
        ];
  }),
  rule("bridge-option", 'strconv.ParseBool: parsing "no way": invalid syntax', ({ body }) =>
    Object.entries(member(body, "options") ?? {})
      .filter(
        ([name, value]) => FLAGS.includes(name) && !isReference(value) && !/^(true|false|1|0)$/.test(String(value)),
      )
      .map(([name, value]) => ({
        attribute: "options",
        bound: `say "true" or "false" for ${name}`,
        value: quoted(value),
      })),
  ),
  rule("mtu", 'strconv.Atoi: parsing "big": invalid syntax', ({ body }) => {
    const mtu = member(body, "options")?.["com.docker.network.driver.mtu"];
    return mtu === undefined || isReference(mtu) || /^\d+$/.test(String(mtu))
      ? []
      : [{ attribute: "options", bound: "have a number of bytes as its MTU", value: quoted(mtu) }];
  }),
  rule(
    "bridge-taken",
    "cannot create network: conflicts with network X: networks have same bridge name",
    taken(
      "options",
      ({ body }) => member(body, "options")?.["com.docker.network.bridge.name"],
      "name a bridge of its own",
    ),
  ),
  rule("macvlan-mode", "unknown macvlan mode bride", ({ body }) => {
    const mode = member(body, "options")?.macvlan_mode;
    const seen =
      body.driver !== "macvlan" || mode === undefined || isReference(mode)
        ? undefined
        : oneOf(["bridge", "private", "passthru", "vepa"])(mode);
    return seen ? [{ attribute: "options", ...seen }] : [];
  }),
  rule(
    "option",
    "no error: an option of another name is ignored",
    ({ body }) =>
      (body.driver ?? "bridge") === "bridge"
        ? Object.keys(member(body, "options") ?? {}).flatMap((name) => {
            const seen = OTHERS.includes(name)
              ? { bound: "name options of the bridge driver", value: quoted(name) }
              : misspelt(OPTIONS, "name options of the bridge driver")(name);
            return seen ? [{ attribute: "options", ...seen }] : [];
          })
        : [],
    { proof: "read" },
  ),
  rule(
    "ipvlan-mode",
    "unknown ipvlan mode",
    ({ body }) => {
      const mode = member(body, "options")?.ipvlan_mode;
      const seen =
        body.driver !== "ipvlan" || mode === undefined || isReference(mode)
          ? undefined
          : oneOf(["l2", "l3", "l3s"])(mode);
      return seen ? [{ attribute: "options", ...seen }] : [];
    },
    { proof: "read" },
  ),
  rule(
    "parent-taken",
    "network di-x is already using parent interface",
    taken(
      "options",
      ({ body }) =>
        body.driver === "ipvlan" || body.driver === "macvlan" ? member(body, "options")?.parent : undefined,
      "name a parent interface of its own",
    ),
    { proof: "read" },
  ),
  rule("overlay-options", "the second plan is never empty: a replacement, as the swarm adds an option", ({ body }) =>
    body.driver === "overlay" && Object.keys(member(body, "options") ?? {}).length > 0
      ? [
          {
            attribute: "options",
            bound: "be left out on an overlay, or ignored in lifecycle.ignore_changes",
            value: Object.keys(member(body, "options") ?? {}).join(", "),
          },
        ]
      : [],
  ),
];
