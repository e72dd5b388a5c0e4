import { posix } from "node:path";
import { isReference, member } from "./document";
import { nameSights } from "./libvirt-name";
import { quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const poolRule = rulesOf("libvirt/pool", "libvirt_pool");
const volumeRule = rulesOf("libvirt/volume", "libvirt_volume");

/** What libvirt and its provider refuse or change on their own in pools and volumes. */
export const libvirtStorageRules: readonly Rule[] = [
  poolRule("name", "Cannot use pool name X", ({ body: { name } }) => nameSights(name), { proof: "read" }),
  poolRule("path", "Pool Start Failed: cannot open directory 'X': No such file or directory", ({ body }) => {
    const path = member(body, "target")?.path;
    const clean = (text: string) => text.startsWith("/") && posix.normalize(text) === text && !/\s/.test(text);
    return body.type !== "dir" || typeof path !== "string" || isReference(path) || clean(path)
      ? []
      : [
          {
            attribute: "target.path",
            bound: "be an absolute path on the host, without '.' and '..'",
            value: quoted(path),
          },
        ];
  }),
  volumeRule("name", "volume name 'a/b' cannot contain '/'", ({ body: { name } }) =>
    typeof name !== "string" || isReference(name) || /^[a-zA-Z0-9][^/\s]{0,200}$/.test(name)
      ? []
      : [{ attribute: "name", bound: "be a file name that begins with a letter or digit", value: quoted(name) }],
  ),
  volumeRule(
    "capacity",
    "Missing Capacity: capacity is required when not uploading from a URL",
    ({ body: { capacity, create } }) => {
      if (create === undefined && capacity === undefined) {
        return [{ attribute: "capacity", bound: "be set where nothing is uploaded", value: "nothing" }];
      }
      const least = 1024 ** 2;
      return capacity === undefined ||
        isReference(capacity) ||
        (Number.isInteger(Number(capacity)) && Number(capacity) >= least)
        ? []
        : [{ attribute: "capacity", bound: "be at least 1 MiB, in whole bytes", value: `${String(capacity)} bytes` }];
    },
  ),
  volumeRule(
    "capacity-of-upload",
    "no error: the uploaded image keeps its own size",
    ({ body: { capacity, create } }) =>
      capacity !== undefined && create !== undefined
        ? [
            {
              attribute: "capacity",
              bound: "be left out where something is uploaded",
              value: "both",
              fix: "grow it with an overlay",
            },
          ]
        : [],
  ),
  volumeRule(
    "overlay-format",
    "no error at create: only qcow2 files can stand on another file",
    ({ body }) => {
      const format = member(member(body, "target"), "format")?.type;
      return body.backing_store !== undefined && format !== "qcow2"
        ? [
            {
              attribute: "target.format.type",
              bound: 'be "qcow2" for an overlay',
              value: format === undefined ? "nothing" : quoted(format),
            },
          ]
        : [];
    },
    { proof: "read" },
  ),
];
