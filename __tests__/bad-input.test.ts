import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { TerraformVariable } from "cdktf";
import type { KvmGuestProps } from "../lib/index";
import {
  DockerHost,
  DockerImage,
  DockerNetwork,
  DockerService,
  type DockerServiceProps,
  DockerVolume,
  Duration,
  FileSource,
  GuestImage,
  Healthcheck,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Machine,
  Size,
  StoragePool,
  VolumeMount,
} from "../lib/index";
import { testApp } from "./support/app";
import { problemsOf } from "./support/messages";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq";
const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "berth-bad-"));
const QCOW2 = path.join(FOLDER, "small.qcow2");
const header = Buffer.alloc(104);
header.write("QFI\xfb", 0, "latin1");
header.writeUInt32BE(3, 4);
header.writeBigUInt64BE(BigInt(3 * 1024 ** 3), 24);
fs.writeFileSync(QCOW2, header);

class World extends HostStack {
  public readonly docker = new DockerHost(this, "docker");
  public readonly kvm = new KvmHost(this, "kvm");
  public readonly pool = new StoragePool(this, "pool", { host: this.kvm, path: "/pools/a" });
  public readonly lan = new KvmNetwork(this, "lan", { host: this.kvm, subnet: "10.1.0.0/24" });
  public readonly net = new DockerNetwork(this, "net", { host: this.docker, subnet: "10.2.0.0/24" });

  public service(props: Partial<DockerServiceProps>, id = "web"): DockerService {
    return new DockerService(this, id, { host: this.docker, image: "nginx:1.27.5", ...props });
  }

  public guest(props: Partial<KvmGuestProps>, id = "vm"): KvmGuest {
    return new KvmGuest(this, id, {
      host: this.kvm,
      pool: this.pool,
      image: GuestImage.fromVolume("/golden.qcow2"),
      memory: Size.gibibytes(1),
      vcpus: 1,
      rootDisk: Size.gibibytes(10),
      users: [{ name: "ops", sshKeys: [KEY] }],
      ...props,
    });
  }
}

/** What a synth says about a world with something wrong in it; nothing is written then. */
function say(build: (world: World) => void): string[] {
  const app = testApp();
  const world = new World(app, "st");
  build(world);
  const problems = problemsOf(() => app.synth());
  expect(fs.existsSync(path.join(app.outdir, "stacks", "st", "cdk.tf.json"))).toBe(false);
  return problems;
}

/** Values that no type allows, but JavaScript and the environment can bring. */
const wrong = (value: unknown) => value as never;

