import { connectionProblems } from "../units/libvirt-uri";
import type { Document } from "./document";
import { on, quoted, rulesOf } from "./look";
import { referencesIn } from "./references";
import type { Rule } from "./rule";

const rule = rulesOf("libvirt/provider", "provider.libvirt");
const URI = /^([a-z]+)(?:\+([a-z0-9]+))?:\/\/[^/]*(\/.*)?$/;
const DRIVERS: readonly string[] = ["qemu", "lxc", "xen", "vbox", "test"];
const TRANSPORTS: readonly string[] = ["ssh", "sshcmd", "tcp", "tls"];

/** Whether a text refers to a resource that this stack makes, whose attributes are unknown at the first plan. */
function referred(text: string, document: Document): boolean {
  return [...referencesIn(text)].some(({ address }) => document.at(address)?.kind === "resource");
}

/** What the libvirt provider refuses in its own block. */
export const libvirtProviderRules: readonly Rule[] = [
  rule(
    "uri",
    "failed to create dialer: unsupported libvirt driver: kvm",
    on("uri", (uri) =>
      DRIVERS.includes(URI.exec(String(uri))?.[1] ?? "")
        ? undefined
        : {
            bound: "begin with qemu or another driver of libvirt's",
            value: quoted(uri),
            fix: "such as qemu:///system",
          },
    ),
  ),
  rule(
    "transport",
    "failed to create dialer: unsupported transport: http",
    on("uri", (uri) => {
      const transport = URI.exec(String(uri))?.[2];
      return transport === undefined || TRANSPORTS.includes(transport)
        ? undefined
        : {
            bound: `be reached by ${TRANSPORTS.join(", ")}`,
            value: quoted(uri),
            fix: "such as qemu+ssh://HOST/system",
          };
    }),
  ),
  rule(
    "uri-path",
    "internal error: unexpected qemu URI path '/', try qemu:///system",
    on("uri", (uri) => {
      const [, driver, , path = ""] = URI.exec(String(uri)) ?? [];
      return driver !== "qemu" || ["/system", "/session", "/embed"].some((good) => path.startsWith(good))
        ? undefined
        : { bound: "end with /system or /session", value: quoted(uri), fix: "such as qemu:///system" };
    }),
  ),

  rule(
    "host-missing",
    "SSH transport requires a hostname",
    on("uri", (uri) =>
      /^[a-z]+\+(ssh|sshcmd|tcp|tls):\/\/([^/@]*@)?\//.test(String(uri))
        ? { bound: "name a host", value: quoted(uri), fix: "such as qemu+ssh://root@HOST/system" }
        : undefined,
    ),
  ),
  rule(
    "uri-unknown",
    "no error: an unknown uri is taken for qemu:///system",
    ({ body: { uri } }, document) =>
      typeof uri === "string" &&
      /\$\{[a-z]\w*_\w+\.[\w-]+\./.test(uri) &&
      !/\$\{data\./.test(uri) &&
      referred(uri, document)
        ? [{ attribute: "uri", bound: "be known before anything is made", value: quoted(uri), fix: "use a variable" }]
        : [],
    { proof: "read" },
  ),
  rule(
    "unsafe-connection",
    "no error: the host is not checked, or something else than it is run",
    on("uri", (uri) => {
      const [wrong] = String(uri).startsWith("qemu") ? connectionProblems(String(uri)) : [];
      return wrong && { bound: wrong.bound, value: wrong.value, fix: wrong.fix };
    }),
    { severity: "warning", proof: "read" },
  ),
];
