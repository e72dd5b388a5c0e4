import type { Rendered } from "../../rules/document";
import { endpointName } from "../machines/endpoint";
import type { Step } from "./repair";
import { about } from "./scene";

/** What is said of a thing of libvirt's that only its host knows. */
export const UNKNOWN = 'is there and not in the state: an apply would end with "already exists"';

/** A virsh command on the host of a resource. */
export function command(one: Rendered, args: readonly string[]) {
  return { kind: "command" as const, run: { on: { endpoint: endpointName(one) }, args } };
}

/** What is off is started. */
export function start(one: Rendered, reason: string, args: readonly string[]): Step {
  return { ...about(one), action: "start", reason, asksFirst: false, repair: command(one, args) };
}
