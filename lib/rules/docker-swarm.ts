import { notBase64 } from "./base64";
import { blocks, isReference, type Json } from "./document";
import { on, oneOf, quoted, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";

const service = rulesOf("docker/service", "docker_service");
const secret = rulesOf("docker/secret", "docker_secret");
const config = rulesOf("docker/config", "docker_config");

type Seen = Omit<Sight, "attribute"> | undefined;

/** Looks at one value at the end of a way through blocks that stand once, such as `task_spec.restart_policy.condition`. */
function along(way: string, look: (value: unknown) => Seen): Rule["check"] {
  return ({ body }) => {
    const parts = way.split(".");
    const last = parts.pop() ?? "";
    const home = parts.reduce<readonly Json[]>((all, part) => all.flatMap((one) => blocks(one[part])), [body]);
    return home.flatMap((one) => {
      const seen = one[last] === undefined || isReference(one[last]) ? undefined : look(one[last]);
      return seen ? [{ attribute: way, ...seen }] : [];
    });
  };
}

/** What Docker and its provider refuse in what a swarm runs. */
export const dockerSwarmRules: readonly Rule[] = [
  secret("data", "expected data to be a base64 encoded string", on("data", notBase64)),
  config("data-once", "only one of data, data_raw can be specified", ({ body }) =>
    body.data !== undefined && body.data_raw !== undefined
      ? [{ attribute: "data_raw", bound: "be left out where data is set", value: "both" }]
      : [],
  ),
  service("mode", "mode.0.global conflicts with mode.0.replicated", ({ body }) =>
    blocks(body.mode).flatMap(({ global, replicated }) =>
      global === true && blocks(replicated).length > 0
        ? [{ attribute: "mode.global", bound: "be left out where replicas are set", value: "both" }]
        : [],
    ),
  ),
  service(
    "publish-mode",
    "'hots' doesn't match the pattern",
    along("endpoint_spec.ports.publish_mode", oneOf(["ingress", "host"])),
  ),
  service(
    "restart-condition",
    "'always' doesn't match the pattern",
    along("task_spec.restart_policy.condition", oneOf(["none", "on-failure", "any"])),
  ),
  service(
    "update-order",
    "'start_first' doesn't match the pattern",
    along("update_config.order", oneOf(["stop-first", "start-first"])),
  ),
  service(
    "name",
    "name must be valid as a DNS name component",
    on("name", (name) =>
      /^[a-zA-Z0-9]([a-zA-Z0-9_-]{0,61}[a-zA-Z0-9])?$/.test(String(name))
        ? undefined
        : { bound: "be 1 to 63 letters, digits, '-' or '_'", value: quoted(name) },
    ),
    { proof: "read" },
  ),
  service(
    "memory",
    "invalid memory value 256: Must be at least 4MiB",
    along("task_spec.resources.limits.memory_bytes", (bytes) =>
      Number(bytes) >= 4 * 1024 ** 2 || Number(bytes) === 0
        ? undefined
        : { bound: "be at least 4 MiB, in bytes", value: String(bytes) },
    ),
    { proof: "read" },
  ),
  service(
    "dnsrr-with-ingress",
    "port published with ingress mode can't be used with dnsrr mode",
    ({ body }) =>
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
    { proof: "read" },
  ),
  service(
    "stop-grace-form",
    'the second plan is never empty: "60s" is read back as 1m',
    along("task_spec.container_spec.stop_grace_period", (period) =>
      /^(\d+h)?([1-5]?\dm)?([1-5]?\ds)?$/.test(String(period)) && !/(^|[a-z])0+[hms]$/.test(String(period))
        ? undefined
        : { bound: "be a duration in its shortest form", value: quoted(period), fix: "such as 1m or 1m30s" },
    ),
    { proof: "read" },
  ),
  service(
    "failure-action",
    "'restart' doesn't match the pattern",
    along("update_config.failure_action", oneOf(["pause", "continue", "rollback"])),
  ),
  service(
    "constraint",
    "placement constraint: invalid expression",
    ({ body }) =>
      blocks(body.task_spec).flatMap(({ placement }) =>
        blocks(placement).flatMap(({ constraints }) =>
          (Array.isArray(constraints) ? (constraints as unknown[]) : []).flatMap((one) =>
            isReference(one) || /^\s*[\w.-]+\s*(==|!=)\s*\S/.test(String(one))
              ? []
              : [{ attribute: "task_spec.placement.constraints", bound: "compare by == or !=", value: quoted(one) }],
          ),
        ),
      ),
    { proof: "read" },
  ),
];
