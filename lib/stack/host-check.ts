import { ownerPath, typeOfAddress } from "../core/address";
import { canBeReleased, type LockedResource } from "../core/lock-format";
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
        `present" (leave the host in the code until every state was applied, or run terraform state rm '${one.address}' in each and remove its line ` +
        "from berth.lock.json) [lock/host-of-released]",
    }));
}

/** Hosts that are gone, or lead to another daemon, in the edit that takes away what was on them. */
function leftAlone({ stack, before, hosts, hasHost }: Comparison, leaving: readonly Entry[]): Located[] {
  return [...new Set(leaving.map(([, { host }]) => host))].flatMap((host): Located[] => {
    const [was, is] = [before.hosts[host], hosts[host]];
    const all = leaving.filter(([, one]) => one.host === host);
    const names = all.map(([, { address, name }]) => `${kindOf(typeOfAddress(address))} "${name}"`).join(" and ");
    const [leave, them] = all.length === 1 ? ["leaves", "it"] : ["leave", "them"];
    if (!hasHost(host)) {
      return [
        {
          path: stack,
          message:
            `host ${host}${was === undefined ? "" : ` (${was})`} cannot leave the code together with ${names}: Terraform would end with "Provider ` +
            `configuration not present" (leave the host in the code until every state was applied without ${them}) [lock/host]`,
        },
      ];
    }
    return was === undefined || is === undefined || was === is
      ? []
      : [
          {
            path: stack,
            message:
              `host ${host} cannot change from ${was} to ${is} while ${names} ${leave} the code: Terraform would look for ${them} there, and leave ${them} running ` +
              `on the former one (remove ${them} first, apply, then change the host) [lock/host]`,
          },
        ];
  });
}

/** Ids of hosts that lead to another daemon, while the former one is reached under another id. */
function takenIds({ stack, before, hosts }: Comparison): Located[] {
  return Object.entries(before.hosts).flatMap(([host, was]): Located[] => {
    const is = hosts[host];
    const successor = Object.keys(hosts).find((other) => hosts[other] === was);
    return is === undefined || is === was || successor === undefined
      ? []
      : [
          {
            path: stack,
            message:
              `host ${host} cannot lead to ${is} yet, as it led to ${was} before that was ${successor}: in a state that was not applied since, ` +
              "Terraform would look there for what has left the code (choose another id; or, where every state was applied since, remove its " +
              "line below 'hosts' from berth.lock.json) [lock/id]",
          },
        ];
  });
}
