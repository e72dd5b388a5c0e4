import { FileSource, GuestImage, HostStack, KvmGuest, KvmHost, KvmNetwork, Os, Size, StoragePool } from "berth";
import { App } from "cdktf";

const iso = "https://old-releases.ubuntu.com/releases/20.04.3/ubuntu-20.04.3-live-server-amd64.iso";
const sha256 = "f8e3086f3cea0fb3fefb29937ab5ed9d19e767079633960ccb50e76153effc98";

const app = new App();
const stack = new HostStack(app, "installer");
const host = new KvmHost(stack, "kvm");
const pool = new StoragePool(stack, "pool", { host, path: "/var/lib/libvirt/images/team" });
const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.77.0.0/24" });
new KvmGuest(stack, "myvm", {
  host, pool, os: Os.ubuntu("20.04"), image: GuestImage.installIso(FileSource.fromUrl(iso, { sha256 })),
  memory: Size.mebibytes(2048), vcpus: 2, rootDisk: Size.gibibytes(20), networks: [lan], vnc: true,
});
app.synth();
