import { GuestImage, HostStack, KvmGuest, KvmHost, KvmNetwork, Os, Size, StoragePool } from "berth";
import { App } from "cdktf";

const image = "https://cloud-images.ubuntu.com/releases/focal/release-20250624/ubuntu-20.04-server-cloudimg-amd64.img";
const sha256 = "18f2977d77dfea1b74aee14533bd21c34f789139e949c57023b7364894b7e5e9";
const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq you@example";

const app = new App();
const stack = new HostStack(app, "single-guest");
const kvm = new KvmHost(stack, "kvm");
const pool = new StoragePool(stack, "pool", { host: kvm, path: "/var/lib/libvirt/images/team" });
const lan = new KvmNetwork(stack, "lan", { host: kvm, subnet: "10.77.0.0/24" });
const vm = new KvmGuest(stack, "myvm", {
  host: kvm, pool, os: Os.ubuntu("20.04"), image: GuestImage.fromUrl(image, { sha256 }),
  memory: Size.mebibytes(2048), vcpus: 2, rootDisk: Size.gibibytes(20), networks: [lan],
  users: [{ name: "ops", sshKeys: [key] }],
});
console.log(`once applied: ssh ops@${vm.address}`);
app.synth();
