import { LOG_DRIVERS, LOG_NEEDS, LOG_OPTIONS } from "../core/log-drivers";
import { suggestion } from "../core/nearest";
import { isReference, type Json, member } from "./document";
import { misspelt, on, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const FACILITY = /^(kern|user|mail|daemon|auth|syslog|lpr|news|uucp|cron|authpriv|ftp|local[0-7]|\d+)$/;

const rule = rulesOf("docker/container", "docker_container");

/** Looks at the options of the log driver; sees a bound and a value. */
function option(
  id: string,
  prevents: string,
  look: (options: Json, driver: string) => readonly [string, unknown] | undefined,
): Rule {
  return rule(id, prevents, ({ body }) => {
    const seen = look(member(body, "log_opts") ?? {}, String(body.log_driver ?? "json-file"));
    return seen === undefined || isReference(seen[1])
      ? []
      : [{ attribute: "log_opts", bound: seen[0], value: quoted(seen[1]) }];
  });
}

/** What Docker refuses in how a container's output is kept. */
export const dockerContainerLogRules: readonly Rule[] = [
  rule(
    "log-driver",
    'error looking up logging plugin jsonfile: plugin "jsonfile" not found',
    on("log_driver", misspelt(LOG_DRIVERS, "be a driver that there is")),
  ),
  rule("log-option", "unknown log opt 'maxsize' for json-file log driver", ({ body }) => {
    const driver = String(body.log_driver ?? "json-file");
    const known = LOG_OPTIONS[driver];
    return known === undefined
      ? []
      : Object.keys(member(body, "log_opts") ?? {})
          .filter((name) => !known.includes(name))
          .map((name) => ({
            attribute: "log_opts",
            bound: `name options of the driver ${driver}: ${known.join(", ")}`,
            value: quoted(name),
            fix: suggestion(name, known),
          }));
  }),
  rule("log-size", "invalid size: 'big'", ({ body }) => {
    const size = member(body, "log_opts")?.["max-size"];
    return typeof size !== "string" || /^\d+(\.\d+)? ?([kmgtp]i?b?)?$|^-1$|\$\{/i.test(size)
      ? []
      : [{ attribute: "log_opts", bound: "have a size such as 10m as its max-size", value: quoted(size) }];
  }),
  option("log-files", "max-file cannot be less than 1", ({ "max-file": count }) =>
    count !== undefined && !(Number(count) >= 1) ? ["have a max-file of at least 1", count] : undefined,
  ),
  option(
    "log-compress",
    "compress cannot be true when max-file is less than 2 or max-size is not set",
    (options, driver) =>
      driver === "json-file" &&
      options.compress === "true" &&
      !(Number(options["max-file"] ?? 1) >= 2 && options["max-size"] !== undefined)
        ? [
            "have a max-size, and a max-file of 2 or more, beside compress",
            `max-file ${String(options["max-file"] ?? "none")}, max-size ${String(options["max-size"] ?? "none")}`,
          ]
        : undefined,
  ),
  option("log-mode", "logger: log mode not supported: X", ({ mode }) =>
    mode !== undefined && !["blocking", "non-blocking"].includes(String(mode))
      ? ['have "blocking" or "non-blocking" as their mode', mode]
      : undefined,
  ),
  option("log-buffer", "logger: max-buffer-size option is only supported with 'mode=non-blocking'", (options) =>
    options["max-buffer-size"] !== undefined && options.mode !== "non-blocking"
      ? ["have the mode non-blocking beside max-buffer-size", options.mode ?? "no mode"]
      : undefined,
  ),
  option("syslog-facility", "invalid syslog facility: X", ({ "syslog-facility": facility }, driver) =>
    driver === "syslog" && facility !== undefined && !FACILITY.test(String(facility))
      ? ["have a facility that syslog knows", facility]
      : undefined,
  ),
  option(
    "syslog-address",
    "syslog-address should be in form proto://address, got X",
    ({ "syslog-address": address }, driver) =>
      driver === "syslog" && address !== undefined && !/^(tcp|tcp\+tls|udp|unix|unixgram):\/\//.test(String(address))
        ? ["have an address such as udp://192.0.2.1:514", address]
        : undefined,
  ),
  option("gelf-address", "gelf: endpoint needs to be TCP or UDP", ({ "gelf-address": address }, driver) =>
    driver === "gelf" && address !== undefined && !/^(tcp|udp):\/\//.test(String(address))
      ? ["have an address such as udp://192.0.2.1:12201", address]
      : undefined,
  ),
  rule("log-option-missing", "gelf-address is a required parameter", ({ body }) => {
    const given = member(body, "log_opts") ?? {};
    const lacking = (LOG_NEEDS[String(body.log_driver)] ?? []).filter((name) => given[name] === undefined);
    return isReference(body.log_opts)
      ? []
      : lacking.map((name) => ({
          attribute: "log_opts",
          bound: `have a ${name} for ${String(body.log_driver)}`,
          value: "none",
        }));
  }),
];
