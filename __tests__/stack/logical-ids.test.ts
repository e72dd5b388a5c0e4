import { TerraformResource } from "cdktf";
import {
  ContainersInsideVm,
  DockerImage,
  DockerNetwork,
  DockerService,
  DockerVolume,
  GuestImage,
  Size,
  VolumeMount,
} from "../../lib/index";
import { synth } from "../../lib/testing";
import { testApp } from "../support/app";
import { KEY, World } from "../support/bad-world";

test("every resource takes another id once it is made, and is referred to by that everywhere", () => {
  const stack = new World(testApp(), "stack");
  const { kvm: host, pool } = stack;
  const networks = [stack.lan];
  const image = GuestImage.fromUrl("https://images.example/debian.qcow2", { sha256: "a".repeat(64) });
  stack.guest({ image, networks }).addDataDisk({ name: "data", size: Size.gibibytes(1) });
  const apps = new ContainersInsideVm(stack, "apps", {
    host,
    pool,
    image,
    networks,
    users: [{ name: "ops", sshKeys: [KEY] }],
    vcpus: 1,
    memory: Size.gibibytes(1),
    rootDisk: Size.gibibytes(5),
  });
  const web = new DockerService(stack, "web", {
    host: apps,
    image: new DockerImage(stack, "image", { host: apps, reference: "web:1" }),
    networks: [new DockerNetwork(stack, "inside", { host: apps, subnet: "10.8.0.0/24" })],
    volumes: [VolumeMount.volume(new DockerVolume(stack, "files", { host: apps }), "/files")],
  });
  new DockerService(stack, "api", { host: apps, image: "api:1" }).dependsOn(web);

  const resources = stack.node.findAll().filter(TerraformResource.isTerraformResource);
  for (const [index, resource] of resources.entries()) {
    resource.overrideLogicalId(`chosen-${index}`);
  }
  const { resource } = synth(stack).template.json as { readonly resource: Readonly<Record<string, object>> };
  const names = Object.values(resource).flatMap((group) => Object.keys(group));
  expect(names.filter((name) => !name.startsWith("chosen-"))).toEqual([]);
  const references = JSON.stringify(resource).matchAll(/\b(?:docker|libvirt|terraform|tls)_[a-z_]+\.([\w-]+)/g);
  const referred = [...references].map(([, name = ""]) => name);
  expect(referred.length).toBeGreaterThan(40);
  expect(referred.filter((name) => !name.startsWith("chosen-"))).toEqual([]);
});
