/** The log drivers of the Docker engine itself; a plugin may have any other name. */
export const LOG_DRIVERS: readonly string[] = [
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

/** What the two drivers that write files take; options of others are for their makers to say. */
export const LOG_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "json-file": [
    "max-size",
    "max-file",
    "compress",
    "labels",
    "labels-regex",
    "env",
    "env-regex",
    "tag",
    "mode",
    "max-buffer-size",
  ],
  local: ["max-size", "max-file", "compress", "mode", "max-buffer-size"],
};
