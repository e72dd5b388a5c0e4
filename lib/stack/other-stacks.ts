import { ownerPath, typeOfAddress } from "../core/address";
import type { OtherStack } from "../core/lock-file";
import { isKept, type LockedStack } from "../core/lock-format";
import { daemonKey } from "../core/machine-key";
import { problemMessage } from "../core/problems";
import { Remembered } from "./remembered";
import { kindOf } from "./resource-kind";
import type { Located } from "./synthesis-error";

export const OTHER_STACK = "lock/other-stack" as const;

/** The way to a host that says nothing of the machine: every machine has one of its own. */
const LOCAL = /^(unix:\/\/|qemu:\/\/\/|qemu\+unix:\/\/\/)/;

/**
 * What has the name of something that a stack keeps which this app does not have: they would be one thing, and go with either. Where
 * the host's address is the same on every machine, that is only a warning.
 */
export function keptByOtherStacks(
  stack: string,
  now: LockedStack,
  others: readonly OtherStack[],
): { readonly errors: Located[]; readonly warnings: Located[] } {
  const owners = new Map(
    others
      .filter((other) => other.stack === undefined)
      .flatMap(({ name, content: { hosts, resources } }) =>
        Object.values(resources)
          .filter(isKept)
          .map((one) => [keyOf(one, hosts), name] as const),
      ),
  );
  const found = Object.entries(now.resources).flatMap(([path, one]): (Located & { endpoint: string })[] => {
    const owner = owners.get(keyOf(one, now.hosts));
    const endpoint = now.hosts[one.host] ?? one.host;
    if (owner === undefined) {
      return [];
    }
    const kind = kindOf(typeOfAddress(one.address));
    const message = problemMessage({
      prop: "name",
      bound: `be another one than that of a ${kind} that stack ${owner}, which this app does not have, keeps on ${endpoint}`,
      value: JSON.stringify(one.name),
      fix: `both would be one ${kind}; choose another name, or remove the lines of ${owner} from berth.lock.json where that stack is gone`,
    });
    return [{ path: `${stack}/${ownerPath(path)}`, message, endpoint }];
  });
  const of = (local: boolean) => found.filter(({ endpoint }) => LOCAL.test(endpoint) === local);
  return {
    errors: of(false).map(({ path, message }) => ({ path, message: `${message} [${OTHER_STACK}]` })),
    warnings: of(true).map(({ path, message }) => ({ path, message })),
  };
}

/** What has come here, and has left another stack of the app in the same edit: that one, applied later, would destroy it. */
export function givenUpByOtherStacks(
  stack: string,
  before: LockedStack,
  now: LockedStack,
  others: readonly OtherStack[],
): Located[] {
  const givers = new Map(
    others.flatMap(({ name, content: { hosts, resources }, stack: other }) =>
      other === undefined
        ? []
        : Object.entries(resources)
            .filter(([path, one]) => one.released !== true && !Remembered.isDeclared(other, path, one))
            .map(([path, one]) => [keyOf(one, hosts), `${name}/${ownerPath(path)}`] as const),
    ),
  );
  return Object.entries(now.resources).flatMap(([path, one]): Located[] => {
    const giver = path in before.resources ? undefined : givers.get(keyOf(one, now.hosts));
    return giver === undefined
      ? []
      : [
          {
            path: `${stack}/${ownerPath(path)}`,
            message:
              `'name' cannot be "${one.name}" while ${giver} gives it up: whichever stack is applied last would destroy it, or fail (let ${giver} go ` +
              `first, apply in every state, then take it) [${OTHER_STACK}]`,
          },
        ];
  });
}

function keyOf(
  { address, name, host, pool = "" }: LockedStack["resources"][string],
  hosts: LockedStack["hosts"],
): string {
  return JSON.stringify([typeOfAddress(address), name, daemonKey(hosts[host] ?? host), pool]);
}
