import { posix } from "node:path";
import { blocks, isReference } from "./document";
import { sumOfParts } from "./go-duration";
import { on, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";
import { timeouts } from "./timeouts";

const SIGNALS: readonly string[] = (
  "ABRT ALRM BUS CHLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN " +
  "TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ"
).split(" ");

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse or undo in how a container starts, is waited for and ends. */
export const dockerContainerLifeRules: readonly Rule[] = [
  rule(
    "wait-needs-healthcheck",
    "you have supplied a 'wait' argument, but the container does not have a healthcheck defined",
    on("wait", (wait, { healthcheck }) =>
      wait === true && blocks(healthcheck).length === 0
        ? {
            bound: "stand with a healthcheck",
            value: "none",
            fix: "add one, or acknowledge that the image brings one",
          }
        : undefined,
    ),
    // An image may bring a check, which cannot be seen here.
    { severity: "warning" },
  ),
  rule("wait-timeout", "container failed to be in healthy state", ({ body }) => {
    const { wait, wait_timeout: timeout = 60, healthcheck } = body;
    const interval = blocks(healthcheck)[0]?.interval ?? "30s";
    return wait === true && blocks(healthcheck).length > 0 && Number(timeout) < sumOfParts(String(interval)) / 1000
      ? [
          {
            attribute: "wait_timeout",
            bound: `be longer than the health check's interval, ${String(interval)}`,
            value: `${String(timeout)} s`,
            fix: "the first check runs after one interval",
          },
        ]
      : [];
  }),
  rule(
    "rm-and-restart",
    "can't create 'AutoRemove' container with restart policy",
    on("rm", (rm, { restart = "no" }) =>
      rm === true && restart !== "no"
        ? { bound: "be left out where a restart policy is set", value: `rm with ${quoted(restart)}` }
        : undefined,
    ),
  ),
  rule(
    "start-and-must-run",
    "container failed to be in running state; or the second plan is never empty: must_run false -> true",
    on("start", (start, { must_run: must = true }) =>
      start === false && must === true
        ? { bound: "stand with must_run = false where it is false", value: "start = false alone" }
        : undefined,
    ),
  ),
  rule(
    "stop-signal",
    "Invalid signal: SIGSTOPP",
    on("stop_signal", (signal) =>
      /^\d+$|^(SIG)?RTM(IN|AX)/.test(String(signal)) ||
      SIGNALS.includes(String(signal).toUpperCase().replace(/^SIG/, ""))
        ? undefined
        : { bound: "be a signal that Linux has, such as SIGTERM", value: quoted(signal) },
    ),
  ),
  rule(
    "working-dir",
    "the working directory 'data' is invalid, it needs to be an absolute path",
    on("working_dir", (folder) =>
      String(folder).startsWith("/") ? undefined : { bound: "be an absolute path", value: quoted(folder) },
    ),
  ),
  rule(
    "working-dir-form",
    'the second plan is never empty: a replacement for working_dir "/data" -> "/data/"',
    on("working_dir", (folder) => {
      const clean = posix.normalize(String(folder)).replace(/(?<=.)\/$/, "");
      return !String(folder).startsWith("/") || clean === folder
        ? undefined
        : { bound: "be written as the engine stores it", value: quoted(folder), fix: `write "${clean}"` };
    }),
  ),
  rule(
    "command-empty",
    "the second plan is never empty: a replacement for command",
    on("command", (command) =>
      Array.isArray(command) && command.length === 0
        ? { bound: "be left out rather than empty", value: "[]" }
        : undefined,
    ),
  ),
  rule(
    "entrypoint-empty-word",
    "No command specified",
    on("entrypoint", (entrypoint) =>
      Array.isArray(entrypoint) && entrypoint[0] === "" ? { bound: "name a program first", value: '""' } : undefined,
    ),
  ),
  rule(
    "group",
    "Unable to find group no such: no matching entries in group file",
    on("group_add", (groups) => {
      const odd = (Array.isArray(groups) ? (groups as unknown[]) : []).find(
        (group) => !/^[\w.-]+$|\$\{/.test(String(group)),
      );
      return odd === undefined ? undefined : { bound: "be groups, by name or number", value: quoted(odd) };
    }),
  ),
  rule(
    "platform",
    'the second plan is never empty: a replacement for platform "linux" -> "linux/amd64"',
    on("platform", (platform) =>
      platform === "linux"
        ? undefined
        : { bound: "be left out", value: quoted(platform), fix: "name the platform on docker_image" },
    ),
    { lines: ["4.5.0"] },
  ),
  rule(
    "grace-negative",
    "no error: the process is killed at once",
    on("destroy_grace_seconds", (grace) =>
      Number(grace) >= 0 ? undefined : { bound: "be at least 0 seconds", value: String(grace) },
    ),
    { proof: "read" },
  ),
  rule(
    "pid-mode",
    "no error: the word is ignored, and the container has processes of its own",
    on("pid_mode", (mode) =>
      mode === "" || mode === "host" || String(mode).startsWith("container:")
        ? undefined
        : { bound: 'be "host" or a container', value: quoted(mode) },
    ),
  ),
  rule(
    "wait-with-none",
    "you have supplied a 'wait' argument, but the container does not have a healthcheck defined",
    on("wait", (wait, { healthcheck }) => {
      const test: unknown = blocks(healthcheck)[0]?.test;
      return wait === true && Array.isArray(test) && test[0] === "NONE"
        ? { bound: 'stand with a healthcheck that is not "NONE"', value: '"NONE"' }
        : undefined;
    }),
  ),

  rule(
    "wait-needs-start",
    "no error: nothing is started, and nothing is waited for",
    ({ body }) =>
      body.start === false && body.wait === true
        ? [{ attribute: "wait", bound: "be left out where start is false", value: "both" }]
        : [],
    { proof: "read" },
  ),
  rule(
    "logs-need-attach",
    "no error: container_logs stays empty",
    ({ body }) =>
      body.logs === true && body.attach !== true && !isReference(body.attach)
        ? [{ attribute: "logs", bound: "stand with attach", value: "true alone" }]
        : [],
    { proof: "read" },
  ),
  rule(
    "attach-and-must-run",
    "the second plan is never empty: must_run false -> true",
    ({ body: { attach, must_run: must = true } }) =>
      attach === true && must === true
        ? [
            {
              attribute: "attach",
              bound: "stand with must_run = false",
              value: "true, and must_run is true",
              fix: "attach waits until the container has ended",
            },
          ]
        : [],
  ),
  rule("timeout", 'Error parsing "create" timeout: time: unknown unit " minutes" in duration', timeouts, {
    lines: ["4.5.0"],
  }),
];
