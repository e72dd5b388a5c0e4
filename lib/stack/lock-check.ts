import { ownerPath, typeOfAddress } from "../core/address";
import { canBeReleased, isKept, type LockedResource, type LockedStack } from "../core/lock-format";
import { daemonKey } from "../core/machine-key";
import { changedSeedParts, seedParts } from "../core/seed-changes";
import { type Comparison, endpointOf } from "./comparison";
import { checkGivenUp } from "./given-up-check";
import { checkHosts } from "./host-check";
import { kindOf } from "./resource-kind";
import type { Located } from "./synthesis-error";

/** Resources that stay behind on their old host, since Terraform looks for them on the new one only. */
const LEFT_BEHIND = /^(docker_(container|network|volume)|libvirt_network|libvirt_pool)\./;

/** What the code of a stack must not do without a word, by what the lock file remembers of it. */
export function compareWithLock(comparison: Comparison): Located[] {
  const gone = Object.entries(comparison.before.resources).filter(([path, one]) => !comparison.declares(path, one));
  // What has another name where it was may have gone elsewhere as well.
  const displaced = Object.entries(comparison.before.resources).filter(([path, one]) => {
    const next = comparison.now.resources[path];
    return next !== undefined && typeOf(next) === typeOf(one) && next.name !== one.name;
  });
  const renames = [...gone, ...displaced].flatMap(([path, one]) => renameOf(comparison, path, one));
  const renamed = new Set(renames.map(({ path }) => path));
  // Without the block, what was let go of would be destroyed like anything else that left the code.
  const unsaid = ({ kept, released, forgotten }: LockedResource) =>
    kept === true && released === true && forgotten !== true && !comparison.hasBlocks;
  const undeclared = gone.filter(
    ([path, one]) => (isKept(one) || unsaid(one)) && !renamed.has(path) && !comparison.releases(path),
  );
  const lost = undeclared.map(([, one]) => one);
  return [
    ...poolsBelowDisks(comparison, gone, lost),
    ...unique(renames.map(({ problem }) => problem)),
    ...undeclaredKept(comparison, undeclared),
    ...exchanged(comparison),
    ...checkGivenUp(comparison),
    ...usedAgain(comparison),
    ...takenOver(comparison),
    ...checkHosts(
      comparison,
      gone,
      gone.filter((entry) => !undeclared.includes(entry) && !renamed.has(entry[0]) && isDestroyed(comparison, entry)),
    ),
    ...Object.entries(comparison.now.resources).flatMap(([path, one]) => changed(comparison, path, one)),
  ];
}

/** Whether Terraform destroys what the code does not have any more: it was neither let go of nor is it somewhere else now. */
function isDestroyed({ now, releases, isMoved }: Comparison, [path, one]: readonly [string, LockedResource]): boolean {
  return (
    one.released !== true &&
    !(canBeReleased(one) && releases(path)) &&
    !Object.values(now.resources).some(({ address }) => isMoved(one.address, address))
  );
}

/** What is to be remembered of a stack from now on: what it has, and what it let go of. */
export function nextLock({ before, now, hosts, declares, releases, forgets, hasBlocks }: Comparison): LockedStack {
  // What was let go of once stays so: states that were not applied since must not destroy it, nor must a recovery.
  const released = Object.entries(before.resources)
    .filter(([path, one]) => canBeReleased(one) && !declares(path, one) && (one.released === true || releases(path)))
    .map(([path, one]): [string, LockedResource] => {
      const byHand = one.forgotten === true || (forgets(path) && !hasBlocks);
      const said = one.released === true || forgets(path);
      return [path, said ? { ...one, released: true, ...(byHand ? { forgotten: true } : {}) } : one];
    })
    .filter(([path]) => !(path in now.resources));
  const made = Object.entries(now.resources).map(([path, one]) => [path, asMade(before.resources[path], one)] as const);
  const resources: LockedStack["resources"] = Object.fromEntries([...made, ...released]);
  const used = new Set(Object.values(resources).map(({ host }) => host));
  // A state that was not applied since may have something by a block that nothing uses any more.
  const known = Object.entries({ ...before.hosts, ...hosts }).filter(
    ([host]) => used.has(host) || host in before.hosts,
  );
  return { hosts: Object.fromEntries(known), resources };
}

