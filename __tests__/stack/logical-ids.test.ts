import { TerraformResource } from "cdktf";
import {
  ContainersInsideVm,
  DockerImage,
  DockerNetwork,
  DockerService,
  DockerVolume,
  GuestImage,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Size,
  StoragePool,
  VolumeMount,
} from "../../lib/index";
import { synth } from "../../lib/testing";
import { testStack } from "../support/app";
import { KEY } from "../support/bad-world";

test("every resource takes another id once it is made, and is referred to by that everywhere", () => {
  const stack = testStack();
  const host = new KvmHost(stack, "kvm");
  const pool = new StoragePool(stack, "pool", { host, path: "/srv/pool" });
  const networks = [new KvmNetwork(stack, "lan", { host, subnet: "10.9.0.0/24" })];
  const image = GuestImage.fromUrl("https://images.example/debian.qcow2", { sha256: "a".repeat(64) });
  const users = [{ name: "ops", sshKeys: [KEY] }];
  const sizes = { vcpus: 1, memory: Size.gibibytes(1), rootDisk: Size.gibibytes(5) };
  const guest = new KvmGuest(stack, "vm", { host, pool, image, networks, users, ...sizes });
  guest.addDataDisk({ name: "data", size: Size.gibibytes(1) });
  const apps = new ContainersInsideVm(stack, "apps", { host, pool, image, networks, users, ...sizes });
  const web = new DockerService(stack, "web", {
    host: apps,
    image: new DockerImage(stack, "image", { host: apps, reference: "web:1" }),
    networks: [new DockerNetwork(stack, "net", { host: apps, subnet: "10.8.0.0/24" })],
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
