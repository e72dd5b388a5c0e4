import { bytesOf } from "../../rules/byte-units";
import type { Document, Rendered } from "../../rules/document";
import { constructOf } from "../construct-of";
import { endpointName, literalName } from "../machines/endpoint";
import type { Command } from "../machines/execute";
import { adopt } from "../recover/adoption";
import type { Obstacle, Step } from "../recover/repair";
import type { Scene } from "../recover/scene";

/** A disk that the code wants larger, or smaller, than it is. */
export interface Growth {
  readonly construct: string | null;
  readonly address: string;
  readonly volume: string;
  /** Bytes that it has, and that the code says. */
  readonly from: number;
  readonly to: number;
  /** The guest that runs with it, which sees the new size at once. */
  readonly guest: string | undefined;
  /** None for a disk that is to become smaller: nothing does that without losing what is at its end. */
  readonly run: readonly Command[];
  /** What the state is told afterwards. */
  readonly known: Step | Obstacle;
}

/** The disks whose size in the code is another one than on their host. What is uploaded has the size of its file. */
export function growths(stack: Document, scene: Scene): readonly Growth[] {
  return stack.resources("libvirt_volume").flatMap((one) => {
    const seen = scene.volume(one);
    const to = declaredSize(one);
    // Somebody may have grown it by hand: then only the state is to be told.
    const id = scene.attribute(one, "id");
    const grown = seen?.capacity === to;
    const known = scene.attribute(one, "capacity");
    if (
      !seen ||
      to === undefined ||
      id !== seen.path ||
      (grown && (known === undefined || known === one.body.capacity))
    ) {
      return [];
    }
    const user = scene.host(one)?.guests.find(({ files, state }) => state === "running" && files.includes(seen.path));
    const args = user ? ["blockresize", user.name, seen.path, `${to}B`] : ["vol-resize", seen.path, String(to)];
    const on = { endpoint: endpointName(one) };
    // A pool does not see by itself that a guest's disk has grown.
    const refresh = { on, args: ["pool-refresh", scene.resolve(String(one.body.pool)) ?? ""] };
    return [
      {
        construct: constructOf(one) ?? null,
        address: one.address,
        volume: literalName(one) ?? "",
        from: seen.capacity,
        to,
        guest: user?.name,
        known: adopt(scene, one, { id: seen.path, key: seen.path, path: seen.path }, "grown"),
        run: grown ? [refresh] : to > seen.capacity ? [{ on, args }, refresh] : [],
      },
    ];
  });
}

function declaredSize({ body }: Rendered): number | undefined {
  const bytes = bytesOf(body.capacity, body.capacity_unit ?? "bytes");
  return typeof body.capacity === "number" && body.create === undefined && !Number.isNaN(bytes) ? bytes : undefined;
}
