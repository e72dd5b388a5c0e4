import * as path from "node:path";
import { Lazy } from "cdktf";
import {
  type ContainersInsideVm,
  DockerHost,
  DockerImage,
  DockerNetwork,
  DockerService,
  DockerVolume,
  Duration,
  FileSource,
  GuestImage,
  Healthcheck,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Machine,
  Os,
  PublishedPort,
  Size,
  StoragePool,
  VolumeMount,
} from "../../lib/index";
import {
  bridge,
  docker,
  docker2,
  type Family,
  FOLDER,
  guest,
  guestBase,
  inside,
  KEY,
  kvm,
  lan,
  late,
  network,
  OWN_KEYS,
  pool,
  rack,
  SSH_KEYS,
  service,
  settle,
  URL,
} from "./prop-world";
import { stackFamilies } from "./stack-families";

export const families: readonly Family[] = [
  ...stackFamilies,
  {
    file: "core/machine.ts",
    of: "MachineProps",
    base: {},
    build: (stack, props) => {
      const machine = new Machine(stack, "rack", props);
      const host = new DockerHost(stack, "docker", { machine });
      new DockerService(stack, "web", { host, image: "nginx:1.27.5", cpus: 4, memory: Size.mebibytes(512) });
    },
    other: { cores: 2, memory: Size.mebibytes(256) },
  },
  {
    file: "docker/docker-host.ts",
    of: "DockerHostProps",
    base: {},
    build: (stack, props) => {
      const first = new DockerHost(stack, "docker", settle(stack, props));
      new DockerService(stack, "web", { host: first, image: "nginx:1.27.5", ports: ["0.0.0.0:80:80"] });
      const other = new DockerHost(stack, "other", { host: "ssh://rack9", machine: rack(stack) });
      new DockerService(stack, "web2", { host: other, image: "nginx:1.27.5", ports: ["0.0.0.0:80:80"] });
    },
    other: { host: "ssh://ops@rack1", line: "3.9", machine: late(rack), tls: { certPath: "/certs" } },
  },
  {
    file: "docker/docker-image.ts",
    of: "DockerImageProps",
    base: { reference: "app:1" },
    build: (stack, props) =>
      void new DockerImage(stack, "image", { host: docker(stack), ...settle(stack, props) } as never),
    other: { host: late(docker2), reference: "app:2", build: { context: FOLDER } },
  },
  {
    file: "docker/docker-image.ts",
    of: "DockerBuildProps",
    base: { context: FOLDER },
    build: (stack, build) => void new DockerImage(stack, "image", { host: docker(stack), reference: "app:1", build }),
    other: { context: __dirname, dockerfile: "Other", args: { A: "b" }, target: "final" },
  },
  {
    file: "docker/docker-network.ts",
    of: "DockerNetworkProps",
    base: { subnet: "10.2.0.0/24" },
    build: (stack, props) =>
      void new DockerNetwork(stack, "net", { host: docker(stack), ...settle(stack, props) } as never),
    other: { host: late(docker2), subnet: "10.3.0.0/24", gateway: "10.2.0.9", name: "other", internal: true },
  },
  {
    file: "docker/docker-volume.ts",
    of: "DockerVolumeProps",
    base: {},
    build: (stack, props) =>
      void new DockerVolume(stack, "data", { host: docker(stack), ...settle(stack, props) } as never),
    other: { host: late(docker2), name: "other", onDestroy: "delete" },
  },
  {
    file: "docker/healthcheck.ts",
    of: "HealthcheckOptions",
    base: {},
    build: (stack, options) => service(stack, { healthcheck: Healthcheck.command(["true"], options) }),
    other: {
      interval: Duration.seconds(5),
      timeout: Duration.seconds(5),
      retries: 5,
      startPeriod: Duration.seconds(5),
    },
  },
  {
    file: "docker/volume-mount.ts",
    of: "MountOptions",
    base: {},
    build: (stack, options) => service(stack, { volumes: [VolumeMount.bind("/a", "/b", options)] }),
    other: { readOnly: true },
  },
  {
    file: "docker/docker-service.props.ts",
    of: "NetworkAttachment",
    base: {},
    build: (stack, props) =>
      service(stack, { networks: [{ network: network(stack), ...settle(stack, props) } as never] }),
    other: {
      network: late((stack) =>
        DockerNetwork.fromName(stack, "known", { host: stack.node.findChild("docker") as DockerHost, name: "known" }),
      ),
      aliases: ["b"],
      address: "10.2.0.9",
    },
  },
  {
    file: "docker/docker-service.props.ts",
    of: "DockerServiceProps",
    base: { memory: Size.mebibytes(64) },
    build: service,
    other: {
      host: late(docker2),
      image: "nginx:1.27.4",
      name: "other",
      command: ["a"],
      entrypoint: ["a"],
      environment: { A: "b" },
      ports: ["127.0.0.1:80:80"],
      volumes: [VolumeMount.tmpfs("/tmp")],
      networks: late((stack) => [network(stack)]),
      networkMode: "host",
      healthcheck: Healthcheck.command(["true"]),
      cpus: 0.5,
      memory: Size.mebibytes(128),
      memorySwap: "unlimited",
      restart: "always",
      user: "app",
      readOnly: true,
      runtime: "runsc",
      stopGracePeriod: Duration.seconds(3),
      labels: { a: "b" },
    },
  },
  {
    file: "kvm/kvm-host.ts",
    of: "KvmHostProps",
    base: {},
    build: (stack, props) => {
      guest(stack, { ...guestBase, pool: pool(stack, new KvmHost(stack, "kvm", settle(stack, props))) });
      const other = new KvmHost(stack, "kvm2", { uri: "qemu+sshcmd://rack9/system", machine: rack(stack) });
      new StoragePool(stack, "other", { host: other, path: "/pools/a" });
    },
    other: { uri: "qemu+sshcmd://rack1/system", emulated: true, machine: late(rack) },
  },
  {
    file: "kvm/storage-pool.ts",
    of: "StoragePoolProps",
    base: { path: "/pools/a" },
    build: (stack, props) =>
      void new StoragePool(stack, "pool", { host: kvm(stack), ...settle(stack, props) } as never),
    other: {
      host: late((stack) => new KvmHost(stack, "kvm2", { uri: "qemu:///session" })),
      path: "/pools/b",
      name: "other",
      directory: "adopt",
    },
  },
  {
    file: "kvm/kvm-network.ts",
    of: "KvmNetworkProps",
    base: { subnet: "10.1.0.0/24" },
    build: (stack, props) => void new KvmNetwork(stack, "lan", { host: kvm(stack), ...settle(stack, props) } as never),
    other: {
      host: late((stack) => new KvmHost(stack, "kvm2", { uri: "qemu:///session" })),
      subnet: "10.1.1.0/24",
      mode: "isolated",
      name: "other",
      bridgeName: "br-other",
      domain: "example.internal",
      autostart: false,
    },
  },
  {
    file: "kvm/guest-interfaces.model.ts",
    of: "GuestInterfaceProps",
    base: { address: "192.168.1.20/24" },
    build: (stack, props) =>
      guest(stack, { ...guestBase, networks: [{ network: bridge(stack), ...settle(stack, props) } as never] }),
    other: {
      network: late((stack) =>
        KvmNetwork.fromBridge(stack, "br1", {
          host: (stack.node.findChild("pool") as StoragePool).host,
          bridge: "br1",
        }),
      ),
      address: "192.168.1.21/24",
      gateway: "192.168.1.1",
      nameservers: ["9.9.9.9"],
      mac: "52:54:00:00:00:01",
    },
  },
  {
    file: "kvm/data-disk.ts",
    of: "DataDiskProps",
    base: { name: "pg", size: Size.gibibytes(1) },
    build: (stack, props) => guest(stack, { ...guestBase, dataDisks: [settle(stack, props)] }),
    other: {
      name: "other",
      size: Size.gibibytes(2),
      pool: late((stack) =>
        StoragePool.fromName(stack, "ssd", {
          host: (stack.node.tryFindChild("kvm") as KvmHost | undefined) ?? kvm(stack),
          name: "ssd",
        }),
      ),
      onDestroy: "delete",
      mountPoint: "/var/lib/pg",
    },
  },
  {
    file: "kvm/file-source.ts",
    of: "Digest",
    base: {},
    build: (stack, digest) => guest(stack, { ...guestBase, image: GuestImage.fromUrl(URL, digest) }),
    other: { sha256: "a".repeat(64), sha512: "a".repeat(128) },
  },
  {
    file: "kvm/guest-image.ts",
    of: "ImageFacts",
    base: {},
    build: (stack, facts) => guest(stack, { ...guestBase, image: GuestImage.fromUrl(URL, facts) }),
    other: { format: "raw", virtualSize: Size.gibibytes(5) },
  },
  {
    file: "kvm/kvm-guest.props.ts",
    of: "DirectBoot",
    base: { kernel: FileSource.fromFile(path.join(FOLDER, "vmlinuz")) },
    build: (stack, directBoot) => guest(stack, { ...guestBase, directBoot }),
    other: {
      kernel: FileSource.fromFile(path.join(FOLDER, "initrd")),
      initrd: FileSource.fromFile(path.join(FOLDER, "initrd")),
      commandLine: "quiet",
    },
  },
  {
    file: "cloud-init/user-data.ts",
    of: "GuestUser",
    base: { name: "ops", sshKeys: [KEY] },
    build: (stack, user) => guest(stack, { ...guestBase, users: [user] }),
    other: { name: "dev", sshKeys: [`${KEY} other`], groups: ["adm"], sudo: false },
  },
  {
    file: "cloud-init/user-data.ts",
    of: "GuestFile",
    base: { path: "/etc/a", content: "a" },
    build: (stack, file) => guest(stack, { ...guestBase, files: [file] }),
    other: { path: "/etc/b", content: "b", permissions: "0600", owner: "ops" },
  },
  {
    file: "patterns/containers-inside-vm.props.ts",
    of: "EngineProps",
    base: {},
    build: inside,
    other: {
      line: "3.9",
      enginePackages: [],
      engineDisk: "root",
      onDestroy: "delete",
      engine: { logDriver: "local" },
      transport: { user: "ops" },
      keys: OWN_KEYS,
      rotateOn: "2",
      readyTimeout: Duration.minutes(1),
    },
  },
  {
    file: "patterns/published-port.ts",
    of: "PublishedPortProps",
    base: { port: "0.0.0.0:80:8080" },
    build: (stack, props) => {
      inside(stack, {});
      const own = { host: docker(stack), guest: stack.node.findChild("vm") as ContainersInsideVm };
      new PublishedPort(stack, "port", { ...own, ...settle(stack, props) } as never);
    },
    other: {
      host: late((stack) => new DockerHost(stack, "docker2", { host: "unix:///run/other.sock" })),
      guest: late((stack) => {
        const home = stack.node.findChild("pool") as StoragePool;
        const networks = [stack.node.findChild("lan") as KvmNetwork];
        return new KvmGuest(stack, "vm2", { host: home.host, pool: home, ...guestBase, networks });
      }),
      port: "0.0.0.0:81:8080",
      image: "socat:1",
      maxConnections: 2,
    },
  },
  {
    file: "patterns/engine-settings.ts",
    of: "EngineSettings",
    base: {},
    build: (stack, engine) => inside(stack, { engine }),
    other: {
      logDriver: "local",
      logOptions: { "max-size": "10m" },
      registryMirrors: ["https://mirror.example"],
      addressPools: [{ base: "10.210.0.0/16", size: 24 }],
      runtimes: { runsc: { path: "/usr/bin/runsc", args: ["--platform=ptrace"] } },
      proxies: { httpProxy: "http://proxy.example:3128" },
    },
  },
  ...(["SshKeys", "GuestKeys"] as const).map(
    (of): Family => ({
      file: "patterns/guest-keys.ts",
      of,
      base: OWN_KEYS,
      build: (stack, keys) => inside(stack, { keys }),
      other: Object.fromEntries(
        Object.keys(OWN_KEYS)
          .filter((name) => /^(host|login)/.test(name) === (of === "SshKeys"))
          .map((name) => [name, Lazy.stringValue({ produce: () => `${name} of another` })]),
      ),
    }),
  ),
  {
    file: "patterns/containers-inside-vm.props.ts",
    of: "SshTransport",
    base: { user: "ops" },
    build: (stack, transport) => inside(stack, { transport, keys: SSH_KEYS }),
    other: { user: "nobody", identityFile: "/home/ops/.ssh/id" },
  },
  {
    file: "patterns/engine-settings.ts",
    of: "EngineProxies",
    base: {},
    build: (stack, proxies) => inside(stack, { engine: { proxies } }),
    other: {
      httpProxy: "http://proxy.example:3128",
      httpsProxy: "http://proxy.example:3128",
      noProxy: [".example", "10.0.0.0/8"],
    },
  },
  {
    file: "kvm/kvm-guest.props.ts",
    of: "KvmGuestProps",
    base: guestBase,
    build: guest,
    other: {
      host: late((stack) => new KvmHost(stack, "kvm2", { uri: "qemu+sshcmd://rack1/system" })),
      pool: late((stack) =>
        StoragePool.fromName(stack, "ssd", { host: (stack.node.findChild("pool") as StoragePool).host, name: "ssd" }),
      ),
      image: GuestImage.fromVolume("/golden.qcow2"),
      memory: Size.mebibytes(1024),
      vcpus: 2,
      rootDisk: Size.gibibytes(8),
      name: "other",
      dataDisks: [{ name: "pg", size: Size.gibibytes(1) }],
      networks: late((stack) => [lan(stack)]),
      os: Os.debian("12"),
      users: [{ name: "dev", sshKeys: [KEY] }],
      packages: ["nginx"],
      files: [{ path: "/etc/a", content: "a" }],
      firstBootScript: "true",
      hostname: "other",
      timezone: "Europe/Berlin",
      userData: "#cloud-config\n{}\n",
      directBoot: { kernel: FileSource.fromFile(path.join(FOLDER, "vmlinuz")) },
      guestAgent: true,
      serialConsole: false,
      vnc: true,
      autostart: false,
      running: false,
      shutdownTimeout: "power-off",
      rebuildOn: "2",
    },
  },
];
