/** How the constructs of berth call what a provider calls otherwise; below the first level by the longest path that is there. */
const PROPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  libvirt_domain: {
    vcpu: "vcpus",
    destroy: "shutdownTimeout",
    metadata: "os",
    cpu: "host.emulated",
    type: "host.emulated",
    "os.cmdline": "directBoot.commandLine",
    "os.kernel": "directBoot.kernel",
    "os.initrd": "directBoot.initrd",
    "devices.disks": "dataDisks",
    "devices.interfaces": "networks",
    "devices.graphics": "vnc",
    "devices.serials": "serialConsole",
    "devices.channels": "guestAgent",
  },
  libvirt_network: { bridge: "bridgeName", ips: "subnet", forward: "mode" },
  libvirt_volume: { capacity: "size" },
  docker_container: {
    env: "environment",
    networks_advanced: "networks",
    network_mode: "networkMode",
    tmpfs: "volumes",
    memory_swap: "memorySwap",
    cpu_quota: "cpus",
    cpu_period: "cpus",
    read_only: "readOnly",
    max_retry_count: "restart",
    destroy_grace_seconds: "stopGracePeriod",
  },
  docker_image: { name: "reference", triggers: "build.context" },
  docker_network: { ipam_config: "subnet" },
};

/** The prop that an attribute comes from; the attribute itself where it has no other name. */
export function propAt(type: string, path: string): string {
  const names = PROPS[type] ?? {};
  const parts = path.split(".");
  const [found] = parts.map((_, index) => parts.slice(0, parts.length - index).join(".")).filter((one) => one in names);
  return found === undefined ? path : `${names[found]}`;
}