/** A guest is what its first boot made of it, whatever the code says since, until it is rebuilt. */
function asMade(before: LockedResource | undefined, now: LockedResource): LockedResource {
  const stays = before?.firstBoot !== undefined && before.rebuildOn === now.rebuildOn;
  return stays ? { ...now, firstBoot: before.firstBoot } : now;
}

/** What edits of guests do nothing, by the paths of the guests: they act at a first boot, and that was before. */
export function withoutEffect({ stack, before, now }: Comparison): Located[] {
  return Object.entries(now.resources).flatMap(([path, one]): Located[] => {
    const { firstBoot = one.firstBoot } = asMade(before.resources[path], one);
    const props = changedSeedParts(seedParts(firstBoot ?? ""), seedParts(one.firstBoot ?? ""));
    return props.length === 0
      ? []
      : [
          {
            path: `${stack}/${ownerPath(path)}`,
            message:
              `${props.map((prop) => `'${prop}'`).join(" and ")} acts at the first boot only, and this guest was made before the edit ` +
              "(change 'rebuildOn' for a new root disk and a first boot, or do it in the guest as well)",
          },
        ];
  });
}

interface Rename {
  readonly path: string;
  readonly problem: Located;
}

/** One type and name that is gone at one path and has come at another. */
function renameOf(comparison: Comparison, path: string, one: LockedResource): Rename[] {
  const { stack, before, now, has } = comparison;
  const type = typeOf(one);
  if (one.released === true) {
    return [];
  }
  const successor = Object.entries(now.resources).find(
    ([other, { name, ...rest }]) =>
      // What had the id before and is of another type has left it.
      (before.resources[other] === undefined || typeOf(before.resources[other]) !== type) &&
      typeOf(rest) === type &&
      name === one.name &&
      endpointOf(now, rest.host) === endpointOf(before, one.host),
  );
  if (!successor) {
    return [];
  }
  const { from, to } = shortest(path, successor[0], has);
  const id = `renamed-${from.replace(/[^\w-]+/g, "-")}`;
  return [
    {
      path,
      problem: {
        path: `${stack}/${to}`,
        message:
          `${kindOf(type)} "${one.name}" cannot change its construct from ${stack}/${from} without a word: Terraform would destroy it and ` +
          `create another one of the same name (write new Renamed(stack, "${id}", { from: "${from}", to: "${to}" }) before it; ` +
          "where it is meant to be another one, give it another name) [lock/renamed]",
      },
    },
  ];
}

/** The shortest paths that say the same: of a scope that was renamed as a whole, the scope's. */
function shortest(from: string, to: string, has: (path: string) => boolean): { from: string; to: string } {
  const old = ownerPath(from).split("/");
  const next = ownerPath(to).split("/");
  while (old.length > 1 && next.length > 1 && old.at(-1) === next.at(-1) && !has(old.slice(0, -1).join("/"))) {
    old.pop();
    next.pop();
  }
  return { from: old.join("/"), to: next.join("/") };
}

