import { at, elements, inElements } from "./at";
import { isObject, isReference } from "./document";
import { quoted, repeated, rulesOn } from "./look";
import type { Rule } from "./rule";

const rule = rulesOn("libvirt/domain", "libvirt_domain");

/** What libvirt fills in where a video card's model is silent, which the provider then takes for a change. */
const VIDEO: Readonly<Record<string, readonly string[]>> = {
  virtio: ["heads", "primary"],
  vga: ["heads", "primary", "vram"],
  bochs: ["heads", "primary", "vram"],
  qxl: ["heads", "primary", "ram", "vram", "vga_mem"],
};

/** What libvirt and its provider refuse, ignore or undo in what a domain shows, and to whom. */
export const libvirtDomainGraphicsRules: readonly Rule[] = [
  rule("graphics-twice", "only 1 graphics device of each type (sdl, vnc, spice, headless, dbus) is supported", (body) =>
    repeated(elements(body, "devices.graphics"), ({ element }) =>
      ["vnc", "spice", "sdl", "dbus", "egl_headless"].find((kind) => element[kind] !== undefined),
    ).map(({ attribute }) => ({ attribute, bound: "be the only one of its kind", value: "two" })),
  ),
  rule(
    "vnc-password",
    "VNC password is 9 characters long, only 8 permitted",
    inElements("devices.graphics", "vnc.passwd", (password) =>
      String(password).length <= 8
        ? undefined
        : {
            bound: "be at most 8 characters",
            value: `${String(password).length} characters`,
            fix: "VNC knows no longer ones",
          },
    ),
  ),
  rule("spicevmc-needs-spice", "chardev 'spicevmc' not supported without spice graphics", (body) =>
    elements(body, "devices.graphics").some(({ element }) => element.spice !== undefined)
      ? []
      : ["channels", "redir_devs"].flatMap((list) =>
          elements(body, `devices.${list}`).flatMap(({ attribute, element }) =>
            at(element, "source.spice_vmc") === undefined
              ? []
              : [{ attribute: `${attribute}.source.spice_vmc`, bound: "stand with SPICE graphics", value: "without" }],
          ),
        ),
  ),
  rule(
    "video-model",
    "Provider produced inconsistent result after apply: .model.heads: was null, but now 1",
    inElements("devices.videos", "model", (model) => {
      const given = isObject(model) ? model : {};
      const lacking = (VIDEO[String(given.type)] ?? []).filter((name) => given[name] === undefined);
      return lacking.length === 0
        ? undefined
        : {
            bound: "say what libvirt would fill in",
            value: `no ${lacking.join(", no ")}`,
            fix:
              given.type === "qxl"
                ? 'heads = 1, primary = "yes", ram = 65536, vram = 65536, vga_mem = 16384 are its own'
                : 'heads = 1, primary = "yes", vram = 16384 are its own',
          };
    }),
  ),
  rule("video-primary", "Only one primary video device is supported", (body) =>
    elements(body, "devices.videos").filter(({ element }) => at(element, "model.primary") === "yes").length > 1
      ? [{ attribute: "devices.videos", bound: "have one primary card", value: "several" }]
      : [],
  ),
  rule(
    "graphics-kind",
    "missing graphics device type",
    (body) =>
      elements(body, "devices.graphics").flatMap(({ attribute, element }) =>
        Object.keys(element).some((kind) =>
          ["vnc", "spice", "sdl", "rdp", "desktop", "egl_headless", "dbus"].includes(kind),
        )
          ? []
          : [{ attribute, bound: "be of a kind", value: "none", fix: "such as vnc = { auto_port = true }" }],
      ),
    { proof: "read" },
  ),
  rule("vnc-keymap", "could not read keymap file: 'en_US'", (body) =>
    elements(body, "devices.graphics").flatMap(({ attribute, element }) =>
      ["vnc", "spice"].flatMap((kind) => {
        const keymap = at(element, `${kind}.keymap`);
        return typeof keymap === "string" && !isReference(keymap) && !/^[a-z]{2}(-[a-z]{2})?$/.test(keymap)
          ? [
              {
                attribute: `${attribute}.${kind}.keymap`,
                bound: "be a keymap of QEMU's",
                value: quoted(keymap),
                fix: "such as en-us",
              },
            ]
          : [];
      }),
    ),
  ),

  rule("spice-port-and-auto", "no error: the live port is another one", (body) =>
    elements(body, "devices.graphics").flatMap(({ attribute, element }) =>
      at(element, "spice.auto_port") === true && at(element, "spice.port") !== undefined
        ? [
            {
              attribute: `${attribute}.spice.port`,
              bound: "be left out with auto_port",
              value: String(at(element, "spice.port")),
            },
          ]
        : [],
    ),
  ),
  rule(
    "listener-exposed",
    "no error: anybody who reaches the host sees and steers the guest",
    (body) =>
      elements(body, "devices.graphics").flatMap(({ attribute, element }) =>
        ["vnc", "spice"].flatMap((kind) =>
          elements(element, `${kind}.listeners`).flatMap(({ attribute: inner, element: listener }) => {
            const address = at(listener, "address.address");
            return typeof address === "string" &&
              !isReference(address) &&
              !/^(127\.|::1$|localhost$)/.test(address) &&
              at(element, `${kind}.passwd`) === undefined
              ? [
                  {
                    attribute: `${attribute}.${inner}.address.address`,
                    bound: "be a loopback address",
                    value: quoted(address),
                    fix: "reach it through ssh -L",
                  },
                ]
              : [];
          }),
        ),
      ),
    { severity: "warning", proof: "read" },
  ),
  rule("video-heads", "produced an unexpected new value: .devices.videos[0].model.heads: was 0, but now null", (body) =>
    elements(body, "devices.videos").flatMap(({ attribute, element }) =>
      at(element, "model.heads") === 0
        ? [{ attribute: `${attribute}.model.heads`, bound: "be at least 1", value: "0" }]
        : [],
    ),
  ),
];
