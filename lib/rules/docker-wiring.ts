import { rulesOf } from "./look";
import type { Rule } from "./rule";
import { elsewhere, type Wire, wired, written } from "./wiring";

const IMAGE: Wire = {
  way: "image",
  takes: [
    "docker_image.image_id",
    "docker_image.name",
    "docker_image.repo_digest",
    "docker_tag.target_image",
    "docker_registry_image.name",
  ],
};
const NETWORK: Wire = { way: "networks_advanced.name", takes: ["docker_network.id", "docker_network.name"] };
const VOLUME: Wire = { way: "volumes.volume_name", takes: ["docker_volume.name", "docker_volume.id"] };
const MOUNT: Wire = {
  way: "mounts.source",
  takes: ["docker_volume.name", "docker_volume.id"],
};
const FROM: Wire = { way: "volumes.from_container", takes: ["docker_container.id", "docker_container.name"] };
const SERVED: Wire = {
  way: "task_spec.container_spec.image",
  takes: [
    "docker_image.name",
    "docker_image.repo_digest",
    "docker_image.image_id",
    "docker_registry_image.name",
    "docker_tag.target_image",
  ],
};
const SERVED_MOUNT: Wire = {
  way: "task_spec.container_spec.mounts.source",
  takes: ["docker_volume.name", "docker_volume.id"],
};
const SERVED_NETWORK: Wire = { way: "task_spec.networks_advanced.id", takes: ["docker_network.id"] };
const SERVED_SECRET: Wire = { way: "task_spec.container_spec.secrets.secret_id", takes: ["docker_secret.id"] };
const SERVED_CONFIG: Wire = { way: "task_spec.container_spec.configs.config_id", takes: ["docker_config.id"] };
const SOURCE: Wire = {
  way: "source_image",
  takes: ["docker_image.image_id", "docker_image.name", "docker_image.repo_digest", "docker_tag.target_image"],
};
const PUSHED: Wire = {
  way: "name",
  takes: ["docker_image.name", "docker_tag.target_image"],
};

const container = rulesOf("docker/container", "docker_container");
const service = rulesOf("docker/service", "docker_service");
const tag = rulesOf("docker/tag", "docker_tag");
const pushed = rulesOf("docker/registry-image", "docker_registry_image");

/** What of one Docker resource another takes: the wrong attribute plans, and then names nothing. */
export const dockerWiringRules: readonly Rule[] = [
  container("image-of", "Unable to find or pull image sha256:ID nginx:1; invalid reference format", wired(IMAGE)),
  container("network-of", "network X not found", wired(NETWORK)),
  container("volume-of", "no error: the engine makes a new, empty volume of that name", wired(VOLUME), {
    proof: "read",
  }),
  container("mount-of", "no error: the engine makes a new, empty volume of that name", wired(MOUNT), { proof: "read" }),
  container("volumes-of", "No such container: X", wired(FROM)),
  container(
    "other-machine",
    "No such image, no such network: what the other machine has",
    elsewhere([IMAGE, NETWORK, VOLUME, MOUNT, FROM]),
    { proof: "read", claimed: true },
  ),
  service("image-of", "invalid reference format", wired(SERVED)),
  tag("source", "Error response from daemon: invalid reference format", wired(SOURCE)),
  pushed("source", "An image does not exist locally with the tag", wired(PUSHED)),

  service("mount-of", "invalid volume mount source, must not be an absolute path", wired(SERVED_MOUNT)),

  container(
    "network-by-text",
    "network X not found, as the container is made first",
    written("networks_advanced.name", "docker_network"),
    {
      proof: "read",
    },
  ),
  container(
    "volume-by-text",
    "no error: the container makes the volume first, without its driver and labels",
    written("volumes.volume_name", "docker_volume"),
    { proof: "read" },
  ),
  service(
    "other-machine",
    "not found: what the other machine has",
    elsewhere([SERVED, SERVED_MOUNT, SERVED_NETWORK, SERVED_SECRET, SERVED_CONFIG]),
    { proof: "read" },
  ),
  tag("other-machine", "No such image: what the other machine has", elsewhere([SOURCE]), { proof: "read" }),
];
