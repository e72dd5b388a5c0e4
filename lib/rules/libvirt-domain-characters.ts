import { elements } from "./at";
import { isReference, type Json, member } from "./document";
import { oneOf, quoted, repeated, rulesOn } from "./look";
import type { Rule, Sight } from "./rule";

/** The lists of a domain's devices that the guest sees as streams of characters. */
const LISTS = ["serials", "parallels", "consoles", "channels"] as const;

const rule = rulesOn("libvirt/domain", "libvirt_domain");

/** Looks at one kind of source of every such device. */
function sources(body: Json, kind: string, look: (source: Json, attribute: string) => readonly Sight[]): Sight[] {
  return LISTS.flatMap((list) => elements(body, `devices.${list}`)).flatMap(({ attribute, element }) => {
    const source = member(member(element, "source"), kind);
    return source ? look(source, `${attribute}.source.${kind}`) : [];
  });
}

/** What libvirt refuses in serial ports, consoles and channels. */
export const libvirtDomainCharacterRules: readonly Rule[] = [
  rule("socket-service", "Missing source service attribute for char device", (body) =>
    sources(body, "tcp", ({ service, host }, attribute) =>
      (
        [
          ["service", service],
          ["host", host],
        ] as const
      ).flatMap(([name, value]) =>
        value === undefined || value === ""
          ? [{ attribute: `${attribute}.${name}`, bound: "be set", value: "nothing" }]
          : [],
      ),
    ),
  ),
  rule("socket-mode", "Invalid value for attribute 'mode' in element 'source': 'server'", (body) =>
    ["tcp", "unix"].flatMap((kind) =>
      sources(body, kind, ({ mode }, attribute) => {
        const seen = mode === undefined || isReference(mode) ? undefined : oneOf(["connect", "bind"])(mode);
        return seen ? [{ attribute: `${attribute}.mode`, ...seen }] : [];
      }),
    ),
  ),
  rule("stream-path", "Missing source path attribute for char device", (body) =>
    ["file", "pipe", "dev"].flatMap((kind) =>
      sources(body, kind, ({ path }, attribute) =>
        path === undefined || path === ""
          ? [{ attribute: `${attribute}.path`, bound: "be set", value: "nothing" }]
          : [],
      ),
    ),
  ),
  rule("channel-twice", "A port already exists by name org.qemu.guest_agent.0", (body) => {
    const named = elements(body, "devices.channels").map(({ attribute, element }) => ({
      attribute,
      name: member(member(element, "target"), "virt_io")?.name,
    }));
    return repeated(named, ({ name }) => name).map(({ attribute, name }) => ({
      attribute: `${attribute}.target.virt_io.name`,
      bound: "be a name of its own",
      value: `${quoted(name)} twice`,
    }));
  }),

  rule("channel-target", "target type must be specified for channel device", (body) =>
    elements(body, "devices.channels").flatMap(({ attribute, element }) =>
      Object.keys(member(element, "target") ?? {}).some((kind) => ["virt_io", "xen", "guest_fwd"].includes(kind))
        ? []
        : [
            {
              attribute: `${attribute}.target`,
              bound: "say what the guest sees",
              value: "nothing",
              fix: 'such as virt_io = { name = "org.qemu.guest_agent.0" }',
            },
          ],
    ),
  ),
];
