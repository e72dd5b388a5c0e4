import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import {
  DockerHost,
  DockerNetwork,
  DockerService,
  Duration,
  Healthcheck,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Os,
  Size,
  StoragePool,
} from "../lib/index";
import { EXAMPLE_KEY, type Settings, warnOfExampleKey } from "./settings";

/**
 * A database in a virtual machine and two containers beside it, on one machine. The containers reach the guest by its
 * address; its data lie on a disk that survives it.
 */
export class SideBySide extends HostStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const kvm = new KvmHost(this, "kvm", { uri: settings.kvmUri, emulated: settings.kvmEmulated });
    const docker = new DockerHost(this, "docker", { host: settings.dockerHost, line: settings.dockerLine });

    // The guest fetches its packages through one network, and is asked on the other, which containers can reach.
    const outside = new KvmNetwork(this, "berth-side-out", { host: kvm, subnet: "10.79.0.0/24" });
    const tier = new KvmNetwork(this, "berth-side-tier", { host: kvm, subnet: "10.80.0.0/24", mode: "open" });
    const address = tier.slots.subnet.host(20);
    const db = new KvmGuest(this, "db", {
      host: kvm,
      pool: new StoragePool(this, "berth-side", { host: kvm, path: "/var/lib/libvirt/images/berth-side" }),
      os: Os.ubuntu("20.04"),
      image: settings.guestImage,
      memory: Size.gibibytes(1),
      vcpus: 2,
      rootDisk: Size.gibibytes(20),
      networks: [outside, { network: tier, address }],
      users: [{ name: "ops", sshKeys: [settings.sshKey ?? EXAMPLE_KEY] }],
      // An example that can be destroyed; without this word Terraform keeps the disk.
      dataDisks: [{ name: "data", size: Size.gibibytes(10), mountPoint: "/var/lib/influxdb", onDestroy: "delete" }],
      packages: ["influxdb"],
      files: [
        {
          path: "/etc/systemd/system/influxdb.service.d/listen.conf",
          content: `[Service]\nEnvironment=INFLUXDB_HTTP_BIND_ADDRESS=${address}:8086 INFLUXDB_REPORTING_DISABLED=true\n`,
        },
      ],
      // A guest that was rebuilt may give the account another number than the one that its data carry.
      firstBootScript: "chown -R influxdb:influxdb /var/lib/influxdb\nsystemctl restart influxdb",
    });
    warnOfExampleKey(db, settings);

    const front = new DockerNetwork(this, "front", { host: docker, subnet: "172.31.250.0/24" });
    const common = {
      host: docker,
      image: settings.containerImage,
      networks: [front],
      environment: { DB_URL: `http://${db.addressOn(tier)}:8086` },
    };
    const api = new DockerService(this, "api", {
      ...common,
      healthcheck: Healthcheck.http("/", { interval: Duration.seconds(5), timeout: Duration.seconds(10) }),
    });
    const web = new DockerService(this, "web", { ...common, ports: ["0.0.0.0:8082:80"] });
    web.dependsOn(api, "healthy");

    new TerraformOutput(this, "db-address", { value: db.addressOn(tier) });
    new TerraformOutput(this, "ssh", { value: `ssh ops@${db.address}` });
  }
}
