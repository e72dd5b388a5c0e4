import { Cidr } from "../units/ipv4";
import { UnitError } from "../units/unit-error";
import { blocks, isReference, type Json, member } from "./document";
import { macSights } from "./libvirt-domain";
import type { Rule, Sight } from "./rule";

/** Shorthand for rules of one libvirt resource type. */
function rule(
  type: "network" | "pool" | "volume",
  id: string,
  prevents: string,
  check: (body: Json) => readonly Sight[],
  proof: Rule["proof"] = "run",
): Rule {
  return {
    id: `libvirt/${type}/${id}`,
    type: `libvirt_${type}`,
    severity: "error",
    proof,
    prevents,
    check: ({ body }) => check(body),
  };
}

const quoted = (value: unknown) => JSON.stringify(value);
const NAME = /^[a-zA-Z0-9][\w.+-]{0,62}$/;
const NAME_BOUND = "be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit";

function nameSights(name: unknown): Sight[] {
  return typeof name !== "string" || isReference(name) || NAME.test(name)
    ? []
    : [{ attribute: "name", bound: NAME_BOUND, value: quoted(name) }];
}

/** What libvirt and its provider refuse or change on their own in networks, pools and volumes. */
export const libvirtStorageRules: readonly Rule[] = [
  rule("network", "name", "Cannot use network name X", ({ name }) => nameSights(name), "read"),
  rule("network", "bridge-name", "error creating bridge interface X: Numerical result out of range", (body) => {
    const name = member(body, "bridge")?.name;
    return typeof name !== "string" || isReference(name) || /^[a-zA-Z0-9_.-]{1,15}$/.test(name)
      ? []
      : [{ attribute: "bridge.name", bound: "be 1 to 15 letters, digits, '_', '.' or '-'", value: quoted(name) }];
  }),
  rule(
    "network",
    "bridge-missing",
    "error creating bridge interface virbr5: File exists, when several networks are made at once",
    (body) => {
      const managed = !["bridge", "private", "vepa", "passthrough", "hostdev"].includes(
        String(member(body, "forward")?.mode),
      );
      return managed && member(body, "bridge")?.name === undefined
        ? [{ attribute: "bridge.name", bound: "be set", value: "nothing" }]
        : [];
    },
  ),
  rule("network", "mac", "Provider produced inconsistent result after apply: .mac.address", (body) =>
    macSights("mac.address", member(body, "mac")?.address),
  ),
  rule(
    "network",
    "domain",
    "a name that no resolver asks for",
    (body) => {
      const name = member(body, "domain")?.name;
      return typeof name !== "string" ||
        isReference(name) ||
        /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i.test(name)
        ? []
        : [{ attribute: "domain.name", bound: "be DNS labels with dots between them", value: quoted(name) }];
    },
    "read",
  ),
  rule("network", "addresses", "range A - B is not entirely within network N/P", (body) =>
    blocks(body.ips).flatMap(addressSights),
  ),
  rule("pool", "name", "Cannot use pool name X", ({ name }) => nameSights(name), "read"),
  rule("pool", "path", "Pool Start Failed: cannot open directory 'X': No such file or directory", (body) => {
    const path = member(body, "target")?.path;
    return body.type !== "dir" || typeof path !== "string" || isReference(path) || /^\/[^\s]/.test(path)
      ? []
      : [{ attribute: "target.path", bound: "be an absolute path on the host", value: quoted(path) }];
  }),
  rule("volume", "name", "volume name 'a/b' cannot contain '/'", ({ name }) =>
    typeof name !== "string" || isReference(name) || /^[a-zA-Z0-9][^/\s]{0,200}$/.test(name)
      ? []
      : [{ attribute: "name", bound: "be a file name that begins with a letter or digit", value: quoted(name) }],
  ),
  rule(
    "volume",
    "capacity",
    "Missing Capacity: capacity is required when not uploading from a URL",
    ({ capacity, create }) => {
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
  rule("volume", "capacity-of-upload", "no error: the uploaded image keeps its own size", ({ capacity, create }) =>
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
  rule(
    "volume",
    "overlay-format",
    "no error at create: only qcow2 files can stand on another file",
    (body) => {
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
    "read",
  ),
];

function addressSights(entry: Json, index: number): Sight[] {
  const { address, prefix, family = "ipv4" } = entry;
  if (family !== "ipv4" || typeof address !== "string" || isReference(address) || typeof prefix !== "number") {
    return [];
  }
  const found = network(address, prefix);
  if (!found) {
    return [
      {
        attribute: `ips.${index}.address`,
        bound: "be an IPv4 address with a prefix of 1 to 30",
        value: `${address}/${prefix}`,
      },
    ];
  }
  const { cidr } = found;
  const dhcp = member(entry, "dhcp");
  const outside = (value: unknown) => {
    const offset = typeof value === "string" && !isReference(value) ? cidr.offsetOf(value) : 1;
    return offset === undefined || !cidr.isUsable(offset);
  };
  const bound = `be an address that a machine may have in ${cidr}`;
  return [
    ...(outside(address) ? [{ attribute: `ips.${index}.address`, bound, value: quoted(address) }] : []),
    ...blocks(dhcp?.hosts).flatMap(({ ip }, host) =>
      outside(ip) || ip === address
        ? [{ attribute: `ips.${index}.dhcp.hosts.${host}.ip`, bound, value: quoted(ip) }]
        : [],
    ),
    ...blocks(dhcp?.ranges).flatMap(({ start, end }, range) =>
      [start, end]
        .filter(outside)
        .map((value) => ({ attribute: `ips.${index}.dhcp.ranges.${range}`, bound, value: quoted(value) })),
    ),
  ];
}

function network(address: string, prefix: number): { cidr: Cidr } | undefined {
  const parts = address.split(".").map(Number);
  const value = parts.reduce((sum, part) => sum * 256 + part, 0);
  const base = value - (value % 2 ** (32 - prefix));
  try {
    return {
      cidr: Cidr.parse(`${[24, 16, 8, 0].map((shift) => Math.floor(base / 2 ** shift) % 256).join(".")}/${prefix}`),
    };
  } catch (error) {
    if (error instanceof UnitError) {
      return undefined;
    }
    throw error;
  }
}
