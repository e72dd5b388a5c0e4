import { type Document, isObject, member, type Rendered } from "../../rules/document";
import { constructOf } from "../construct-of";
import { addressesIn, endpointName, literalName } from "../machines/endpoint";
import { attributesOf, type State } from "../machines/state";

/** One disk on its way. */
export interface Parcel {
  readonly one: Rendered;
  readonly name: string;
  /** Path on the host that it leaves. */
  readonly from: string;
  /** Pool on the host that it goes to. */
  readonly pool: string;
  readonly format: string;
  /** The disk of the same journey that it stands on. */
  readonly base: Rendered | undefined;
}

/** A guest that goes to another host with what it holds. */
export interface Journey {
  readonly guest: Rendered;
  /** Its name on the host that it leaves. */
  readonly name: string;
  readonly endpoint: string;
  /** In the order in which they can be copied: what others stand on comes first. */
  readonly parcels: readonly Parcel[];
  /** Resources that Terraform is to make there anew: the guest itself, its seed, its keys. */
  readonly anew: readonly string[];
  /** Pools that have to be there before. */
  readonly pools: readonly string[];
}

/** Why there is nothing to move, or what cannot be. */
export class NoJourney extends Error {}

/** What goes where, by what the code says now and what the state knows of before. */
export function journeyOf(
  stack: Document,
  state: State | undefined,
  construct: string,
  resolve: (text: string) => string | undefined,
): Journey {
  const own = stack.all.filter((one) => {
    const path = constructOf(one) ?? "";
    return path === construct || path.startsWith(`${construct}/`);
  });
  const guests = own.filter(({ type }) => type === "libvirt_domain");
  const [guest] = guests;
  if (!guest || guests.length > 1) {
    throw new NoJourney(`${construct} is ${guest ? "more than one guest" : "no guest of this stack"}`);
  }
  const before = attributesOf(state, guest.address)?.name;
  if (typeof before !== "string") {
    throw new NoJourney(`${construct} is not in the state: there is nothing to move`);
  }
  const volumes = own.filter(({ type }) => type === "libvirt_volume");
  const outside = volumes.find((one) => {
    const path = member(one.body, "backing_store")?.path;
    return path !== undefined && !baseOf(one, volumes);
  });
  if (outside) {
    throw new NoJourney(
      `${literalName(outside)} stands on an image of its host's, which does not come along: move it by hand`,
    );
  }
  const bases = new Set(volumes.flatMap((one) => baseOf(one, volumes) ?? []));
  const carried = volumes.filter((one) => !isObject(one.body.create) || bases.has(one));
  const known = (one: Rendered) => attributesOf(state, one.address)?.path;
  const parcels = carried
    .filter((one) => typeof known(one) === "string")
    .sort((a, b) => Number(bases.has(b)) - Number(bases.has(a)))
    .map((one) => ({
      one,
      name: literalName(one) ?? "",
      from: String(known(one)),
      pool: resolve(String(one.body.pool)) ?? "",
      format: formatOf(one),
      base: baseOf(one, volumes),
    }));
  const anew = [guest, ...volumes.filter((one) => !carried.includes(one))].map(({ address }) => address);
  const pools = new Set(carried.flatMap(addressesIn).filter((address) => address.startsWith("libvirt_pool.")));
  return { guest, name: before, endpoint: endpointName(guest), parcels, anew, pools: [...pools] };
}

/** As the code declares it. */
export function formatOf({ body }: Rendered): string {
  return String(member(member(body, "target"), "format")?.type ?? "raw");
}

function baseOf({ body }: Rendered, volumes: readonly Rendered[]): Rendered | undefined {
  const path = member(body, "backing_store")?.path;
  return volumes.find(({ address }) => path === `\${${address}.path}`);
}