/** Kept resources that the code does not have any more, by what of the tree went with them. */
function undeclaredKept(
  { stack, before, has }: Comparison,
  gone: readonly (readonly [string, LockedResource])[],
): Located[] {
  const groups = new Map<string, (readonly [string, LockedResource])[]>();
  for (const entry of gone) {
    const top = topmost(ownerPath(entry[0]), has);
    groups.set(top, [...(groups.get(top) ?? []), entry]);
  }
  return [...groups].map(([top, entries]) => {
    const id = `released-${top.replace(/[^\w-]+/g, "-")}`;
    const names = entries.map(([, one]) => `${kindOf(typeOf(one))} "${one.name}" on ${endpointOf(before, one.host)}`);
    return {
      path: `${stack}/${top}`,
      message:
        `${names.join(" and ")} ${entries.length === 1 ? "is" : "are"} kept and cannot leave the code without a word: ` +
        `Terraform would destroy ${entries.length === 1 ? "it" : "them"} (declare it again; leave it on its host with new Released(stack, "${id}", { from: "${top}" }); ` +
        'or destroy it: set onDestroy: "delete", apply, then remove it; where it was never applied, restore berth.lock.json) [lock/kept]',
    };
  });
}

function topmost(path: string, has: (path: string) => boolean): string {
  const parts = path.split("/");
  while (parts.length > 1 && !has(parts.slice(0, -1).join("/"))) {
    parts.pop();
  }
  return parts.join("/");
}

/** Pools that leave the code while disks that were let go of lie in them: they could not be destroyed. */
function poolsBelowDisks(
  { stack, before, now, declares, releases }: Comparison,
  gone: readonly (readonly [string, LockedResource])[],
  lost: readonly LockedResource[],
): Located[] {
  const left = Object.entries(before.resources).filter(
    ([path, one]) => one.kept === true && !declares(path, one) && !lost.includes(one),
  );
  return gone
    .filter(([path, one]) => typeOf(one) === "libvirt_pool" && one.released !== true && !releases(path))
    .filter(([path]) => !(path in now.resources))
    .flatMap(([path, one]): Located[] => {
      const disks = left.filter(([, disk]) => disk.pool === one.address).map(([, { name }]) => `"${name}"`);
      const at = ownerPath(path);
      return disks.length === 0
        ? []
        : [
            {
              path: `${stack}/${at}`,
              message:
                `storage pool "${one.name}" cannot leave the code while ${disks.join(" and ")} lies in it: Terraform would fail to destroy it ` +
                `(leave it as well: new Released(stack, "released-${at.replace(/[^\w-]+/g, "-")}", { from: "${at}" })) [lock/pool]`,
            },
          ];
    });
}

/** Kept things that another name or pool would make another thing of, which takes the place of the one that is there. */
function exchanged({ stack, before, now, found }: Comparison): Located[] {
  return Object.entries(before.resources).flatMap(([path, known]): Located[] => {
    const one = isKept(known) ? found(path) : undefined;
    if (one === undefined || one.type !== typeOf(known)) {
      return [];
    }
    const at = `${stack}/${ownerPath(path)}`;
    const what = `${kindOf(one.type)} "${known.name}"`;
    const way =
      'Terraform would have to destroy it (set it back; or set onDestroy: "delete", apply, then change it; where nothing was applied so, restore berth.lock.json)';
    if (one.name !== known.name) {
      const message = `'name' cannot change to "${String(one.name)}" while ${what} is kept: ${way} [lock/name]`;
      return [{ path: at, message }];
    }
    const [pool, next] = [poolNamed(before, known.pool), poolNamed(now, one.pool)];
    // A disk on another host is another disk: the one that was there stays.
    const sameHost = one.host === known.host || endpointOf(before, known.host) === endpointOf(now, one.host);
    return pool === next || !sameHost
      ? []
      : [
          {
            path: at,
            message: `'pool' cannot change to "${next}" while ${what} in "${pool}" is kept: ${way} [lock/pool-of-disk]`,
          },
        ];
  });
}