describe("guests", () => {
  test.each<[string, (world: World) => void, string[]]>([
    [
      "memory below 64 MiB",
      (w) => w.guest({ memory: Size.mebibytes(2) }),
      [
        "[st/vm] 'memory' must be at least 64 MiB, got 2 MiB (did you mean Size.gibibytes(2)?) [libvirt/domain/memory-minimum]",
      ],
    ],
    [
      "memory that is no whole MiB",
      (w) => w.guest({ memory: Size.kibibytes(65537) }),
      ["[st/vm] 'memory' must be a whole number of MiB, got 65537 KiB (nearest: Size.mebibytes(64))"],
    ],
    [
      "fractional vcpus",
      (w) => w.guest({ vcpus: 1.5 }),
      ["[st/vm] 'vcpus' must be a whole number from 1 to 255, got 1.5 [libvirt/domain/vcpu]"],
    ],
    [
      "zero vcpus",
      (w) => w.guest({ vcpus: 0 }),
      ["[st/vm] 'vcpus' must be a whole number from 1 to 255, got 0 [libvirt/domain/vcpu]"],
    ],
    [
      "a token for vcpus",
      (w) => w.guest({ vcpus: new TerraformVariable(w, "v", { type: "number" }).numberValue }),
      [
        "[st/vm] 'vcpus' must be a literal known at synth, got a token (berth checks and names things by it before Terraform runs)",
      ],
    ],
    [
      "a root disk smaller than its local image",
      (w) => w.guest({ image: GuestImage.fromFile(QCOW2), rootDisk: Size.gibibytes(2) }),
      [
        "[st/vm] 'rootDisk' must be at least the image's 3 GiB, got 2 GiB (the guest would see a disk that ends too early)",
      ],
    ],
    [
      "a root disk smaller than its image is declared",
      (w) => w.guest({ image: GuestImage.fromUrl("https://x.example/a", { virtualSize: Size.gibibytes(20) }) }),
      [
        "[st/vm] 'rootDisk' must be at least the image's 20 GiB, got 10 GiB (the guest would see a disk that ends too early)",
      ],
    ],
    [
      "a local image that is missing",
      (w) => w.guest({ image: GuestImage.fromFile("/nowhere/a.qcow2") }),
      [
        "[st/vm] 'image' must be a file of this machine, got \"/nowhere/a.qcow2\" (relative paths start at the project's folder; use fromUrl for a file that is fetched at apply)",
      ],
    ],
    [
      "a name that libvirt refuses",
      (w) => w.guest({ name: "a/b" }),
      [
        "[st/vm] 'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got \"a/b\" [libvirt/domain/name]",
      ],
    ],
    [
      "a name that is no host name",
      (w) => w.guest({ name: "my_vm" }),
      [
        "[st/vm] 'hostname' must be a DNS label: 1 to 63 letters, digits or '-', with a letter or digit at both ends, got \"my_vm\" (it is the guest's name unless you set 'hostname')",
      ],
    ],
    [
      "a private key in place of a public one",
      (w) => w.guest({ users: [{ name: "ops", sshKeys: ["-----BEGIN OPENSSH PRIVATE KEY-----"] }] }),
      [
        "[st/vm] 'users[0].sshKeys[0]' must be an OpenSSH public key, one line such as ssh-ed25519 AAAA… name, got a private key (give the .pub file, and treat the private key as leaked if this code was shared)",
      ],
    ],
    [
      "a damaged public key",
      (w) => w.guest({ users: [{ name: "ops", sshKeys: ["ssh-rsa AAAA"] }] }),
      [
        "[st/vm] 'users[0].sshKeys[0]' must be an OpenSSH public key, one line such as ssh-ed25519 AAAA… name, got a ssh-rsa line whose data is cut or damaged",
      ],
    ],
    [
      "nobody who could log in",
      (w) => w.guest({ users: [{ name: "ops", sshKeys: [] }] }),
      [
        "[st/vm] 'users' must let somebody in, got no user with an ssh key (add a user with a public key, or set 'userData')",
      ],
    ],
    [
      "an address outside the subnet",
      (w) => w.guest({ networks: [{ network: w.lan, address: "10.9.0.5" }] }),
      [
        "[st/vm] 'networks[0].address' must be one of 10.1.0.10 to 10.1.0.250, got \"10.9.0.5\" (the rest of the subnet is not the guests')",
      ],
    ],
    [
      "a reserved address",
      (w) => w.guest({ networks: [{ network: w.lan, address: "10.1.0.1" }] }),
      [
        "[st/vm] 'networks[0].address' must be one of 10.1.0.10 to 10.1.0.250, got \"10.1.0.1\" (the rest of the subnet is not the guests')",
      ],
    ],
    [
      "an address that another guest has",
      (w) => {
        w.guest({ networks: [{ network: w.lan, address: "10.1.0.20" }] }, "a1");
        w.guest({ networks: [{ network: w.lan, address: "10.1.0.20" }] }, "b1");
      },
      [
        "[st/a1] 'networks[0].address' must be a network address of its own on network st/lan, got \"10.1.0.20\", which st/b1 has (choose another address)",
        "[st/b1] 'networks[0].address' must be a network address of its own on network st/lan, got \"10.1.0.20\", which st/a1 has (choose another address)",
      ],
    ],
    [
      "a hardware address that another guest has",
      (w) => {
        const bridge = KvmNetwork.fromBridge(w, "br", { host: w.kvm, bridge: "br0" });
        w.guest({ networks: [{ network: bridge, mac: "52:54:00:00:00:01" }] }, "a1");
        w.guest({ networks: [{ network: bridge, mac: "52:54:00:00:00:01" }] }, "b1");
      },
      [
        "[st/a1] 'networks[0]' must be a hardware address of its own on the machine localhost, got \"52:54:00:00:00:01\", which st/b1 has (choose another address)",
        "[st/b1] 'networks[0]' must be a hardware address of its own on the machine localhost, got \"52:54:00:00:00:01\", which st/a1 has (choose another address)",
      ],
    ],
    [
      "one name for two guests",
      (w) => {
        w.guest({ name: "vm" }, "a1");
        w.guest({ name: "vm" }, "b1");
      },
      [
        "[st/a1] 'name' must be a guest name of its own on qemu:///system, got \"vm\", which st/b1 has (choose another name)",
        "[st/a1/Root] 'name' must be a volume of its own on qemu:///system, pool pool, got \"vm-root.qcow2\", which st/b1/Root has (choose another name)",
        "[st/b1] 'name' must be a guest name of its own on qemu:///system, got \"vm\", which st/a1 has (choose another name)",
        "[st/b1/Root] 'name' must be a volume of its own on qemu:///system, pool pool, got \"vm-root.qcow2\", which st/a1/Root has (choose another name)",
      ],
    ],
    [
      "a data disk in the place of the root disk",
      (w) => w.guest({ dataDisks: [{ name: "root", size: Size.gibibytes(1) }] }),
      [
        "[st/vm/Root] 'name' must be a volume of its own on qemu:///system, pool pool, got \"vm-root.qcow2\", which st/vm/disk-root has (choose another name)",
        "[st/vm/disk-root] 'name' must be a volume of its own on qemu:///system, pool pool, got \"vm-root.qcow2\", which st/vm/Root has (choose another name)",
      ],
    ],
    [
      "two data disks of one name",
      (w) =>
        w.guest({
          dataDisks: [
            { name: "a", size: Size.gibibytes(1) },
            { name: "a", size: Size.gibibytes(1) },
          ],
        }),
      [
        "[st/vm/disk-a] 'name' must be a volume of its own on qemu:///system, pool pool, got \"vm-a.qcow2\", which st/vm/disk-a-1 has (choose another name)",
        "[st/vm/disk-a-1] 'name' must be a volume of its own on qemu:///system, pool pool, got \"vm-a.qcow2\", which st/vm/disk-a has (choose another name)",
      ],
    ],
    [
      "more data disks than letters",
      (w) => w.guest({ dataDisks: Array.from({ length: 25 }, (_, n) => ({ name: `d${n}`, size: Size.gibibytes(1) })) }),
      ["[st/vm] 'dataDisks' must be at most 24, got more (the bus has no more letters; make fewer and larger ones)"],
    ],
    [
      "users for an installer",
      (w) => w.guest({ image: GuestImage.installIso(FileSource.fromUrl("https://x.example/a.iso")) }),
      [
        "[st/vm] 'users' must be left out for a guest that is installed from a medium, got one (an installer does not read it)",
      ],
    ],
    [
      "a token in what the first boot reads",
      (w) => w.guest({ firstBootScript: `echo ${new TerraformVariable(w, "v", {}).stringValue}` }),
      ["[st/vm] 'firstBootScript' must be a literal known at synth, got a token (the seed is made at synth)"],
    ],
    [
      "a pool of another host",
      (w) =>
        w.guest({
          dataDisks: [
            {
              name: "a",
              size: Size.gibibytes(1),
              pool: StoragePool.fromName(w, "far", {
                host: new KvmHost(w, "k2", { uri: "qemu+sshcmd://r/system" }),
                name: "far",
              }),
            },
          ],
        }),
      ["[st/vm/disk-a] 'pool' must stand on the guest's own host st/kvm, got st/far on st/k2"],
    ],
    [
      "everything at once",
      (w) =>
        w.guest({
          memory: Size.mebibytes(1),
          vcpus: 0,
          name: "",
          rootDisk: Size.bytes(1),
          users: [{ name: "Ops", sshKeys: [KEY] }],
          timezone: "Berlin",
          packages: ["a b"],
        }),
      [
        "[st/vm] 'users[0].name' must be a lower-case letter or '_', then up to 31 letters, digits, '_' or '-', got \"Ops\"",
        "[st/vm] 'packages[0]' must be a package name, name:architecture or name=version, got \"a b\"",
        '[st/vm] \'timezone\' must be a name of the time zone database, such as "Europe/Berlin", got "Berlin"',
        "[st/vm] 'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got \"\" [libvirt/domain/name]",
        "[st/vm] 'memory' must be at least 64 MiB, got 1 MiB (did you mean Size.gibibytes(1)?) [libvirt/domain/memory-minimum]",
        "[st/vm] 'vcpus' must be a whole number from 1 to 255, got 0 [libvirt/domain/vcpu]",
        "[st/vm] 'rootDisk' must be at least 1 MiB, in whole bytes, got 1 bytes [libvirt/volume/capacity]",
      ],
    ],
  ])("%s", (_, build, messages) => {
    expect(say(build)).toEqual(messages);
  });
});

