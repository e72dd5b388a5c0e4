import { ownerPath, typeOfAddress } from "../core/address";
import { canBeReleased, type LockedResource } from "../core/lock-format";
import { daemonKey } from "../core/machine-key";
import { commandLine } from "../core/shell-word";
import type { Comparison } from "./comparison";
import { kindOf } from "./resource-kind";
import type { Located } from "./synthesis-error";

type Entry = readonly [path: string, resource: LockedResource];

/** What must not become of hosts while what was on them leaves the code; `leaving` is what a plan destroys. */
export function checkHosts(comparison: Comparison, gone: readonly Entry[], leaving: readonly Entry[]): Located[] {
  return [...withoutHost(comparison, gone), ...leftAlone(comparison, leaving), ...takenIds(comparison)];
}

/** What is let go of together with the host that it is on: Terraform forgets nothing whose provider it does not know. */
function withoutHost({ stack, releases, forgets, hasBlocks, hasHost }: Comparison, gone: readonly Entry[]): Located[] {
  return gone
    .filter(([path, one]) => canBeReleased(one) && releases(path) && !hasHost(one.host))
    .filter(([path]) => hasBlocks || !forgets(path))
    .map(([path, one]) => ({
      path: `${stack}/${ownerPath(path)}`,
      message:
        `${kindOf(typeOfAddress(one.address))} "${one.name}" cannot be let go of together with its host: Terraform would end with "Provider configuration not ` +
        `present" (leave the host in the code until every state was applied, or run ${commandLine(["terraform", "state", "rm", one.address])} in each and remove its line ` +
        "from berth.lock.json) [lock/host-of-released]",
    }));
}

/** Hosts that are gone in the edit that takes away what was on them. */
function leftAlone({ stack, before, hasHost }: Comparison, leaving: readonly Entry[]): Located[] {
  const hosts = [...new Set(leaving.map(([, { host }]) => host))].filter((host) => !hasHost(host));
  return hosts.map((host) => {
    const endpoint = before.hosts[host];
    const all = leaving.filter(([, one]) => one.host === host);
    const names = all.map(([, { address, name }]) => `${kindOf(typeOfAddress(address))} "${name}"`).join(" and ");
    return {
      path: stack,
      message:
        `host ${host}${endpoint === undefined ? "" : ` (${endpoint})`} cannot leave the code together with ${names}: Terraform would end with "Provider ` +
        `configuration not present" (leave the host in the code until every state was applied without ${all.length === 1 ? "it" : "them"}) [lock/host]`,
    };
  });
}

/** Ids that led to another daemon before, where nothing is remembered on it; hosts with something on them say so themselves. */
function takenIds({ stack, before, hosts }: Comparison): Located[] {
  const used = new Set(Object.values(before.resources).map(({ host }) => host));
  return Object.entries(before.hosts).flatMap(([host, was]): Located[] => {
    const is = hosts[host];
    return used.has(host) || is === undefined || daemonKey(is) === daemonKey(was)
      ? []
      : [
          {
            path: stack,
            message:
              `host ${host} cannot lead to ${is} yet, as it led to ${was}: in a state that was not applied since, Terraform would look there for what ` +
              "has left the code (choose another id; or, where every state was applied since, remove its line below 'hosts' from berth.lock.json) [lock/id]",
          },
        ];
  });
}
