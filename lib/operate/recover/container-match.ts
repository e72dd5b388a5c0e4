import { blocks, type Json } from "../../rules/document";
import type { SeenContainer, SeenImage } from "./sight";

/**
 * In what a container is another one than a configuration asks for, by attribute: what makes it what it is, and what a daemon
 * tells in full. What Terraform edits in place, such as memory, is no difference.
 *
 * @param declared - the configuration, with every reference replaced
 */
export function unlikeDeclared(declared: Json, seen: SeenContainer, image: SeenImage | undefined): readonly string[] {
  const { Config: config } = seen;
  const own = image?.Config;
  const found: Readonly<Record<string, boolean>> = {
    image: declared.image !== seen.Image && declared.image !== config.Image,
    env: !sameSet(environment(own?.Env, texts(declared.env)), environment([], config.Env ?? [])),
    command: !sameList(listOr(declared.command, own?.Cmd), config.Cmd),
    entrypoint: !sameList(listOr(declared.entrypoint, own?.Entrypoint), config.Entrypoint),
    labels: blocks(declared.labels).some(({ label, value }) => config.Labels?.[String(label)] !== String(value)),
    volumes: !sameSet(declaredMounts(declared), seenMounts(seen)),
    ports: !sameSet(declaredPorts(declared), seenPorts(seen)),
    networks_advanced: !isOnItsNetworks(declared, seen),
  };
  return Object.keys(found).filter((name) => found[name]);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The variables of an image with those that a container sets. */
function environment(image: readonly string[] | null | undefined, own: readonly string[]): readonly string[] {
  const all = new Map([...(image ?? []), ...own].map((text) => [text.split("=")[0] ?? "", text]));
  return [...all.values()];
}

/** A list of the configuration, where it has one, else the image's. Without a command of its own, an entrypoint has none. */
function listOr(value: unknown, image: readonly string[] | null | undefined): readonly string[] {
  return Array.isArray(value) && value.length > 0 ? value.map(String) : (image ?? []);
}

function sameList(a: readonly string[], b: readonly string[] | null | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b ?? []);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}

function declaredMounts({ volumes, mounts }: Json): readonly string[] {
  return [
    ...blocks(volumes).map((one) => `${String(one.volume_name ?? one.host_path)}:${String(one.container_path)}`),
    ...blocks(mounts)
      .filter(({ type }) => type !== "tmpfs")
      .map(({ source, target }) => `${String(source)}:${String(target)}`),
  ];
}

/** An image's own volumes have a name that the engine made up. */
function seenMounts({ Mounts: mounts }: SeenContainer): readonly string[] {
  return (mounts ?? [])
    .filter(({ Type, Name }) => Type !== "tmpfs" && !/^[0-9a-f]{64}$/.test(Name ?? ""))
    .map(({ Type, Name, Source, Destination }) => `${Type === "volume" ? Name : Source}:${Destination}`);
}

function declaredPorts({ ports }: Json): readonly string[] {
  return blocks(ports).map(
    ({ ip, external, internal, protocol }) =>
      `${String(ip ?? "0.0.0.0")}:${String(external ?? 0)}:${String(internal)}/${String(protocol ?? "tcp")}`,
  );
}

function seenPorts({ HostConfig: host }: SeenContainer): readonly string[] {
  return Object.entries(host?.PortBindings ?? {}).flatMap(([port, bindings]) =>
    (bindings ?? []).map(({ HostIp, HostPort }) => `${HostIp || "0.0.0.0"}:${HostPort || 0}:${port}`),
  );
}

function isOnItsNetworks(declared: Json, seen: SeenContainer): boolean {
  const count = blocks(declared.networks_advanced).length;
  const on = Object.keys(seen.NetworkSettings?.Networks ?? {});
  return count === 0 || (count === on.length && networksOff(declared, seen).length === 0);
}

/** The declared connections, as blocks of the configuration, of the networks that a container is not on. */
export function networksOff({ networks_advanced: networks }: Json, { NetworkSettings: seen }: SeenContainer): Json[] {
  const on = Object.entries(seen?.Networks ?? {}).flatMap(([name, { NetworkID }]) => [name, NetworkID]);
  return blocks(networks).filter(({ name }) => !on.includes(String(name)));
}

/** Whether two configurations, or what a state has of one, put a container on the same networks in the same way. */
export function sameNetworks(a: Json, b: Json): boolean {
  return sameSet(connections(a), connections(b));
}

function connections(configuration: Json): readonly string[] {
  const all = blocks(configuration.networks_advanced).map(({ name, aliases, ipv4_address: v4, ipv6_address: v6 }) =>
    JSON.stringify([name, [...texts(aliases)].sort(), v4 || null, v6 || null]),
  );
  return all.length > 0 ? all : [ownNetwork(configuration)];
}

/** The network of a container for which none is declared. */
function ownNetwork({ network_mode: mode }: Json): string {
  return typeof mode === "string" && !["", "default"].includes(mode) ? mode : "bridge";
}

/** Names of the networks that a container is on and that the code does not put it on. */
export function networksTooMany(configuration: Json, { NetworkSettings: seen }: SeenContainer): readonly string[] {
  const declared = blocks(configuration.networks_advanced).map(({ name }) => String(name));
  const expected = declared.length > 0 ? declared : [ownNetwork(configuration)];
  return Object.entries(seen?.Networks ?? {})
    .filter(([name, { NetworkID: id }]) => !expected.includes(name) && !expected.includes(id))
    .map(([name]) => name);
}

/** The declared connections to networks that a container is on under other names, or with another address, than declared. */
export function connectedOtherwise(
  { networks_advanced: networks }: Json,
  { NetworkSettings: seen }: SeenContainer,
): Json[] {
  const on = Object.entries(seen?.Networks ?? {}).flatMap(([name, one]) => [
    [name, one] as const,
    [one.NetworkID, one] as const,
  ]);
  const found = new Map(on);
  return blocks(networks).filter(({ name, aliases, ipv4_address: address }) => {
    const one = found.get(String(name));
    const given = one?.IPAMConfig?.IPv4Address ?? "";
    const lacks = texts(aliases).some((alias) => one?.Aliases?.includes(alias) !== true);
    return one !== undefined && (lacks || (typeof address === "string" && address !== "" && address !== given));
  });
}