/** Ids of what was let go of, and that something else has now. */
function usedAgain({ stack, before, now, found }: Comparison): Located[] {
  return Object.entries(before.resources).flatMap(([path, known]): Located[] => {
    const one = known.released === true ? found(path) : undefined;
    const same =
      one?.type === typeOf(known) &&
      one.name === known.name &&
      poolNamed(now, one.pool) === poolNamed(before, known.pool);
    return one === undefined || same
      ? []
      : [
          {
            path: `${stack}/${ownerPath(path)}`,
            message:
              `id cannot be used for ${kindOf(one.type)}${typeof one.name === "string" ? ` "${one.name}"` : ""}, as it was that of "${known.name}", which was ` +
              "let go of: in a state that was not applied since, Terraform would take one for the other and destroy it (choose another id; or, " +
              "where every state was applied since, remove its line from berth.lock.json) [lock/id]",
          },
        ];
  });
}

/** What was let go of with its data, and would be Terraform's to destroy under another id. */
function takenOver({ stack, before, now }: Comparison): Located[] {
  const letGo = Object.entries(before.resources).filter(([, one]) => one.kept === true && one.released === true);
  return letGo.flatMap(([path, known]) =>
    Object.entries(now.resources)
      .filter(
        ([other, one]) =>
          other !== path &&
          one.kept !== true &&
          typeOf(one) === typeOf(known) &&
          one.name === known.name &&
          poolNamed(now, one.pool) === poolNamed(before, known.pool) &&
          daemonKey(endpointOf(now, one.host)) === daemonKey(endpointOf(before, known.host)),
      )
      .map(([other]) => ({
        path: `${stack}/${ownerPath(other)}`,
        message:
          `onDestroy cannot be "delete" for ${kindOf(typeOf(known))} "${known.name}", as ${stack}/${ownerPath(path)} had it and let go of it with its data ` +
          `(set onDestroy: "keep"; or, where its data may be lost, give it its former id) [lock/let-go]`,
      })),
  );
}

/** What became of a resource whose construct stays. */
function changed({ stack, before, now, isMoved }: Comparison, path: string, one: LockedResource): Located[] {
  const known = before.resources[path];
  if (known === undefined || typeOf(known) !== typeOf(one)) {
    return [];
  }
  const at = `${stack}/${ownerPath(path)}`;
  const problems: Located[] = [];
  if (known.kept !== true && known.released !== true && one.kept === true && known.name !== one.name) {
    problems.push({
      path: at,
      message:
        `'name' cannot change to "${one.name}" together with onDestroy: "keep": Terraform would have to destroy ${kindOf(typeOf(one))} ` +
        `"${known.name}" at an address that is protected from now on (choose another id) [lock/name]`,
    });
  }
  if (
    known.released !== true &&
    known.address !== one.address &&
    known.name === one.name &&
    !isMoved(known.address, one.address)
  ) {
    problems.push({
      path: at,
      message:
        `address cannot change from ${known.address} to ${one.address} without a word: Terraform would destroy ${kindOf(typeOf(one))} "${known.name}" ` +
        "and create another one of the same name (take back what gave it another logical id, or add a moved block) [lock/address]",
    });
  }
  const [from, to] = [endpointOf(before, known.host), endpointOf(now, one.host)];
  const elsewhere = known.host !== one.host && daemonKey(from) !== daemonKey(to);
  if (elsewhere && LEFT_BEHIND.test(one.address)) {
    problems.push({
      path: at,
      message:
        `'host' cannot change from ${from} to ${to} under the same id: Terraform would forget ${kindOf(typeOf(one))} "${known.name}" and leave it ` +
        "running there (give it another id together with the new host: it is created there and removed here) [lock/host]",
    });
  }
  return problems;
}

function typeOf({ address }: Pick<LockedResource, "address">): string {
  return typeOfAddress(address);
}

/** The name of the pool that a volume lies in. */
function poolNamed({ resources }: LockedStack, pool: string | undefined): string | undefined {
  return Object.values(resources).find(({ address }) => address === pool)?.name ?? pool;
}

function unique(problems: readonly Located[]): Located[] {
  const seen = new Set<string>();
  return problems.filter(({ path, message }) => {
    const key = `${path} ${message.replace(/^[^"]*"[^"]*"/, "")}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
