import type { App } from "cdktf";
import {
  ContainersInsideVm,
  DockerHost,
  DockerNetwork,
  DockerService,
  DockerVolume,
  Duration,
  FileSource,
  GuestImage,
  Healthcheck,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Os,
  Size,
  StoragePool,
  VolumeMount,
} from "../../../lib/index";
import { SUPPLIES } from "../engine-guest";
import { WEB_IMAGE } from "../fixtures";

/** What a release rendered these stacks to is kept beside this file: their code must not change. */
export interface ReleasedSettings {
  readonly dockerHost: string;
  readonly sshKey: string;
  /** For the end of a run alone: what was kept may go. */
  readonly onDestroy?: "delete" | undefined;
}

/** Guests and services with data that is kept. */
export class ReleasedShop extends HostStack {
  constructor(app: App, { dockerHost, sshKey, onDestroy }: ReleasedSettings) {
    super(app, "shop");
    const kvm = new KvmHost(this, "kvm", { emulated: true });
    const docker = new DockerHost(this, "docker", { host: dockerHost });
    const pool = new StoragePool(this, "e2e-shop", { host: kvm, path: "/var/lib/libvirt/images/e2e-shop" });
    const lan = new KvmNetwork(this, "e2e-shop-lan", { host: kvm, subnet: "10.77.60.0/24" });
    new KvmGuest(this, "e2e-shop-small", {
      host: kvm,
      pool,
      memory: Size.mebibytes(160),
      vcpus: 1,
      rootDisk: Size.mebibytes(64),
      directBoot: {
        kernel: FileSource.fromFile("vmlinuz"),
        initrd: FileSource.fromFile("initrd.img"),
        commandLine: "console=ttyS0",
      },
      networks: [lan],
      dataDisks: [{ name: "data", size: Size.mebibytes(32), onDestroy }],
      os: Os.debian("12"),
      shutdownTimeout: Duration.seconds(30),
    });
    new KvmGuest(this, "e2e-shop-db", {
      host: kvm,
      pool,
      image: GuestImage.fromFile("guest.qcow2"),
      memory: Size.mebibytes(512),
      vcpus: 1,
      rootDisk: Size.gibibytes(3),
      networks: [lan],
      users: [{ name: "ops", sshKeys: [sshKey] }],
      files: [{ path: "/etc/shop.conf", content: "release=0.1.0\n" }],
      dataDisks: [{ name: "store", size: Size.mebibytes(64), mountPoint: "/srv/store", onDestroy }],
    });
    const back = new DockerNetwork(this, "e2e-shop-back", { host: docker, subnet: "172.29.60.0/24" });
    const data = new DockerVolume(this, "e2e-shop-data", { host: docker, onDestroy });
    const db = new DockerService(this, "e2e-shop-store", {
      host: docker,
      image: WEB_IMAGE,
      networks: [back],
      memory: Size.mebibytes(32),
      volumes: [VolumeMount.volume(data, "/data")],
      healthcheck: Healthcheck.http("/", { interval: Duration.seconds(2) }),
      stopGracePeriod: Duration.seconds(1),
    });
    const web = new DockerService(this, "e2e-shop-web", {
      host: docker,
      image: WEB_IMAGE,
      networks: [back],
      ports: ["127.0.0.1:18095:80"],
      environment: { STORE: db.name },
      stopGracePeriod: Duration.seconds(1),
    });
    web.dependsOn(db, "healthy");
  }
}

/** A guest that carries containers. */
export class ReleasedApps extends HostStack {
  constructor(app: App, { sshKey, onDestroy }: ReleasedSettings) {
    super(app, "apps");
    const kvm = new KvmHost(this, "kvm", { emulated: true });
    const pool = new StoragePool(this, "e2e-apps-pool", { host: kvm, path: "/var/lib/libvirt/images/e2e-apps" });
    const lan = new KvmNetwork(this, "e2e-apps-lan", { host: kvm, subnet: "10.78.0.0/24" });
    const apps = new ContainersInsideVm(this, "e2e-apps", {
      host: kvm,
      pool,
      image: GuestImage.fromFile("guest.qcow2"),
      memory: Size.gibibytes(1),
      vcpus: 2,
      rootDisk: Size.gibibytes(8),
      networks: [lan],
      users: [{ name: "ops", sshKeys: [sshKey] }],
      engine: { registryMirrors: [`http://${SUPPLIES.host}:${SUPPLIES.port}`] },
      engineDisk: Size.gibibytes(4),
      onDestroy,
    });
    const data = new DockerVolume(this, "e2e-apps-data", { host: apps, onDestroy });
    new DockerService(this, "e2e-apps-web", {
      host: apps,
      image: WEB_IMAGE,
      ports: ["0.0.0.0:8080:80"],
      volumes: [VolumeMount.volume(data, "/data")],
    });
  }
}
