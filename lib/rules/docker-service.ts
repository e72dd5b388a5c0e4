import { along, blocksAlong } from "./along";
import { blocks, isReference, type Rendered } from "./document";
import { goDuration, goMilliseconds } from "./go-duration";
import { indexed } from "./indexed";
import { oneOf, quoted, repeated, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";
import { sharers, taken } from "./taken";

type Seen = Omit<Sight, "attribute"> | undefined;

const DURATIONS = [
  "task_spec.container_spec.stop_grace_period",
  "task_spec.container_spec.healthcheck.interval",
  "task_spec.container_spec.healthcheck.timeout",
  "task_spec.container_spec.healthcheck.start_period",
  "task_spec.restart_policy.delay",
  "task_spec.restart_policy.window",
  "update_config.delay",
  "update_config.monitor",
  "rollback_config.delay",
  "rollback_config.monitor",
] as const;

/** Not read back, so that any form will do. */
const WAITED = ["converge_config.delay", "converge_config.timeout"] as const;

/** What a service publishes: one key a port of all machines of the swarm. */
function ingressPorts({ body }: Rendered): unknown[] {
  return blocksAlong(body, "endpoint_spec.ports").flatMap(
    ({ published_port: port, protocol = "tcp", publish_mode: how = "ingress" }) =>
      port === undefined || port === 0 || isReference(port) || how !== "ingress" ? [] : [`${String(port)}/${protocol}`],
  );
}

const published = sharers(ingressPorts);

/** Containers by the ports that they publish, as services name theirs. */
const publishing = indexed(({ body }) =>
  blocks(body.ports).map(({ external, protocol = "tcp" }) => `${String(external)}/${String(protocol)}`),
);

const rule = rulesOf("docker/service", "docker_service");

/** A duration as the provider reads it back. */
function asRead(text: unknown): Seen {
  const length = goMilliseconds(String(text));
  const whole = length === undefined ? String(text) : goDuration(length, String(text));
  const read = whole.replace(/m0s$/, "m").replace(/h0m$/, "h");
  return read === text
    ? undefined
    : { bound: "be a duration in its shortest form", value: quoted(text), fix: `write "${read}"` };
}

function isDuration(text: unknown): Seen {
  return goMilliseconds(String(text)) === undefined
    ? { bound: "be a duration", value: quoted(text), fix: "such as 10s or 1m30s" }
    : undefined;
}

function portNumber(least: number): (port: unknown) => Seen {
  return (port) =>
    Number(port) >= least && Number(port) <= 65535
      ? undefined
      : { bound: `be a port from ${least} to 65535`, value: String(port) };
}

function ratio(text: unknown): Seen {
  return Number(text) >= 0 && Number(text) <= 1
    ? undefined
    : { bound: "be a share from 0.0 to 1.0", value: String(text), fix: "such as 0.3 for 30 %" };
}

/** Several ways that one fact is about, looked at alike. */
function all(ways: readonly string[], look: (value: unknown) => Seen): Rule["check"] {
  const checks = ways.map((way) => along(way, look));
  return (resource, document) => checks.flatMap((check) => check(resource, document));
}

/** What a swarm and the provider refuse in a service: how many there are, how they are reached, and how they are updated. */
export const dockerServiceRules: readonly Rule[] = [
  rule("name", "name must be valid as a DNS name component", ({ body: { name } }) =>
    isReference(name) || /^[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?$/.test(String(name))
      ? []
      : [
          {
            attribute: "name",
            bound: "be 1 to 63 letters, digits, '-' or '_', beginning and ending with a letter or digit",
            value: quoted(name),
          },
        ],
  ),
  rule(
    "name-taken",
    "name conflicts with an existing object: service web already exists",
    taken("name", ({ body }) => body.name, "be a name that no other service of the swarm has"),
  ),
  rule("mode", "mode.0.global conflicts with mode.0.replicated", ({ body }) =>
    blocks(body.mode).flatMap(({ global, replicated }) =>
      global !== undefined && blocks(replicated).length > 0
        ? [{ attribute: "mode.global", bound: "be left out where replicas are set", value: "both" }]
        : [],
    ),
  ),
  rule("global-with-converge", '"converge_config": conflicts with mode.0.global', ({ body }) =>
    blocks(body.converge_config).length > 0 && blocks(body.mode).some(({ global }) => global !== undefined)
      ? [
          {
            attribute: "converge_config",
            bound: "be left out where mode.global is set",
            value: "both",
            fix: "the provider can wait for replicated services only",
          },
        ]
      : [],
  ),
  rule(
    "replicas",
    "'-1' cannot be lower than 0",
    along("mode.replicated.replicas", (count) =>
      Number(count) >= 0 ? undefined : { bound: "be 0 or more", value: String(count) },
    ),
  ),
  rule(
    "endpoint-mode",
    "'dns' doesn't match the pattern '^(vip|dnsrr)$'",
    along("endpoint_spec.mode", oneOf(["vip", "dnsrr"])),
  ),
  rule(
    "port-protocol",
    "'http' doesn't match the pattern '^(tcp|udp|sctp)$'",
    along("endpoint_spec.ports.protocol", oneOf(["tcp", "udp", "sctp"])),
  ),
  rule(
    "publish-mode",
    "'hots' doesn't match the pattern",
    along("endpoint_spec.ports.publish_mode", oneOf(["ingress", "host"])),
  ),
  rule(
    "target-port",
    "EndpointSpec: port config must provide a target port between 1 and 65535",
    along("endpoint_spec.ports.target_port", portNumber(1)),
  ),
  rule(
    "published-port",
    "EndpointSpec: published port must be between 0 and 65535",
    along("endpoint_spec.ports.published_port", portNumber(0)),
  ),
  rule("port-twice", "EndpointSpec: duplicate published ports provided", (service) =>
    repeated(ingressPorts(service), (key) => key).map((key) => ({
      attribute: "endpoint_spec.ports.published_port",
      bound: "publish each port once",
      value: `${String(key)} twice`,
      fix: "choose another port for one of them",
    })),
  ),
  rule("port-taken", "port '8080' is already in use by service 'other' as an ingress port", (service, document) =>
    [...new Set(ingressPorts(service))].flatMap((key) =>
      published(service, document, key).map(({ address }) => ({
        attribute: "endpoint_spec.ports.published_port",
        bound: "be a port that no other service of the swarm publishes",
        value: `${String(key)}, which ${address} publishes`,
        fix: "choose another port",
      })),
    ),
  ),
  rule("dnsrr-with-ingress", "port published with ingress mode can't be used with dnsrr mode", ({ body }) =>
    blocks(body.endpoint_spec).flatMap(({ mode, ports }) =>
      mode === "dnsrr" && blocks(ports).some(({ publish_mode: how = "ingress" }) => how === "ingress")
        ? [
            {
              attribute: "endpoint_spec.mode",
              bound: 'not be "dnsrr" where a port is published by ingress',
              value: '"dnsrr"',
            },
          ]
        : [],
    ),
  ),
  rule(
    "update-order",
    "'start_first' doesn't match the pattern",
    along("update_config.order", oneOf(["stop-first", "start-first"])),
  ),
  rule(
    "rollback-order",
    "'start_first' doesn't match the pattern",
    along("rollback_config.order", oneOf(["stop-first", "start-first"])),
  ),
  rule(
    "failure-action",
    "'restart' doesn't match the pattern",
    along("update_config.failure_action", oneOf(["pause", "continue", "rollback"])),
  ),
  rule(
    "rollback-failure-action",
    "'rollback' doesn't match the pattern '(pause|continue)'",
    along(
      "rollback_config.failure_action",
      oneOf(["pause", "continue"], "what is rolled back cannot be rolled back again"),
    ),
  ),
  rule(
    "failure-ratio",
    "'30' has to be between 0.0 and 1.0",
    all(["update_config.max_failure_ratio", "rollback_config.max_failure_ratio"], ratio),
  ),
  rule(
    "failure-ratio-form",
    'the second plan is never empty: max_failure_ratio "0.2" -> "0.25"',
    all(["update_config.max_failure_ratio", "rollback_config.max_failure_ratio"], (text) =>
      ratio(text) || Number.isInteger(Math.round(Number(text) * 1e6) / 1e5)
        ? undefined
        : { bound: "have one digit after the point", value: quoted(text), fix: "the provider reads no more back" },
    ),
  ),
  rule("duration", "'10' is not a valid duration", all([...DURATIONS, ...WAITED], isDuration)),
  rule("duration-form", 'the second plan is never empty: "60s" is read back as 1m', all(DURATIONS, asRead)),

  rule(
    "failure-ratio-text",
    'the second plan is never empty: max_failure_ratio "0.0" -> "0"',
    all(["update_config.max_failure_ratio", "rollback_config.max_failure_ratio"], (text) =>
      ratio(text) || Number(text).toFixed(1) === String(text)
        ? undefined
        : { bound: "be written as it is read back", value: quoted(text), fix: `write "${Number(text).toFixed(1)}"` },
    ),
    { lines: ["3.9.0"] },
  ),
  rule("label-twice", "the second plan is never empty: one of the two is kept", ({ body }) =>
    ["labels", "task_spec.container_spec.labels"].flatMap((way) =>
      repeated(blocksAlong(body, way), ({ label }) => label).map(({ label }) => ({
        attribute: way,
        bound: "have each label once",
        value: `${quoted(label)} twice`,
      })),
    ),
  ),
  rule(
    "login",
    "no error: without a user and a password the image is pulled without a login",
    ({ body }) =>
      blocks(body.auth).flatMap(({ username, password }) =>
        [username, password].some((one) => one === undefined || one === "")
          ? [{ attribute: "auth", bound: "have a username and a password", value: "one of them missing" }]
          : [],
      ),
    { proof: "read" },
  ),
  rule(
    "converge-times",
    "did not converge after 1m: the delay alone is longer",
    ({ body }) =>
      blocks(body.converge_config).flatMap(({ delay = "7s", timeout = "3m" }) => {
        const [wait, whole] = [goMilliseconds(String(delay)), goMilliseconds(String(timeout))];
        return wait !== undefined && whole !== undefined && wait >= whole
          ? [
              {
                attribute: "converge_config.timeout",
                bound: `be longer than the delay, ${String(delay)}`,
                value: String(timeout),
              },
            ]
          : [];
      }),
    { proof: "read" },
  ),
  rule(
    "port-taken-on-host",
    "port is already in use as an ingress port",
    (service, document) =>
      blocksAlong(service.body, "endpoint_spec.ports").flatMap(
        ({ published_port: port, protocol = "tcp", publish_mode: how }) =>
          how === "host" && port !== undefined && !isReference(port)
            ? published(service, document, `${String(port)}/${String(protocol)}`).map(({ address }) => ({
                attribute: "endpoint_spec.ports.published_port",
                bound: "be a port that no other service publishes by ingress",
                value: `${String(port)}, which ${address} publishes`,
                fix: "choose another port",
              }))
            : [],
      ),
    { proof: "read" },
  ),

  rule(
    "port-taken-by-container",
    "port is already allocated, by a container",
    (service, document) =>
      ingressPorts(service).flatMap((key) =>
        publishing(document, "docker_container", key)
          .filter((container) => document.machineOf(container) === document.machineOf(service))
          .map(({ address }) => ({
            attribute: "endpoint_spec.ports.published_port",
            bound: "be a port that no container publishes",
            value: `${String(key)}, which ${address} publishes`,
            fix: "choose another port",
          })),
      ),
    { proof: "read" },
  ),
];
