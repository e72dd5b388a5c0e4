import { isObject, member, type Rendered } from "../../rules/document";
import { literalName } from "../machines/endpoint";
import type { SeenPlace, SeenVolume } from "../machines/libvirt-connection";
import { adopt } from "./adoption";
import { asking, isOwn, isSure, usersOf } from "./guest-owner";
import type { Obstacle, Step } from "./repair";
import { about, type Found, inTheWay, makeAgain, renamed, type Scene } from "./scene";
import type { HypervisorSight } from "./sight";
import { command, start, UNKNOWN } from "./virsh-steps";

export function ofPool(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const folder = member(one.body, "target")?.path;
  return ofPlace(scene, one, scene.host(one)?.pools.get(name), {
    kind: "pool",
    where: typeof folder === "string" ? folder.replace(/\/$/, "") : undefined,
    preposition: "in",
    off: ": its volumes would be planned anew, and an apply would fail",
    start: ["pool-start", name, "--build"],
  });
}

export function ofNetwork(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const bridge = member(one.body, "bridge")?.name;
  return ofPlace(scene, one, scene.host(one)?.networks.get(name), {
    kind: "network",
    where: typeof bridge === "string" ? bridge : undefined,
    preposition: "on",
    off: ", which Terraform does not see",
    start: ["net-start", name],
  });
}

/** What a pool and a network differ in. */
interface PlaceKind {
  readonly kind: "pool" | "network";
  /** The folder or bridge that is declared, by which it is known as this stack's. */
  readonly where: string | undefined;
  readonly preposition: string;
  /** What comes of it when it is off, as it goes on after that. */
  readonly off: string;
  readonly start: readonly string[];
}

function ofPlace(scene: Scene, one: Rendered, seen: SeenPlace | undefined, place: PlaceKind): Found {
  const { kind, where, preposition, off } = place;
  if (!seen) {
    return [];
  }
  const named = `${kind} ${literalName(one)}`;
  const known = scene.attribute(one, "uuid") === seen.uuid;
  if (!known && where !== undefined && where !== seen.where) {
    const reason = `another ${kind} of this name is there, ${preposition} ${seen.where}: rename one of them`;
    return [inTheWay({ ...about(one), reason })];
  }
  const ids = { id: seen.uuid, uuid: seen.uuid };
  return [
    ...(known
      ? []
      : (renamed(scene, one, seen.uuid) ?? [
          inTheWay(shared(scene, one, adopt(scene, one, ids, `${named} ${UNKNOWN}`))),
        ])),
    // A plan takes for gone what is in a pool that is off.
    ...(seen.active
      ? []
      : [
          {
            ...start(one, `${named} is not active${off}`, place.start),
            ...(kind === "pool" ? { beforePlans: true } : {}),
          },
        ]),
  ];
}

/** A pool with volumes that this stack does not declare may be another stack's: it is taken only after somebody said yes. */
function shared(scene: Scene, one: Rendered, found: Step | Obstacle): Step | Obstacle {
  if (one.type !== "libvirt_pool" || !("action" in found)) {
    return found;
  }
  const own = new Set(scene.stack.resources("libvirt_volume").map((volume) => literalName(volume)));
  const host = scene.host(one);
  const volumes = [...(host?.volumes.get(literalName(one) ?? "") ?? [])];
  const others = volumes.map(([name]) => name).filter((name) => !own.has(name) && !scene.kept.has(name));
  const strangers = volumes
    .flatMap(([, { path }]) => (host ? usersOf(host, path) : []))
    .filter((guest) => !isSure(scene, guest));
  if (strangers.length > 0) {
    return asking(found, strangers);
  }
  return others.length === 0
    ? found
    : {
        ...found,
        asksFirst: true,
        reason: `${found.reason}; ${others.join(", ")} lies in it, which this stack does not declare: it may be another stack's`,
      };
}

export function ofVolume(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const host = scene.host(one);
  const seen = scene.volume(one);
  if (!host) {
    return [];
  }
  if (!seen) {
    return scene.attribute(one, "id") === undefined ? writtenAgain(scene, one) : [];
  }
  if (scene.attribute(one, "id") === seen.path) {
    return anotherDisk(scene, one, seen);
  }
  const before = renamed(scene, one, seen.path);
  if (before) {
    return before;
  }
  const strangers = usersOf(host, seen.path).filter((guest) => !isSure(scene, guest));
  const [stranger] = strangers.filter((guest) => guest.construct !== undefined && !isOwn(scene, guest));
  if (stranger) {
    const reason = `volume ${name} is there, and guest ${stranger.name} of ${stranger.construct} uses it: rename one of them`;
    return [inTheWay({ ...about(one), reason })];
  }
  const other = otherThan(scene, one, seen);
  if (other.length > 0) {
    const reason = `another volume ${name} is there, of ${other.join(" and ")}: rename one of them, or remove that one where nobody needs it`;
    return [inTheWay({ ...about(one), reason })];
  }
  const uploaded = isObject(one.body.create);
  if (!uploaded || isUsed(host, seen.path)) {
    const computed = { id: seen.path, key: seen.path, path: seen.path };
    return [inTheWay(asking(adopt(scene, one, computed, `volume ${name} ${UNKNOWN}`), strangers))];
  }
  return [
    inTheWay({
      ...about(one),
      action: "remove",
      reason: `volume ${name} is there and not in the state: its upload was interrupted, and nothing uses it yet; the next apply uploads it again`,
      asksFirst: false,
      repair: command(one, ["vol-delete", seen.path]),
    }),
  ];
}

