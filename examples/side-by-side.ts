import { DockerHost, DockerService, GuestImage, HostStack, KvmGuest, KvmHost, KvmNetwork, Os, Size, StoragePool } from "berth";
import { App } from "cdktf";

const image = "https://cloud-images.ubuntu.com/releases/focal/release-20250624/ubuntu-20.04-server-cloudimg-amd64.img";
const sha256 = "18f2977d77dfea1b74aee14533bd21c34f789139e949c57023b7364894b7e5e9";
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq you@example";

const app = new App();
const stack = new HostStack(app, "side-by-side");
const kvm = new KvmHost(stack, "kvm");
const docker = new DockerHost(stack, "docker");
const pool = new StoragePool(stack, "pool", { host: kvm, path: "/var/lib/libvirt/images/team" });
const out = new KvmNetwork(stack, "out", { host: kvm, subnet: "10.77.0.0/24" });
const tier = new KvmNetwork(stack, "tier", { host: kvm, subnet: "10.78.0.0/24", mode: "open" });
const db = new KvmGuest(stack, "db", {
  host: kvm, pool, os: Os.ubuntu("20.04"), image: GuestImage.fromUrl(image, { sha256 }), networks: [out, tier],
  memory: Size.gibibytes(2), vcpus: 2, rootDisk: Size.gibibytes(20), users: [{ name: "ops", sshKeys: [key] }],
  packages: ["influxdb"], dataDisks: [{ name: "data", size: Size.gibibytes(40), mountPoint: "/var/lib/influxdb" }],
});
new DockerService(stack, "web", {
  host: docker, image: "nginx:1.27.5", ports: ["127.0.0.1:8080:80"], environment: { DB_HOST: db.addressOn(tier) },
});
app.synth();
