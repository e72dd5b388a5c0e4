import {
  acknowledge,
  ContainersInsideVm,
  DockerService,
  GuestImage,
  type HostStack,
  KvmHost,
  KvmNetwork,
  Size,
  StoragePool,
} from "../../lib/index";
import { KEY } from "../support/inside-world";
import { Project } from "../support/project";

const at =
  (address: string, more: { word?: boolean; service?: boolean } = {}) =>
  (stack: HostStack) => {
    const host = new KvmHost(stack, "kvm");
    const apps = new ContainersInsideVm(stack, "apps", {
      host,
      pool: new StoragePool(stack, "pool", { host, path: "/pools/a" }),
      image: GuestImage.fromVolume("/golden.qcow2"),
      memory: Size.gibibytes(2),
      vcpus: 2,
      rootDisk: Size.gibibytes(10),
      networks: [{ network: new KvmNetwork(stack, "lan", { host, subnet: "10.1.0.0/24" }), address }],
      users: [{ name: "ops", sshKeys: [KEY] }],
    });
    if (more.service !== false) {
      new DockerService(stack, "web", { host: apps, image: "nginx:1.27.5" });
    }
    if (more.word) {
      acknowledge(apps, "patterns/engine-address", "the guest is applied first");
    }
  };

test("another address of an engine that carries something is refused, with the way to it, once", () => {
  const project = new Project();
  project.synth(at("10.1.0.20"));
  expect(project.problems(at("10.1.0.21"))).toEqual([
    expect.stringMatching(
      /^\[shop\/apps\] 'networks' must keep the address of an engine that carries something, tcp:\/\/10\.1\.0\.20:2376, for the length of one apply, got tcp:\/\/10\.1\.0\.21:2376 \(acknowledge\(apps, "patterns\/engine-address", "…"\), synthesize, then terraform apply -target=terraform_data\.apps_Readiness_\w+, which moves the guest, and terraform apply for the rest\) \[patterns\/engine-address\]$/,
    ),
  ]);
  project.synth(at("10.1.0.21", { word: true }));
  project.synth(at("10.1.0.21"));
});

test("another address of an engine that carries nothing is an edit like any other", () => {
  const project = new Project();
  project.synth(at("10.1.0.20", { service: false }));
  project.synth(at("10.1.0.21", { service: false }));
});
