import { nearest } from "../core/nearest";
import { blocks, isReference } from "./document";
import { each, on, quoted, rulesOf } from "./look";
import type { Rule, Sight } from "./rule";

/** What Linux knows, without `CAP_`. */
const CAPABILITIES: readonly string[] = (
  "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER " +
  "FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE " +
  "NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE " +
  "SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM"
).split(" ");

type Seen = Omit<Sight, "attribute"> | undefined;

function inCapabilities(look: (name: string) => Seen): Rule["check"] {
  return ({ body }) =>
    blocks(body.capabilities).flatMap((block) =>
      ["add", "drop"].flatMap((kind) =>
        (Array.isArray(block[kind]) ? (block[kind] as unknown[]) : []).flatMap((name) => {
          const seen = isReference(name) ? undefined : look(String(name));
          return seen ? [{ attribute: `capabilities.${kind}`, ...seen }] : [];
        }),
      ),
    );
}

const bare = (name: string) => name.toUpperCase().replace(/^CAP_/, "");
const known = (name: string) => name.toUpperCase() === "ALL" || CAPABILITIES.includes(bare(name));

const OPTION = /^(no-new-privileges([:=](true|false))?|(seccomp|apparmor|label)[:=].+|systempaths[:=]unconfined)$/;

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse or undo in what a container may do to the kernel. */
export const dockerContainerSecurityRules: readonly Rule[] = [
  rule(
    "capability-unknown",
    'invalid CapAdd: unknown capability: "CAP_NET_ADMN"',
    inCapabilities((name) => {
      const near = nearest(bare(name), CAPABILITIES);
      return known(name)
        ? undefined
        : {
            bound: "name capabilities that Linux has, or ALL",
            value: quoted(name),
            fix: near === undefined ? undefined : `did you mean "CAP_${near}"?`,
          };
    }),
  ),
  rule(
    "capability-form",
    'the second plan is never empty: a replacement for "CAP_NET_RAW" -> "NET_RAW"',
    inCapabilities((name) =>
      name === "ALL" || name === `CAP_${bare(name)}` || !known(name)
        ? undefined
        : {
            bound: "be written as the provider reads it back",
            value: quoted(name),
            fix: name.toUpperCase() === "ALL" ? 'write "ALL"' : `write "CAP_${bare(name)}"`,
          },
    ),
  ),
  rule(
    "seccomp-path",
    "Decoding seccomp profile failed: invalid character '/' looking for beginning of value",
    each("security_opts", (option) =>
      /^seccomp[:=](?!unconfined$|builtin$|\s*\{)/.test(String(option))
        ? {
            bound: "hold a seccomp profile's JSON, not a path",
            value: quoted(option),
            fix: "read the file and put its text there",
          }
        : undefined,
    ),
  ),
  rule(
    "systempaths",
    "the second plan is never empty: a replacement for systempaths=unconfined",
    each("security_opts", (option) =>
      /^systempaths[:=]/.test(String(option))
        ? { bound: "not hold systempaths, which the provider cannot read back", value: quoted(option) }
        : undefined,
    ),
  ),
  rule(
    "security-option",
    'invalid --security-opt 2: "privileged=no"',
    each("security_opts", (option) =>
      OPTION.test(String(option))
        ? undefined
        : {
            bound: "be no-new-privileges, seccomp=…, apparmor=… or label=…",
            value: quoted(option),
          },
    ),
  ),
  rule(
    "sysctl",
    'sysctl "kernel.foo" is not in a separate kernel namespace',
    on("sysctls", (sysctls, { network_mode: mode }) => {
      const names = Object.keys(typeof sysctls === "object" && sysctls !== null ? sysctls : {});
      const own = /^(net\.|fs\.mqueue\.|kernel\.(msg|sem|shm)|kernel\.(domainname|hostname)$)/;
      const shared = names.find((name) => !own.test(name) || (name.startsWith("net.") && mode === "host"));
      return shared === undefined
        ? undefined
        : {
            bound: "name settings that a container has for itself",
            value: quoted(shared),
            fix: "set it on the machine",
          };
    }),
  ),
  rule(
    "device-fields",
    'the second plan is never empty: a replacement for devices.0.permissions "rwm" -> ""',
    ({ body }) =>
      blocks(body.devices).flatMap(({ container_path: inside, permissions }, index) =>
        inside !== undefined && permissions !== undefined
          ? []
          : [
              {
                attribute: `devices.${index}`,
                bound: "name container_path and permissions, too",
                value: inside === undefined ? "no container_path" : "no permissions",
                fix: "the engine's defaults are the host's path, and \"rwm\"",
              },
            ],
      ),
    { lines: ["3.9.0"] },
  ),
  rule(
    "sysctl-shared",
    'sysctl "kernel.shmmax" is not allowed in host ipc namespace',
    on("sysctls", (sysctls, { ipc_mode: ipc }) => {
      const names = Object.keys(typeof sysctls === "object" && sysctls !== null ? sysctls : {});
      const shared = names.find((name) => /^(kernel\.(msg|sem|shm)|fs\.mqueue\.)/.test(name));
      return ipc === "host" && shared !== undefined
        ? { bound: "leave out what the host's IPC namespace has", value: quoted(shared), fix: "set it on the machine" }
        : undefined;
    }),
  ),
  rule(
    "device-permissions",
    "no error on some engines, refused by others: invalid device mode",
    ({ body }) =>
      blocks(body.devices).flatMap(({ permissions }, index) =>
        permissions === undefined || isReference(permissions) || /^[rwm]{0,3}$/.test(String(permissions))
          ? []
          : [
              {
                attribute: `devices.${index}.permissions`,
                bound: "be of the letters r, w and m",
                value: quoted(permissions),
              },
            ],
      ),
    { proof: "read" },
  ),
  rule(
    "gpus",
    "the second plan is never empty: every other value is read back as none",
    on("gpus", (gpus) => (gpus === "all" ? undefined : { bound: 'be "all"', value: quoted(gpus) })),
    { proof: "read", lines: ["3.9.0"] },
  ),

  rule(
    "gpus-once",
    '"device_requests": conflicts with gpus',
    ({ body }) =>
      body.gpus !== undefined && blocks(body.device_requests).length > 0
        ? [{ attribute: "gpus", bound: "be left out where device_requests are set", value: "both" }]
        : [],
    { lines: ["4.5.0"] },
  ),
  rule(
    "device-request",
    "cannot set both Count and DeviceIDs on device request",
    ({ body }) =>
      blocks(body.device_requests).flatMap(({ count, device_ids: ids }, index) =>
        count !== undefined && count !== 0 && Array.isArray(ids) && ids.length > 0
          ? [{ attribute: `device_requests.${index}`, bound: "have one of count and device_ids", value: "both" }]
          : [],
      ),
    { lines: ["4.5.0"], proof: "read" },
  ),
];
