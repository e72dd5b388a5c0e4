import { type Body, type Case, casesOf, container, SWARM } from "./case";
import { NETS } from "./container-parts";

const IMAGE = { docker_image: { web: { name: "nginx:1", keep_locally: true } } };
const VOLUME = { docker_volume: { data: { name: "berth-rule-own-data" } } };
const tag = casesOf("docker_tag", { source_image: "nginx:1", target_image: "berth-rule:1" });
const pushed = casesOf("docker_registry_image", { name: "localhost:5000/berth-rule:1" });
const service = casesOf("docker_service", { name: "web" });
const runs = (image: string): Body => ({ task_spec: [{ container_spec: [{ image }] }] });
const NO_REGISTRY = { elsewhere: "needs a registry" } as const;

export const dockerWiringCases: Readonly<Record<string, Case>> = {
  "docker/container/image-of": container(
    { image: "${docker_image.web.id}" },
    `'image' must take docker_image.image_id or docker_image.name or docker_image.repo_digest or docker_tag.target_image or docker_registry_image.name, got "\${docker_image.web.id}" (such as \${docker_image.NAME.image_id})`,
    { image: "${docker_image.web.image_id}" },
    { beside: IMAGE },
  ),
  "docker/container/network-of": container(
    { networks_advanced: [{ name: "${docker_volume.data.id}" }] },
    `'networks_advanced.0.name' must take docker_network.id or docker_network.name, got "\${docker_volume.data.id}" (such as \${docker_network.NAME.id})`,
    { networks_advanced: [{ name: "${docker_network.out.id}" }] },
    { beside: { ...NETS, ...VOLUME } },
  ),
  "docker/container/volume-of": container(
    { volumes: [{ container_path: "/d", volume_name: "${docker_volume.data.mountpoint}" }] },
    `'volumes.0.volume_name' must take docker_volume.name or docker_volume.id, got "\${docker_volume.data.mountpoint}" (such as \${docker_volume.NAME.name})`,
    { volumes: [{ container_path: "/d", volume_name: "${docker_volume.data.name}" }] },
    { beside: VOLUME, read: true },
  ),
  "docker/container/mount-of": container(
    { mounts: [{ type: "volume", target: "/d", source: "${docker_network.out.id}" }] },
    `'mounts.0.source' must take docker_volume.name or docker_volume.id, got "\${docker_network.out.id}" (such as \${docker_volume.NAME.name})`,
    { mounts: [{ type: "volume", target: "/d", source: "${docker_volume.data.name}" }] },
    { beside: { ...VOLUME, ...NETS }, read: true },
  ),
  "docker/container/volumes-of": container(
    { volumes: [{ from_container: "${docker_volume.data.id}" }] },
    `'volumes.0.from_container' must take docker_container.id or docker_container.name, got "\${docker_volume.data.id}" (such as \${docker_container.NAME.id})`,
    { volumes: [{ from_container: "${docker_container.other.id}" }] },
    {
      beside: {
        ...VOLUME,
        docker_container: { other: { name: "berth-rule-own-2", image: "nginx:1", destroy_grace_seconds: 1 } },
      },
    },
  ),
  "docker/container/other-machine": container(
    { provider: "docker.rack", networks_advanced: [{ name: "${docker_network.out.id}" }] },
    "'networks_advanced.0.name' must be something of the same machine, got docker_network.out of the provider's default block (make one by this resource's provider block)",
    { networks_advanced: [{ name: "${docker_network.out.id}" }] },
    { beside: NETS, read: true },
  ),
  "docker/service/image-of": service(
    runs("${docker_image.web.id}"),
    `'task_spec.0.container_spec.0.image' must take docker_image.name or docker_image.repo_digest or docker_image.image_id or docker_registry_image.name or docker_tag.target_image, got "\${docker_image.web.id}" (such as \${docker_image.NAME.name})`,
    runs("${docker_image.web.name}"),
    {
      ...SWARM,
      beside: IMAGE,
    },
  ),
  "docker/tag/source": tag(
    { source_image: "${docker_image.web.id}" },
    `'source_image' must take docker_image.image_id or docker_image.name or docker_image.repo_digest or docker_tag.target_image, got "\${docker_image.web.id}" (such as \${docker_image.NAME.image_id})`,
    { source_image: "${docker_image.web.image_id}" },
    { beside: IMAGE },
  ),
  "docker/registry-image/source": pushed(
    { name: "${docker_image.web.image_id}" },
    `'name' must take docker_image.name or docker_tag.target_image, got "\${docker_image.web.image_id}" (such as \${docker_image.NAME.name})`,
    { name: "${docker_image.web.name}" },
    { beside: IMAGE, ...NO_REGISTRY },
  ),
  "docker/service/mount-of": service(
    {
      task_spec: [
        {
          container_spec: [
            {
              image: "nginx:1",
              mounts: [{ type: "volume", target: "/d", source: "${docker_volume.data.mountpoint}" }],
            },
          ],
        },
      ],
    },
    `'task_spec.0.container_spec.0.mounts.0.source' must take docker_volume.name or docker_volume.id, got "\${docker_volume.data.mountpoint}" (such as \${docker_volume.NAME.name})`,
    {
      task_spec: [
        {
          container_spec: [
            { image: "nginx:1", mounts: [{ type: "volume", target: "/d", source: "${docker_volume.data.name}" }] },
          ],
        },
      ],
    },
    { ...SWARM, beside: VOLUME, look: ["docker", "service", "ps", "--no-trunc", "--format", "{{.Error}}", "%"] },
  ),
  "docker/container/network-by-text": container(
    { networks_advanced: [{ name: "berth-rule-own-out" }] },
    `'networks_advanced.0.name' must refer to docker_network.out, which this stack makes, got "berth-rule-own-out" (\${docker_network.out.name}, or depends_on)`,
    { networks_advanced: [{ name: "${docker_network.out.id}" }] },
    { beside: NETS, read: true },
  ),
  "docker/container/volume-by-text": container(
    { volumes: [{ container_path: "/d", volume_name: "berth-rule-own-data" }] },
    `'volumes.0.volume_name' must refer to docker_volume.data, which this stack makes, got "berth-rule-own-data" (\${docker_volume.data.name}, or depends_on)`,
    { volumes: [{ container_path: "/d", volume_name: "${docker_volume.data.name}" }] },
    { beside: VOLUME, read: true },
  ),
  "docker/service/other-machine": service(
    { provider: "docker.rack", ...runs("${docker_image.web.name}") },
    "'task_spec.0.container_spec.0.image' must be something of the same machine, got docker_image.web of the provider's default block (make one by this resource's provider block)",
    runs("${docker_image.web.name}"),
    { ...SWARM, beside: IMAGE, read: true },
  ),
  "docker/tag/other-machine": tag(
    { provider: "docker.rack", source_image: "${docker_image.web.image_id}" },
    "'source_image' must be something of the same machine, got docker_image.web of the provider's default block (make one by this resource's provider block)",
    { source_image: "${docker_image.web.image_id}" },
    { beside: IMAGE, read: true },
  ),
};
