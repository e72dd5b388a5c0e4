import { typeOfAddress } from "../core/address";
import { HAVE_NAMES, type LockedResource, type LockedStack } from "../core/lock-format";
import { shortHash } from "../core/naming";
import { actsAtFirstBoot, seedParts } from "../core/seed-changes";
import { blocks, isObject, isReference, type Json, member, providerOf } from "../rules/document";

/** What the lock file remembers of a stack's finished JSON: resources that have a name on a host, and those that are kept. */
export function namedResources(json: Json, stack: string): LockedStack {
  const resources: Record<string, LockedResource> = {};
  const types = member(json, "resource") ?? {};
  for (const type of Object.keys(types)) {
    const group = member(types, type) ?? {};
    for (const [id, body] of Object.entries(group)) {
      const known = isObject(body) ? resourceIn(type, id, body) : undefined;
      const path = member(member(body, "//"), "metadata")?.path;
      if (known !== undefined && typeof path === "string") {
        resources[path.slice(stack.length + 1)] = known;
      }
    }
  }
  for (const [path, input] of inputs(json, stack)) {
    const [, guest = "", helper = ""] = /^(.+)\/(Seed\/Parts|Rebuild)$/.exec(path) ?? [];
    const known = resources[`${guest}/Resource`];
    if (known !== undefined) {
      const noted =
        helper === "Seed/Parts"
          ? { firstBoot: firstBootOf(input) }
          : { rebuildOn: input === "" ? "" : shortHash(input) };
      resources[`${guest}/Resource`] = { ...known, ...noted };
    }
  }
  const used = new Set(Object.values(resources).map(({ host }) => host));
  return { hosts: Object.fromEntries(endpointsIn(json).filter(([host]) => used.has(host))), resources };
}

function resourceIn(type: string, id: string, body: Json): LockedResource | undefined {
  const kept = blocks(body.lifecycle).some(({ prevent_destroy: prevented }) => prevented === true);
  if (!kept && !HAVE_NAMES.has(type)) {
    return undefined;
  }
  const name = typeof body.name === "string" && !isReference(body.name) ? body.name : undefined;
  if (!kept && name === undefined) {
    return undefined;
  }
  const address = `${type}.${id}`;
  const pool = poolOf(body);
  const placed = pool === undefined ? {} : { pool };
  const subnet = type === "docker_network" ? blocks(body.ipam_config)[0]?.subnet : undefined;
  const claimed = typeof subnet === "string" && !isReference(subnet) ? { subnet } : {};
  return { address, name: name ?? id, host: hostOf(address, body), ...placed, ...claimed, ...(kept ? { kept } : {}) };
}

/** The provider block that leads to a resource's host. */
export function hostOf(address: string, { provider }: Json): string {
  return typeof provider === "string" ? provider : providerOf(typeOfAddress(address));
}

/** The pool of a volume: the address of one that is managed here, else its name. */
export function poolOf({ pool }: Json): string | undefined {
  return typeof pool === "string" ? pool.replace(/^\$\{(.+)\.name\}$/, "$1") : undefined;
}

/** What of a seed acts at a guest's first boot only. */
function firstBootOf(parts: string): string {
  return [...seedParts(parts)]
    .filter(([prop]) => actsAtFirstBoot(prop))
    .map(([, part]) => part)
    .join("; ");
}

/** What terraform_data of a stack keep, by the paths of their constructs below it. */
function inputs(json: Json, stack: string): [string, string][] {
  return Object.values(member(member(json, "resource"), "terraform_data") ?? {}).flatMap((body): [string, string][] => {
    const path = member(member(body, "//"), "metadata")?.path;
    const input = isObject(body) ? body.input : undefined;
    return typeof path === "string" && typeof input === "string" ? [[path.slice(stack.length + 1), input]] : [];
  });
}

/** The provider blocks of a JSON, and the daemons that they lead to. */
export function endpointsIn(json: Json): [string, string][] {
  return Object.entries(member(json, "provider") ?? {}).flatMap(([provider, group]) =>
    blocks(group).flatMap((block): [string, string][] => {
      const endpoint = block.host ?? block.uri;
      const host = typeof block.alias === "string" ? `${provider}.${block.alias}` : provider;
      return typeof endpoint === "string" && !isReference(endpoint) ? [[host, endpoint]] : [];
    }),
  );
}
