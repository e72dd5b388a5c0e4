import { blocks, isObject, type Json, member, type Rendered } from "../../rules/document";
import { schemaFor } from "../../rules/schemas";
import { endpointName, literalName } from "../machines/endpoint";
import { resolveAll } from "../machines/resolve";
import { attributesOf } from "../machines/state";
import { adopt, withoutMeta } from "./adoption";
import { connectedOtherwise, networksOff, networksTooMany, sameNetworks, unlikeDeclared } from "./container-match";
import { fullAttributes } from "./full-attributes";
import type { Obstacle, Step } from "./repair";
import { about, type Found, inTheWay, makeAgain, renamed, type Scene } from "./scene";
import { containerName, type SeenContainer, type SeenImage, type SeenNetwork } from "./sight";

/** The label that every container of berth's has. */
const LABEL = "berth.hash";

export function ofContainer(scene: Scene, one: Rendered): Found {
  const all = scene.engine(one)?.containers;
  // By the name that it had, where the code says another one that was not applied yet.
  const seen =
    all?.get(literalName(one) ?? "") ?? [...(all?.values() ?? [])].find(({ Id }) => Id === scene.attribute(one, "id"));
  const failed = failedJob(scene, one);
  if (failed) {
    return [failed];
  }
  if (!seen) {
    return [];
  }
  if (scene.attribute(one, "id") !== seen.Id) {
    const before = renamed(scene, one, seen.Id) ?? [inTheWay(unknown(scene, one, seen))];
    if (before.length > 0) {
      return before;
    }
    // It is in the state by another address, and the next apply moves it.
  }
  return [...detached(scene, one, seen), ...off(scene, one, seen)];
}

/** A container of the state that does not run, and that the code lets run. */
function off(scene: Scene, one: Rendered, seen: SeenContainer): readonly Step[] {
  const name = containerName(seen);
  const { Status: status } = seen.State;
  const runs = one.body.must_run !== false && one.body.start !== false && !scene.tainted(one);
  const verb = { paused: "unpause", exited: "start", created: "start" }[status];
  if (!runs || verb === undefined) {
    return [];
  }
  const seesIt = status !== "paused";
  const starts = seesIt && startsContainers(scene);
  const follows = starts
    ? "the next apply starts it"
    : seesIt
      ? "a plan would remove it, and an apply create it again: what it wrote outside of its volumes would be lost"
      : "which Terraform does not see: a plan is empty";
  return [
    {
      ...about(one),
      action: "start",
      reason: `container ${name} is ${status}${seesIt ? ":" : ","} ${follows}`,
      asksFirst: false,
      ...(starts ? { inPlan: true } : {}),
      ...(seesIt && !starts ? { beforePlans: true } : {}),
      repair: { kind: "command", run: { on: { endpoint: endpointName(one) }, args: [verb, name] } },
    },
  ];
}

/** Whether the provider starts a container that ended; its line 3 removes it while it plans. */
function startsContainers(scene: Scene): boolean {
  return !schemaFor("docker", scene.stack.constraintOf("docker"))?.version.startsWith("3.");
}

/**
 * The networks that a container was taken off, or put on; the provider reads none of them back. Where the code says other networks than
 * Terraform gave it, a plan shows that, and its apply makes another container.
 */
