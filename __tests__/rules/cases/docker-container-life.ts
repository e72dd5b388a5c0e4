import { type Case, container } from "./case";
import { check } from "./container-parts";

export const dockerContainerLifeCases: Readonly<Record<string, Case>> = {
  "docker/container/working-dir": container(
    { working_dir: "data" },
    `'working_dir' must be an absolute path, got "data"`,
    { working_dir: "/data" },
  ),
  "docker/container/working-dir-form": container(
    { working_dir: "/data/" },
    `'working_dir' must be written as the engine stores it, got "/data/" (write "/data")`,
    { working_dir: "/data" },
  ),
  "docker/container/wait-needs-healthcheck": container(
    { wait: true },
    "'wait' must stand with a healthcheck, got none (add one, or acknowledge that the image brings one)",
    {
      wait: true,
      wait_timeout: 20,
      ...check({ interval: "1s", test: ["CMD", "/bin/true"] }),
    },
  ),
  "docker/container/wait-timeout": container(
    { wait: true, wait_timeout: 2, ...check({ interval: "5s" }) },
    "'wait_timeout' must be longer than the health check's interval, 5s, got 2 s (the first check runs after one interval)",
    {},
  ),
  "docker/container/rm-and-restart": container(
    { rm: true, restart: "always" },
    `'rm' must be left out where a restart policy is set, got rm with "always"`,
    { rm: true },
  ),
  "docker/container/start-and-must-run": container(
    { start: false },
    "'start' must stand with must_run = false where it is false, got start = false alone",
    { start: false, must_run: false },
  ),
  "docker/container/platform": container(
    { platform: "linux/amd64" },
    `'platform' must be left out, got "linux/amd64" (name the platform on docker_image)`,
    {},
    { lines: ["4.5.0"] },
  ),
  "docker/container/command-empty": container({ command: [] }, "'command' must be left out rather than empty, got []", {
    command: ["/bin/web"],
  }),
  "docker/container/entrypoint-empty-word": container(
    { entrypoint: [""] },
    `'entrypoint' must name a program first, got ""`,
    { entrypoint: ["/bin/web"] },
  ),
  "docker/container/stop-signal": container(
    { stop_signal: "SIGSTOPP" },
    `'stop_signal' must be a signal that Linux has, such as SIGTERM, got "SIGSTOPP"`,
    { stop_signal: "SIGINT" },
  ),
  "docker/container/group": container(
    { group_add: ["no such"] },
    `'group_add' must be groups, by name or number, got "no such"`,
    { group_add: ["1000"] },
  ),
  "docker/container/grace-negative": container(
    { destroy_grace_seconds: -1 },
    "'destroy_grace_seconds' must be at least 0 seconds, got -1",
    { destroy_grace_seconds: 0 },
    { read: true },
  ),
  "docker/container/pid-mode": container(
    { pid_mode: "hosts" },
    `'pid_mode' must be "host" or a container, got "hosts"`,
    { pid_mode: "host" },
    { look: ["docker", "inspect", "-f", "{{.HostConfig.PidMode}}", "%"] },
  ),
  "docker/container/wait-with-none": container(
    { wait: true, wait_timeout: 5, healthcheck: [{ test: ["NONE"] }] },
    `'wait' must stand with a healthcheck that is not "NONE", got "NONE"`,
    {},
  ),
  "docker/container/wait-needs-start": container(
    { start: false, must_run: false, wait: true, healthcheck: [{ test: ["CMD", "true"] }] },
    "'wait' must be left out where start is false, got both",
    { start: false, must_run: false },
    { read: true },
  ),
  "docker/container/logs-need-attach": container(
    { logs: true },
    "'logs' must stand with attach, got true alone",
    {},
    { read: true },
  ),
  "docker/container/attach-and-must-run": container(
    { attach: true, command: ["/bin/echo", "hi"] },
    "'attach' must stand with must_run = false, got true, and must_run is true (attach waits until the container has ended)",
    {
      must_run: false,
      attach: true,
      command: ["/bin/echo", "hi"],
    },
  ),
  "docker/container/timeout": container(
    { timeouts: { create: "10 minutes" } },
    `'timeouts.create' must be a duration, got "10 minutes" (such as 10m)`,
    { timeouts: { create: "10m" } },
    { lines: ["4.5.0"] },
  ),
};
