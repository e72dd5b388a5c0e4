import type { ResourceChange } from "./plan";

/** A container that an engine has plugged into a network. */
export interface Member {
  readonly id: string;
  readonly name: string;
}

/** Who is plugged into Docker networks, by the networks' ids. */
export type Members = ReadonlyMap<string, readonly Member[]>;

/** What a network is held by that a plan destroys: no engine removes one while a container runs on it. Nothing for anything else. */
export function holdersOf(
  { type, change }: ResourceChange,
  all: readonly ResourceChange[],
  members: Members,
): readonly string[] {
  if (type !== "docker_network" || !change.actions.includes("delete")) {
    return [];
  }
  const gone = new Set(
    all.flatMap((other) =>
      other.type === "docker_container" && other.change.actions.includes("delete") ? [other.change.before?.id] : [],
    ),
  );
  return (members.get(String(change.before?.id)) ?? []).filter(({ id }) => !gone.has(id)).map(({ name }) => name);
}
