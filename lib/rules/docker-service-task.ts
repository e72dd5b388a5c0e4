import { isIP } from "node:net";
import { suggestion } from "../core/nearest";
import { along, blocksAlong, eachAlong } from "./along";
import { imageReference } from "./docker-registry";
import { type Document, isReference, type Rendered } from "./document";
import { oneOf, quoted, repeated, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";
import { wired } from "./wiring";

type Seen = Omit<Sight, "attribute"> | undefined;

const CONTAINER = "task_spec.container_spec";
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

/** Blocks that the provider cannot read without a member. */
const EMPTY: readonly string[] = [
  `${CONTAINER}.privileges`,
  "task_spec.resources.limits",
  "task_spec.resources.reservation",
  "task_spec.restart_policy",
];

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
    rule(`${kind}-of`, `${kind} not found: a`, wired({ way: `${way}.${kind}_id`, takes: [`docker_${kind}.id`] })),
    rule(`${kind}-name-unlike`, `${kind} not found: the name is another one's`, ({ body }, document) =>
      blocksAlong(body, way).flatMap((one) => {
        const made = document.referred(one[`${kind}_id`])?.body.name;
        const told = one[`${kind}_name`];
        return [made, told].every((name) => typeof name === "string" && !isReference(name)) && made !== told
          ? [
              {
                attribute: `${way}.${kind}_name`,
                bound: `be ${quoted(made)}`,
                value: quoted(told),
                fix: "refer to .name",
              },
            ]
          : [];
      }),
    ),
    rule(
      `${kind}-file`,
      `malformed file target reference, name must be provided`,
      along(`${way}.file_name`, (file) => (file === "" ? { bound: "be the name of a file", value: '""' } : undefined)),
    ),
    rule(`${kind}-owner`, `no error: every task fails, strconv.Atoi: parsing "postgres": invalid syntax`, ({ body }) =>
      blocksAlong(body, way).flatMap((one) =>
        ["file_uid", "file_gid"].flatMap((name) => {
          const id = one[name];
          return id === undefined || isReference(id) || /^\d+$/.test(String(id))
            ? []
            : [{ attribute: `${way}.${name}`, bound: "be a number", value: quoted(id) }];
        }),
      ),
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
    "isolation",
    "'none' doesn't match the pattern '^(default|process|hyperv)$'",
    along(`${CONTAINER}.isolation`, oneOf(["default", "process", "hyperv"])),
  ),
  rule(
    "runtime",
    "'runsc' doesn't match the pattern '^(container|plugin)$'",
    along(
      "task_spec.runtime",
      oneOf(["container"], "it says what a task is; which OCI runtime runs it, the engine's default decides"),
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
    "empty-block",
    "The plugin crashed: the provider reads what is not there",
    ({ body }) =>
      EMPTY.flatMap((way) =>
        blocksAlong(body, way)
          .filter((block) => Object.keys(block).length === 0)
          .map(() => ({ attribute: way, bound: "be left out rather than empty", value: "{}" })),
      ),
    { proof: "read" },
  ),
  rule(
    "generic-resource",
    "The plugin crashed; or no error, and none is reserved",
    ({ body }) =>
      (
        [
          ["named_resources_spec", /^[^=]+=.+$/],
          ["discrete_resources_spec", /^[^=]+=\d+$/],
        ] as const
      ).flatMap(([name, form]) =>
        eachAlong(`task_spec.resources.reservation.generic_resources.${name}`, (text) =>
          form.test(String(text)) ? undefined : { bound: "be KIND=VALUE", value: quoted(text), fix: "such as SSD=3" },
        )({ body }),
      ),
    { proof: "read" },
  ),
  rule(
    "credential-spec",
    "CredentialSpec: must either provide a file or registry",
    ({ body }) =>
      blocksAlong(body, `${CONTAINER}.privileges.credential_spec`).map(() => ({
        attribute: `${CONTAINER}.privileges.credential_spec`,
        bound: "be left out: the provider passes on nothing of it",
        value: "set",
      })),
    { proof: "read" },
  ),
  rule(
    "host-name",
    "the second plan is never empty: a replacement, as one name is read back",
    along(`${CONTAINER}.hosts.host`, (host) =>
      /\s/.test(String(host))
        ? { bound: "be one name", value: quoted(host), fix: "add a hosts block for each" }
        : undefined,
    ),
  ),
  rule(
    "host-address",
    "no error: every task fails, invalid IP address in add-host",
    along(`${CONTAINER}.hosts.ip`, (ip) =>
      isIP(String(ip)) || ip === "host-gateway" ? undefined : { bound: "be an IP address", value: quoted(ip) },
    ),
  ),
  rule(
    "preference",
    "no error: a preference of another form is skipped",
    eachAlong(`${PLACEMENT}.prefs`, (text) =>
      /^(node|engine)\.labels\../.test(String(text))
        ? undefined
        : {
            bound: "name a label of the machines",
            value: quoted(text),
            fix: "such as node.labels.zone, without spread=",
          },
    ),
    { proof: "read" },
  ),
  rule(
    "platform",
    "no error: no machine ever matches, and every task is pending",
    along(`${PLACEMENT}.platforms.architecture`, (text) =>
      String(text).includes("/")
        ? { bound: "be an architecture", value: quoted(text), fix: "such as x86_64" }
        : undefined,
    ),
    { proof: "read" },
  ),
];
