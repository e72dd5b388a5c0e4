import { type Case, container } from "./case";

export const dockerContainerLogsCases: Readonly<Record<string, Case>> = {
  "docker/container/log-driver": container(
    { log_driver: "jsonfile" },
    `'log_driver' must be a driver that there is, got "jsonfile" (did you mean "json-file"?)`,
    { log_driver: "local" },
  ),
  "docker/container/log-option": container(
    { log_driver: "json-file", log_opts: { maxsize: "1m" } },
    `'log_opts' must name options of the driver json-file: max-size, max-file, compress, tag, labels, labels-regex, env, env-regex, mode, max-buffer-size, got "maxsize" (did you mean "max-size"?)`,
    {
      log_driver: "json-file",
      log_opts: { "max-size": "1m" },
    },
  ),
  "docker/container/log-size": container(
    { log_driver: "json-file", log_opts: { "max-size": "big" } },
    `'log_opts' must have a size such as 10m as its max-size, got "big"`,
    {
      log_driver: "json-file",
      log_opts: { "max-size": "1m" },
    },
  ),
  "docker/container/log-files": container(
    { log_opts: { "max-file": "0", "max-size": "1m" } },
    `'log_opts' must have a max-file of at least 1, got "0"`,
    {
      log_opts: { "max-file": "3", "max-size": "1m" },
      log_driver: "json-file",
    },
  ),
  "docker/container/log-compress": container(
    { log_driver: "json-file", log_opts: { compress: "true", "max-size": "1m" } },
    `'log_opts' must have a max-size, and a max-file of 2 or more, beside compress, got "max-file none, max-size 1m"`,
    { log_driver: "json-file", log_opts: { compress: "true", "max-size": "1m", "max-file": "2" } },
  ),
  "docker/container/log-mode": container(
    { log_driver: "json-file", log_opts: { mode: "nonblocking" } },
    `'log_opts' must have "blocking" or "non-blocking" as their mode, got "nonblocking"`,
    {
      log_driver: "json-file",
      log_opts: { mode: "non-blocking" },
    },
  ),
  "docker/container/log-buffer": container(
    { log_driver: "json-file", log_opts: { "max-buffer-size": "1m" } },
    `'log_opts' must have the mode non-blocking beside max-buffer-size, got "no mode"`,
    {
      log_driver: "json-file",
      log_opts: { mode: "non-blocking", "max-buffer-size": "1m" },
    },
  ),
  "docker/container/syslog-facility": container(
    { log_driver: "syslog", log_opts: { "syslog-facility": "locale0", "syslog-address": "udp://127.0.0.1:5514" } },
    `'log_opts' must have a facility that syslog knows, got "locale0"`,
    { log_driver: "syslog", log_opts: { "syslog-facility": "local0", "syslog-address": "udp://127.0.0.1:5514" } },
  ),
  "docker/container/syslog-address": container(
    { log_driver: "syslog", log_opts: { "syslog-address": "127.0.0.1:5514" } },
    `'log_opts' must have an address such as udp://192.0.2.1:514, got "127.0.0.1:5514"`,
    { log_driver: "syslog", log_opts: { "syslog-address": "udp://127.0.0.1:5514" } },
  ),
  "docker/container/gelf-address": container(
    { log_driver: "gelf", log_opts: { "gelf-address": "http://127.0.0.1:12201" } },
    `'log_opts' must have an address such as udp://192.0.2.1:12201, got "http://127.0.0.1:12201"`,
    { log_driver: "gelf", log_opts: { "gelf-address": "udp://127.0.0.1:12201" } },
  ),
  "docker/container/log-option-missing": container(
    { log_driver: "gelf" },
    "'log_opts' must have a gelf-address for gelf, got none",
    {
      log_driver: "gelf",
      log_opts: { "gelf-address": "udp://127.0.0.1:12201" },
    },
  ),
};
