import { posix } from "node:path";
import { nameOfEngine } from "./docker-name";
import { blocks, isObject, isReference, type Json } from "./document";
import { inBlocks, on, oneOf, quoted, repeated, rulesOf, seen } from "./look";
import type { Rule } from "./rule";

/** Where a container's file system is mounted over: attribute, and absolute target. */
function targets(body: Json): { readonly attribute: string; readonly target: string }[] {
  const found: { attribute: string; target: string }[] = [];
  const see = (attribute: string, target: unknown) => {
    if (typeof target === "string" && !isReference(target)) {
      found.push({ attribute, target });
    }
  };
  for (const [index, one] of blocks(body.volumes).entries()) {
    see(`volumes.${index}.container_path`, one.container_path);
  }
  for (const [index, one] of blocks(body.mounts).entries()) {
    see(`mounts.${index}.target`, one.target);
  }
  for (const target of Object.keys(isObject(body.tmpfs) ? body.tmpfs : {})) {
    see("tmpfs", target);
  }
  return found;
}

const PATHS = ["container_path", "host_path"] as const;

const TMPFS_FLAGS: readonly string[] = (
  "ro rw exec noexec suid nosuid dev nodev sync async dirsync remount mand nomand atime noatime diratime nodiratime " +
  "relatime norelatime strictatime nostrictatime bind rbind unbindable runbindable private rprivate shared rshared slave rslave defaults"
).split(" ");

const rule = rulesOf("docker/container", "docker_container");

/** Folders and sockets of a host that make who is in the container its root, however they are mounted. */
const ROOT_OF_HOST = /^((\/var)?\/run(\/(docker\.sock|libvirt(\/.*)?|containerd(\/.*)?|podman(\/.*)?))?)?\/?$/;

/** The host's paths among what a container mounts, with where they stand. */
function hostPaths(body: Json): readonly (readonly [attribute: string, path: string])[] {
  const known = (attribute: string, path: unknown) =>
    typeof path === "string" && !isReference(path) ? [[attribute, path] as const] : [];
  return [
    ...blocks(body.volumes).flatMap((one, index) => known(`volumes.${index}.host_path`, one.host_path)),
    ...blocks(body.mounts).flatMap((one, index) =>
      one.type === "bind" ? known(`mounts.${index}.source`, one.source) : [],
    ),
  ];
}

