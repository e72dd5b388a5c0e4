import { along, blocksAlong } from "./along";
import { nameOfEngine } from "./docker-name";
import { isReference } from "./document";
import { oneOf, quoted, repeated, rulesOf } from "./look";
import type { Rule } from "./rule";

const MOUNTS = "task_spec.container_spec.mounts";

const rule = rulesOf("docker/service", "docker_service");

/** What a swarm and the provider refuse in what a service's tasks mount. */
export const dockerServiceMountRules: readonly Rule[] = [
  rule(
    "mount-type",
    "'nfs' doesn't match the pattern '^(bind|volume|tmpfs)$'",
    along(`${MOUNTS}.type`, oneOf(["bind", "volume", "tmpfs"])),
  ),
  rule(
    "mount-propagation",
    "'rshare' doesn't match the pattern",
    along(`${MOUNTS}.bind_options.propagation`, oneOf(["private", "rprivate", "shared", "rshared", "slave", "rslave"])),
  ),
  rule(
    "mount-target",
    "no error: every task is rejected, invalid mount target, must be an absolute path",
    along(`${MOUNTS}.target`, (target) =>
      String(target).startsWith("/") ? undefined : { bound: "be an absolute path", value: quoted(target) },
    ),
  ),
  rule("mount-twice", "ContainerSpec: duplicate mount point: /data", ({ body }) =>
    repeated(blocksAlong(body, MOUNTS), ({ target }) => target).map(({ target }) => ({
      attribute: `${MOUNTS}.target`,
      bound: "mount one thing per target",
      value: `${quoted(target)} twice`,
      fix: "remove one of them",
    })),
  ),
  rule(
    "mount-source",
    "no error: every task is rejected, invalid bind mount source, must be an absolute path",
    ({ body }) =>
      blocksAlong(body, MOUNTS).flatMap(({ type, source }) =>
        type === "bind" && !isReference(source) && !String(source ?? "").startsWith("/")
          ? [{ attribute: `${MOUNTS}.source`, bound: "be an absolute path on the host", value: quoted(source) }]
          : [],
      ),
  ),
  rule(
    "mount-tmpfs-source",
    "no error: every task is rejected, invalid tmpfs source, source must be empty",
    ({ body }) =>
      blocksAlong(body, MOUNTS).flatMap(({ type, source }) =>
        type === "tmpfs" && source !== undefined && source !== ""
          ? [{ attribute: `${MOUNTS}.source`, bound: "be left out for a tmpfs", value: quoted(source) }]
          : [],
      ),
  ),
  rule(
    "tmpfs-options",
    "The plugin crashed: interface conversion",
    ({ body }) =>
      blocksAlong(body, `${MOUNTS}.tmpfs_options`).map(() => ({
        attribute: `${MOUNTS}.tmpfs_options`,
        bound: "be left out on this line of the provider",
        value: "set",
      })),
    { proof: "read", lines: ["3.9.0"] },
  ),
  rule(
    "tmpfs-mode",
    "the second plan is never empty: mode is read back in its lowest nine bits",
    along(`${MOUNTS}.tmpfs_options.mode`, (mode) =>
      Number(mode) >= 0 && Number(mode) <= 511
        ? undefined
        : { bound: "be a decimal number from 0 to 511", value: String(mode), fix: "0755 is 493" },
    ),
    { proof: "read", lines: ["4.5.0"] },
  ),

  rule(
    "mount-volume-name",
    "no error: every task is rejected, invalid volume mount source, must not be an absolute path",
    along(`${MOUNTS}.source`, (source, { type }) =>
      type === "volume" && source !== "" && nameOfEngine(source)
        ? { bound: "be the name of a volume", value: quoted(source), fix: 'a folder of the host is of type "bind"' }
        : undefined,
    ),
  ),
];
