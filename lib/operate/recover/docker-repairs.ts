import { blocks, member, type Rendered } from "../../rules/document";
import { endpointName, literalName } from "../machines/endpoint";
import type { Obstacle, Step } from "./repair";
import { about, type Found, renamed, type Scene } from "./scene";
import type { SeenContainer, SeenNetwork } from "./sight";

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
    return renamed(scene, one, seen.Id) ?? [unknown(one, seen)];
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

/** A container of the name that the state does not know. */
function unknown(one: Rendered, { Id: id, Config: { Labels: labels } }: SeenContainer): Step | Obstacle {
  const name = literalName(one) ?? "";
  const label = labels?.[LABEL];
  if (label === undefined) {
    const reason = `a container ${name} is there that berth did not make: an apply would end with a name conflict; rename one of them, or remove that one where nobody needs it`;
    return { ...about(one), reason };
  }
  const own = label === labelOf(one);
  const whose = own ? "" : "; it is not as this stack declares it: an older one, or another stack's";
  // Import would know neither its environment nor its networks, and the next plan would replace it for that.
  return {
    ...about(one),
    action: "remove",
    reason: `container ${name} is there and not in the state: an apply would end with a name conflict; the next one makes it again, its volumes stay${whose}`,
    holdsData: !own,
    repair: { kind: "command", run: { on: { endpoint: endpointName(one) }, args: ["rm", "-f", id] } },
  };
}

/** The hash that a container of this stack has. */
function labelOf({ body }: Rendered): unknown {
  return blocks(body.labels).find(({ label }) => label === LABEL)?.value;
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
  const before = renamed(scene, one, seen.Id);
  if (before) {
    return before;
  }
  if (!isAsDeclared(one, seen)) {
    const reason = `another network ${name} is there, with other addresses or labels: rename one of them, or remove that one where nobody needs it`;
    return [{ ...about(one), reason }];
  }
  const leaving = new Set(
    scene.stack
      .resources("docker_container")
      .filter((other) => endpointName(other) === endpointName(one))
      .filter((other) => ofContainer(scene, other).some((step) => "action" in step && step.action === "remove"))
      .map((other) => literalName(other)),
  );
  const others = (engine.members.get(seen.Id) ?? []).filter((member) => !leaving.has(member));
  const what = `network ${name} is there and not in the state: an apply would end with "already exists"`;
  return [
    others.length > 0
      ? imported(scene, one, seen.Id, `${what}; ${others.join(", ")} stays on it`)
      : {
          ...about(one),
          action: "remove",
          reason: `${what}; nothing else is on it`,
          holdsData: false,
          repair: { kind: "command", run: { on: { endpoint: endpointName(one) }, args: ["network", "rm", seen.Id] } },
        },
  ];
}

/** A network that is another than the declared one belongs to somebody else. */
function isAsDeclared({ body }: Rendered, { IPAM: ipam, Labels: labels }: SeenNetwork): boolean {
  const subnets = blocks(body.ipam_config).flatMap(({ subnet }) => (typeof subnet === "string" ? subnet : []));
  const given = (ipam?.Config ?? []).map(({ Subnet }) => Subnet);
  const own = new Set(blocks(body.labels).map(({ label }) => label));
  return (
    subnets.every((subnet) => given.includes(subnet)) && Object.keys(labels ?? {}).every((label) => own.has(label))
  );
}

export function ofDockerVolume(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const there = scene.engine(one)?.volumes.has(name) === true;
  return there && scene.attribute(one, "id") !== name
    ? (renamed(scene, one, name) ?? [
        imported(
          scene,
          one,
          name,
          `volume ${name} is there and not in the state: an apply would take it as it is, whatever its options are`,
        ),
      ])
    : [];
}

function imported(scene: Scene, one: Rendered, id: string, reason: string): Step {
  const stale = scene.attribute(one, "id") !== undefined;
  return {
    ...about(one),
    action: "import",
    reason,
    holdsData: false,
    repair: {
      kind: "command",
      // What the state holds under this address is gone.
      ...(stale && { first: { on: "terraform", args: ["state", "rm", one.address] } }),
      run: { on: "terraform", args: ["import", "-input=false", one.address, id] },
    },
  };
}
