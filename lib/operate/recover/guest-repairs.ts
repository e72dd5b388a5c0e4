import type { Rendered } from "../../rules/document";
import { constructOf } from "../construct-of";
import { endpointName, literalName } from "../machines/endpoint";
import type { SeenGuest } from "../machines/libvirt-connection";
import { adopt } from "./adoption";
import { unlikeKnown } from "./guest-match";
import { asking, isSure } from "./guest-owner";
import type { Obstacle, Step } from "./repair";
import { about, type Found, inTheWay, makeAgain, renamed, type Scene } from "./scene";
import { command, start, UNKNOWN } from "./virsh-steps";

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
      return [inTheWay({ ...about(one), reason })];
    }
    const computed = { uuid: seen.uuid, ...(seen.id < 0 ? {} : { id: seen.id }) };
    if (before === undefined && seen.construct !== undefined && seen.construct !== constructOf(one)) {
      const reason = `guest ${name} is there, and is ${seen.construct}: rename one of them`;
      return [inTheWay({ ...about(one), reason })];
    }
    const strangers = isSure(scene, seen) ? [] : [seen];
    const step = inTheWay(asking(adopt(scene, one, computed, `guest ${name} ${UNKNOWN}`), strangers));
    found.push(before ?? [step]);
  }
  const { autostart } = one.body;
  if (typeof autostart === "boolean" && autostart !== seen.autostart && !isEdited(scene, one, "autostart")) {
    const args = autostart ? ["autostart", name] : ["autostart", "--disable", name];
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
  const lost = goneUnder(scene, one, seen);
  if (lost.length > 0) {
    return [...found.flat(), lacking(scene, one, seen, lost)];
  }
  const awaits = enginesIn(scene, one);
  // The apply makes it again, and starts it; what is inside has to be asked before that.
  const isLeftOff = (scene.tainted(one) || isEdited(scene, one, "running")) && awaits.length === 0;
  if (one.body.running === true && seen.state !== "running" && !isLeftOff) {
    const [verb, why] = seen.state === "paused" ? ["resume", "is paused"] : ["start", "is off"];
    const reason = `guest ${name} ${why}, which Terraform does not see: a plan is empty, or fails for what is inside`;
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

/** Whether the code says something else than Terraform left: the next apply does that. */
function isEdited(scene: Scene, one: Rendered, attribute: string): boolean {
  const known = scene.attribute(one, attribute);
  return known !== undefined && known !== null && known !== one.body[attribute];
}

/** Something that a guest is made of, and that is not there any more. */
interface Lost {
  readonly what: string;
  readonly address: string;
}

/** Networks and disks of a guest that the stack declares, and that are gone, though the state knows the guest. */
function goneUnder(scene: Scene, one: Rendered, seen: SeenGuest): readonly Lost[] {
  if (scene.attribute(one, "uuid") !== seen.uuid || scene.tainted(one)) {
    return [];
  }
  const own = (type: string) =>
    scene.stack.resources(type).filter((other) => endpointName(other) === endpointName(one));
  const networks = own("libvirt_network").flatMap((network): Lost[] => {
    const name = literalName(network) ?? "";
    const isGone = seen.networks.includes(name) && scene.host(one)?.networks.has(name) === false;
    return isGone ? [{ what: `network ${name}`, address: network.address }] : [];
  });
  const disks = own("libvirt_volume").flatMap((volume): Lost[] => {
    const file = scene.attribute(volume, "id");
    const isGone = scene.isListed(volume) && scene.volume(volume) === undefined && seen.files.includes(String(file));
    return isGone ? [{ what: `disk ${file}`, address: volume.address }] : [];
  });
  return [...networks, ...disks];
}

/** A guest that cannot be started before an apply made again what it needs; or one that runs, and gets it back only after that. */
function lacking(scene: Scene, one: Rendered, seen: SeenGuest, lost: readonly Lost[]): Step | Obstacle {
  const isGone = `${lost.map(({ what }) => what).join(" and ")} of guest ${seen.name} ${lost.length === 1 ? "is" : "are"} gone`;
  if (seen.id >= 0) {
    return { ...about(one), reason: `${isGone} while it runs: apply, and berth recover again` };
  }
  if (enginesIn(scene, one).length > 0) {
    const targets = lost.map(({ address }) => `-target=${address}`).join(" ");
    const reason = `${isGone}, and no plan can be made while its engine is off: terraform apply ${targets}, and berth recover again`;
    return { ...about(one), reason };
  }
  return {
    ...about(one),
    action: "replace",
    reason: `${isGone}, and it is off: the next apply makes ${lost.length === 1 ? "it" : "them"} again, and the guest, which starts it`,
    asksFirst: false,
    repair: makeAgain(one.address),
  };
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
          repair: makeAgain(one.address),
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

/** The Docker endpoints whose resources stand, through whatever, on a guest. */
export function enginesIn(scene: Scene, guest: Rendered): readonly string[] {
  const engines = [...scene.sights.values()].filter(({ kind }) => kind === "docker");
  return engines.map(({ endpoint }) => endpoint.name).filter((name) => scene.guestsUnder(name).includes(guest));
}
