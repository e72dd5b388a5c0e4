import { isIP } from "node:net";
import { LOG_DRIVERS, LOG_OPTIONS } from "../core/log-drivers";
import { suggestion } from "../core/nearest";
import { along, blocksAlong, eachAlong } from "./along";
import { imageReference } from "./docker-registry";
import { type Document, isReference, member, type Rendered } from "./document";
import { misspelt, oneOf, quoted, repeated, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";

type Seen = Omit<Sight, "attribute"> | undefined;

const CONTAINER = "task_spec.container_spec";
const MOUNTS = `${CONTAINER}.mounts`;
const PLACEMENT = "task_spec.placement";
const NETWORKS = "task_spec.networks_advanced";

/** What a constraint can compare; labels have names of their own. */
const NODE_FACTS = ["node.id", "node.hostname", "node.ip", "node.role", "node.platform.os", "node.platform.arch"];

function constraint(text: unknown): Seen {
  const [, key = "", , value = ""] = /^\s*([\w.-]+)\s*(==|!=)\s*(\S.*?)\s*$/.exec(String(text)) ?? [];
  if (key === "") {
    return { bound: "compare by == or !=", value: quoted(text), fix: "such as node.role==manager" };
  }
  if (!NODE_FACTS.includes(key.toLowerCase()) && !/^(node|engine)\.labels\../i.test(key)) {
    return {
      bound: `compare ${NODE_FACTS.join(", ")}, node.labels.… or engine.labels.…`,
      value: quoted(text),
      fix: suggestion(key, NODE_FACTS),
    };
  }
  return key.toLowerCase() === "node.role" && !/^(manager|worker)$/i.test(value)
    ? { bound: 'compare node.role with "manager" or "worker"', value: quoted(text) }
    : undefined;
}

/** A network of the same stack that a swarm cannot reach from all of its machines. */
function localNetwork(reference: unknown, document: Document): Rendered | undefined {
  const network = document.referred(reference);
  const { driver = "bridge", attachable: _, ...rest } = network?.body ?? {};
  return network?.type === "docker_network" &&
    network.kind === "resource" &&
    ["bridge", "macvlan", "ipvlan", "host", "none"].includes(String(driver)) &&
    rest.config_from === undefined
    ? network
    : undefined;
}

const rule = rulesOf("docker/service", "docker_service");

/** A secret or config that is handed over by an id needs its name beside it, and a file of its own. */
function fileRules(kind: "secret" | "config"): Rule[] {
  const way = `${CONTAINER}.${kind}s`;
  return [
    rule(`${kind}-name`, `malformed ${kind} reference`, ({ body }) =>
      blocksAlong(body, way).flatMap((one) =>
        one[`${kind}_name`] === undefined || one[`${kind}_name`] === ""
          ? [
              {
                attribute: `${way}.${kind}_name`,
                bound: `stand beside ${kind}_id`,
                value: "none",
                fix: `refer to the ${kind}'s name`,
              },
            ]
          : [],
      ),
    ),
    rule(`${kind}-by-name`, `could not find ${kind} with id a`, ({ body }) =>
      blocksAlong(body, way).flatMap((one) => {
        const id = one[`${kind}_id`];
        return typeof id === "string" && /^\$\{docker_\w+\.[\w-]+\.name\}$/.test(id)
          ? [{ attribute: `${way}.${kind}_id`, bound: "be an id", value: quoted(id), fix: "refer to .id" }]
          : [];
      }),
    ),
    rule(`${kind}-file-twice`, `${kind} references 'a' and 'b' have a conflicting target: 'x'`, ({ body }) =>
      repeated(blocksAlong(body, way), ({ file_name: file }) => file).map(({ file_name: file }) => ({
        attribute: `${way}.file_name`,
        bound: "be a file of its own",
        value: `${quoted(file)} twice`,
        fix: "choose another file for one of them",
      })),
    ),
  ];
}

/** What a swarm and the provider refuse in what a service runs. */
export const dockerServiceTaskRules: readonly Rule[] = [
  rule(
    "image",
    'ContainerSpec: "nginx:1:2" is not a valid repository/tag',
    along(`${CONTAINER}.image`, imageReference),
  ),
  rule(
    "mount-type",
    "'nfs' doesn't match the pattern '^(bind|volume|tmpfs)$'",
    along(`${MOUNTS}.type`, oneOf(["bind", "volume", "tmpfs"])),
  ),
  rule(
    "mount-propagation",
    "'rshare' doesn't match the pattern",
    along(`${MOUNTS}.bind_options.propagation`, oneOf(["private", "rprivate", "shared", "rshared", "slave", "rslave"])),
  ),
  rule(
    "mount-target",
    "no error: every task is rejected, invalid mount target, must be an absolute path",
    along(`${MOUNTS}.target`, (target) =>
      String(target).startsWith("/") ? undefined : { bound: "be an absolute path", value: quoted(target) },
    ),
  ),
  rule("mount-twice", "ContainerSpec: duplicate mount point: /data", ({ body }) =>
    repeated(blocksAlong(body, MOUNTS), ({ target }) => target).map(({ target }) => ({
      attribute: `${MOUNTS}.target`,
      bound: "mount one thing per target",
      value: `${quoted(target)} twice`,
      fix: "remove one of them",
    })),
  ),
  rule(
    "mount-source",
    "no error: every task is rejected, invalid bind mount source, must be an absolute path",
    ({ body }) =>
      blocksAlong(body, MOUNTS).flatMap(({ type, source }) =>
        type === "bind" && !isReference(source) && !String(source ?? "").startsWith("/")
          ? [{ attribute: `${MOUNTS}.source`, bound: "be an absolute path on the host", value: quoted(source) }]
          : [],
      ),
  ),
  rule(
    "mount-tmpfs-source",
    "no error: every task is rejected, invalid tmpfs source, source must be empty",
    ({ body }) =>
      blocksAlong(body, MOUNTS).flatMap(({ type, source }) =>
        type === "tmpfs" && source !== undefined && source !== ""
          ? [{ attribute: `${MOUNTS}.source`, bound: "be left out for a tmpfs", value: quoted(source) }]
          : [],
      ),
  ),
  rule(
    "isolation",
    "'none' doesn't match the pattern '^(default|process|hyperv)$'",
    along(`${CONTAINER}.isolation`, oneOf(["default", "process", "hyperv"])),
  ),
  rule(
    "runtime",
    "'runsc' doesn't match the pattern '^(container|plugin)$'",
    along(
      "task_spec.runtime",
      oneOf(["container", "plugin"], "it says what a task is; which OCI runtime runs it, the engine's default decides"),
    ),
  ),
  rule(
    "dns-address",
    "no error: the line of resolv.conf that holds it counts for nothing",
    eachAlong(`${CONTAINER}.dns_config.nameservers`, (address) =>
      isIP(String(address)) ? undefined : { bound: "be an IP address", value: quoted(address) },
    ),
    { proof: "read" },
  ),
  ...fileRules("secret"),
  ...fileRules("config"),
  rule("memory", "invalid memory value 256: Must be at least 4MiB", ({ body }) =>
    ["limits", "reservation"].flatMap((kind) =>
      blocksAlong(body, `task_spec.resources.${kind}`).flatMap(({ memory_bytes: bytes }) =>
        bytes === undefined || isReference(bytes) || Number(bytes) >= 4 * 1024 ** 2 || Number(bytes) === 0
          ? []
          : [
              {
                attribute: `task_spec.resources.${kind}.memory_bytes`,
                bound: "be at least 4 MiB, in bytes",
                value: String(bytes),
              },
            ],
      ),
    ),
  ),
  rule("cpus", "invalid cpu value 2e-09: Must be at least 0.001", ({ body }) =>
    ["limits", "reservation"].flatMap((kind) =>
      blocksAlong(body, `task_spec.resources.${kind}`).flatMap(({ nano_cpus: cpus }) =>
        cpus === undefined || isReference(cpus) || Number(cpus) >= 1_000_000 || Number(cpus) === 0
          ? []
          : [
              {
                attribute: `task_spec.resources.${kind}.nano_cpus`,
                bound: "be at least 1000000, in billionths of a processor",
                value: String(cpus),
                fix: Number(cpus) < 1000 ? `${String(cpus)} processors are ${Number(cpus) * 1e9}` : undefined,
              },
            ],
      ),
    ),
  ),
  rule(
    "restart-condition",
    "'always' doesn't match the pattern",
    along("task_spec.restart_policy.condition", oneOf(["none", "on-failure", "any"])),
  ),
  rule(
    "restart-policy-whole",
    'the second plan is never empty: task_spec.0.restart_policy.0.delay "0s" -> null, window "0s" -> null',
    ({ body }) =>
      blocksAlong(body, "task_spec.restart_policy").flatMap((policy) => {
        const lacking = ["delay", "window"].filter((name) => policy[name] === undefined);
        return lacking.length === 0
          ? []
          : [
              {
                attribute: "task_spec.restart_policy",
                bound: "have both a delay and a window",
                value: `no ${lacking.join(" and no ")}`,
                fix: "the provider takes what is left out for 0s",
              },
            ];
      }),
  ),
  rule(
    "constraint",
    "invalid expression; or no error, and no machine ever matches",
    eachAlong(`${PLACEMENT}.constraints`, constraint),
  ),
  rule(
    "network",
    "network X cannot be used with services. Only networks scoped to the swarm can be used",
    ({ body }, document) =>
      blocksAlong(body, NETWORKS).flatMap((attachment) =>
        (["id", "name"] as const).flatMap((name) => {
          const network = localNetwork(attachment[name], document);
          return network
            ? [
                {
                  attribute: `${NETWORKS}.${name}`,
                  bound: "be an overlay network",
                  value: `${network.address}, which is a ${String(network.body.driver ?? "bridge")} of one machine`,
                  fix: 'give it driver = "overlay"',
                },
              ]
            : [];
        }),
      ),
  ),
  rule(
    "network-missing",
    "network 'name' or 'id' must be specified",
    ({ body }) =>
      blocksAlong(body, NETWORKS).flatMap(({ id, name }) =>
        id === undefined && name === undefined
          ? [{ attribute: NETWORKS, bound: "name a network by its id", value: "neither id nor name" }]
          : [],
      ),
    { lines: ["4.5.0"] },
  ),
  rule(
    "network-name",
    "the second plan is never empty: a replacement, since name is read back as id",
    ({ body }) =>
      blocksAlong(body, NETWORKS).flatMap(({ name, id }) =>
        name !== undefined && id === undefined
          ? [
              {
                attribute: `${NETWORKS}.name`,
                bound: "be left out on this line of the provider",
                value: quoted(name),
                fix: "name the network by its id, in id",
              },
            ]
          : [],
      ),
    { lines: ["4.5.0"] },
  ),
  rule("network-by-name", 'the second plan is never empty: networks_advanced id "ID" -> "lan"', ({ body }) =>
    blocksAlong(body, NETWORKS).flatMap((attachment) =>
      (["id", "name"] as const).flatMap((attribute) => {
        const value = attachment[attribute];
        return typeof value === "string" && /^\$\{(data\.)?docker_network\.[\w-]+\.name\}$/.test(value)
          ? [{ attribute: `${NETWORKS}.${attribute}`, bound: "be an id", value: quoted(value), fix: "refer to .id" }]
          : [];
      }),
    ),
  ),
  rule(
    "log-driver",
    "no error: every task fails, error looking up logging plugin",
    along("task_spec.log_driver.name", misspelt(LOG_DRIVERS, "be a driver that there is")),
  ),
  rule("log-option", "no error: every task fails, unknown log opt", ({ body }) =>
    blocksAlong(body, "task_spec.log_driver").flatMap((driver) => {
      const known = LOG_OPTIONS[String(driver.name)];
      return known === undefined
        ? []
        : Object.keys(member(driver, "options") ?? {})
            .filter((name) => !known.includes(name))
            .map((name) => ({
              attribute: "task_spec.log_driver.options",
              bound: `name options of the driver ${String(driver.name)}: ${known.join(", ")}`,
              value: quoted(name),
              fix: suggestion(name, known),
            }));
    }),
  ),
];
