import { blocks, member, type Rendered } from "../../rules/document";
import { endpointName, literalName } from "../machines/endpoint";
import type { Step } from "./repair";
import { about, type Found, type Scene } from "./scene";

/** The label that every container of berth's has. */
const LABEL = "berth.hash";

export function ofContainer(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const seen = scene.engine(one)?.containers.get(name);
  const failed = failedJob(scene, one);
  if (failed) {
    return [failed];
  }
  if (!seen) {
    return [];
  }
  if (scene.attribute(one, "id") !== seen.Id) {
    return [isStranger(scene, one) ? stranger(one, name) : removed(one, name)];
  }
  const { Status: status } = seen.State;
  const runs = one.body.must_run !== false && one.body.start !== false && !scene.tainted(one);
  const verb = { paused: "unpause", exited: "start", created: "start" }[status];
  return runs && verb !== undefined
    ? [
        {
          ...about(one),
          action: "start",
          reason: `container ${name} is ${status}: a plan would remove it, or make it anew, and what it wrote outside of its volumes would be lost`,
          holdsData: false,
          repair: { kind: "command", run: { on: { endpoint: endpointName(one) }, args: [verb, name] } },
        },
      ]
    : [];
}

/** True for a container that berth did not make. */
function isStranger(scene: Scene, one: Rendered): boolean {
  const labels = scene.engine(one)?.containers.get(literalName(one) ?? "")?.Config.Labels;
  return labels?.[LABEL] === undefined;
}

function stranger(one: Rendered, name: string) {
  const reason = `a container ${name} is there that berth did not make: an apply would end with a name conflict; rename one of them, or remove that one where nobody needs it`;
  return { ...about(one), reason };
}

function removed(one: Rendered, name: string): Step {
  // Import would know neither its environment nor its networks, and the next plan would replace it for that.
  return {
    ...about(one),
    action: "remove",
    reason: `container ${name} is there and not in the state: an apply would end with a name conflict; the next one makes it again, its volumes stay`,
    holdsData: false,
    repair: { kind: "command", run: { on: { endpoint: endpointName(one) }, args: ["rm", "-f", name] } },
  };
}

/** A job that ended with an error, and whose postcondition makes every later plan fail. */
function failedJob(scene: Scene, one: Rendered): Step | undefined {
  const code = scene.attribute(one, "exit_code");
  const guarded = blocks(member(one.body, "lifecycle")?.postcondition).length > 0;
  return guarded && typeof code === "number" && code !== 0 && !scene.tainted(one)
    ? {
        ...about(one),
        action: "make again",
        reason: `job ${literalName(one)} ended with ${code}: every plan fails at its postcondition until it runs again`,
        holdsData: false,
        repair: { kind: "command", run: { on: "terraform", args: ["taint", one.address] } },
      }
    : undefined;
}

export function ofDockerNetwork(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const engine = scene.engine(one);
  const seen = engine?.networks.get(name);
  if (!engine || !seen || scene.attribute(one, "id") === seen.Id) {
    return [];
  }
  const known = new Set(scene.stack.resources("docker_container").map((other) => scene.attribute(other, "id")));
  const ours = new Set(
    scene.stack
      .resources("docker_container")
      .filter((other) => endpointName(other) === endpointName(one) && !isStranger(scene, other))
      .map((other) => literalName(other)),
  );
  const others = Object.entries(seen.Containers ?? {}).filter(([id, { Name }]) => known.has(id) || !ours.has(Name));
  const what = `network ${name} is there and not in the state: an apply would end with "already exists"`;
  return [
    others.length > 0
      ? imported(one, seen.Id, `${what}; ${others.map(([, { Name }]) => Name).join(", ")} stays on it`)
      : {
          ...about(one),
          action: "remove",
          reason: `${what}; nothing else is on it`,
          holdsData: false,
          repair: { kind: "command", run: { on: { endpoint: endpointName(one) }, args: ["network", "rm", name] } },
        },
  ];
}

export function ofDockerVolume(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const there = scene.engine(one)?.volumes.has(name) === true;
  return there && scene.attribute(one, "id") !== name
    ? [
        imported(
          one,
          name,
          `volume ${name} is there and not in the state: an apply would take it as it is, whatever its options are`,
        ),
      ]
    : [];
}

function imported(one: Rendered, id: string, reason: string): Step {
  return {
    ...about(one),
    action: "import",
    reason,
    holdsData: false,
    repair: { kind: "command", run: { on: "terraform", args: ["import", "-input=false", one.address, id] } },
  };
}