/** What Docker and its provider refuse or undo in what a container mounts. */
export const dockerContainerMountRules: readonly Rule[] = [
  rule("mount-target", "invalid mount path: 'x' mount path must be absolute", ({ body }) =>
    seen(targets(body), ({ attribute, target }) =>
      /^\/[^/]/.test(target)
        ? undefined
        : {
            attribute,
            bound: "have an absolute path in the container that is not / as its target",
            value: quoted(target),
          },
    ),
  ),
  rule("mount-target-duplicate", "Duplicate mount point: X", ({ body }) => {
    const clean = (target: string) => posix.normalize(target).replace(/\/+$/, "");
    return repeated(targets(body), ({ target }) => clean(target)).map(({ attribute, target }) => ({
      attribute,
      bound: "mount one thing per target",
      value: `${quoted(target)} twice`,
      fix: "remove one of them",
    }));
  }),
  rule("host-path", "invalid volume specification: the path must be absolute", ({ body }) =>
    seen(blocks(body.volumes), ({ host_path: path }, index) =>
      typeof path !== "string" || path.startsWith("/") || isReference(path)
        ? undefined
        : {
            attribute: `volumes.${index}.host_path`,
            bound: "have an absolute path on the host as its source",
            value: quoted(path),
          },
    ),
  ),
  rule("mount-colon", "invalid mode: X; the engine splits what it mounts at ':'", ({ body }) =>
    blocks(body.volumes).flatMap((volume, index) =>
      seen(PATHS, (name) => {
        const path = volume[name];
        return typeof path === "string" && path.includes(":") && !isReference(path)
          ? {
              attribute: `volumes.${index}.${name}`,
              bound: "have no ':' in its paths",
              value: quoted(path),
              fix: "say readOnly instead",
            }
          : undefined;
      }),
    ),
  ),
  rule(
    "mount-type",
    "'nfs' doesn't match the pattern '^(bind|volume|tmpfs)$'",
    inBlocks("mounts", "type", oneOf(["bind", "volume", "tmpfs"], 'a docker_volume with driver "local" mounts NFS')),
  ),
  rule(
    "mount-source",
    "invalid mount config for type \"bind\": invalid mount path: 'data' mount path must be absolute",
    inBlocks("mounts", "source", (source, { type }) =>
      type !== "bind" || String(source).startsWith("/")
        ? undefined
        : { bound: "be an absolute path on the host", value: quoted(source) },
    ),
  ),
  rule(
    "volume-options",
    "Setting VolumeOptions.Subpath requires docker version 1.45 or higher",
    ({ body }) =>
      blocks(body.mounts).flatMap(({ volume_options: options }, index) =>
        blocks(options).length > 0
          ? [
              {
                attribute: `mounts.${index}.volume_options`,
                bound: "be left out for engines before 26.0",
                value: "set",
                fix: "use a volumes block, and a docker_volume for driver and labels",
              },
            ]
          : [],
      ),
    // Newer engines take them.
    { severity: "warning" },
  ),
  rule(
    "root-of-host",
    "no error: whoever gets into the container is root on the host",
    ({ body }) =>
      seen(hostPaths(body), ([attribute, path]) =>
        ROOT_OF_HOST.test(posix.normalize(path))
          ? {
              attribute,
              bound: "not hand the host to the container",
              value: quoted(path),
              fix: "mount the folder that it needs; a socket is root on the host, read-only or not",
            }
          : undefined,
      ),
    { severity: "warning", proof: "read" },
  ),
  rule("volume-what", "volume entry without container path or source container", ({ body }) =>
    seen(blocks(body.volumes), ({ container_path: path, from_container: from }, index) =>
      path === undefined && from === undefined
        ? { attribute: `volumes.${index}`, bound: "have a container_path or from_container", value: "neither" }
        : undefined,
    ),
  ),
  rule("volume-both", "both a container and a path specified in a volume entry", ({ body }) =>
    seen(blocks(body.volumes), ({ container_path: path, from_container: from }, index) =>
      path !== undefined && from !== undefined
        ? { attribute: `volumes.${index}`, bound: "have one of container_path and from_container", value: "both" }
        : undefined,
    ),
  ),
  rule(
    "tmpfs-option",
    'invalid tmpfs option ["sizes" "1m"]',
    on("tmpfs", (tmpfs) => {
      const given = isObject(tmpfs) ? Object.values(tmpfs).filter((options) => !isReference(options)) : [];
      const odd = given
        .flatMap((options) => String(options).split(","))
        .find(
          (option) =>
            option !== "" &&
            !TMPFS_FLAGS.includes(option) &&
            !/^(size=\d+[kmgKMG%]?|nr_inodes=\d+[kmgKMG]?|nr_blocks=\d+[kmgKMG]?|mode=[0-7]+|uid=\d+|gid=\d+|mpol=.+)$/.test(
              option,
            ),
        );
      return odd === undefined
        ? undefined
        : { bound: "have options that tmpfs knows", value: quoted(odd), fix: "such as size=64m, mode=1777 or noexec" };
    }),
  ),
  rule(
    "mount-tmpfs-source",
    'invalid mount config for type "tmpfs": field Source must not be specified',
    inBlocks("mounts", "source", (source, { type }) =>
      type === "tmpfs" && source !== "" ? { bound: "be left out for a tmpfs", value: quoted(source) } : undefined,
    ),
  ),
  rule("mount-bind-source", 'invalid mount config for type "bind": field Source must not be empty', ({ body }) =>
    blocks(body.mounts).flatMap(({ type, source }, index) =>
      type === "bind" && (source === undefined || source === "")
        ? [{ attribute: `mounts.${index}.source`, bound: "be set for a bind mount", value: "nothing" }]
        : [],
    ),
  ),
  rule("mount-propagation", "'sharedd' doesn't match the pattern", ({ body }) =>
    blocks(body.mounts).flatMap(({ bind_options: options }, index) =>
      blocks(options).flatMap(({ propagation }) => {
        const words = ["private", "rprivate", "shared", "rshared", "slave", "rslave"];
        const seen = propagation === undefined || isReference(propagation) ? undefined : oneOf(words)(propagation);
        return seen ? [{ attribute: `mounts.${index}.bind_options.propagation`, ...seen }] : [];
      }),
    ),
  ),
  rule("mount-options-kind", "invalid mount config: options of another type are refused", ({ body }) =>
    blocks(body.mounts).flatMap((mount, index) =>
      (["bind", "volume", "tmpfs"] as const).flatMap((kind) =>
        mount.type !== kind && blocks(mount[`${kind}_options`]).length > 0 && !isReference(mount.type)
          ? [
              {
                attribute: `mounts.${index}.${kind}_options`,
                bound: `be left out for a ${String(mount.type)}`,
                value: "set",
              },
            ]
          : [],
      ),
    ),
  ),
  rule(
    "volume-name-form",
    "includes invalid characters for a local volume name",
    inBlocks("volumes", "volume_name", nameOfEngine),
  ),
  rule("volume-and-path", "no error: the volume is ignored", ({ body }) =>
    seen(blocks(body.volumes), ({ volume_name: volume, host_path: path }, index) =>
      volume !== undefined && path !== undefined
        ? { attribute: `volumes.${index}`, bound: "have one of volume_name and host_path", value: "both" }
        : undefined,
    ),
  ),

  rule(
    "from-container-read-only",
    "no error: the volumes can be written to",
    ({ body }) =>
      blocks(body.volumes).flatMap(({ from_container: from, read_only: only }, index) =>
        from !== undefined && only === true
          ? [
              {
                attribute: `volumes.${index}.read_only`,
                bound: "be left out where from_container is set",
                value: "both",
                fix: "mount the volume by its name",
              },
            ]
          : [],
      ),
    { proof: "read" },
  ),

  rule(
    "mount-volume-name",
    "includes invalid characters for a local volume name; if you intended to pass a host directory, use absolute path",
    inBlocks("mounts", "source", (source, { type }) =>
      type === "volume" && source !== "" && nameOfEngine(source)
        ? { bound: "be the name of a volume", value: quoted(source), fix: 'a folder of the host is of type "bind"' }
        : undefined,
    ),
  ),
];
