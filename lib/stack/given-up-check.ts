import { ownerPath, typeOfAddress } from "../core/address";
import { isKept, type LockedResource } from "../core/lock-format";
import { Cidr } from "../units/ipv4";
import { type Comparison, endpointOf } from "./comparison";
import type { Located } from "./synthesis-error";

/**
 * What a host gives to one thing alone, and what something takes from what gives it up in the same edit: Terraform may create the one
 * before it destroyed the other. The same thing at another path is a rename, which has a word of its own.
 */
export function checkGivenUp(comparison: Comparison): Located[] {
  const { stack, before, now } = comparison;
  return Object.entries(now.resources).flatMap(([path, one]): Located[] => {
    const known = sameType(before.resources[path], one);
    const taken = [
      { prop: "name", value: known === undefined || isKept(known) || known.name === one.name ? undefined : one.name },
      { prop: "subnet", value: known?.subnet === one.subnet ? undefined : one.subnet },
    ];
    return taken.flatMap(({ prop, value }): Located[] => {
      const giver = value === undefined ? undefined : giverOf(comparison, path, one, prop);
      const at = giver && `${stack}/${ownerPath(giver)}`;
      return at === undefined
        ? []
        : [
            {
              path: `${stack}/${ownerPath(path)}`,
              message:
                `'${prop}' cannot be "${value}" while ${at} gives it up: Terraform may create the one before it destroyed the other ` +
                `(let ${at} go first, apply in every state, then take it) [lock/${prop}]`,
            },
          ];
    });
  });
}

/** The path of what had it, and has it no more. */
function giverOf({ before, now }: Comparison, path: string, one: LockedResource, prop: string): string | undefined {
  const meets = (other: LockedResource) =>
    prop === "name" ? other.name === one.name : other.name !== one.name && overlap(other.subnet, one.subnet);
  const [giver] =
    Object.entries(before.resources).find(([other, had]) => {
      const has = sameType(now.resources[other], had);
      return (
        other !== path &&
        had.released !== true &&
        sameType(had, one) !== undefined &&
        endpointOf(before, had.host) === endpointOf(now, one.host) &&
        meets(had) &&
        (has === undefined || !meets(has))
      );
    }) ?? [];
  return giver;
}

function sameType(one: LockedResource | undefined, other: LockedResource): LockedResource | undefined {
  return one !== undefined && typeOfAddress(one.address) === typeOfAddress(other.address) ? one : undefined;
}

function overlap(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [Cidr.of(a), Cidr.of(b)];
  return one !== undefined && other !== undefined && one.overlaps(other);
}
