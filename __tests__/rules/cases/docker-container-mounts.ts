import { type Case, container } from "./case";
import { other } from "./container-parts";

export const dockerContainerMountsCases: Readonly<Record<string, Case>> = {
  "docker/container/mount-target": container(
    { volumes: [{ container_path: "data", host_path: "/a" }] },
    `'volumes.0.container_path' must have an absolute path in the container that is not / as its target, got "data"`,
    { volumes: [{ container_path: "/data", host_path: "/a" }] },
  ),
  "docker/container/mount-target-duplicate": container(
    { volumes: [{ container_path: "/a", host_path: "/a" }], tmpfs: { "/a": "" } },
    `'tmpfs' must mount one thing per target, got "/a" twice (remove one of them)`,
    { volumes: [{ container_path: "/a", host_path: "/a" }], tmpfs: { "/b": "" } },
  ),
  "docker/container/host-path": container(
    { volumes: [{ container_path: "/a", host_path: "a" }] },
    `'volumes.0.host_path' must have an absolute path on the host as its source, got "a"`,
    { volumes: [{ container_path: "/a", host_path: "/a" }] },
  ),
  "docker/container/mount-colon": container(
    { volumes: [{ container_path: "/a:ro", host_path: "/a" }] },
    `'volumes.0.container_path' must have no ':' in its paths, got "/a:ro" (say readOnly instead)`,
    { volumes: [{ container_path: "/a", host_path: "/a", read_only: true }] },
  ),
  "docker/container/mount-source": container(
    { mounts: [{ type: "bind", source: "data", target: "/data" }] },
    `'mounts.0.source' must be an absolute path on the host, got "data"`,
    {
      mounts: [{ type: "bind", source: "/tmp", target: "/data" }],
    },
  ),
  "docker/container/mount-type": container(
    { mounts: [{ type: "nfs", source: "/tmp", target: "/data" }] },
    `'mounts.0.type' must be "bind", "volume" or "tmpfs", got "nfs" (a docker_volume with driver "local" mounts NFS)`,
    {
      mounts: [{ type: "tmpfs", target: "/data" }],
    },
  ),
  "docker/container/volume-options": container(
    { mounts: [{ type: "volume", source: "berth-rule-own", target: "/data", volume_options: [{ no_copy: true }] }] },
    "'mounts.0.volume_options' must be left out for engines before 26.0, got set (use a volumes block, and a docker_volume for driver and labels)",
    { mounts: [{ type: "tmpfs", target: "/data" }] },
  ),
  "docker/container/volume-what": container(
    { volumes: [{ read_only: true }] },
    "'volumes.0' must have a container_path or from_container, got neither",
    {
      volumes: [{ container_path: "/data" }],
    },
  ),
  "docker/container/volume-both": container(
    { volumes: [{ container_path: "/data", from_container: "${docker_container.other.id}" }] },
    "'volumes.0' must have one of container_path and from_container, got both",
    { volumes: [{ from_container: "${docker_container.other.id}" }] },
    { beside: other({}) },
  ),
  "docker/container/tmpfs-option": container(
    { tmpfs: { "/t": "sizes=1m" } },
    `'tmpfs' must have options that tmpfs knows, got "sizes=1m" (such as size=64m, mode=1777 or noexec)`,
    { tmpfs: { "/t": "size=1m" } },
  ),
  "docker/container/mount-tmpfs-source": container(
    { mounts: [{ type: "tmpfs", source: "/tmp", target: "/data" }] },
    `'mounts.0.source' must be left out for a tmpfs, got "/tmp"`,
    { mounts: [{ type: "tmpfs", target: "/data" }] },
  ),
  "docker/container/mount-bind-source": container(
    { mounts: [{ type: "bind", target: "/data" }] },
    "'mounts.0.source' must be set for a bind mount, got nothing",
    {
      mounts: [{ type: "bind", source: "/tmp", target: "/data" }],
    },
  ),
  "docker/container/mount-propagation": container(
    { mounts: [{ type: "bind", source: "/tmp", target: "/data", bind_options: [{ propagation: "sharedd" }] }] },
    `'mounts.0.bind_options.propagation' must be "private", "rprivate", "shared", "rshared", "slave" or "rslave", got "sharedd" (did you mean "shared"?)`,
    { mounts: [{ type: "bind", source: "/srv", target: "/data", bind_options: [{ propagation: "rprivate" }] }] },
  ),
  "docker/container/mount-options-kind": container(
    {
      mounts: [
        { type: "volume", source: "berth-rule-own", target: "/data", bind_options: [{ propagation: "rprivate" }] },
      ],
    },
    "'mounts.0.bind_options' must be left out for a volume, got set",
    { mounts: [{ type: "volume", source: "berth-rule-own", target: "/data" }] },
  ),
  "docker/container/volume-name-form": container(
    { volumes: [{ volume_name: "my data!", container_path: "/data" }] },
    `'volumes.0.volume_name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got "my data!"`,
    { volumes: [{ volume_name: "berth-rule-own", container_path: "/data" }] },
  ),
  "docker/container/volume-and-path": container(
    { volumes: [{ volume_name: "berth-rule-own", host_path: "/tmp", container_path: "/data" }] },
    "'volumes.0' must have one of volume_name and host_path, got both",
    { volumes: [{ host_path: "/tmp", container_path: "/data" }] },
    { look: ["docker", "inspect", "-f", "{{json .HostConfig.Binds}}", "%"] },
  ),
  "docker/container/from-container-read-only": container(
    { volumes: [{ from_container: "${docker_container.other.id}", read_only: true }] },
    "'volumes.0.read_only' must be left out where from_container is set, got both (mount the volume by its name)",
    { volumes: [{ from_container: "${docker_container.other.id}" }] },
    { beside: other({}), read: true },
  ),
  "docker/container/mount-volume-name": container(
    { mounts: [{ type: "volume", target: "/d", source: "/srv/data" }] },
    `'mounts.0.source' must be the name of a volume, got "/srv/data" (a folder of the host is of type "bind")`,
    { mounts: [{ type: "bind", target: "/d", source: "/srv" }] },
  ),
  "docker/container/root-of-host": container(
    { volumes: [{ host_path: "/var/run/docker.sock", container_path: "/s" }] },
    `'volumes.0.host_path' must not hand the host to the container, got "/var/run/docker.sock" (mount the folder that it needs; a socket is root on the host, read-only or not)`,
    { volumes: [{ host_path: "/var/run/lock", container_path: "/s" }] },
  ),
};
