import type { Body } from "./case";

export const NETS = {
  docker_network: {
    in: { name: "berth-rule-own", internal: true, ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }] },
    out: { name: "berth-rule-own-out", ipam_config: [{ subnet: "10.0.1.0/24", gateway: "10.0.1.1" }] },
  },
};
export const check = (more: Body): Body => ({ healthcheck: [{ test: ["CMD", "true"], ...more }] });
export const join = (more: Body, name = "${docker_network.in.id}"): Body => ({
  networks_advanced: [{ name, ...more }],
});
export const other = (more: Body) => ({
  docker_container: { other: { name: "berth-rule-own-2", image: "nginx:1", destroy_grace_seconds: 1, ...more } },
});
export const upload = (more: Body): Body => ({ upload: [{ file: "/f", ...more }] });
export const LOOK = (format: string) => ["docker", "inspect", "-f", format, "%"];
