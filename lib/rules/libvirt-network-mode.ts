import { at, atPath, elements } from "./at";
import { isObject, isReference, type Json } from "./document";
import { oneOf, quoted, repeated, rulesOn } from "./look";
import type { Rule } from "./rule";

const rule = rulesOn("libvirt/network", "libvirt_network");

/** The modes in which libvirt makes no bridge of its own, and so serves nothing on one. */
const OUTER: readonly string[] = ["bridge", "private", "vepa", "passthrough", "hostdev"];
const modeOf = (body: Json) => at(body, "forward.mode");
const isOuter = (body: Json) => OUTER.includes(String(modeOf(body)));

/** What a network has of its own only where libvirt makes its bridge. */
const OWN: readonly { readonly id: string; readonly attribute: string; readonly says: string }[] = [
  {
    id: "addresses-on-bridge",
    attribute: "ips",
    says: "Unsupported <ip> element in network X with forward mode='bridge'",
  },
  { id: "dns-on-bridge", attribute: "dns", says: "Unsupported <dns> element in network X with forward mode='bridge'" },
  {
    id: "domain-on-bridge",
    attribute: "domain",
    says: "Unsupported <domain> element in network X with forward mode='bridge'",
  },
  { id: "mac-on-bridge", attribute: "mac", says: "Unsupported <mac> element in network X with forward mode='bridge'" },
];

/** What libvirt and its provider refuse in how a network leads outside. */
export const libvirtNetworkModeRules: readonly Rule[] = [
  rule(
    "forward-mode",
    "unknown forwarding type 'masquerade'",
    atPath("forward.mode", oneOf(["nat", "route", "open", "none", ...OUTER])),
  ),
  ...OWN.map(({ id, attribute, says }) =>
    rule(id, says, (body) =>
      isOuter(body) && body[attribute] !== undefined
        ? [
            {
              attribute,
              bound: `be left out with the mode "${String(modeOf(body))}"`,
              value: "set",
              fix: "whoever runs that network says it",
            },
          ]
        : [],
    ),
  ),
  rule(
    "bridge-and-device",
    "A network with forward mode='bridge' can specify a bridge name or a forward dev, but not both",
    (body) =>
      modeOf(body) === "bridge" &&
      at(body, "bridge.name") !== undefined &&
      (at(body, "forward.dev") !== undefined || elements(body, "forward.interfaces").length > 0)
        ? [{ attribute: "forward.dev", bound: "be left out where a bridge is named", value: "both" }]
        : [],
  ),
  rule(
    "stp-on-bridge",
    "bridge delay/stp/zone options only allowed in route, nat, and isolated mode, not in bridge",
    (body) =>
      isOuter(body) && (at(body, "bridge.stp") !== undefined || at(body, "bridge.delay") !== undefined)
        ? [
            {
              attribute: "bridge.stp",
              bound: `be left out, with delay, with the mode "${String(modeOf(body))}"`,
              value: "set",
            },
          ]
        : [],
  ),
  rule(
    "stp",
    'Provider produced inconsistent result after apply: .bridge.stp: was "yes", but now "on"',
    atPath("bridge.stp", oneOf(["on", "off"])),
  ),
  rule("nat-needs-mode", "The <nat> element can only be used when <forward> 'mode' is 'nat'", (body) =>
    at(body, "forward.nat") !== undefined &&
    modeOf(body) !== undefined &&
    modeOf(body) !== "nat" &&
    !isReference(modeOf(body))
      ? [
          {
            attribute: "forward.nat",
            bound: 'be left out but for the mode "nat"',
            value: `with ${quoted(modeOf(body))}`,
          },
        ]
      : [],
  ),
  rule("nat-ports", "Missing or invalid 'end' attribute in <port> in <nat> in <forward>", (body) =>
    elements(body, "forward.nat.ports").flatMap(({ attribute, element: { start, end } }) =>
      Number(start) <= Number(end)
        ? []
        : [{ attribute, bound: "go from the lower port to the higher", value: `${String(start)} to ${String(end)}` }],
    ),
  ),
  rule(
    "mtu",
    "Cannot set interface MTU on 'br0': Invalid argument",
    atPath("mtu.size", (size) =>
      Number(size) >= 68 && Number(size) <= 65535 ? undefined : { bound: "be 68 to 65535 bytes", value: String(size) },
    ),
  ),
  rule("vlan", "<vlan> element specified for network X, whose type doesn't support vlan configuration", (body) =>
    body.vlan !== undefined &&
    at(body, "virtual_port.params.open_v_switch") === undefined &&
    !["hostdev", "passthrough"].includes(String(modeOf(body)))
      ? [{ attribute: "vlan", bound: "stand with an Open vSwitch port, or a passed-through device", value: "alone" }]
      : [],
  ),
  rule("port-group-twice", "multiple <portgroup> elements with the same name (a)", (body) =>
    repeated(elements(body, "port_groups"), ({ element }) => element.name).map(({ attribute, element }) => ({
      attribute: `${attribute}.name`,
      bound: "be another name for each",
      value: `${quoted(element.name)} twice`,
    })),
  ),
  rule(
    "port-group-defaults",
    "has multiple default <portgroup> elements (a and b), but only one default is allowed",
    (body) =>
      elements(body, "port_groups").filter(({ element }) => element.default === "yes").length > 1
        ? [{ attribute: "port_groups", bound: "have one default", value: "several" }]
        : [],
  ),
  rule("bandwidth", "Missing mandatory average or floor attributes", (body) =>
    ["inbound", "outbound"].flatMap((way) =>
      atPath(`bandwidth.${way}`, (limit) =>
        isObject(limit) && limit.average === undefined && limit.floor === undefined
          ? { bound: "have an average", value: "none" }
          : undefined,
      )(body),
    ),
  ),
  rule(
    "bridge-delay",
    "Invalid delay value in network X",
    atPath("bridge.delay", (delay) =>
      /^\d+(\.\d+)?$/.test(String(delay)) ? undefined : { bound: "be a number of seconds", value: quoted(delay) },
    ),
  ),
  rule("nat-port-bound", "Missing or invalid 'end' attribute in <port> in <nat> in <forward>", (body) =>
    elements(body, "forward.nat.ports").flatMap(({ attribute, element: { start, end } }) =>
      Math.max(Number(start), Number(end)) > 65_535 || Math.min(Number(start), Number(end)) < 1
        ? [{ attribute, bound: "be ports from 1 to 65535", value: `${String(start)} to ${String(end)}` }]
        : [],
    ),
  ),
  rule("device-of-open", "forward dev not allowed for network X with forward mode='open'", (body) =>
    modeOf(body) === "open" &&
    (at(body, "forward.dev") !== undefined || elements(body, "forward.interfaces").length > 0)
      ? [{ attribute: "forward.dev", bound: 'be left out with the mode "open"', value: "set" }]
      : [],
  ),

  rule("bandwidth-on-bridge", "Unsupported <bandwidth> element in network X with forward mode='bridge'", (body) =>
    isOuter(body) && body.bandwidth !== undefined
      ? [
          {
            attribute: "bandwidth",
            bound: `be left out with the mode "${String(modeOf(body))}"`,
            value: "set",
            fix: "set it on the interfaces of the guests",
          },
        ]
      : [],
  ),
];