function detached(scene: Scene, one: Rendered, seen: SeenContainer): readonly Step[] {
  const declared = declaredIn(scene, one);
  const left = attributesOf(scene.state, scene.knownAs(one, seen.Id) ?? one.address);
  const own = scene.stack.resources("docker_network").filter((other) => endpointName(other) === endpointName(one));
  const there = [...(scene.engine(one)?.networks ?? [])].flatMap(([name, { Id: id }]) => {
    const ours = own.find((other) => literalName(other) === name);
    return ours === undefined || scene.attribute(ours, "id") === id || scene.knownAs(ours, id) !== undefined
      ? [{ name, id }]
      : [];
  });
  if (declared === undefined || left === undefined || !sameNetworks(declared, left)) {
    return [];
  }
  const step = (connection: Json, otherwise: boolean): Step[] => {
    const network = there.find(({ name, id }) => connection.name === id || connection.name === name)?.name;
    const on = { endpoint: endpointName(one) };
    const name = containerName(seen);
    return network === undefined
      ? []
      : [
          {
            ...about(one),
            action: "connect",
            reason: `container ${name} is ${otherwise ? `on network ${network} under other names, or with another address, than the code says` : `not on network ${network}`}, which Terraform does not see: a plan is empty`,
            asksFirst: false,
            repair: {
              kind: "command",
              ...(otherwise
                ? {
                    first: { on, args: ["network", "disconnect", network, name] },
                    undo: { on, args: ["network", "connect", ...formerOptions(seen, network), network, name] },
                  }
                : {}),
              run: { on, args: ["network", "connect", ...connectOptions(connection), network, name] },
            },
          },
        ];
  };
  return [
    ...networksOff(declared, seen).flatMap((connection) => step(connection, false)),
    ...connectedOtherwise(declared, seen).flatMap((connection) => step(connection, true)),
    // A network of a name that the code has, and that is another one, is the network's matter.
    ...networksTooMany(declared, seen)
      .filter(
        (network) =>
          !own.some((other) => literalName(other) === network && !there.some(({ name }) => name === network)),
      )
      .map((network) => disconnected(one, seen, network)),
  ];
}

/** A connection that somebody made, and may need: nothing of the code says so. */
function disconnected(one: Rendered, seen: SeenContainer, network: string): Step {
  const name = containerName(seen);
  return {
    ...about(one),
    action: "disconnect",
    reason: `container ${name} is on network ${network}, which the code does not put it on, and which Terraform does not see: a plan is empty`,
    asksFirst: true,
    repair: {
      kind: "command",
      run: { on: { endpoint: endpointName(one) }, args: ["network", "disconnect", network, name] },
    },
  };
}

function connectOptions({ aliases, ipv4_address: v4, ipv6_address: v6 }: Json): readonly string[] {
  return [
    ...(Array.isArray(aliases) ? aliases.flatMap((alias) => ["--alias", String(alias)]) : []),
    ...(typeof v4 === "string" && v4 !== "" ? ["--ip", v4] : []),
    ...(typeof v6 === "string" && v6 !== "" ? ["--ip6", v6] : []),
  ];
}

/** How a container is connected now, without the address that its engine chose, and with the names that somebody gave it. */
function formerOptions({ Id: id, NetworkSettings: seen }: SeenContainer, network: string): readonly string[] {
  const { Aliases: aliases, IPAMConfig: given } = seen?.Networks?.[network] ?? {};
  return connectOptions({
    // The engine adds this one by itself.
    aliases: (aliases ?? []).filter((alias) => alias !== id.slice(0, 12)),
    ipv4_address: given?.IPv4Address,
    ipv6_address: given?.IPv6Address,
  });
}

/** The provider's own switches, which no daemon knows, and what they are where nobody sets them. */
const SWITCHES = {
  attach: false,
  container_read_refresh_timeout_milliseconds: 15_000,
  logs: false,
  must_run: true,
  remove_volumes: true,
  rm: false,
  start: true,
  wait: false,
  wait_timeout: 60,
};

/** Of the provider's form of a container's attributes, on both of its lines. */
const CONTAINER_SCHEMA = 2;

