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

const TAGS = ["tag", "labels", "labels-regex", "env", "env-regex", "mode", "max-buffer-size"];

/** What each driver takes, as Docker's documentation and sources list it. */
export const LOG_OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "json-file": ["max-size", "max-file", "compress", ...TAGS],
  local: ["max-size", "max-file", "compress", "mode", "max-buffer-size"],
  journald: TAGS,
  syslog: [
    "syslog-address",
    "syslog-facility",
    "syslog-tls-ca-cert",
    "syslog-tls-cert",
    "syslog-tls-key",
    "syslog-tls-skip-verify",
    "syslog-format",
    ...TAGS,
  ],
  gelf: [
    "gelf-address",
    "gelf-compression-type",
    "gelf-compression-level",
    "gelf-tcp-max-reconnect",
    "gelf-tcp-reconnect-delay",
    ...TAGS,
  ],
  fluentd: [
    "fluentd-address",
    "fluentd-async",
    "fluentd-async-connect",
    "fluentd-async-reconnect-interval",
    "fluentd-buffer-limit",
    "fluentd-max-retries",
    "fluentd-read-timeout",
    "fluentd-request-ack",
    "fluentd-retry-wait",
    "fluentd-sub-second-precision",
    "fluentd-write-timeout",
    ...TAGS,
  ],
};

/** What a driver cannot do without. */
export const LOG_NEEDS: Readonly<Record<string, readonly string[]>> = {
  gelf: ["gelf-address"],
  splunk: ["splunk-token", "splunk-url"],
  awslogs: ["awslogs-group"],
};
