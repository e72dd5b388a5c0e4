import { editsOf } from "./edit-case";

/** What edits of Docker's things start from. */
export const container = editsOf("docker_container", {
  name: "berth-edit-own",
  image: "nginx:1",
  destroy_grace_seconds: 1,
  memory: 64,
  memory_swap: 64,
});
export const SUBNET = { subnet: "10.0.0.0/24", gateway: "10.0.0.1" };
export const network = editsOf("docker_network", { name: "berth-edit-own", ipam_config: [SUBNET] });
export const volume = editsOf("docker_volume", { name: "berth-edit-own" });
export const image = editsOf("docker_image", { name: "nginx:1", keep_locally: true });
export const service = editsOf("docker_service", {
  name: "berth-edit-own",
  task_spec: [{ container_spec: [{ image: "nginx:1" }] }],
});
export const SWARM = { swarm: true } as const;
/** A service's task, and what of it stands in its container. */
export const task = (more: object, inside: object = {}) => ({
  task_spec: [{ container_spec: [{ image: "nginx:1", ...inside }], ...more }],
});
/** Two networks beside what is edited. */
export const NETS = {
  docker_network: {
    a: { name: "berth-edit-own-a", ipam_config: [SUBNET] },
    b: { name: "berth-edit-own-b", ipam_config: [{ subnet: "10.0.1.0/24", gateway: "10.0.1.1" }] },
  },
};