/** A container of the name that the state does not know. */
function unknown(scene: Scene, one: Rendered, seen: SeenContainer): Step | Obstacle {
  const name = literalName(one) ?? "";
  const { Id: id, State: state } = seen;
  if (seen.Config.Labels?.[LABEL] === undefined) {
    const reason = `a container ${name} is there that berth did not make: an apply would end with a name conflict; rename one of them, or remove that one where nobody needs it`;
    return { ...about(one), reason };
  }
  const declared = declaredIn(scene, one);
  const other = declared === undefined ? undefined : unlikeDeclared(declared, seen, imageOf(scene, one));
  if (declared !== undefined && other?.length === 0 && state.Status !== "created") {
    return adopted(scene, one, declared, id);
  }
  const differs =
    other === undefined ? "it cannot be compared with what this stack declares" : `another ${other.join(", ")}`;
  const runs = ["running", "restarting", "paused"].includes(state.Status);
  if (runs) {
    const reason = `another container ${name} is there and runs (${differs}): it may be another stack's, or an older one; rename one of them, or remove that one where nobody needs it`;
    return { ...about(one), reason };
  }
  // The provider connects networks between creating a container and starting it: one that never ran may lack them.
  const own = other?.every((name) => state.Status === "created" && name === "networks_advanced") === true;
  const whose = own ? "" : `; it is not as this stack declares it (${differs}): an older one, or another stack's`;
  return {
    ...about(one),
    action: "remove",
    reason: `container ${name} is there and not in the state: an apply would end with a name conflict; the next one makes it again, its volumes stay${whose}`,
    asksFirst: !own,
    repair: { kind: "command", run: { on: { endpoint: endpointName(one) }, args: ["rm", "-f", id] } },
  };
}

/** Import would know neither its environment nor its networks, and the next plan would replace it for that. */
function adopted(scene: Scene, one: Rendered, declared: Json, id: string): Step | Obstacle {
  const name = literalName(one) ?? "";
  const reason = `container ${name} is there as declared and not in the state: an apply would end with a name conflict`;
  const step = adopt(scene, one, {}, reason);
  const schema = schemaFor("docker", scene.stack.constraintOf("docker"));
  if (!("action" in step) || step.repair.kind !== "adopt" || schema === undefined) {
    return step;
  }
  const attributes = { ...fullAttributes(schema, one.type, { ...SWITCHES, ...declared }), id };
  return { ...step, repair: { ...step.repair, attributes, schemaVersion: CONTAINER_SCHEMA } };
}

/** The configuration with every reference replaced; undefined where one of them is not known. */
function declaredIn(scene: Scene, { body }: Rendered): Json | undefined {
  const attributes = resolveAll(withoutMeta(body), scene.resolve);
  return isObject(attributes) ? attributes : undefined;
}

function imageOf(scene: Scene, one: Rendered): SeenImage | undefined {
  const image = scene.stack.referred(one.body.image);
  return scene.engine(one)?.images.get((image && literalName(image)) ?? String(one.body.image));
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
        asksFirst: false,
        repair: makeAgain(one.address),
      }
    : undefined;
}

/** An image that was pulled or was there: as long as the state does not know it, every container made from it would be replaced. */
export function ofDockerImage(scene: Scene, one: Rendered): Found {
  const name = literalName(one) ?? "";
  const seen = scene.engine(one)?.images.get(name);
  if (!seen || blocks(one.body.build).length > 0 || scene.attribute(one, "id") !== undefined) {
    return [];
  }
  const reason = `image ${name} is there and not in the state: an apply would replace every container made from it`;
  return [adopt(scene, one, { id: `${seen.Id}${name}`, image_id: seen.Id }, reason)];
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
    return [inTheWay({ ...about(one), reason })];
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
  // Nobody can tell whose an idle network is: it is taken as it is.
  const stay = others.length > 0 ? `; ${others.join(", ")} stays on it` : "";
  return [inTheWay(imported(scene, one, seen.Id, what + stay))];
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
    asksFirst: false,
    repair: {
      kind: "command",
      // What the state holds under this address is gone.
      ...(stale && { first: { on: "terraform", args: ["state", "rm", one.address] } }),
      run: { on: "terraform", args: ["import", "-input=false", one.address, id] },
    },
  };
}