describe("services", () => {
  test.each<[string, (world: World) => void, string[]]>([
    [
      "a bad name",
      (w) => w.service({ name: "-web" }),
      [
        "[st/web] 'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got \"-web\" [docker/container/name]",
      ],
    ],
    [
      "a bad image reference",
      (w) => w.service({ image: "Nginx" }),
      [
        '[st/web] \'image\' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Nginx" (did you mean "nginx"?) [docker/image/reference]',
      ],
    ],
    [
      "a bad digest",
      (w) => w.service({ image: "nginx@sha256:12" }),
      [
        "[st/web] 'image' must be an image reference whose digest is sha256: and 64 lower-case hexadecimal digits, got \"nginx@sha256:12\" [docker/image/reference]",
      ],
    ],
    [
      "a variable twice",
      (w) => w.service({ environment: ["A=1", "A=2"] }),
      [
        "[st/web] 'environment' must name each variable once, got A twice (remove one of them) [docker/container/env-duplicate]",
      ],
    ],
    [
      "a variable that is not there",
      (w) => w.service({ environment: wrong({ DB: process.env.BERTH_NO_SUCH_VARIABLE }) }),
      ["[st/web] 'environment.DB' must be a text, got undefined"],
    ],
    [
      "too little memory",
      (w) => w.service({ memory: Size.mebibytes(5) }),
      [
        "[st/web] 'memory' must be at least 6 MiB, got 5 MiB (Docker starts nothing with less) [docker/container/memory-minimum]",
      ],
    ],
    [
      "swap below memory",
      (w) => w.service({ memory: Size.mebibytes(64), memorySwap: Size.mebibytes(32) }),
      [
        "[st/web] 'memorySwap' must be at least the memory, 64 MiB, got 32 MiB (it counts memory and swap together) [docker/container/swap-below-memory]",
      ],
    ],
    [
      "a check without a pause",
      (w) => w.service({ healthcheck: Healthcheck.command(["true"], { interval: Duration.seconds(0) }) }),
      [
        "[st/web] 'healthcheck' must be a duration of at least 1 ms, such as 1m30s, got 0s [docker/container/healthcheck-duration]",
      ],
    ],
    [
      "a relative mount",
      (w) => w.service({ volumes: [VolumeMount.bind("data", "/data")] }),
      [
        "[st/web] 'volumes' must have an absolute path on the host as its source, got \"data\" [docker/container/host-path]",
      ],
    ],
    [
      "a relative target",
      (w) => w.service({ volumes: [VolumeMount.bind("/data", "data")] }),
      [
        "[st/web] 'volumes' must have an absolute path in the container that is not / as its target, got \"data\" [docker/container/mount-target]",
      ],
    ],
    [
      "one target twice",
      (w) => w.service({ volumes: [VolumeMount.bind("/a", "/data"), VolumeMount.tmpfs("/data/")] }),
      [
        "[st/web] 'volumes' must mount one thing per target, got \"/data/\" twice (remove one of them) [docker/container/mount-target-duplicate]",
      ],
    ],
    [
      "a port on the host's network",
      (w) => w.service({ networkMode: "host", ports: ["80:80"] }),
      [
        "[st/web] 'ports' must be left out on this network, got port 80 on network_mode \"host\" (a container on the host's network needs no published ports) [docker/container/ports-without-network]",
      ],
    ],
    [
      "a port on an internal network",
      (w) =>
        w.service({
          networks: [new DockerNetwork(w, "in", { host: w.docker, subnet: "10.3.0.0/24", internal: true })],
          ports: ["127.0.0.1:80:80"],
        }),
      [
        "[st/web] 'ports' must be left out where every network is internal, got port 80 on internal networks only (join a network that is not internal) [docker/container/ports-without-network]",
      ],
    ],
    [
      "an address outside the subnet",
      (w) => w.service({ networks: [{ network: w.net, address: "10.9.0.2" }] }),
      [
        "[st/web] 'networks' must be an address that a container may have in 10.2.0.0/24, got \"10.9.0.2\" [docker/container/address]",
      ],
    ],
    [
      "the gateway's address",
      (w) => w.service({ networks: [{ network: w.net, address: "10.2.0.1" }] }),
      ["[st/web] 'networks' must not be the network's gateway, got \"10.2.0.1\" [docker/container/address]"],
    ],
    [
      "one port for two services, and 0.0.0.0 with it",
      (w) => {
        w.service({ ports: ["0.0.0.0:80:80"] }, "a1");
        w.service({ ports: ["127.0.0.1:80:80"] }, "b1");
      },
      [
        "[st/a1] 'ports' must be free on the machine localhost, got 0.0.0.0:80/tcp, which st/b1 has (0.0.0.0 takes the port on every address; choose another host port or address)",
        "[st/b1] 'ports' must be free on the machine localhost, got 127.0.0.1:80/tcp, which st/a1 has (0.0.0.0 takes the port on every address; choose another host port or address)",
      ],
    ],
    [
      "services that wait for each other",
      (w) => {
        const [a, b] = [w.service({}, "a1"), w.service({}, "b1")];
        a.dependsOn(b);
        b.dependsOn(a);
      },
      [
        "[st/a1] 'dependsOn' must not lead back to the service itself, got st/a1 -> st/b1 -> st/a1 (remove one of these dependencies)",
        "[st/b1] 'dependsOn' must not lead back to the service itself, got st/b1 -> st/a1 -> st/b1 (remove one of these dependencies)",
      ],
    ],
    [
      "health that nobody checks",
      (w) => w.service({}, "a1").dependsOn(w.service({}, "b1"), "healthy"),
      [
        '[st/a1] \'dependsOn\' must name a service with a healthcheck for "healthy", got st/b1 without one (give it a healthcheck, or depend on "started")',
      ],
    ],
    [
      "a token for a name",
      (w) => w.service({ name: new TerraformVariable(w, "v", {}).stringValue }),
      [
        "[st/web] 'name' must be a literal known at synth, got a token (berth checks and names things by it before Terraform runs)",
      ],
    ],
    [
      "values of another kind",
      (w) =>
        w.service({
          memory: wrong(64),
          ports: wrong("80:80"),
          healthcheck: wrong({ test: [] }),
          readOnly: wrong("true"),
        }),
      [
        "[st/web] 'ports' must be a list, each a text, got \"80:80\" (put it in [ ])",
        '[st/web] \'healthcheck\' must be a Healthcheck, such as Healthcheck.http("/"), got {"test":[]}',
        "[st/web] 'memory' must be a Size, such as Size.mebibytes(256), got 64",
        "[st/web] 'readOnly' must be true or false, got \"true\"",
      ],
    ],
    [
      "a prop of another name",
      (w) => w.service(wrong({ memmory: 1 })),
      [
        expect.stringMatching(
          /^\[st\/web\] 'memmory' must be one of host, image, name, .*, got a prop of another name$/,
        ) as unknown as string,
      ],
    ],
  ])("%s", (_, build, messages) => {
    expect(say(build)).toEqual(messages);
  });
});

