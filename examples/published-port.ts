import { ContainersInsideVm, DockerHost, DockerNetwork, DockerService, GuestImage, HostStack, KvmHost, KvmNetwork, PublishedPort, Size, StoragePool } from "berth";
import { App } from "cdktf";

const image = "https://cloud-images.ubuntu.com/releases/focal/release-20250624/ubuntu-20.04-server-cloudimg-amd64.img";
const sha256 = "18f2977d77dfea1b74aee14533bd21c34f789139e949c57023b7364894b7e5e9";
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq you@example";

const app = new App();
const stack = new HostStack(app, "published-port");
const host = new KvmHost(stack, "kvm");
const pool = new StoragePool(stack, "pool", { host, path: "/var/lib/libvirt/images/team" });
const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.77.0.0/24" });
const apps = new ContainersInsideVm(stack, "apps", {
  host, pool, image: GuestImage.fromUrl(image, { sha256 }), networks: [lan], users: [{ name: "ops", sshKeys: [key] }],
  memory: Size.gibibytes(2), vcpus: 2, rootDisk: Size.gibibytes(20), engineDisk: Size.gibibytes(40),
});
const back = new DockerNetwork(stack, "back", { host: apps, subnet: "172.30.0.0/24" });
new DockerService(stack, "api", { host: apps, image: "nginx:1.27.5", networks: [back], ports: ["0.0.0.0:8080:80"] });
const docker = new DockerHost(stack, "docker");
new PublishedPort(stack, "api-port", { host: docker, guest: apps, port: "0.0.0.0:80:8080" });
app.synth();
