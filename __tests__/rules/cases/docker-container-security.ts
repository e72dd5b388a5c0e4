import { type Case, container } from "./case";

export const dockerContainerSecurityCases: Readonly<Record<string, Case>> = {
  "docker/container/capability-form": container(
    { capabilities: [{ drop: ["NET_RAW"] }] },
    `'capabilities.drop' must be written as the provider reads it back, got "NET_RAW" (write "CAP_NET_RAW")`,
    {
      capabilities: [{ drop: ["CAP_NET_RAW"] }],
    },
  ),
  "docker/container/capability-unknown": container(
    { capabilities: [{ add: ["CAP_NET_ADMN"] }] },
    `'capabilities.add' must name capabilities that Linux has, or ALL, got "CAP_NET_ADMN" (did you mean "CAP_NET_ADMIN"?)`,
    {
      capabilities: [{ add: ["CAP_NET_ADMIN"], drop: ["ALL"] }],
    },
  ),
  "docker/container/device-fields": container(
    { devices: [{ host_path: "/dev/null" }] },
    `'devices.0' must name container_path and permissions, too, got no container_path (the engine's defaults are the host's path, and "rwm")`,
    { devices: [{ host_path: "/dev/null", container_path: "/dev/null", permissions: "rwm" }] },
    { lines: ["3.9.0"] },
  ),
  "docker/container/seccomp-path": container(
    { security_opts: ["seccomp=/etc/seccomp.json"] },
    `'security_opts.0' must hold a seccomp profile's JSON, not a path, got "seccomp=/etc/seccomp.json" (read the file and put its text there)`,
    {
      security_opts: ["seccomp=unconfined"],
    },
  ),
  "docker/container/systempaths": container(
    { security_opts: ["systempaths=unconfined"] },
    `'security_opts.0' must not hold systempaths, which the provider cannot read back, got "systempaths=unconfined"`,
    {
      security_opts: ["no-new-privileges:true"],
    },
  ),
  "docker/container/security-option": container(
    { security_opts: ["privileged=no"] },
    `'security_opts.0' must be no-new-privileges, seccomp=…, apparmor=… or label=…, got "privileged=no"`,
    {
      security_opts: ["apparmor=unconfined"],
    },
  ),
  "docker/container/sysctl": container(
    { sysctls: { "kernel.foo": "1" } },
    `'sysctls' must name settings that a container has for itself, got "kernel.foo" (set it on the machine)`,
    {
      sysctls: { "net.ipv4.ip_forward": "1" },
    },
  ),
  "docker/container/sysctl-shared": container(
    { ipc_mode: "host", sysctls: { "kernel.shmmax": "68719476736" } },
    `'sysctls' must leave out what the host's IPC namespace has, got "kernel.shmmax" (set it on the machine)`,
    {
      sysctls: { "kernel.shmmax": "68719476736" },
    },
  ),
  "docker/container/device-permissions": container(
    { devices: [{ host_path: "/dev/null", container_path: "/dev/null", permissions: "rwx" }] },
    `'devices.0.permissions' must be of the letters r, w and m, got "rwx"`,
    { devices: [{ host_path: "/dev/null", container_path: "/dev/null", permissions: "rw" }] },
    { read: true },
  ),
  "docker/container/gpus": container(
    { gpus: "1" },
    `'gpus' must be "all", got "1"`,
    {},
    { read: true, lines: ["3.9.0"] },
  ),
  "docker/container/gpus-once": container(
    { gpus: "all", device_requests: [{ driver: "nvidia", count: -1 }] },
    "'gpus' must be left out where device_requests are set, got both",
    { device_requests: [{ driver: "nvidia", count: -1, capabilities: ["gpu"] }] },
    { lines: ["4.5.0"], elsewhere: "needs a GPU" },
  ),
  "docker/container/device-request": container(
    { device_requests: [{ driver: "nvidia", count: 1, device_ids: ["0"] }] },
    "'device_requests.0' must have one of count and device_ids, got both",
    { device_requests: [{ driver: "nvidia", count: 1 }] },
    { lines: ["4.5.0"], read: true, elsewhere: "needs a GPU" },
  ),
};
