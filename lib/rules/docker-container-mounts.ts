import { posix } from "node:path";
import { blocks, isReference, type Json } from "./document";
import { quoted, repeated, rulesOf } from "./look";
import type { Rule } from "./rule";

/** Where a container's file system is mounted over: attribute, and absolute target. */
function targets(body: Json): { readonly attribute: string; readonly target: string }[] {
  const volumes = blocks(body.volumes).map((one, index) => ({
    attribute: `volumes.${index}.container_path`,
    target: one.container_path,
  }));
  const mounts = blocks(body.mounts).map((one, index) => ({ attribute: `mounts.${index}.target`, target: one.target }));
  const tmpfs = Object.keys(typeof body.tmpfs === "object" && body.tmpfs !== null ? body.tmpfs : {});
  const all = [...volumes, ...mounts, ...tmpfs.map((target) => ({ attribute: "tmpfs", target }))];
  return all.flatMap(({ attribute, target }) =>
    typeof target === "string" && !isReference(target) ? [{ attribute, target }] : [],
  );
}

const rule = rulesOf("docker/container", "docker_container");

/** What Docker and its provider refuse or undo in what a container mounts. */
export const dockerContainerMountRules: readonly Rule[] = [
  rule("mount-target", "invalid mount path: 'x' mount path must be absolute", ({ body }) =>
    targets(body).flatMap(({ attribute, target }) =>
      /^\/[^/]/.test(target)
        ? []
        : [
            {
              attribute,
              bound: "have an absolute path in the container that is not / as its target",
              value: quoted(target),
            },
          ],
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
    blocks(body.volumes).flatMap(({ host_path: path }, index) =>
      typeof path !== "string" || path.startsWith("/") || isReference(path)
        ? []
        : [
            {
              attribute: `volumes.${index}.host_path`,
              bound: "have an absolute path on the host as its source",
              value: quoted(path),
            },
          ],
    ),
  ),
  rule("mount-colon", "invalid mode: X; the engine splits what it mounts at ':'", ({ body }) =>
    blocks(body.volumes).flatMap((volume, index) =>
      (["container_path", "host_path"] as const).flatMap((name) => {
        const path = volume[name];
        const split = typeof path === "string" && !isReference(path) && path.includes(":");
        const attribute = `volumes.${index}.${name}`;
        return split
          ? [{ attribute, bound: "have no ':' in its paths", value: quoted(path), fix: "say readOnly instead" }]
          : [];
      }),
    ),
  ),
];
