import type { Cause } from "./cause";

/** libvirt, QEMU and the hosts that they run on. */
export const CAUSES_OF_HYPERVISORS: readonly Cause[] = [
  {
    id: "libvirt-unreachable",
    says: /(Unable to Connect to Libvirt|Libvirt Connection Failed|failed to connect to libvirt)(?![\s\S]*[Pp]ermission denied)/,
    cause: "libvirt does not answer at the provider's uri: it is not started, or the machine cannot be reached",
    fix: "systemctl start libvirtd, and try `virsh -c URI list`; for ssh also `ssh HOST true`",
  },
  {
    id: "disk-denied",
    says: /Could not open '[^']*': Permission denied/,
    cause: "QEMU may not read the file: its user, or the AppArmor or SELinux rules of the host, do not let it",
    fix: "keep disks and what they stand on in pools of libvirt's, and let QEMU's user pass through the folders above",
  },
  {
    id: "no-huge-pages",
    says: /unable to map backing store for guest RAM/,
    cause: "the guest wants huge pages, and the host has not as many set aside",
    fix: "sysctl vm.nr_hugepages on the host, or without memory_backing.huge_pages",
  },
  {
    id: "libvirt-too-old",
    says: /unknown watchdog model 'itco'/,
    cause: "the host's libvirt is older than what the guest asks for",
    fix: "i6300esb works everywhere that has the driver; or a newer libvirt",
  },
  {
    id: "host-name-form",
    says: /Cannot use name address/,
    cause: "a host of the network's table has a name that does not begin with a letter",
    fix: "a name of letters, digits and '-' that begins with a letter",
  },
  {
    id: "pool-not-empty",
    says: /Directory not empty/,
    cause: "the pool's folder holds files that Terraform did not make",
    fix: "virsh pool-start NAME first, since the failed removal left the pool inactive under its guests; a pool that only has another id or scope in the code wants a Renamed, one that holds disks that were let go of a Released; other files: move them, and apply again",
  },
  {
    id: "pool-inactive",
    says: /storage pool '?.*'? is not active|pool is not active/,
    cause: "the storage pool is there, but not started",
    fix: "virsh pool-start NAME, and apply again",
  },
  {
    id: "disk-locked",
    says: /Failed to get "?(write|shared "write")"? lock/,
    cause: "another guest that runs has the same disk",
    fix: "shut that one down, or give each a volume of its own",
  },
  {
    id: "bridge-exists",
    says: /error creating bridge interface .*: File exists/,
    cause: "a bridge of this name is there already",
    fix: "choose another name, or remove it where nobody needs it: ip link delete NAME",
  },
  {
    id: "guest-was-running",
    says: /inconsistent result after apply[\s\S]*\.id: was/,
    cause:
      "a guest that runs was edited: the change is made, the guest was started again, and the provider did not expect it",
    fix: "apply again; with replace_triggered_by and a hash of its body, as berth does it, the guest is made anew instead",
  },
  {
    id: "no-kvm",
    prop: "emulated",
    says: /could not find capabilities for domaintype=kvm|KVM acceleration is not available|failed to initialize kvm|failed to set MSR|kvm_buf_set_msrs|\/dev\/kvm/,
    cause: "the machine has no usable /dev/kvm",
    fix: "turn virtualization on in its firmware, or set emulated on the host, which is slow",
  },
  {
    id: "guest-not-shut-down",
    prop: "shutdownTimeout",
    says: /waiting for domain to reach state|Waiting for Domain Shutdown|did not reach shutoff state/,
    cause: "the guest did not shut down within its timeout: it does not listen to the power button, or hangs",
    fix: 'shut it down by hand (virsh shutdown, or virsh destroy) and apply again; shutdownTimeout can say "power-off"',
  },
  {
    id: "no-address",
    says: /failed to obtain an IP address|timeout waiting for IP address/,
    cause:
      "the guest did not get an address in time, and was removed again: it still booted, or its network serves none",
    fix: "a longer timeout (emulated guests need ten minutes), or an address by the network's dhcp instead of waiting for one",
  },
  {
    id: "has-snapshots",
    says: /cannot delete inactive domain with \d+ snapshots/,
    cause: "the guest has snapshots, which the provider does not remove",
    fix: "virsh snapshot-delete NAME --current --children, and apply again",
  },
  {
    id: "has-managed-save",
    says: /managed save image exists/,
    cause: "the guest's memory was saved to disk, and the provider does not remove what was saved",
    fix: "virsh managedsave-remove NAME, and apply again",
  },
  {
    id: "pool-gone",
    says: /no storage pool with matching name|Storage pool '.*' not found/,
    cause: "the storage pool is not there: it was removed beside Terraform, or is made later than what lies in it",
    fix: "refer to it by libvirt_pool.NAME.name, so that it comes first",
  },
  {
    id: "kernel-lacks",
    says: /Specified qdisc kind is unknown|unable to open vhost-vsock device/,
    cause: "the host's kernel has no support for it, or the module is not loaded",
    fix: "modprobe sch_sfq, or modprobe vhost_vsock, on the host; or without that setting",
  },
  {
    id: "pool-busy",
    says: /asynchronous jobs running/,
    cause: "something is being uploaded to the pool, or was when an apply was killed",
    fix: "wait, and apply again; systemctl restart libvirtd ends what hangs",
  },
  {
    id: "upload-source",
    prop: "image",
    says: /HTTP request failed with status|does not provide Content-Length/,
    cause: "the server of the image does not give it, or does not say how large it is",
    fix: "try `curl -I URL`; fetch it first: GuestImage.fromUrl does, and checks its digest",
  },
  {
    id: "command-line-too-long",
    says: /Argument list too long/,
    cause: "more is given to the guest on QEMU's command line than fits, such as a large fw_cfg value",
    fix: "give it on a disk: the seed, or files",
  },
  {
    id: "no-free-port",
    says: /unused port in range/,
    cause: "all ports of the host's range for consoles are taken",
    fix: "widen remote_display_port_max in qemu.conf, or give the guest no VNC",
  },
  {
    id: "device-in-use",
    says: /PCI device .* is in use/,
    cause: "another guest that runs has the device",
    fix: "shut that one down, or take another device",
  },
  {
    id: "format-of-backing",
    says: /Image is not in qcow2 format/,
    cause: "the image that a disk stands on has another format than the disk says",
    fix: "say the format that it has: qemu-img info FILE",
  },
];
