import { isObject, member, type Rendered } from "../../rules/document";
import { constructOf } from "../construct-of";
import { endpointName, literalName } from "../machines/endpoint";
import type { SeenGuest, SeenPlace, SeenVolume } from "../machines/libvirt-connection";
import { adopt } from "./adoption";
import { unlikeKnown } from "./guest-match";
import type { Obstacle, Step } from "./repair";
import { about, type Found, renamed, type Scene } from "./scene";
import type { HypervisorSight } from "./sight";

const UNKNOWN = 'is there and not in the state: an apply would end with "already exists"';

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
    return [{ ...about(one), reason }];
  }
  const ids = { id: seen.uuid, uuid: seen.uuid };
  return [
    ...(known
      ? []
      : (renamed(scene, one, seen.uuid) ?? [shared(scene, one, adopt(scene, one, ids, `${named} ${UNKNOWN}`))])),
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
    return [];
  }
  const before = renamed(scene, one, seen.path);
  if (before) {
    return before;
  }
  const strangers = usersOf(host, seen.path).filter((guest) => !isSure(scene, guest));
  const [stranger] = strangers.filter((guest) => guest.construct !== undefined && !isOwn(scene, guest));
  if (stranger) {
    const reason = `volume ${name} is there, and guest ${stranger.name} of ${stranger.construct} uses it: rename one of them`;
    return [{ ...about(one), reason }];
  }
  const other = otherThan(scene, one, seen);
  if (other.length > 0) {
    const reason = `another volume ${name} is there, of ${other.join(" and ")}: rename one of them, or remove that one where nobody needs it`;
    return [{ ...about(one), reason }];
  }
  const uploaded = isObject(one.body.create);
  if (!uploaded || isUsed(host, seen.path)) {
    const computed = { id: seen.path, key: seen.path, path: seen.path };
    return [asking(adopt(scene, one, computed, `volume ${name} ${UNKNOWN}`), strangers)];
  }
  return [
    {
      ...about(one),
      action: "remove",
      reason: `volume ${name} is there and not in the state: its upload was interrupted, and nothing uses it yet; the next apply uploads it again`,
      asksFirst: false,
      repair: command(one, ["vol-delete", seen.path]),
    },
  ];
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
            repair: { kind: "command" as const, run: { on: "terraform" as const, args: ["taint", address] } },
          },
        ]
      : [];
  });
}

export function ofGuest(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const host = scene.host(one);
  const seen = host?.guests.find((guest) => guest.name === name);
  if (!host || !seen) {
    return [];
  }
  const found: Found[] = [];
  if (scene.attribute(one, "uuid") !== seen.uuid) {
    const own = scene.stack.resources("libvirt_volume").flatMap((volume) => scene.volume(volume)?.path ?? []);
    const before = renamed(scene, one, seen.uuid);
    if (before === undefined && !seen.files.some((file) => own.includes(file))) {
      const disks = seen.files.length === 0 ? "without disks" : `with the disks ${seen.files.join(", ")}`;
      const reason = `another guest of this name is there, ${disks}: rename one of them`;
      return [{ ...about(one), reason }];
    }
    const computed = { uuid: seen.uuid, ...(seen.id < 0 ? {} : { id: seen.id }) };
    if (before === undefined && seen.construct !== undefined && seen.construct !== constructOf(one)) {
      return [{ ...about(one), reason: `guest ${name} is there, and is ${seen.construct}: rename one of them` }];
    }
    const strangers = isSure(scene, seen) ? [] : [seen];
    const step = asking(adopt(scene, one, computed, `guest ${name} ${UNKNOWN}`), strangers);
    found.push(before ?? [step]);
  }
  if (typeof one.body.autostart === "boolean" && one.body.autostart !== seen.autostart) {
    const args = one.body.autostart ? ["autostart", name] : ["autostart", "--disable", name];
    const runs = seen.id >= 0;
    const then = runs ? "an apply would fail to change that while it runs" : "the next apply sets it";
    found.push([
      {
        ...about(one),
        action: "set",
        reason: `guest ${name} ${seen.autostart ? "starts" : "does not start"} with its host, and the code says otherwise: ${then}`,
        asksFirst: false,
        ...(runs ? {} : { inPlan: true }),
        repair: command(one, args),
      },
    ]);
  }
  if (one.body.running === true && seen.state !== "running") {
    const [verb, why] = seen.state === "paused" ? ["resume", "is paused"] : ["start", "is off"];
    const reason = `guest ${name} ${why}, which Terraform does not see: a plan is empty, or fails for what is inside`;
    const awaits = enginesIn(scene, one);
    found.push([
      {
        ...start(one, reason, [verb, name]),
        ...(awaits.length > 0 ? { beforePlans: true } : {}),
        repair: { ...command(one, [verb, name]), kind: "start", awaits },
      },
    ]);
  }
  return [...found.flat(), ...unplugged(scene, one, seen), ...changed(scene, one, seen)];
}

