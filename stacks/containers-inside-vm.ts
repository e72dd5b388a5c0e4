import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import {
  ContainersInsideVm,
  DockerNetwork,
  DockerService,
  DockerVolume,
  Duration,
  Healthcheck,
  HostStack,
  KvmHost,
  KvmNetwork,
  Os,
  Size,
  StoragePool,
  VolumeMount,
} from "../lib/index";
import { EXAMPLE_KEY, type Settings, warnOfExampleKey } from "./settings";

/** Two containers inside one virtual machine, in one apply: a web server, and a service that starts when it is healthy. */
export class ContainersInside extends HostStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const kvm = new KvmHost(this, "kvm", { uri: settings.kvmUri, emulated: settings.kvmEmulated });
    const pool = new StoragePool(this, "berth-inside", { host: kvm, path: "/var/lib/libvirt/images/berth-inside" });
    const lan = new KvmNetwork(this, "berth-inside-lan", { host: kvm, subnet: "10.78.0.0/24" });
    const apps = new ContainersInsideVm(this, "apps", {
      host: kvm,
      pool,
      os: Os.ubuntu("20.04"),
      image: settings.guestImage,
      memory: Size.gibibytes(2),
      vcpus: 2,
      rootDisk: Size.gibibytes(20),
      networks: [lan],
      users: [{ name: "ops", sshKeys: [settings.sshKey ?? EXAMPLE_KEY], groups: ["docker"] }],
      line: settings.dockerLine,
      engineDisk: Size.gibibytes(10),
      // An example that can be destroyed; without this word Terraform keeps the engine's disk.
      onDestroy: "delete",
      engine: settings.registryMirror === undefined ? {} : { registryMirrors: [settings.registryMirror] },
      readyTimeout: Duration.minutes(15),
    });
    const back = new DockerNetwork(this, "back", { host: apps, subnet: "172.30.0.0/24" });
    const data = new DockerVolume(this, "data", { host: apps, onDestroy: "delete" });
    const web = new DockerService(this, "web", {
      host: apps,
      image: settings.containerImage,
      networks: [back],
      ports: ["0.0.0.0:8080:80"],
      volumes: [VolumeMount.volume(data, "/data")],
      healthcheck: Healthcheck.http("/", { interval: Duration.seconds(5), timeout: Duration.seconds(10) }),
    });
    const api = new DockerService(this, "api", {
      host: apps,
      image: settings.containerImage,
      networks: [back],
      ports: ["0.0.0.0:8081:80"],
    });
    api.dependsOn(web, "healthy");
    warnOfExampleKey(apps, settings);
    new TerraformOutput(this, "address", { value: apps.address });
    new TerraformOutput(this, "ssh", { value: apps.sshCommand("ops") });
    new TerraformOutput(this, "docker-host", { value: apps.dockerHostLine("ops") });
    new TerraformOutput(this, "web-url", { value: `http://${apps.address}:8080/` });
    new TerraformOutput(this, "certificates-end", { value: apps.expiry });
  }
}
