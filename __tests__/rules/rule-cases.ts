export type Body = { readonly [attribute: string]: unknown };

const SERVICE = { name: "web", image: "nginx:1", destroy_grace_seconds: 10 };
const GUEST = { name: "vm", type: "kvm", memory: 1, memory_unit: "GiB", vcpu: 1 };
const LAN = { name: "lan", bridge: { name: "br0" } };
const DISK = { name: "a.qcow2", pool: "p", capacity: 1048576, target: { format: { type: "qcow2" } } };
const NETS = {
  docker_network: {
    in: { name: "inner", internal: true, ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }] },
  },
};

/** One rule: the resource's type, what breaks the rule, what the user is told, and what does not break it. */
export interface Case {
  readonly type: string;
  readonly base: Body;
  readonly bad: Body;
  readonly says: string;
  readonly good: Body;
  /** Other resources that the rule looks at. */
  readonly beside?: Record<string, Record<string, Body>>;
}

const container = (bad: Body, says: string, good: Body, beside?: Case["beside"]): Case => ({
  type: "docker_container",
  base: SERVICE,
  bad,
  says,
  good,
  ...(beside && { beside }),
});
const domain = (bad: Body, says: string, good: Body): Case => ({
  type: "libvirt_domain",
  base: GUEST,
  bad,
  says,
  good,
});
const network = (bad: Body, says: string, good: Body): Case => ({
  type: "libvirt_network",
  base: LAN,
  bad,
  says,
  good,
});
const volume = (bad: Body, says: string, good: Body): Case => ({ type: "libvirt_volume", base: DISK, bad, says, good });

const devices = (family: string, ...list: Body[]): Body => ({ devices: { [family]: list } });
const disk = (dev: string, bus = "virtio", more: Body = {}): Body => ({ target: { dev, bus }, ...more });
const nic = (address: string): Body => ({ mac: { address } });
const check = (more: Body): Body => ({ healthcheck: [{ test: ["CMD", "true"], ...more }] });
const join = (address: string): Body => ({
  networks_advanced: [{ name: "${docker_network.in.id}", ipv4_address: address }],
});

