import { constructOf } from "../construct-of";
import { literalName } from "../machines/endpoint";
import type { SeenGuest } from "../machines/libvirt-connection";
import type { Obstacle, Step } from "./repair";
import type { Scene } from "./scene";
import type { HypervisorSight } from "./sight";

/** Whether a guest is this stack's: the state knows it, or it says so itself. */
export function isOwn(scene: Scene, guest: SeenGuest): boolean {
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
export function isSure(scene: Scene, guest: SeenGuest): boolean {
  return isOwn(scene, guest) && isAsDeclared(scene, guest);
}

/** What does not say whose it is may be another stack's: it is taken only after somebody said yes. */
export function asking(found: Step | Obstacle, strangers: readonly SeenGuest[]): Step | Obstacle {
  const [stranger] = strangers;
  return "action" in found && stranger !== undefined
    ? {
        ...found,
        asksFirst: true,
        reason: `${found.reason}; guest ${stranger.name} ${stranger.construct === undefined ? "does not say whose it is" : "has disks or networks that the code does not give to it"}, and may be another stack's, which this one would then destroy`,
      }
    : found;
}

export function usersOf(host: HypervisorSight, path: string): readonly SeenGuest[] {
  return host.guests.filter(({ files }) => files.includes(path));
}