/**
 * A disk that is neither of the size that Terraform left it, nor of the one that the code says; and one that has the code's and is not known
 * so, as the provider believes its state. What is still to be grown, a plan shows.
 */
function anotherDisk(scene: Scene, one: Rendered, { capacity, path }: SeenVolume): Found {
  const declared = one.body.capacity;
  const known = scene.attribute(one, "capacity");
  if (typeof declared !== "number" || capacity === known) {
    return [];
  }
  if (capacity === declared) {
    const reason = `disk ${path} has the ${capacity} bytes that the code says, and the state has ${String(known)}: an apply would end with "Update Not Supported"; berth grow --apply`;
    return typeof known === "number" ? [{ ...about(one), reason }] : [];
  }
  const reason =
    `disk ${path} has ${capacity} bytes in place of ${declared}, which Terraform does not see: somebody made it, or changed its size, past berth; ` +
    "say its size in the code and run berth grow --apply; or remove it: the next apply makes an empty one";
  return [{ ...about(one), leftSo: true, reason }];
}

/** A volume that is to be made from a file of this machine, which something else of the stack wrote, and which is gone. */
function writtenAgain(scene: Scene, one: Rendered): Found {
  const url = member(member(one.body, "create"), "content")?.url;
  const file = typeof url === "string" ? scene.resolve(url) : undefined;
  const writers = Array.isArray(one.body.depends_on) ? one.body.depends_on.map(String) : [];
  if (file === undefined || /^https?:/.test(file) || scene.exists(file)) {
    return [];
  }
  return writers.flatMap((address) => {
    const writer = scene.stack.at(address);
    return writer?.type === "terraform_data" && scene.attribute(writer, "id") !== undefined && !scene.tainted(writer)
      ? [
          {
            ...about(one),
            action: "make again" as const,
            reason: `the file ${file} that ${address} wrote for it is not on this machine: an apply would end with "failed to stat file"`,
            asksFirst: false,
            repair: makeAgain(address),
          },
        ]
      : [];
  });
}

/**
 * Volumes in the stack's own pools that nobody knows: an interrupted run, a former state of the code, or another project left them. What
 * is on them is nobody's to remove but a person's.
 */
export function leftOver(scene: Scene): Found {
  const known = new Set([
    ...(scene.state?.resources ?? []).flatMap(({ instances }) => instances.map(({ attributes }) => attributes?.id)),
    ...scene.stack.resources("libvirt_volume").map((one) => scene.volume(one)?.path),
  ]);
  // What lies in a folder that was there before is anybody's.
  const own = scene.stack.resources("libvirt_pool").filter(({ body }) => member(body, "destroy")?.delete !== false);
  return own.flatMap((pool) => {
    const host = scene.host(pool);
    const volumes = [...(host?.volumes.get(literalName(pool) ?? "") ?? [])];
    return volumes
      .filter(([name, { path }]) => host && !known.has(path) && !isUsed(host, path) && !scene.kept.has(name))
      .map(
        ([name, { path }]): Obstacle => ({
          ...about(pool),
          reason:
            `volume ${name} lies in pool ${literalName(pool)} and belongs to nothing in the code or the state: the pool cannot be destroyed with it; ` +
            `where nobody needs it: virsh vol-delete ${path}`,
        }),
      );
  });
}

/** In what a volume is another one than declared, as a message names it. */
function otherThan(scene: Scene, { body }: Rendered, seen: SeenVolume): readonly string[] {
  const { capacity, backing_store: store, target } = body;
  const backing = member({ store }, "store")?.path;
  const below = typeof backing === "string" ? scene.resolve(backing) : undefined;
  const format = member(member({ target }, "target"), "format")?.type;
  return [
    ...(typeof capacity === "number" && capacity !== seen.capacity ? [`${seen.capacity} bytes`] : []),
    ...(below !== undefined && below !== seen.backing ? [`backing store ${seen.backing ?? "none"}`] : []),
    ...(typeof format === "string" && seen.format !== "" && format !== seen.format ? [`format ${seen.format}`] : []),
  ];
}

function isUsed(host: HypervisorSight, path: string): boolean {
  const backs = [...host.volumes.values()].some((pool) => [...pool.values()].some(({ backing }) => backing === path));
  return backs || usersOf(host, path).length > 0;
}
