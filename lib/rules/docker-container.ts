import { Cidr } from "../units/ipv4";
import { UnitError } from "../units/unit-error";
import { blocks, type Document, isReference, type Json, type Rendered } from "./document";
import type { Rule, Sight } from "./rule";

const TYPE = "docker_container";

/** Shorthand for the rules of this file, which are all about one resource type. */
function rule(
  id: string,
  prevents: string,
  check: Rule["check"],
  more: Partial<Pick<Rule, "severity" | "proof">> = {},
): Rule {
  return { id: `docker/container/${id}`, type: TYPE, severity: "error", proof: "run", prevents, check, ...more };
}

/** Looks at one attribute of a container, where it is present and known at synth. */
function on(
  attribute: string,
  look: (value: unknown, body: Json) => Omit<Sight, "attribute"> | undefined,
): Rule["check"] {
  return ({ body }) => {
    const value = body[attribute];
    const sight = value === undefined || value === null || isReference(value) ? undefined : look(value, body);
    return sight ? [{ attribute, ...sight }] : [];
  };
}

/** Looks at each element of a list, where it is known at synth. */
function each(
  attribute: string,
  look: (element: unknown, index: number, all: readonly unknown[]) => Omit<Sight, "attribute"> | undefined,
): Rule["check"] {
  return ({ body }) => {
    const all: readonly unknown[] = Array.isArray(body[attribute]) ? body[attribute] : [];
    return all.flatMap((element, index) => {
      const sight = isReference(element) ? undefined : look(element, index, all);
      return sight ? [{ attribute: `${attribute}.${index}`, ...sight }] : [];
    });
  };
}

const mebibytes = (value: unknown) => `${String(value)} MiB`;
const quoted = (value: unknown) => JSON.stringify(value);

/** Where a container's file system is mounted over: attribute, and absolute target. */
function targets(body: Json): { readonly attribute: string; readonly target: string }[] {
  const volumes = blocks(body.volumes).map((one, index) => ({
    attribute: `volumes.${index}.container_path`,
    target: one.container_path,
  }));
  const mounts = blocks(body.mounts).map((one, index) => ({ attribute: `mounts.${index}.target`, target: one.target }));
  const tmpfs = Object.keys(typeof body.tmpfs === "object" && body.tmpfs !== null ? body.tmpfs : {});
  const all = [...volumes, ...mounts, ...tmpfs.map((target) => ({ attribute: "tmpfs", target }))];
  return all.flatMap(({ attribute, target }) =>
    typeof target === "string" && !isReference(target) ? [{ attribute, target }] : [],
  );
}

/** A duration as Go prints it, in milliseconds; undefined where the text is none. */
function goMilliseconds(text: string): number | undefined {
  const match = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)s)?(?:(\d+)ms)?$/.exec(text);
  if (!match || text === "") {
    return undefined;
  }
  const [, hours = "0", minutes = "0", seconds = "0", milliseconds = "0"] = match;
  return Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000 + Number(milliseconds);
}

function publishes(body: Json): boolean {
  return blocks(body.ports).length > 0;
}

function internalOnly(container: Rendered, document: Document): boolean {
  const networks = blocks(container.body.networks_advanced).map(({ name }) => document.referred(name));
  return networks.length > 0 && networks.every((network) => network?.body.internal === true);
}

function addressSights(container: Rendered, document: Document): Sight[] {
  return blocks(container.body.networks_advanced).flatMap(({ name, ipv4_address: address }, index) => {
    const network = document.referred(name);
    if (typeof address !== "string" || isReference(address) || !network) {
      return [];
    }
    const attribute = `networks_advanced.${index}.ipv4_address`;
    const subnets = blocks(network.body.ipam_config).flatMap(({ subnet, gateway }) =>
      typeof subnet === "string" ? [{ subnet, gateway }] : [],
    );
    if (subnets.length === 0) {
      return [
        {
          attribute,
          bound: "stand on a network with a subnet of its own",
          value: quoted(address),
          fix: "give the network a subnet",
        },
      ];
    }
    const home = subnets.find(({ subnet }) => usableIn(subnet, address));
    if (!home) {
      const bound = `be an address that a container may have in ${subnets.map(({ subnet }) => subnet).join(", ")}`;
      return [{ attribute, bound, value: quoted(address) }];
    }
    return home.gateway === address
      ? [{ attribute, bound: "not be the network's gateway", value: quoted(address) }]
      : [];
  });
}

function usableIn(subnet: string, address: string): boolean {
  try {
    const cidr = Cidr.parse(subnet);
    const offset = cidr.offsetOf(address);
    return offset !== undefined && cidr.isUsable(offset);
  } catch (error) {
    if (error instanceof UnitError) {
      return true;
    }
    throw error;
  }
}

