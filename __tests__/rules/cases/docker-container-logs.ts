import { type Case, container } from "./case";

export const dockerContainerLogsCases: Readonly<Record<string, Case>> = {
  "docker/container/log-driver": container(
    { log_driver: "jsonfile" },
    `'log_driver' must be a driver that there is, got "jsonfile" (did you mean "json-file"?)`,
    { log_driver: "local" },
  ),
  "docker/container/log-option": container(
    { log_driver: "json-file", log_opts: { maxsize: "1m" } },
    `'log_opts' must name options of the driver json-file: max-size, max-file, compress, labels, labels-regex, env, env-regex, tag, got "maxsize" (did you mean "max-size"?)`,
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
};