export const CASES: Readonly<Record<string, Case>> = {
  "docker/container/name": container(
    { name: "-web" },
    `'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got "-web"`,
    { name: "w_1.b-" },
  ),
  "docker/container/memory-minimum": container(
    { memory: 5, memory_swap: 10 },
    "'memory' must be at least 6 MiB, got 5 MiB (Docker starts nothing with less)",
    { memory: 6, memory_swap: 12 },
  ),
  "docker/container/swap-below-memory": container(
    { memory: 64, memory_swap: 63 },
    "'memory_swap' must be at least the memory, 64 MiB, got 63 MiB (it counts memory and swap together)",
    { memory: 64, memory_swap: -1 },
  ),
  "docker/container/memory-without-swap": container(
    { memory: 64 },
    "'memory' must stand with memory_swap, got 64 MiB alone (set memory_swap to twice the memory)",
    { memory: 64, memory_swap: 64 },
  ),
  "docker/container/cpus-minimum": container(
    { cpus: "0.001" },
    "'cpus' must be a number of processors from 0.01, got 0.001",
    { cpu_quota: 1000, cpu_period: 100000 },
  ),
  "docker/container/env-form": container(
    { env: ["=x"] },
    `'env.0' must be NAME=value, got "" (write NAME= for an empty value)`,
    { env: ["A="] },
  ),
  "docker/container/env-duplicate": container(
    { env: ["A=1", "A=2"] },
    "'env' must name each variable once, got A twice (remove one of them)",
    { env: ["A=1", "B=1"] },
  ),
  "docker/container/command-empty-word": container({ command: [""] }, `'command.0' must have no empty words, got ""`, {
    command: ["a"],
  }),
  "docker/container/restart": container(
    { restart: "often" },
    `'restart' must be "no", "always", "unless-stopped" or "on-failure", got "often"`,
    { restart: "always" },
  ),
  "docker/container/restart-retries": container(
    { restart: "always", max_retry_count: 2 },
    `'max_retry_count' must be a whole number from 1, with the policy "on-failure", got 2`,
    { restart: "on-failure", max_retry_count: 2 },
  ),
  "docker/container/user": container(
    { user: "a b" },
    `'user' must be a user, or user:group, by name or number, got "a b"`,
    { user: "1000:1000" },
  ),
  "docker/container/runtime": container({ runtime: "" }, `'runtime' must be the name of a runtime, got ""`, {
    runtime: "runsc",
  }),
  "docker/container/label-duplicate": container(
    { labels: [{ label: "a" }, { label: "a" }] },
    `'labels' must have a name, and each name once, got "a"`,
    { labels: [{ label: "a", value: "" }] },
  ),
  "docker/container/secret-in-env": container(
    { env: ["A=1", "PGPASSWORD=hunter2"] },
    `'env.1' must not hold a secret, got "PGPASSWORD=…" (give a Secret, or the path of a file that is mounted)`,
    {
      env: ["PGPASSWORD=${var.password}", "PGPASSWORD_FILE=/run/secrets/pg", "TOKEN=", "URL=https://ops@example.com/"],
    },
  ),
  "docker/container/secret-in-upload": container(
    { upload: [{ file: "/k", content_base64: Buffer.from("-----BEGIN EC PRIVATE KEY-----").toString("base64") }] },
    "'upload.0.content' must not hold a private key, got one (mount it from the host, or give a TerraformVariable with sensitive: true)",
    {
      upload: [
        { file: "/k", content: "${var.key}" },
        { file: "/c", content: "-----BEGIN CERTIFICATE-----" },
      ],
    },
  ),
  "docker/container/grace-missing": container(
    { destroy_grace_seconds: null },
    "'destroy_grace_seconds' must be set, so that the process may end by itself, got nothing (10 suits most)",
    {},
  ),
  "docker/container/healthcheck-duration": container(
    check({ interval: "0s" }),
    "'healthcheck.interval' must be a duration of at least 1 ms, such as 1m30s, got 0s",
    check({ interval: "1m30s", start_period: "0s" }),
  ),
  "docker/container/healthcheck-retries": container(
    check({ retries: 0 }),
    "'healthcheck.retries' must be a whole number from 1, got 0",
    check({ retries: 1 }),
  ),
  "docker/container/healthcheck-test": container(
    { healthcheck: [{ test: ["true"] }] },
    `'healthcheck.test' must be "CMD" or "CMD-SHELL" and what to run, got ["true"]`,
    { healthcheck: [{ test: ["NONE"] }] },
  ),
  "docker/container/mount-target": container(
    { volumes: [{ container_path: "data", host_path: "/a" }] },
    `'volumes.0.container_path' must have an absolute path in the container that is not / as its target, got "data"`,
    { volumes: [{ container_path: "/data", host_path: "/a" }] },
  ),
  "docker/container/mount-target-duplicate": container(
    { volumes: [{ container_path: "/a", host_path: "/a" }], tmpfs: { "/b/../a/": "" } },
    `'tmpfs' must mount one thing per target, got "/b/../a/" twice (remove one of them)`,
    { volumes: [{ container_path: "/a", host_path: "/a" }], tmpfs: { "/b": "" } },
  ),
  "docker/container/host-path": container(
    { volumes: [{ container_path: "/a", host_path: "a" }] },
    `'volumes.0.host_path' must have an absolute path on the host as its source, got "a"`,
    { volumes: [{ container_path: "/a", host_path: "/a" }] },
  ),
  "docker/container/mount-colon": container(
    { volumes: [{ container_path: "/a:ro", host_path: "/a" }] },
    `'volumes.0.container_path' must have no ':' in its paths, got "/a:ro" (say readOnly instead)`,
    { volumes: [{ container_path: "/a", host_path: "/a", read_only: true }] },
  ),
  "docker/container/ports-without-network": container(
    { ports: [{ internal: 80 }], network_mode: "none" },
    `'ports' must be left out on this network, got port 80 on network_mode "none" (a container without a network can publish nothing)`,
    { ports: [{ internal: 80 }] },
  ),
  "docker/container/port-range": container(
    { ports: [{ internal: 0 }] },
    "'ports.0.internal' must be a port from 1 to 65535, got 0",
    { ports: [{ internal: 1, external: 65535 }] },
  ),
  "docker/container/port-internal-duplicate": container(
    {
      ports: [
        { internal: 80, external: 1 },
        { internal: 80, external: 2 },
      ],
    },
    "'ports' must publish a container port once, got 80/tcp twice (the provider never settles on their order; publish it on 0.0.0.0, or put a proxy in front)",
    { ports: [{ internal: 80 }, { internal: 80, protocol: "udp" }] },
  ),
  "docker/container/networks-and-mode": container(
    { ...join("10.0.0.5"), network_mode: "x" },
    `'network_mode' must be left out where networks_advanced is set, got "x"`,
    join("10.0.0.5"),
    NETS,
  ),
  "docker/container/address": container(
    join("10.0.1.5"),
    `'networks_advanced.0.ipv4_address' must be an address that a container may have in 10.0.0.0/24, got "10.0.1.5"`,
    join("10.0.0.5"),
    NETS,
  ),
  "docker/image/reference": {
    type: "docker_image",
    base: {},
    bad: { name: "Nginx" },
    says: `'name' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Nginx" (did you mean "nginx"?)`,
    good: { name: "nginx:1" },
  },
  "docker/image/floating-tag": {
    type: "docker_image",
    base: {},
    bad: { name: "nginx:stable" },
    says: `'name' must name a release or a digest, got "nginx:stable" (such as "nginx:1.27.5", or with @sha256:…)`,
    good: { name: "nginx:1.27" },
  },
  "docker/network/name": {
    type: "docker_network",
    base: { ipam_config: [{ subnet: "10.0.0.0/24" }] },
    bad: { name: "bridge" },
    says: `'name' must not be a network that Docker makes itself, got "bridge"`,
    good: { name: "front" },
  },
  "docker/network/subnet": {
    type: "docker_network",
    base: { name: "front" },
    bad: { ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.1.1" }] },
    says: `'ipam_config.0.gateway' must be an address that a machine may have in 10.0.0.0/24, got "10.0.1.1"`,
    good: { ipam_config: [{ subnet: "10.0.0.0/24", gateway: "10.0.0.1" }] },
  },
  "docker/network/subnet-missing": {
    type: "docker_network",
    base: { name: "front" },
    bad: {},
    says: "'ipam_config' must name a subnet, got nothing (give it one that no other network of the machine has)",
    good: { ipam_config: [{ subnet: "10.0.0.0/24" }] },
  },
  "docker/volume/name": {
    type: "docker_volume",
    base: {},
    bad: { name: "a" },
    says: `'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got "a"`,
    good: { name: "data" },
  },
  "libvirt/domain/name": domain(
    { name: "a/b" },
    `'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got "a/b"`,
    { name: "a.b" },
  ),
  "libvirt/domain/memory-minimum": domain(
    { memory: 2, memory_unit: "MiB" },
    "'memory' must be at least 64 MiB, got 2 MiB (did you mean Size.gibibytes(2)?)",
    { memory: 64, memory_unit: "MiB" },
  ),
  "libvirt/domain/vcpu": domain({ vcpu: 1.5 }, "'vcpu' must be a whole number from 1 to 255, got 1.5", { vcpu: 255 }),
  "libvirt/domain/emulation-needs-cpu": domain(
    { type: "qemu", cpu: { mode: "host-passthrough" } },
    `'cpu.mode' must not be "host-passthrough" for a guest that is emulated, got "host-passthrough" ("maximum" gives the most)`,
    { type: "qemu", cpu: { mode: "maximum" } },
  ),
  "libvirt/domain/disk-target-duplicate": domain(
    devices("disks", disk("vda"), disk("vda")),
    `'devices.disks.1.target.dev' must be another device for each disk, got "vda" twice`,
    devices("disks", disk("vda"), disk("vdb")),
  ),
  "libvirt/domain/disk-target-bus": domain(
    devices("disks", disk("sda")),
    `'devices.disks.0.target.dev' must be named vda to vdz on the bus virtio, got "sda"`,
    devices("disks", disk("sda", "sata")),
  ),
  "libvirt/domain/disk-serial": domain(
    devices("disks", disk("vda", "virtio", { serial: "a".repeat(21) })),
    `'devices.disks.0.serial' must be 1 to 20 letters, digits, '_', '.', '+' or '-', got "${"a".repeat(21)}"`,
    devices("disks", disk("vda", "virtio", { serial: "pg" })),
  ),
  "libvirt/domain/boot-order-duplicate": domain(
    devices("disks", disk("vda", "virtio", { boot: { order: 1 } }), disk("vdb", "virtio", { boot: { order: 1 } })),
    "'devices.disks.1.boot.order' must be another number for each device, got 1 twice",
    devices("disks", disk("vda", "virtio", { boot: { order: 1 } })),
  ),
  "libvirt/domain/boot-order-and-devices": domain(
    { os: { boot_devices: [{ dev: "hd" }] }, ...devices("disks", disk("vda", "virtio", { boot: { order: 1 } })) },
    "'os.boot_devices' must be left out where a device has a boot order, got both",
    { os: { boot_devices: [{ dev: "hd" }] } },
  ),
  "libvirt/domain/initrd-needs-kernel": domain(
    { os: { cmdline: "quiet" } },
    "'os.cmdline' must stand with a kernel, got cmdline alone",
    { os: { kernel: "/k", cmdline: "quiet" } },
  ),
  "libvirt/domain/mac": domain(
    devices("interfaces", nic("52:54:00:AA:00:01")),
    `'devices.interfaces.0.mac.address' must be in lower case, as libvirt stores it, got "52:54:00:AA:00:01" (did you mean "52:54:00:aa:00:01"?)`,
    devices("interfaces", nic("52:54:00:aa:00:01")),
  ),
  "libvirt/domain/mac-duplicate": domain(
    devices("interfaces", nic("52:54:00:aa:00:01"), nic("52:54:00:aa:00:01")),
    `'devices.interfaces.1.mac.address' must be another address for each interface, got "52:54:00:aa:00:01" twice`,
    devices("interfaces", nic("52:54:00:aa:00:01"), nic("52:54:00:aa:00:02")),
  ),
  "libvirt/domain/vnc-port": domain(
    devices("graphics", { vnc: { port: 80 } }),
    "'devices.graphics.0.vnc.port' must be a whole number from 5900 to 65535, without auto_port, got 80",
    devices("graphics", { vnc: { port: 5900 } }),
  ),
  "libvirt/domain/console-exposed": domain(
    devices("graphics", { vnc: { auto_port: true, listen: "0.0.0.0" } }),
    `'devices.graphics.0.vnc.listen' must be a loopback address, got "0.0.0.0" (reach it through ssh -L)`,
    devices("graphics", { vnc: { auto_port: true, listen: "127.0.0.1" } }),
  ),
  "libvirt/domain/never-zero": domain({ title: "" }, `'title' must be left out rather than empty, got ""`, {
    title: "a",
  }),
  "libvirt/network/name": network(
    { name: "" },
    `'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got ""`,
    { name: "lan" },
  ),
  "libvirt/network/bridge-name": network(
    { bridge: { name: "b".repeat(16) } },
    `'bridge.name' must be 1 to 15 letters, digits, '_', '.' or '-', got "${"b".repeat(16)}"`,
    { bridge: { name: "b".repeat(15) } },
  ),
  "libvirt/network/bridge-missing": network({ bridge: null }, "'bridge.name' must be set, got nothing", {
    bridge: null,
    forward: { mode: "bridge" },
  }),
  "libvirt/network/mac": network(
    { mac: { address: "53:54:00:00:00:01" } },
    `'mac.address' must be a unicast hardware address (first byte even), got "53:54:00:00:00:01" (start it with 52:54:00, as QEMU does)`,
    { mac: { address: "52:54:00:00:00:01" } },
  ),
  "libvirt/network/domain": network(
    { domain: { name: "a..b" } },
    `'domain.name' must be DNS labels with dots between them, got "a..b"`,
    { domain: { name: "a.b" } },
  ),
  "libvirt/network/addresses": network(
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.0.1.5" }] } }] },
    `'ips.0.dhcp.hosts.0.ip' must be an address that a machine may have in 10.0.0.0/24, got "10.0.1.5"`,
    { ips: [{ address: "10.0.0.1", prefix: 24, dhcp: { hosts: [{ ip: "10.0.0.5" }] } }] },
  ),
  "libvirt/network/reserved-range": network(
    { ips: [{ address: "127.0.5.1", prefix: 24 }] },
    "'ips.0.address' must be outside the ranges that no network can have, got 127.0.5.0/24 (loopback; take one of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
    { ips: [{ address: "10.0.0.1", prefix: 24 }] },
  ),
  "docker/network/reserved-range": {
    type: "docker_network",
    base: { name: "front" },
    bad: { ipam_config: [{ subnet: "224.0.0.0/24" }] },
    says: "'ipam_config.0.subnet' must be outside the ranges that no network can have, got 224.0.0.0/24 (multicast; take one of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16)",
    good: { ipam_config: [{ subnet: "10.0.0.0/24" }] },
  },
  "libvirt/pool/name": {
    type: "libvirt_pool",
    base: { type: "dir", target: { path: "/p" } },
    bad: { name: "a b" },
    says: `'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got "a b"`,
    good: { name: "a" },
  },
  "libvirt/pool/path": {
    type: "libvirt_pool",
    base: { name: "p", type: "dir" },
    bad: { target: { path: "/a/../b" } },
    says: `'target.path' must be an absolute path on the host, without '.' and '..', got "/a/../b"`,
    good: { target: { path: "/a/" } },
  },
  "libvirt/volume/name": volume(
    { name: "a/b" },
    `'name' must be a file name that begins with a letter or digit, got "a/b"`,
    { name: "a.iso" },
  ),
  "libvirt/volume/capacity": volume(
    { capacity: 1024 },
    "'capacity' must be at least 1 MiB, in whole bytes, got 1024 bytes",
    { capacity: 2 ** 20 },
  ),
  "libvirt/volume/capacity-of-upload": volume(
    { create: { content: { url: "a" } } },
    "'capacity' must be left out where something is uploaded, got both (grow it with an overlay)",
    { create: { content: { url: "a" } }, capacity: null },
  ),
  "libvirt/volume/overlay-format": volume(
    { backing_store: { path: "/b" }, target: null },
    `'target.format.type' must be "qcow2" for an overlay, got nothing`,
    { backing_store: { path: "/b" } },
  ),
};
