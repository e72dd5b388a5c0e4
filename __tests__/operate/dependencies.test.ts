import { dependenciesOf } from "../../lib/operate/recover/dependencies";
import { Document } from "../../lib/rules/document";

const stack = new Document({
  locals: { bundle: "${tls_private_key.client.private_key_pem}" },
  provider: {
    docker: [
      { host: "unix:///a" },
      { alias: "inside", host: "tcp://1", key_material: "${local.bundle}", ca_material: "${data.x_y.z.pem}" },
    ],
    libvirt: { uri: "qemu:///system" },
  },
  data: { x_y: { z: { input: "${terraform_data.seed.output}" } } },
  resource: {
    terraform_data: { gate: { depends_on: ["libvirt_domain.vm"] }, seed: {}, alone: {} },
    tls_private_key: { client: {} },
    libvirt_domain: {
      vm: { lifecycle: { replace_triggered_by: ["terraform_data.body"] }, disk: "${libvirt_volume.d.path}" },
    },
    libvirt_volume: { d: { pool: "p" } },
    docker_container: {
      web: { image: "${docker_image.web.image_id}", self: "${docker_container.web.id}" },
      in: { provider: "docker.inside", depends_on: ["terraform_data.gate"], image: "nginx" },
    },
    docker_image: { web: { name: "web:1" } },
  },
});
const of = (address: string) => {
  const one = stack.at(address);
  return one && dependenciesOf(one, stack);
};

describe("what a resource stands on", () => {
  test.each([
    ["docker_container.web", ["docker_image.web"]],
    ["docker_image.web", []],
    ["terraform_data.gate", ["libvirt_domain.vm", "libvirt_volume.d"]],
    [
      "docker_container.in",
      ["libvirt_domain.vm", "libvirt_volume.d", "terraform_data.gate", "terraform_data.seed", "tls_private_key.client"],
    ],
  ])("%s: %j", (address, dependencies) => {
    expect(of(address)).toEqual(dependencies);
  });
});
