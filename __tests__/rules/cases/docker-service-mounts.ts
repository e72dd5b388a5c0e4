import { type Body, type Case, casesOf, SWARM } from "./case";

const service = casesOf("docker_service", { name: "web" });
const inside = (more: Body): Body => ({ task_spec: [{ container_spec: [{ image: "nginx:1", ...more }] }] });
const REJECTED = { ...SWARM, look: ["docker", "service", "ps", "--no-trunc", "--format", "{{.Error}}", "%"] };

export const dockerServiceMountCases: Readonly<Record<string, Case>> = {
  "docker/service/mount-type": service(
    inside({ mounts: [{ type: "nfs", target: "/d", source: "data" }] }),
    `'task_spec.container_spec.mounts.type' must be "bind", "volume" or "tmpfs", got "nfs"`,
    inside({ mounts: [{ type: "volume", target: "/d", source: "data" }] }),
    SWARM,
  ),
  "docker/service/mount-propagation": service(
    inside({ mounts: [{ type: "bind", target: "/d", source: "/srv", bind_options: [{ propagation: "rshare" }] }] }),
    `'task_spec.container_spec.mounts.bind_options.propagation' must be "private", "rprivate", "shared", "rshared", "slave" or "rslave", got "rshare" (did you mean "rshared"?)`,
    inside({ mounts: [{ type: "bind", target: "/d", source: "/srv", bind_options: [{ propagation: "rslave" }] }] }),
    SWARM,
  ),
  "docker/service/mount-target": service(
    inside({ mounts: [{ type: "tmpfs", target: "data" }] }),
    `'task_spec.container_spec.mounts.target' must be an absolute path, got "data"`,
    inside({ mounts: [{ type: "tmpfs", target: "/data" }] }),
    REJECTED,
  ),
  "docker/service/mount-twice": service(
    inside({
      mounts: [
        { type: "tmpfs", target: "/d" },
        { type: "volume", target: "/d", source: "data" },
      ],
    }),
    `'task_spec.container_spec.mounts.target' must mount one thing per target, got "/d" twice (remove one of them)`,
    inside({
      mounts: [
        { type: "tmpfs", target: "/d" },
        { type: "volume", target: "/e", source: "data" },
      ],
    }),
    SWARM,
  ),
  "docker/service/mount-source": service(
    inside({ mounts: [{ type: "bind", target: "/d", source: "data" }] }),
    `'task_spec.container_spec.mounts.source' must be an absolute path on the host, got "data"`,
    inside({ mounts: [{ type: "bind", target: "/d", source: "/srv" }] }),
    REJECTED,
  ),
  "docker/service/mount-tmpfs-source": service(
    inside({ mounts: [{ type: "tmpfs", target: "/d", source: "/srv" }] }),
    `'task_spec.container_spec.mounts.source' must be left out for a tmpfs, got "/srv"`,
    inside({ mounts: [{ type: "tmpfs", target: "/d" }] }),
    REJECTED,
  ),
  "docker/service/tmpfs-options": service(
    inside({ mounts: [{ type: "tmpfs", target: "/d", tmpfs_options: [{ size_bytes: 1048576 }] }] }),
    "'task_spec.container_spec.mounts.tmpfs_options' must be left out on this line of the provider, got set",
    inside({ mounts: [{ type: "tmpfs", target: "/d" }] }),
    { ...SWARM, read: true, lines: ["3.9.0"] },
  ),
  "docker/service/tmpfs-mode": service(
    inside({ mounts: [{ type: "tmpfs", target: "/d", tmpfs_options: [{ mode: 1777 }] }] }),
    "'task_spec.container_spec.mounts.tmpfs_options.mode' must be a decimal number from 0 to 511, got 1777 (0755 is 493)",
    inside({ mounts: [{ type: "tmpfs", target: "/d" }] }),
    { ...SWARM, read: true, lines: ["4.5.0"] },
  ),
  "docker/service/mount-volume-name": service(
    inside({ mounts: [{ type: "volume", target: "/d", source: "/srv/data" }] }),
    `'task_spec.container_spec.mounts.source' must be the name of a volume, got "/srv/data" (a folder of the host is of type "bind")`,
    inside({ mounts: [{ type: "volume", target: "/d", source: "data" }] }),
    REJECTED,
  ),
};
