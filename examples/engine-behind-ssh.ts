import { ContainersInsideVm, DockerService, GuestImage, HostStack, KvmHost, KvmNetwork, Size, StoragePool } from "berth";
import { App, TerraformVariable } from "cdktf";

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq you@example";
const app = new App();
const stack = new HostStack(app, "engine-behind-ssh");
const host = new KvmHost(stack, "kvm");
const pool = new StoragePool(stack, "pool", { host, path: "/var/lib/libvirt/images/team" });
const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.77.0.0/24" });
const guest = {
  host, pool, image: GuestImage.fromVolume("/var/lib/libvirt/images/golden.qcow2"), networks: [lan],
  users: [{ name: "ops", sshKeys: [key] }], memory: Size.gibibytes(2), vcpus: 2, rootDisk: Size.gibibytes(20),
};
const secret = (id: string) => new TerraformVariable(stack, id, { type: "string", sensitive: true }).stringValue;
const open = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
const apps = new ContainersInsideVm(stack, "apps", {
  ...guest,
  users: [{ name: "ops", sshKeys: [key] }],
  transport: { user: "ops" },
  keys: {
    hostKey: secret("host-key"), hostPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq",
    loginKey: secret("login-key"), loginPublicKey: open("login-public-key"),
  },
});
new DockerService(stack, "api", { host: apps, image: "nginx:1.27.5" });
app.synth();