/** A guest that somebody defined otherwise, or whose devices somebody changed: another one is made as the code says, with its disks. */
function changed(scene: Scene, one: Rendered, seen: SeenGuest): readonly Step[] {
  const known = scene.attributes(one);
  if (known === undefined || scene.attribute(one, "uuid") !== seen.uuid || scene.tainted(one)) {
    return [];
  }
  const { unseen, failing } = unlikeKnown(known, seen);
  const all = [...unseen, ...failing];
  const then =
    failing.length === 0
      ? "which Terraform does not see: a plan is empty"
      : "and the next apply ends with an error, though it puts that back; the one after it goes through";
  return all.length === 0
    ? []
    : [
        {
          ...about(one),
          action: "replace",
          reason: `guest ${seen.name} is otherwise than Terraform left it: ${all.join(", ")}, ${then}. The next apply makes it again, with its disks, which restarts it`,
          asksFirst: true,
          ...(failing.length > 0 ? { inPlan: true } : {}),
          repair: { kind: "command", run: { on: "terraform", args: ["taint", one.address] } },
        },
      ];
}

/**
 * A network that was off, or made again, while a guest ran: libvirt plugs a guest in when it starts. What is saved and started again
 * goes on where it was.
 */
function unplugged(scene: Scene, one: Rendered, seen: SeenGuest): readonly Step[] {
  const own = seen.networks.filter((name) => {
    const network = scene.host(one)?.networks.get(name);
    return network?.active === true && network.guests?.has(seen.uuid) === false;
  });
  if (seen.state !== "running" || own.length === 0) {
    return [];
  }
  const again = command(one, ["start", seen.name]);
  return [
    {
      ...about(one),
      action: "connect",
      reason: `guest ${seen.name} is not plugged into ${own.join(" and ")}, which was off while it ran: nobody reaches it there, and Terraform does not see it`,
      asksFirst: false,
      repair: {
        ...again,
        kind: "start",
        first: command(one, ["managedsave", seen.name]).run,
        awaits: enginesIn(scene, one),
      },
    },
  ];
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

/** The Docker endpoints whose resources stand, through whatever, on a guest. */
export function enginesIn(scene: Scene, guest: Rendered): readonly string[] {
  const engines = [...scene.sights.values()].filter(({ kind }) => kind === "docker");
  return engines.map(({ endpoint }) => endpoint.name).filter((name) => scene.guestsUnder(name).includes(guest));
}

/** Whether a guest is this stack's: the state knows it, or it says so itself. */
function isOwn(scene: Scene, guest: SeenGuest): boolean {
  return scene.stack
    .resources("libvirt_domain")
    .filter((one) => literalName(one) === guest.name)
    .some((one) => scene.attribute(one, "uuid") === guest.uuid || guest.construct === constructOf(one));
}

/**
 * Whether a guest has no disk, and is on no network, that the code does not give to it. One of another project's may say that it is the
 * same construct.
 */
function isAsDeclared(scene: Scene, guest: SeenGuest): boolean {
  const one = scene.stack.resources("libvirt_domain").find((other) => literalName(other) === guest.name);
  if (one === undefined || scene.attribute(one, "uuid") === guest.uuid) {
    return true;
  }
  const files = new Set(scene.stack.resources("libvirt_volume").flatMap((volume) => scene.volume(volume)?.path ?? []));
  const networks = new Set(scene.stack.resources("libvirt_network").flatMap((network) => literalName(network) ?? []));
  const body = JSON.stringify(one.body);
  const isNamed = (text: string) => body.includes(JSON.stringify(text));
  return (
    guest.files.every((file) => files.has(file) || isNamed(file)) &&
    guest.networks.every((name) => networks.has(name) || isNamed(name))
  );
}

/** Whether a guest is this stack's beyond doubt. */
function isSure(scene: Scene, guest: SeenGuest): boolean {
  return isOwn(scene, guest) && isAsDeclared(scene, guest);
}

/** What does not say whose it is may be another stack's: it is taken only after somebody said yes. */
function asking(found: Step | Obstacle, strangers: readonly SeenGuest[]): Step | Obstacle {
  const [stranger] = strangers;
  return "action" in found && stranger !== undefined
    ? {
        ...found,
        asksFirst: true,
        reason: `${found.reason}; guest ${stranger.name} ${stranger.construct === undefined ? "does not say whose it is" : "has disks or networks that the code does not give to it"}, and may be another stack's, which this one would then destroy`,
      }
    : found;
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

function usersOf(host: HypervisorSight, path: string): readonly SeenGuest[] {
  return host.guests.filter(({ files }) => files.includes(path));
}

function isUsed(host: HypervisorSight, path: string): boolean {
  const backs = [...host.volumes.values()].some((pool) => [...pool.values()].some(({ backing }) => backing === path));
  return backs || usersOf(host, path).length > 0;
}

function command(one: Rendered, args: readonly string[]) {
  return { kind: "command" as const, run: { on: { endpoint: endpointName(one) }, args } };
}

function start(one: Rendered, reason: string, args: readonly string[]): Step {
  return { ...about(one), action: "start", reason, asksFirst: false, repair: command(one, args) };
}
