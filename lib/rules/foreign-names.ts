/**
 * What other tools call things: compose and `docker run`, libvirt's XML, and the libvirt provider before 0.9. Their names, by type,
 * with what this provider calls the same.
 */
const NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  docker_container: {
    build: "build of a docker_image",
    cap_add: "capabilities",
    cap_drop: "capabilities",
    command_args: "command",
    container_name: "name",
    depends: "depends_on",
    environment: "env",
    extra_hosts: "host",
    links: "networks_advanced, with aliases",
    logging: "log_driver and log_opts",
    mem_limit: "memory",
    memswap_limit: "memory_swap",
    networks: "networks_advanced",
    pid: "pid_mode",
    ipc: "ipc_mode",
    restart_policy: "restart",
    security_opt: "security_opts",
    stop_grace_period: "destroy_grace_seconds",
    volume: "volumes",
  },
  docker_network: { ipam: "ipam_config", subnet: "ipam_config" },
  docker_image: { dockerfile: "build", context: "build", tag: "name" },
  docker_volume: { opts: "driver_opts", options: "driver_opts" },
  docker_service: {
    deploy: "mode, task_spec and update_config",
    environment: "task_spec.container_spec.env",
    image: "task_spec.container_spec.image",
    networks: "task_spec.networks_advanced",
    ports: "endpoint_spec.ports",
    replicas: "mode.replicated.replicas",
    secrets: "task_spec.container_spec.secrets",
  },
  libvirt_domain: {
    cloudinit: "a libvirt_volume of the cloudinit disk's path, in devices.disks",
    console: "devices.consoles",
    coreos_ignition: "sys_info",
    disk: "devices.disks",
    emulator: "devices.emulator",
    filesystem: "devices.filesystems",
    firmware: "os.loader",
    graphics: "devices.graphics",
    machine: "os.type_machine",
    network_interface: "devices.interfaces",
    nvram: "os.nv_ram",
    qemu_agent: "devices.channels",
    tpm: "devices.tpms",
    video: "devices.videos",
  },
  libvirt_network: {
    addresses: "ips",
    dhcp: "ips.dhcp",
    mode: "forward.mode",
    bridge_name: "bridge.name",
  },
  libvirt_pool: { path: "target.path" },
  libvirt_volume: {
    base_volume_id: "backing_store.path",
    base_volume_name: "backing_store.path",
    format: "target.format.type",
    size: "capacity",
    source: "create.content.url",
  },
};

/** The way out for a name of another tool's; undefined where it is none. */
export function foreignName(type: string, name: string): string | undefined {
  const here = NAMES[type]?.[name];
  return here === undefined ? undefined : `here it is ${here}`;
}
