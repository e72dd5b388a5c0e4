import { blocks } from "../rules/document";
import { Cidr } from "../units/ipv4";
import type { ResourceChange, Values } from "./plan";

/** Something that a host gives to one resource alone. */
interface Claim {
  /** As a reason names it. */
  readonly what: string;
  readonly meets: (other: Claim) => boolean;
}

/**
 * What a resource that is made takes from another one that the same plan destroys, and which one that is: Terraform may make the one before
 * it destroyed the other. A volume of Docker's that is there already is taken over without an error, so that its name is none of these.
 */
export function takenFrom(
  one: ResourceChange,
  all: readonly ResourceChange[],
): { readonly what: string; readonly from: string } | undefined {
  if (!one.change.actions.includes("create")) {
    return undefined;
  }
  const claims = claimsOf(one.type, one.change.after);
  for (const other of all) {
    if (other.address === one.address || other.type !== one.type || !other.change.actions.includes("delete")) {
      continue;
    }
    const kept = other.change.actions.includes("create") ? claimsOf(other.type, other.change.after) : [];
    const given = claimsOf(other.type, other.change.before).filter(
      (claim) => !kept.some((still) => still.meets(claim)),
    );
    const taken = claims.find((claim) => given.some((former) => former.meets(claim)));
    if (taken !== undefined) {
      return { what: taken.what, from: other.address };
    }
  }
  return undefined;
}

function claimsOf(type: string, values: Values | null): readonly Claim[] {
  if (type !== "docker_container" && type !== "docker_network") {
    return [];
  }
  const names = typeof values?.name === "string" ? [same(`the name ${values.name}`)] : [];
  return type === "docker_container"
    ? [...names, ...blocks(values?.ports).flatMap(portOf)]
    : [...names, ...blocks(values?.ipam_config).flatMap(subnetOf)];
}

function same(what: string): Claim {
  return { what, meets: (other) => other.what === what };
}

function portOf({ ip, external, protocol }: Values): readonly Claim[] {
  if (typeof external !== "number" || external === 0) {
    return [];
  }
  const address = typeof ip === "string" && ip !== "" ? ip : "0.0.0.0";
  const end = `${external}/${String(protocol ?? "tcp")}`;
  const what = `port ${address}:${end}`;
  const everywhere = address === "0.0.0.0";
  return [
    {
      what,
      meets: (other) =>
        other.what === what || (other.what.endsWith(`:${end}`) && (everywhere || other.what === `port 0.0.0.0:${end}`)),
    },
  ];
}

function subnetOf({ subnet }: Values): readonly Claim[] {
  const own = Cidr.of(subnet);
  if (own === undefined) {
    return [];
  }
  return [
    {
      what: `subnet ${own.toString()}`,
      meets: (other) => Cidr.of(other.what.replace(/^subnet /, ""))?.overlaps(own) === true,
    },
  ];
}
