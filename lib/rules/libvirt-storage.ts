import { posix } from "node:path";
import { isSharedFolder } from "../core/shared-folders";
import { at, atPath } from "./at";
import { BYTE_UNITS, bytesOf } from "./byte-units";
import { isReference, type Json, member } from "./document";
import { nameSights } from "./libvirt-name";
import { on, oneOf, quoted, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";
import { taken } from "./taken";

const FORMATS: readonly string[] = [
  "raw",
  "qcow2",
  "qcow",
  "qed",
  "vmdk",
  "vdi",
  "vhd",
  "vpc",
  "iso",
  "bochs",
  "cloop",
  "dmg",
  "cow",
  "dir",
  "luks",
];

const POOL_FORMATS: Readonly<Record<string, readonly string[]>> = {
  netfs: ["auto", "nfs", "glusterfs", "cifs"],
  fs: ["auto", "ext2", "ext3", "ext4", "ufs", "iso9660", "udf", "gfs", "gfs2", "vfat", "hfs+", "xfs", "ocfs2", "vmfs"],
  logical: ["lvm2"],
  disk: ["dos", "dvh", "gpt", "mac", "bsd", "pc98", "sun", "lvm2"],
};

const poolRule = rulesOf("libvirt/pool", "libvirt_pool");
const volumeRule = rulesOf("libvirt/volume", "libvirt_volume");

/** What libvirt and its provider refuse or change on their own in pools and volumes. */
export const libvirtStorageRules: readonly Rule[] = [
  poolRule("name", "name X cannot contain '/'", ({ body: { name } }) => nameSights(name), { claimed: true }),
  poolRule("path", "no error: the daemon makes the folder below its own", ({ body }) => {
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
    typeof name !== "string" || isReference(name) || /^(?!\.)[^/\n\r]{1,200}$/.test(name)
      ? []
      : [
          {
            attribute: "name",
            bound: "be a file name of 1 to 200 characters that does not begin with '.'",
            value: quoted(name),
          },
        ],
  ),
  volumeRule("capacity", "Missing Capacity: capacity is required when not uploading from a URL", ({ body }) => {
    if (body.create === undefined && body.capacity === undefined) {
      return [{ attribute: "capacity", bound: "be set where nothing is uploaded", value: "nothing" }];
    }
    const bytes = bytesOfVolume(body);
    return bytes === undefined || (Number.isInteger(bytes) && bytes >= 4096)
      ? []
      : [{ attribute: "capacity", bound: "be at least 4 KiB, in whole bytes", value: `${bytes} bytes` }];
  }),
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
  volumeRule("overlay-format", "backing storage not supported for raw volumes", ({ body }) => {
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
  }),
  poolRule(
    "name-taken",
    "pool 'X' already exists with uuid …",
    taken("name", ({ body }) => body.name, "be a name of its own on the host"),
    { claimed: true },
  ),
  poolRule(
    "path-taken",
    "operation failed: Storage source conflict with pool: 'X'",
    taken(
      "target.path",
      ({ body }) =>
        isReference(at(body, "target.path"))
          ? undefined
          : String(at(body, "target.path") ?? "").replace(/(?<=.)\/$/, "") || undefined,
      "be a folder of its own on the host",
    ),
    { claimed: true },
  ),
  poolRule("path-missing", "missing storage pool target path", ({ body }) =>
    body.type === "dir" && at(body, "target.path") === undefined
      ? [{ attribute: "target.path", bound: "be set", value: "nothing" }]
      : [],
  ),
  poolRule(
    "type",
    "Invalid value for attribute 'type' in element 'pool': 'folder'",
    on(
      "type",
      oneOf([
        "dir",
        "fs",
        "netfs",
        "logical",
        "disk",
        "iscsi",
        "iscsi-direct",
        "scsi",
        "mpath",
        "rbd",
        "sheepdog",
        "gluster",
        "zfs",
        "vstorage",
      ]),
    ),
  ),
  poolRule("owner", "malformed owner element", ({ body }) =>
    ["owner", "group"].flatMap((who) =>
      atPath(`target.permissions.${who}`, (id) =>
        /^\d+$/.test(String(id)) ? undefined : { bound: "be a number", value: quoted(id), fix: "as `id` prints it" },
      )(body),
    ),
  ),
  poolRule(
    "path-shared",
    "Failed to Delete Pool Storage: Directory not empty, at destroy",
    ({ body }) =>
      atPath("target.path", (path) =>
        isSharedFolder(String(path)) && at(body, "destroy.delete") !== false
          ? {
              bound: "be a folder for this pool alone, as a destroy removes it",
              value: quoted(path),
              fix: "name one below it, or set destroy.delete = false",
            }
          : undefined,
      )(body),
    { proof: "read", claimed: true },
  ),
  poolRule("mode", "malformed octal mode", ({ body }) => modeSights(body)),
  volumeRule("mode", "malformed octal mode", ({ body }) => modeSights(body)),
  volumeRule(
    "name-taken",
    "storage volume 'X' exists already",
    taken(
      "name",
      ({ body: { pool, name } }) =>
        name === undefined || isReference(name)
          ? undefined
          : `${String(name)} in ${String(pool).replace(/^\$\{|\}$/g, "")}`,
      "be a name of its own in the pool",
    ),
    { claimed: true },
  ),
  volumeRule(
    "url",
    "Could not open URL for upload: failed to stat file: stat ftp://X: no such file or directory",
    ({ body }) => {
      const url = at(body, "create.content.url");
      return typeof url !== "string" ||
        isReference(url) ||
        !/^[a-z][a-z0-9+.-]*:/.test(url) ||
        /^(https?|file):/.test(url)
        ? []
        : [
            {
              attribute: "create.content.url",
              bound: "be a path, or begin with https://, http:// or file://",
              value: quoted(url),
            },
          ];
    },
  ),
  volumeRule(
    "unit",
    "unknown suffix 'gigs'",
    on("capacity_unit", (unit) =>
      BYTE_UNITS.includes(String(unit))
        ? undefined
        : { bound: "be a unit of libvirt's", value: quoted(unit), fix: "such as MiB or GiB" },
    ),
  ),
  volumeRule("format", "unknown volume format type qcow3", ({ body }) =>
    atPath("target.format.type", oneOf(FORMATS))(body),
  ),
  volumeRule("cluster-size", "Cluster size must be a power of two between 512 and 2048k", ({ body }) =>
    atPath("target.cluster_size", (size) =>
      at(body, "target.cluster_size_unit") !== undefined ||
      (Number.isInteger(Math.log2(Number(size))) && Number(size) >= 512 && Number(size) <= 2 ** 21)
        ? undefined
        : { bound: "be a power of two from 512 to 2097152 bytes", value: String(size) },
    )(body),
  ),
  volumeRule("compat", "forbidden characters in 'compat' attribute", ({ body }) =>
    atPath("target.compat", oneOf(["0.10", "1.1"]))(body),
  ),
  volumeRule("overlay-size", "no error: the guest sees a disk that is cut off", (volume, document) => {
    const base = document.referred(at(volume.body, "backing_store.path"));
    const [own, below] = [bytesOfVolume(volume.body), base && bytesOfVolume(base.body)];
    return below === undefined || own === undefined || own >= below
      ? []
      : [
          {
            attribute: "capacity",
            bound: `be at least that of ${base?.address}, ${below} bytes`,
            value: `${own} bytes`,
          },
        ];
  }),
  poolRule("source-missing", "missing storage pool source host name; … device name; … name", ({ body }) => {
    const needs: Readonly<Record<string, readonly string[]>> = {
      netfs: ["host", "dir"],
      iscsi: ["host", "device"],
      rbd: ["name"],
      gluster: ["host", "name"],
      disk: ["device"],
    };
    return (needs[String(body.type)] ?? []).flatMap((name) =>
      at(body, `source.${name}`) === undefined
        ? [{ attribute: `source.${name}`, bound: `be set for a pool of type ${String(body.type)}`, value: "nothing" }]
        : [],
    );
  }),
  volumeRule(
    "iso-format",
    'Provider produced inconsistent result after apply: .target.format.type: was "raw", but now "iso"',
    ({ body }) =>
      /\.iso$|^\$\{libvirt_cloudinit_disk\./i.test(String(at(body, "create.content.url"))) &&
      at(body, "target.format.type") === "raw"
        ? [{ attribute: "target.format.type", bound: "be left out for an ISO image", value: '"raw"' }]
        : [],
    { proof: "read" },
  ),
  volumeRule(
    "backing-format",
    "no error: the guest reads the image's own bytes as its disk",
    (volume, document) => {
      const base = document.referred(at(volume.body, "backing_store.path"));
      const [said, own] = [at(volume.body, "backing_store.format.type"), base && at(base.body, "target.format.type")];
      return said === undefined || own === undefined || isReference(said) || isReference(own) || said === own
        ? []
        : [
            {
              attribute: "backing_store.format.type",
              bound: `be that of ${base?.address}, ${quoted(own)}`,
              value: quoted(said),
            },
          ];
    },
    { proof: "read" },
  ),
  volumeRule(
    "logical-format",
    "no error at plan: a logical volume has no format",
    (volume, document) => {
      const pool = document.referred(volume.body.pool);
      const format = at(volume.body, "target.format.type");
      return pool?.body.type === "logical" && format !== undefined && format !== "raw" && !isReference(format)
        ? [{ attribute: "target.format.type", bound: 'be "raw" in a logical pool', value: quoted(format) }]
        : [];
    },
    { proof: "read" },
  ),
  volumeRule("pool-by-id", "Pool Not Found: no storage pool with matching name", ({ body: { pool } }) =>
    typeof pool === "string" && /^\$\{libvirt_pool\.[\w-]+\.(id|uuid)\}$/.test(pool)
      ? [{ attribute: "pool", bound: "be a pool's name", value: quoted(pool), fix: pool.replace(/\.\w+\}$/, ".name}") }]
      : [],
  ),

  poolRule("device-missing", "missing storage pool source device name", ({ body }) =>
    body.type === "fs" && at(body, "source.device") === undefined
      ? [{ attribute: "source.device", bound: "be set for a pool of type fs", value: "nothing" }]
      : [],
  ),
  poolRule("source-format", "unknown pool format type nfs4", ({ body }) => {
    const known = POOL_FORMATS[String(body.type)];
    const format = at(body, "source.format.type");
    const seen = known === undefined || format === undefined || isReference(format) ? undefined : oneOf(known)(format);
    return seen ? [{ attribute: "source.format.type", ...seen }] : [];
  }),
  volumeRule("owner", "malformed owner element", ({ body }) =>
    ["owner", "group"].flatMap((name) => {
      const id = at(body, `target.permissions.${name}`);
      return id === undefined || isReference(id) || /^\d+$/.test(String(id))
        ? []
        : [{ attribute: `target.permissions.${name}`, bound: "be a number", value: quoted(id) }];
    }),
  ),
  volumeRule(
    "kind",
    "unknown volume type 'qcow2'",
    on("type", oneOf(["file", "block", "dir", "network", "netdir", "ploop"], "the format belongs in target.format")),
  ),
  volumeRule(
    "secret-in-url",
    "no error: the password stands in the JSON, the plan and the state",
    ({ body }) =>
      /:\/\/[^/\s:@]*:[^/\s@]+@/.test(String(at(body, "create.content.url") ?? ""))
        ? [
            {
              attribute: "create.content.url",
              bound: "hold no password",
              value: "one",
              fix: "fetch the file by a login of the machine that runs Terraform",
            },
          ]
        : [],
    { proof: "read" },
  ),
  volumeRule("capacity-most", "Invalid capacity: larger than a volume can be", ({ body }) => {
    const bytes = bytesOfVolume(body);
    return bytes !== undefined && bytes >= 2 ** 63
      ? [
          {
            attribute: "capacity",
            bound: "be less than 8 EiB",
            value: `${String(body.capacity)} ${String(body.capacity_unit ?? "bytes")}`,
            fix: "capacity_unit says what capacity counts",
          },
        ]
      : [];
  }),
  volumeRule(
    "content-format",
    'produced an unexpected new value: .target.format.type: was "raw", but now "qcow2"',
    ({ body }) => {
      const [, ending] = /\.(qcow2|raw|vmdk|vdi)$/i.exec(String(at(body, "create.content.url") ?? "")) ?? [];
      const format = at(body, "target.format.type");
      return ending !== undefined && format !== undefined && !isReference(format) && ending.toLowerCase() !== format
        ? [
            {
              attribute: "target.format.type",
              bound: "be the format of the image that is uploaded",
              value: `${quoted(format)} for a .${ending}`,
              fix: `write "${ending.toLowerCase()}"`,
            },
          ]
        : [];
    },
    { severity: "warning", proof: "read" },
  ),
];

/** What is wrong with the mode of a folder or file. */
function modeSights(body: Json): Sight[] {
  return atPath("target.permissions.mode", (mode) =>
    /^0?[0-7]{3,4}$/.test(String(mode)) ? undefined : { bound: 'be octal digits such as "0711"', value: quoted(mode) },
  )(body);
}

function bytesOfVolume({ capacity, capacity_unit: unit = "bytes" }: Json): number | undefined {
  const bytes = capacity === undefined || isReference(capacity) ? Number.NaN : bytesOf(capacity, unit);
  return Number.isNaN(bytes) ? undefined : bytes;
}
