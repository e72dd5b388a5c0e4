import { type Body, type Case, casesOf, SWARM } from "./case";
import { dockerContainerHealthCases } from "./docker-container-health";
import { dockerContainerLifeCases } from "./docker-container-life";
import { dockerContainerLogsCases } from "./docker-container-logs";
import { dockerContainerMountsCases } from "./docker-container-mounts";
import { dockerContainerSecurityCases } from "./docker-container-security";

const CONTAINER = "task_spec.container_spec";

/** What is said of a container, as it is said of a service. */
const WORDS: readonly (readonly [string, string, string])[] = [
  ["capability-unknown", "capabilities.add", `${CONTAINER}.cap_add`],
  ["healthcheck-line", "healthcheck.", `${CONTAINER}.healthcheck.`],
  ["healthcheck-retries", "healthcheck.", `${CONTAINER}.healthcheck.`],
  ["healthcheck-shell", "healthcheck.", `${CONTAINER}.healthcheck.`],
  ["healthcheck-test", "healthcheck.", `${CONTAINER}.healthcheck.`],
  ["log-buffer", "log_opts", "task_spec.log_driver.options"],
  ["log-compress", "log_opts", "task_spec.log_driver.options"],
  ["log-driver", "log_driver", "task_spec.log_driver.name"],
  ["log-files", "log_opts", "task_spec.log_driver.options"],
  ["log-mode", "log_opts", "task_spec.log_driver.options"],
  ["log-option", "log_opts", "task_spec.log_driver.options"],
  ["log-option-missing", "log_opts", "task_spec.log_driver.options"],
  ["log-size", "log_opts", "task_spec.log_driver.options"],
  ["mount-options-kind", "mounts.", `${CONTAINER}.mounts.`],
  ["stop-signal", "stop_signal", `${CONTAINER}.stop_signal`],
  ["sysctl", "sysctls", `${CONTAINER}.sysctl`],
];

const ALL: Readonly<Record<string, Case>> = {
  ...dockerContainerHealthCases,
  ...dockerContainerLifeCases,
  ...dockerContainerLogsCases,
  ...dockerContainerMountsCases,
  ...dockerContainerSecurityCases,
};

const service = casesOf("docker_service", { name: "web" });

/** A container's body as the task of a service. */
function asTask({ healthcheck, mounts, stop_signal, sysctls, capabilities, log_driver, log_opts }: Body): Body {
  const [caps] = (Array.isArray(capabilities) ? capabilities : []) as readonly Body[];
  const inside: Body = {
    image: "nginx:1",
    ...(healthcheck !== undefined && { healthcheck }),
    ...(mounts !== undefined && { mounts }),
    ...(stop_signal !== undefined && { stop_signal }),
    ...(sysctls !== undefined && { sysctl: sysctls }),
    ...(caps && { cap_add: caps.add ?? [] }),
  };
  const log = log_driver !== undefined || log_opts !== undefined;
  return {
    task_spec: [
      {
        container_spec: [inside],
        ...(log && {
          log_driver: [{ name: log_driver ?? "json-file", ...(log_opts !== undefined && { options: log_opts }) }],
        }),
      },
    ],
  };
}

/** The fixtures of a container's rules, in a service: what its tasks do of them no plan and no apply shows. */
export const dockerServiceContainerCases: Readonly<Record<string, Case>> = Object.fromEntries(
  WORDS.map(([name, from, to]) => {
    const { bad, good, says } = ALL[`docker/container/${name}`] as Case;
    const rest = { ...SWARM, read: true, elsewhere: "is a container's fixture" } as const;
    return [`docker/service/${name}`, service(asTask(bad), says.replace(`'${from}`, `'${to}`), asTask(good), rest)];
  }),
);
