import type { Json, Rendered } from "../../rules/document";
import { endpointName } from "../machines/endpoint";
import { resolveAll } from "../machines/resolve";
import { dependenciesOf } from "./dependencies";
import type { Obstacle, Step } from "./repair";
import { about, type Scene } from "./scene";

/** What of a resource's JSON is Terraform's own. */
const META = new Set(["//", "provider", "lifecycle", "depends_on", "provisioner", "connection"]);

/** A configuration without what is Terraform's own. */
export function withoutMeta(body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !META.has(name)));
}

/**
 * Writes into the state what is there, as the configuration declares it. The provider reads back what was declared, so that
 * the next plan sees whatever is different; its own import reads back nothing of a network or pool, and finds no volume.
 *
 * @param computed - what only the daemon says: ids and paths
 */
export function adopt(scene: Scene, one: Rendered, computed: object, reason: string): Step | Obstacle {
  const { type, address, body } = one;
  const attributes = resolveAll(withoutMeta(body), scene.resolve);
  if (typeof attributes !== "object" || attributes === null) {
    return {
      ...about(one),
      reason: `${reason}; it refers to something that is not known, so it cannot be adopted: apply that first`,
    };
  }
  const name = address.slice(type.length + 1);
  const alias = endpointName(one).split(".")[1];
  return {
    ...about(one),
    action: "adopt",
    reason,
    asksFirst: false,
    repair: {
      kind: "adopt",
      type,
      name,
      alias,
      attributes: { ...attributes, ...computed },
      schemaVersion: 0,
      dependencies: dependenciesOf(one, scene.stack),
    },
  };
}
