import type { Rendered } from "../../rules/document";
import { ofContainer, ofDockerImage, ofDockerNetwork, ofDockerVolume } from "./docker-repairs";
import { ofEngine } from "./engine-repairs";
import { ofGuest } from "./guest-repairs";
import { leftOver, ofNetwork, ofPool, ofVolume } from "./libvirt-repairs";
import type { Obstacle, Step } from "./repair";
import type { Found, Scene } from "./scene";

/** What was found: what can be mended, in the order in which it has to be, and what cannot. */
export interface Findings {
  readonly steps: readonly Step[];
  readonly obstacles: readonly Obstacle[];
}

/** By type, in the order in which repairs need each other: a container is off its network before that is removed. */
const LOOKS: Readonly<Record<string, (scene: Scene, one: Rendered) => Found>> = {
  libvirt_pool: ofPool,
  libvirt_network: ofNetwork,
  libvirt_volume: ofVolume,
  libvirt_domain: ofGuest,
  docker_image: ofDockerImage,
  docker_volume: ofDockerVolume,
  docker_container: ofContainer,
  docker_network: ofDockerNetwork,
};

/** Holds the state against what the daemons hold. Resources with `count` or `for_each`, or in modules, are left alone. */
export function findRepairs(scene: Scene): Findings {
  const resources = Object.entries(LOOKS).flatMap(([type, find]) =>
    scene.stack
      .resources(type)
      .filter(({ body }) => body.count === undefined && body.for_each === undefined)
      .flatMap((one) => find(scene, one)),
  );
  const sights = [...scene.sights.values()];
  const engines = sights.flatMap((sight) => (sight.kind === "docker" ? ofEngine(scene, sight) : []));
  const hosts = scene.silent.map((reason) => ({ construct: null, address: null, reason }));
  const found: Found = [...resources, ...engines, ...leftOver(scene), ...hosts];
  return {
    steps: found.filter((one): one is Step => "action" in one),
    obstacles: found.filter((one) => !("action" in one)),
  };
}