/** What Docker and its provider refuse, ignore or undo in a container. */
export const dockerContainerRules: readonly Rule[] = [
  rule(
    "name",
    "Invalid container name (X), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed",
    on("name", (name) =>
      /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(String(name))
        ? undefined
        : {
            bound: "be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit",
            value: quoted(name),
          },
    ),
  ),
  rule(
    "memory-minimum",
    "Minimum memory limit allowed is 6MB",
    on("memory", (memory) =>
      Number(memory) >= 6
        ? undefined
        : { bound: "be at least 6 MiB", value: mebibytes(memory), fix: "Docker starts nothing with less" },
    ),
  ),
  rule(
    "swap-below-memory",
    "Minimum memoryswap limit should be larger than memory limit, see usage",
    on("memory_swap", (swap, { memory }) =>
      Number(swap) === -1 || memory === undefined || Number(swap) >= Number(memory)
        ? undefined
        : {
            bound: `be at least the memory, ${mebibytes(memory)}`,
            value: mebibytes(swap),
            fix: "it counts memory and swap together",
          },
    ),
  ),
  rule(
    "memory-without-swap",
    "the second plan is never empty: memory_swap: N -> null",
    on("memory", (memory, { memory_swap: swap }) =>
      swap !== undefined
        ? undefined
        : {
            bound: "stand with memory_swap",
            value: `${mebibytes(memory)} alone`,
            fix: "set memory_swap to twice the memory",
          },
    ),
  ),
  rule("cpus-minimum", "range of CPUs is from 0.01 to N.00, as there are only N CPUs available", ({ body }) => {
    const { cpus, cpu_quota: quota, cpu_period: period } = body;
    const share =
      cpus === undefined ? (quota === undefined ? undefined : Number(quota) / Number(period ?? 100_000)) : Number(cpus);
    return share === undefined || isReference(cpus) || share >= 0.01
      ? []
      : [{ attribute: "cpus", bound: "be a number of processors from 0.01", value: String(share) }];
  }),
  rule(
    "env-form",
    "invalid environment variable: =foo",
    each("env", (line) =>
      /^[^=\s]+=/.test(String(line))
        ? undefined
        : { bound: "be NAME=value", value: quoted(String(line).split("=")[0]), fix: "write NAME= for an empty value" },
    ),
  ),
  rule(
    "env-duplicate",
    "no error: the last of the sorted lines wins",
    each("env", (line, index, all) => {
      const nameOf = (text: unknown) => String(text).split("=")[0];
      return all.findIndex((other) => nameOf(other) === nameOf(line)) === index
        ? undefined
        : { bound: "name each variable once", value: `${nameOf(line)} twice`, fix: "remove one of them" };
    }),
  ),
  rule(
    "command-empty-word",
    "values for command may not be empty",
    each("command", (word) => (word === "" ? { bound: "have no empty words", value: '""' } : undefined)),
  ),
  rule("mount-target", "invalid mount path: 'x' mount path must be absolute", ({ body }) =>
    targets(body).flatMap(({ attribute, target }) =>
      /^\/[^/]/.test(target)
        ? []
        : [
            {
              attribute,
              bound: "have an absolute path in the container that is not / as its target",
              value: quoted(target),
            },
          ],
    ),
  ),
  rule("mount-target-duplicate", "Duplicate mount point: X", ({ body }) => {
    const clean = (target: string) => target.replace(/\/+$/, "");
    const all = targets(body);
    return all.flatMap(({ attribute, target }, index) =>
      all.findIndex((other) => clean(other.target) === clean(target)) === index
        ? []
        : [
            {
              attribute,
              bound: "mount one thing per target",
              value: `${quoted(target)} twice`,
              fix: "remove one of them",
            },
          ],
    );
  }),
  rule("host-path", "invalid volume specification: the path must be absolute", ({ body }) =>
    blocks(body.volumes).flatMap(({ host_path: path }, index) =>
      typeof path !== "string" || path.startsWith("/") || isReference(path)
        ? []
        : [
            {
              attribute: `volumes.${index}.host_path`,
              bound: "have an absolute path on the host as its source",
              value: quoted(path),
            },
          ],
    ),
  ),
  rule(
    "ports-without-network",
    "conflicting options: port publishing and the container type network mode; or a replacement in every plan",
    (container, document) => {
      const { body } = container;
      const mode = String(body.network_mode ?? "bridge");
      if (!publishes(body)) {
        return [];
      }
      if (/^(host|none|container:)/.test(mode)) {
        return [
          {
            attribute: "ports",
            bound: "be left out on this network",
            value: `ports on network_mode "${mode}"`,
            fix: 'a container on "host" needs no published ports',
          },
        ];
      }
      return internalOnly(container, document)
        ? [
            {
              attribute: "ports",
              bound: "be left out where every network is internal",
              value: "ports on internal networks only",
              fix: "join a network that is not internal",
            },
          ]
        : [];
    },
  ),
  rule("port-range", "invalid port specification", ({ body }) =>
    blocks(body.ports).flatMap((port, index) =>
      (["internal", "external"] as const).flatMap((side) => {
        const value = port[side];
        const good =
          value === undefined ||
          isReference(value) ||
          (Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= 65535);
        return good
          ? []
          : [{ attribute: `ports.${index}.${side}`, bound: "be a port from 1 to 65535", value: String(value) }];
      }),
    ),
  ),
  rule("port-internal-duplicate", "the second plan is never empty: the order of the two bindings flips", ({ body }) => {
    const keyOf = ({ internal, protocol }: Json) => `${String(internal)}/${String(protocol ?? "tcp")}`;
    const all = blocks(body.ports);
    return all.flatMap((port, index) =>
      all.findIndex((other) => keyOf(other) === keyOf(port)) === index
        ? []
        : [
            {
              attribute: `ports.${index}`,
              bound: "publish a container port once",
              value: `${keyOf(port)} twice`,
              fix: "publish it on 0.0.0.0, or put a proxy in front",
            },
          ],
    );
  }),
  rule("networks-and-mode", "no error: aliases and addresses are dropped", ({ body }) =>
    blocks(body.networks_advanced).length > 0 && body.network_mode !== undefined
      ? [
          {
            attribute: "network_mode",
            bound: "be left out where networks_advanced is set",
            value: quoted(body.network_mode),
          },
        ]
      : [],
  ),
  rule("address", "Invalid address A: It does not belong to any of this network's subnets", addressSights),
  rule(
    "healthcheck-duration",
    "Interval in Healthcheck cannot be less than 1ms; or the second plan is never empty",
    ({ body }) =>
      blocks(body.healthcheck).flatMap((check) =>
        (["interval", "timeout", "start_period"] as const).flatMap((name) => {
          const text = check[name];
          const least = name === "start_period" ? 0 : 1;
          const length = typeof text === "string" ? goMilliseconds(text) : 0;
          const good = text === undefined || isReference(text) || (length !== undefined && length >= least);
          const bound = least === 0 ? "be a duration such as 1m30s" : "be a duration of at least 1 ms, such as 1m30s";
          return good ? [] : [{ attribute: `healthcheck.${name}`, bound, value: String(text) }];
        }),
      ),
  ),
  rule(
    "healthcheck-retries",
    "the container never becomes unhealthy, or the engine's default of 3 counts",
    ({ body }) =>
      blocks(body.healthcheck).flatMap(({ retries }) =>
        retries === undefined || isReference(retries) || (Number.isInteger(retries) && Number(retries) >= 1)
          ? []
          : [{ attribute: "healthcheck.retries", bound: "be a whole number from 1", value: String(retries) }],
      ),
  ),
  rule(
    "healthcheck-test",
    "no error: the engine logs 'Unknown healthcheck type' and the container never has a health",
    ({ body }) =>
      blocks(body.healthcheck).flatMap(({ test }) => {
        const [kind, ...words] = Array.isArray(test) ? (test as unknown[]) : [];
        const good = kind === "NONE" || ((kind === "CMD" || kind === "CMD-SHELL") && words.length > 0);
        return good || !Array.isArray(test)
          ? []
          : [{ attribute: "healthcheck.test", bound: 'be "CMD" or "CMD-SHELL" and what to run', value: quoted(test) }];
      }),
    { proof: "read" },
  ),
  rule(
    "restart",
    "the provider refuses any other word at plan",
    on("restart", (restart) =>
      ["no", "always", "unless-stopped", "on-failure"].includes(String(restart))
        ? undefined
        : { bound: 'be "no", "always", "unless-stopped" or "on-failure"', value: quoted(restart) },
    ),
  ),
  rule(
    "restart-retries",
    "invalid restart policy: maximum retry count can only be used with 'on-failure'",
    on("max_retry_count", (count, { restart }) =>
      restart === "on-failure" && Number.isInteger(count) && Number(count) >= 1
        ? undefined
        : { bound: 'be a whole number from 1, with the policy "on-failure"', value: String(count) },
    ),
  ),
  rule(
    "user",
    "unable to find user X: no matching entries in passwd file",
    on("user", (user) =>
      /^[\w.-]+(:[\w.-]+)?$/.test(String(user))
        ? undefined
        : { bound: "be a user, or user:group, by name or number", value: quoted(user) },
    ),
  ),
  rule(
    "runtime",
    "Unknown runtime specified X",
    on("runtime", (runtime) =>
      /^[\w.-]+$/.test(String(runtime)) ? undefined : { bound: "be the name of a runtime", value: quoted(runtime) },
    ),
  ),
  rule(
    "label-duplicate",
    "no error: the last one wins",
    ({ body }) => {
      const all = blocks(body.labels);
      return all.flatMap(({ label }, index) =>
        label !== "" && all.findIndex((other) => other.label === label) === index
          ? []
          : [{ attribute: `labels.${index}`, bound: "have a name, and each name once", value: quoted(label) }],
      );
    },
    { proof: "read" },
  ),
  rule(
    "grace-missing",
    "the process is killed at once, without SIGTERM, whenever the container is replaced",
    ({ body }) =>
      body.destroy_grace_seconds === undefined
        ? [
            {
              attribute: "destroy_grace_seconds",
              bound: "be set, so that the process may end by itself",
              value: "nothing",
              fix: "10 suits most",
            },
          ]
        : [],
    { severity: "warning" },
  ),
];