describe("hosts, networks, volumes, images, machines", () => {
  test.each<[string, (world: World) => void, string[]]>([
    [
      "an unknown scheme",
      (w) => new DockerHost(w, "d", { host: "http://x" }),
      [
        '[st/d] \'host\' must be "unix:///path", "ssh://user@machine" or "tcp://machine:port" with \'tls\', got "http://x"',
      ],
    ],
    [
      "a bare socket path",
      (w) => new DockerHost(w, "d", { host: "/var/run/docker.sock" }),
      [
        '[st/d] \'host\' must be "unix:///path", "ssh://user@machine" or "tcp://machine:port" with \'tls\', got "/var/run/docker.sock" (did you mean "unix:///var/run/docker.sock"?)',
      ],
    ],
    [
      "an open engine",
      (w) => new DockerHost(w, "d", { host: "tcp://x:2375" }),
      [
        "[st/d] 'host' must not be an engine on the network without TLS, got \"tcp://x:2375\" (anybody who reaches it is root there; add 'tls', or use ssh://)",
      ],
    ],
    [
      "an unknown hypervisor",
      (w) => new KvmHost(w, "k", { uri: "xen:///system" }),
      [
        '[st/k] \'uri\' must be a QEMU connection such as "qemu:///system" or "qemu+sshcmd://ops@rack1/system", got "xen:///system"',
      ],
    ],
    [
      "a host key that nobody checks",
      (w) => new KvmHost(w, "k", { uri: "qemu+ssh://r/system?known_hosts_verify=ignore" }),
      [
        "[st/k] 'uri' must not switch off the check of the host's key, got \"qemu+ssh://r/system?known_hosts_verify=ignore\" (add the host's key to known_hosts, and name that file with knownhosts=)",
      ],
    ],
    [
      "a token for a host",
      (w) => new KvmHost(w, "k", { uri: new TerraformVariable(w, "v", {}).stringValue }),
      [
        "[st/k] 'uri' must be a literal known at synth, got a token (berth checks and names things by it before Terraform runs)",
      ],
    ],
    [
      "a network of Docker's own",
      (w) => new DockerNetwork(w, "n", { host: w.docker, name: "bridge", subnet: "10.4.0.0/24" }),
      ["[st/n] 'name' must not be a network that Docker makes itself, got \"bridge\" [docker/network/name]"],
    ],
    [
      "a subnet with host bits",
      (w) => new KvmNetwork(w, "n", { host: w.kvm, subnet: "10.4.0.1/24" }),
      ['[st/n] \'subnet\' must be a subnet without host bits, got "10.4.0.1/24" (did you mean "10.4.0.0/24"?)'],
    ],
    [
      "subnets that overlap, libvirt's and Docker's",
      (w) => new KvmNetwork(w, "n", { host: w.kvm, subnet: "10.2.0.0/16" }),
      [
        "[st/net] 'subnet' must not overlap another network of the machine localhost, got 10.2.0.0/24, which meets 10.2.0.0/16 of st/n (libvirt's and Docker's networks share the machine's routes; choose another subnet)",
        "[st/n] 'subnet' must not overlap another network of the machine localhost, got 10.2.0.0/16, which meets 10.2.0.0/24 of st/net (libvirt's and Docker's networks share the machine's routes; choose another subnet)",
      ],
    ],
    [
      "a volume name that is too short",
      (w) => new DockerVolume(w, "v", { host: w.docker }),
      [
        "[st/v] 'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got \"v\" [docker/volume/name]",
      ],
    ],
    [
      "a build without a Dockerfile",
      (w) => new DockerImage(w, "i", { host: w.docker, reference: "a:1", build: { context: FOLDER } }),
      [
        `[st/i] 'build.context' must be a folder that has the file Dockerfile, got "${FOLDER}" (there is no ${FOLDER}/Dockerfile)`,
      ],
    ],
    [
      "a folder that is not the pool's own",
      (w) => new StoragePool(w, "p", { host: w.kvm, path: "/var/lib/libvirt/images" }),
      [
        '[st/p] \'path\' must be a folder of the pool\'s own, got "/var/lib/libvirt/images" (name a folder below it, or take it as it is with directory: "adopt")',
      ],
    ],
    [
      "a machine that is too small",
      (w) => {
        const machine = new Machine(w, "rack", { cores: 2, memory: Size.gibibytes(1) });
        const docker = new DockerHost(w, "d2", { host: "ssh://rack", machine });
        new DockerService(w, "big", { host: docker, image: "nginx:1.27.5", memory: Size.gibibytes(2), cpus: 4 });
      },
      [
        "[st/rack] 'memory' must be at least what stands on the machine, got 1 GiB for 2 GiB (st/big 2 GiB; shrink one, move one to another machine, or correct the capacity)",
        "[st/rack] 'cores' must be at least the 'cpus' of every workload, got 2 for 4 of st/big (give the workload fewer, or correct the capacity)",
      ],
    ],
  ])("%s", (_, build, messages) => {
    expect(say(build)).toEqual(messages);
  });

  test("a construct without its host cannot be made, and says so at once", () => {
    const world = new World(testApp(), "st");
    expect(() => new DockerVolume(world, "v1", wrong({ host: "docker" }))).toThrow(
      new TypeError('[st/v1] \'host\' must be a Docker host, such as new DockerHost(stack, "docker"), got "docker"'),
    );
    expect(() => new KvmGuest(world, "g", wrong({}))).toThrow(
      /^\[st\/g\] 'host' must be a KVM host, such as new KvmHost\(stack, "kvm"\), got nothing\n\[st\/g\] 'pool' must be/,
    );
  });

  test("value classes refuse what they cannot be", () => {
    expect(() => GuestImage.fromUrl("ftp://x")).toThrow(
      new Error(
        'must be an http:// or https:// URL, got "ftp://x" (a literal; use fromFile for a file of this machine)',
      ),
    );
    expect(() => FileSource.fromUrl("https://x.example/a", { sha256: "12" })).toThrow(
      new Error(
        'must be one digest: sha256 with 64, or sha512 with 128 lower-case hexadecimal digits, got {"sha256":"12"}',
      ),
    );
    expect(() => VolumeMount.tmpfs("/tmp", { size: Size.bytes(0) })).toThrow(
      new Error("must be a Size of at least 4 KiB, got 0 bytes (the kernel takes 0 for no limit at all)"),
    );
    expect(() => Healthcheck.command([])).toThrow(
      'must be a command of words that are not empty, got [] (such as Healthcheck.command(["curl", "-f", "http://127.0.0.1/"]))',
    );
  });
});
