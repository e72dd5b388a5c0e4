import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Duration, GuestImage, HostStack, KvmGuest, KvmHost, KvmNetwork, Os, Size, StoragePool } from "../lib/index";
import { EXAMPLE_KEY, type Settings, warnOfExampleKey } from "./settings";

/**
 * One virtual machine in two ways: from an installation medium, as
 * `virt-install --name myvm --memory 2048 --vcpus 2 --disk size=20 --cdrom … --os-variant ubuntu20.04` makes it, and
 * the same machine from a cloud image, ready to log in to.
 */
export class SingleGuest extends HostStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const kvm = new KvmHost(this, "kvm", { uri: settings.kvmUri, emulated: settings.kvmEmulated });
    const pool = new StoragePool(this, "berth-single-guest", {
      host: kvm,
      path: "/var/lib/libvirt/images/berth-single-guest",
    });
    const lan = new KvmNetwork(this, "berth-lan", { host: kvm, subnet: "10.77.0.0/24", domain: "berth.internal" });
    const machine = {
      host: kvm,
      pool,
      os: Os.ubuntu("20.04"),
      memory: Size.mebibytes(2048),
      vcpus: 2,
      rootDisk: Size.gibibytes(20),
      networks: [lan],
    };

    new KvmGuest(this, "myvm", {
      ...machine,
      image: GuestImage.installIso(settings.installer),
      vnc: true,
      shutdownTimeout: Duration.minutes(1),
    });

    const cloud = new KvmGuest(this, "myvm-cloud", {
      ...machine,
      image: settings.guestImage,
      users: [{ name: "ops", sshKeys: [settings.sshKey ?? EXAMPLE_KEY] }],
      files: [{ path: "/etc/motd", content: "made by berth\n" }],
      firstBootScript: 'echo "$(hostname): $(cat /etc/motd)" > /dev/console',
    });
    warnOfExampleKey(cloud, settings);
    new TerraformOutput(this, "ssh", { value: `ssh ops@${cloud.address}` });
  }
}
