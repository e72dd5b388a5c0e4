import type { MachineShell } from "../machines/machine-shell";
import type { Checks } from "./check";

/** Share of a disk that is to stay free. */
const RESERVE = 0.1;
const GIB = 1024 ** 3;

/** Of a folder that is still to be made, the nearest one above it that is there counts. */
const ROOM = 'while [ ! -d "$at" ]; do at=$(dirname -- "$at"); done; df -Pk -- "$at" | tail -n 1';

/** The room on the disk that a folder lies on, or will lie on; `wanted` bytes are still to be written. */
export function checkSpace(shell: MachineShell | undefined, folder: string, wanted: number, checks: Checks): void {
  const [, size = 0, , free = 0] = (shell?.(ROOM, { at: folder }).out ?? "").trim().split(/\s+/).map(Number);
  if (size > 0) {
    sayRoom(folder, size * 1024, free * 1024, wanted, checks);
  }
}

export function sayRoom(folder: string, size: number, free: number, wanted: number, checks: Checks): void {
  const gib = (bytes: number) => `${(bytes / GIB).toFixed(1)} GiB`;
  const text = `${folder}: ${gib(free)} of ${gib(size)} free`;
  if (wanted > free) {
    checks.warning(
      `${text}, and its disks may grow by ${gib(wanted)}`,
      "make room, or make some of the disks smaller before they are made",
    );
  } else if (free < size * RESERVE) {
    checks.warning(text, "make room: docker system prune, or virsh vol-list POOL");
  } else {
    checks.ok(text);
  }
}
