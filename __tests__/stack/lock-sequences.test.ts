import { Construct } from "constructs";
import * as fc from "fast-check";
import { DockerHost, DockerNetwork, DockerVolume, type HostStack, Released, Renamed } from "../../lib/index";
import { Project } from "../support/project";
import { type KnownState, planOf } from "../support/terraform-plan";

/** What stands at an id of the code. */
interface Thing {
  readonly kind: "volume" | "network";
  readonly name: string;
  readonly onDestroy: "keep" | "delete";
}

/** A state of the code: things by id, and the words that stand beside them. */
interface Code {
  /** The id of the host. */
  readonly host: string;
  readonly things: Readonly<Record<string, Thing>>;
  readonly renamed: readonly (readonly [from: string, to: string])[];
  readonly released: readonly string[];
}

const IDS = ["a", "b", "c", "S/a", "S/b", "U/a"] as const;
const SCOPES = ["S", "U"] as const;
const HOSTS = ["docker", "engine", "rack"] as const;

/** One edit of the code; undefined for an apply of the state that lags behind. */
type Edit = Code | undefined;

/** Every edit that a state of the code allows, those that are told apart by words more than once. */
function editsOf(code: Code, made: readonly Thing[]): readonly Edit[] {
  const { things, renamed, released } = code;
  const free = IDS.filter((id) => !(id in things));
  const without = (gone: string) => Object.fromEntries(Object.entries(things).filter(([id]) => id !== gone));
  const added = (id: string, kind: Thing["kind"], onDestroy: Thing["onDestroy"]): Code => ({
    ...code,
    things: { ...things, [id]: { kind, name: `n${made.length}`, onDestroy } },
  });
  const absent = made.filter(({ name }) => !Object.values(things).some((thing) => thing.name === name));
  return [
    undefined,
    { ...code, renamed: [], released: [] },
    ...HOSTS.flatMap((host) => [
      { ...code, host },
      ...Object.keys(things).map((id) => ({ ...code, host, things: without(id) })),
      ...Object.keys(things).map((id) => ({ ...code, host, things: without(id), released: [...released, id] })),
    ]),
    ...SCOPES.flatMap((from) => {
      const to = from === "S" ? "U" : "S";
      const isBelow = (id: string, scope: string) => id.startsWith(`${scope}/`);
      const moves = Object.keys(things).some((id) => isBelow(id, from)) && free.some((id) => isBelow(id, to));
      const next = Object.fromEntries(
        Object.entries(things).map(([id, thing]) => [isBelow(id, from) ? to + id.slice(from.length) : id, thing]),
      );
      return !moves || Object.keys(next).length < Object.keys(things).length
        ? []
        : [
            { ...code, things: next, renamed: [[from, to]] as const, released: [] },
            { ...code, things: next, renamed: [...renamed, [from, to] as const] },
          ];
    }),
    ...free.flatMap((id) => [
      added(id, "volume", "keep"),
      added(id, "volume", "delete"),
      added(id, "network", "delete"),
      ...absent.map((thing): Code => ({ ...code, things: { ...things, [id]: thing } })),
    ]),
    ...Object.entries(things).flatMap(([id, thing]) => [
      { ...code, things: without(id) },
      { ...code, things: without(id), released: [...released, id] },
      ...(["keep", "delete"] as const).flatMap((onDestroy) =>
        thing.kind === "network"
          ? []
          : [
              { ...code, things: { ...things, [id]: { ...thing, onDestroy } } },
              { ...code, things: { ...things, [id]: { ...thing, onDestroy, name: `n${made.length}` } } },
            ],
      ),
      ...free.flatMap((to) => {
        const next = { ...without(id), [to]: thing };
        return [
          { ...code, things: next },
          { ...code, things: next, renamed: [[id, to]] as const, released: [] },
          { ...code, things: next, renamed: [...renamed, [id, to] as const] },
        ];
      }),
    ]),
  ];
}

const build =
  ({ host: hostId, things, renamed, released }: Code) =>
  (stack: HostStack): void => {
    const host = new DockerHost(stack, hostId);
    for (const [index, [from, to]] of renamed.entries()) {
      new Renamed(stack, `renamed-${index}`, { from, to });
    }
    for (const [index, from] of released.entries()) {
      new Released(stack, `released-${index}`, { from });
    }
    const scopes = new Map<string, Construct>();
    for (const [key, { kind, name, onDestroy }] of Object.entries(things)) {
      const [id = "", above] = key.split("/").reverse();
      const scope = above === undefined ? stack : (scopes.get(above) ?? new Construct(stack, above));
      if (above !== undefined) {
        scopes.set(above, scope as Construct);
      }
      if (kind === "volume") {
        new DockerVolume(scope, id, { host, name, onDestroy });
      } else {
        new DockerNetwork(scope, id, { host, name, subnet: `172.29.${name.slice(1)}.0/24` });
      }
    }
  };

/** Whether the same code is the same JSON when it is synthesized once more, by the next pipeline. */
function isSame(project: Project, code: Code, json: object): boolean {
  try {
    return JSON.stringify(project.synth(build(code), { tool: "terraform 1.7" })) === JSON.stringify(json);
  } catch {
    return false;
  }
}

/** Plays edits, each chosen by a number among those that are possible; what was destroyed without a word. */
function play(choices: readonly number[]): readonly string[] {
  const project = new Project();
  const made: Thing[] = ["n0", "n1"].map((name) => ({ kind: "volume", name, onDestroy: "keep" }));
  const mayGo = new Set<string>();
  const lost: string[] = [];
  // One state follows the code at once; the other one lags behind.
  const states: KnownState[] = [new Map(), new Map()];
  const [first, second] = made as [Thing, Thing];
  let code: Code = { host: "docker", things: { a: first, b: second }, renamed: [], released: [] };
  let json: object = project.synth(build(code), { tool: "terraform 1.7" });
  const apply = (where: number): void => {
    const planned = planOf(json, states[where] ?? new Map());
    if (typeof planned === "string") {
      // A state that lags behind may be stopped by what is kept, but never by what it cannot reach.
      lost.push(...(where === 0 || planned.startsWith("Provider") ? [planned] : []));
      return;
    }
    lost.push(...planned.destroyed.filter((name) => !mayGo.has(name)));
    states[where] = planned.state;
  };
  apply(0);
  apply(1);
  for (const choice of choices) {
    const edits = editsOf(code, made);
    const next = edits[choice % edits.length];
    if (next === undefined) {
      apply(1);
      continue;
    }
    try {
      json = project.synth(build(next), { tool: "terraform 1.7" });
    } catch {
      // Refused: the code is put back.
      continue;
    }
    code = next;
    lost.push(...(isSame(project, next, json) ? [] : ["the same code again is something else"]));
    for (const thing of Object.values(code.things)) {
      if (!made.some(({ name }) => name === thing.name)) {
        made.push(thing);
      }
      if (thing.onDestroy === "delete") {
        mayGo.add(thing.name);
      }
    }
    apply(0);
  }
  apply(1);
  return lost;
}

test("whatever the code goes through, and however far a state lags behind, nothing kept is destroyed without a word, everything is reached, and the same code is the same again", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1000), { minLength: 2, maxLength: 8 }), (choices) => {
      expect(play(choices)).toEqual([]);
    }),
    { numRuns: Number(process.env.BERTH_SEQUENCES ?? 300), seed: 7 },
  );
});
