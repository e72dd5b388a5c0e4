import { member } from "./document";
import { on, quoted, rulesOf } from "./look";
import { nearest } from "./nearest";
import type { Rule } from "./rule";

/** What the two drivers that write files take; those of other drivers are for their makers to say. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "json-file": ["max-size", "max-file", "compress", "labels", "labels-regex", "env", "env-regex", "tag"],
  local: ["max-size", "max-file", "compress"],
};
const COMMON = ["mode", "max-buffer-size"];

/** The drivers of the engine itself; a plugin may have any other name. */
const DRIVERS: readonly string[] = [
  "none",
  "local",
  "json-file",
  "syslog",
  "journald",
  "gelf",
  "fluentd",
  "awslogs",
  "splunk",
  "etwlogs",
  "gcplogs",
  "logentries",
];

const rule = rulesOf("docker/container", "docker_container");

/** What Docker refuses in how a container's output is kept. */
export const dockerContainerLogRules: readonly Rule[] = [
  rule(
    "log-driver",
    'error looking up logging plugin jsonfile: plugin "jsonfile" not found',
    on("log_driver", (driver) => {
      const near = DRIVERS.includes(String(driver)) ? undefined : nearest(String(driver), DRIVERS);
      return near === undefined
        ? undefined
        : { bound: "be a driver that there is", value: quoted(driver), fix: `did you mean "${near}"?` };
    }),
  ),
  rule("log-option", "unknown log opt 'maxsize' for json-file log driver", ({ body }) => {
    const driver = String(body.log_driver ?? "json-file");
    const known = OPTIONS[driver];
    return known === undefined
      ? []
      : Object.keys(member(body, "log_opts") ?? {})
          .filter((name) => ![...known, ...COMMON].includes(name))
          .map((name) => {
            const near = nearest(name, known);
            return {
              attribute: "log_opts",
              bound: `name options of the driver ${driver}: ${known.join(", ")}`,
              value: quoted(name),
              fix: near === undefined ? undefined : `did you mean "${near}"?`,
            };
          });
  }),
  rule("log-size", "invalid size: 'big'", ({ body }) => {
    const size = member(body, "log_opts")?.["max-size"];
    return typeof size !== "string" || /^\d+(\.\d+)? ?([kmgtp]i?b?)?$|^-1$|\$\{/i.test(size)
      ? []
      : [{ attribute: "log_opts", bound: "have a size such as 10m as its max-size", value: quoted(size) }];
  }),
];
