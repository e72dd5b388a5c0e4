import { TerraformVariable } from "cdktf";
import { FileSource, GuestImage, KvmHost, KvmNetwork, Size, StoragePool } from "../../lib/index";
import { synth } from "../../lib/testing/synth";
import { testApp } from "../support/app";
import { KEY, QCOW2, say, World } from "../support/bad-world";

describe("guests", () => {
  test.each<[string, (world: World) => void, string[]]>([
    [
      "memory below 64 MiB",
      (w) => w.guest({ memory: Size.mebibytes(2) }),
      ["[st/vm] 'memory' must be at least 64 MiB, got 2 MiB (did you mean Size.gibibytes(2)?)"],
    ],
    [
      "memory that is no whole MiB",
      (w) => w.guest({ memory: Size.kibibytes(65537) }),
      ["[st/vm] 'memory' must be a whole number of MiB, got 65537 KiB (nearest: Size.mebibytes(64))"],
    ],
    [
      "fractional vcpus",
      (w) => w.guest({ vcpus: 1.5 }),
      ["[st/vm] 'vcpus' must be a whole number, got 1.5 [schema/type]"],
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
        "[st/vm] 'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got \"a/b\"",
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
      "private keys in what the seed holds",
      (w) =>
        w.guest({
          files: [{ path: "/k", content: "-----BEGIN OPENSSH PRIVATE KEY-----\n" }],
          firstBootScript: "cat >/k <<END\n-----BEGIN PRIVATE KEY-----\nEND",
        }),
      ["files[0].content", "firstBootScript"].map(
        (prop) =>
          `[st/vm] '${prop}' must not hold a private key, got one (the seed image can be read by whoever reads the JSON; bring it to the guest after its first boot)`,
      ),
    ],
    [
      "a data disk mounted in places that are none",
      (w) =>
        w.guest({
          dataDisks: ["data", "/", "/a b", "/srv/../etc"].map((mountPoint, n) => ({
            name: `d${n}`,
            size: Size.gibibytes(1),
            mountPoint,
          })),
        }),
      ["data", "/", "/a b", "/srv/../etc"].map(
        (mountPoint, n) =>
          `[st/vm/disk-d${n}] 'mountPoint' must be an absolute path of letters, digits, '_', '.' or '-' below /, got "${mountPoint}"`,
      ),
    ],
    [
      "mount points that are taken",
      (w) =>
        w.guest({
          dataDisks: ["/srv", "/srv", "/var", "/run/x"].map((mountPoint, n) => ({
            name: `d${n}`,
            size: Size.gibibytes(1),
            mountPoint,
          })),
        }),
      [
        ...[0, 1].map(
          (n) =>
            `[st/vm/disk-d${n}] 'mountPoint' must be a mount point of its own on st/vm, got "/srv", which st/vm/disk-d${1 - n} has (choose another one)`,
        ),
        ...["/var", "/run/x"].map(
          (mountPoint, n) =>
            `[st/vm/disk-d${n + 2}] 'mountPoint' must leave the system's own folders alone, got "${mountPoint}" (choose one below /srv)`,
        ),
      ],
    ],
    [
      "a mount point in a guest whose user-data are its own",
      (w) =>
        w.guest({
          users: undefined,
          userData: "#cloud-config\n",
          dataDisks: [{ name: "d", size: Size.gibibytes(1), mountPoint: "/srv" }],
        }),
      [
        "[st/vm] 'dataDisks.mountPoint' must be used on a guest whose user-data berth makes, got one with 'userData' of its own",
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
      "an address without a prefix on somebody else's network",
      (w) => {
        const network = KvmNetwork.fromBridge(w, "outer", { host: w.kvm, bridge: "br7" });
        w.guest({ networks: [{ network, address: "192.168.1.20" }] });
      },
      [
        "[st/vm] 'networks[0].address' must have its prefix on a network that is not berth's, got \"192.168.1.20\" (such as 192.168.1.20/24)",
      ],
    ],
    [
      "an override that takes another guest's name",
      (w) => {
        w.guest({});
        w.guest({}, "other").resource.addOverride("name", "vm");
      },
      [
        "[st/other] 'name' must be a name of its own on the host, got \"vm\", which libvirt_domain.vm_BEC5F109 has (choose another) [libvirt/domain/name-taken]",
      ],
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
        "[st/vm] 'name' must be 1 to 63 letters, digits, '_', '.', '+' or '-', beginning with a letter or digit, got \"\"",
        "[st/vm] 'memory' must be at least 64 MiB, got 1 MiB (did you mean Size.gibibytes(1)?)",
        "[st/vm] 'users[0].name' must be a lower-case letter or '_', then up to 31 letters, digits, '_' or '-', got \"Ops\"",
        "[st/vm] 'packages[0]' must be a package name, name:architecture or name=version, got \"a b\"",
        '[st/vm] \'timezone\' must be a name of the time zone database, such as "Europe/Berlin", got "Berlin"',
        "[st/vm] 'vcpus' must be a whole number from 1 to 255, got 0 [libvirt/domain/vcpu]",
        "[st/vm] 'rootDisk' must be at least 4 KiB, in whole bytes, got 1 bytes [libvirt/volume/capacity]",
      ],
    ],
  ])("%s", (_, build, messages) => {
    expect(say(build)).toEqual(messages);
  });
});

const DIGEST = { sha256: "0".repeat(64) };

test.each<[string, () => unknown, string]>([
  [
    "an installation medium as a disk image",
    () => GuestImage.fromUrl("https://images.example/a.iso", DIGEST),
    'must be a disk image, got "https://images.example/a.iso" (GuestImage.installIso takes an installation medium)',
  ],
  [
    "a compressed image",
    () => GuestImage.fromUrl("https://images.example/a.qcow2.xz", DIGEST),
    'must be an image that is not compressed, got "https://images.example/a.qcow2.xz" (unpack it, and use fromFile or another URL)',
  ],
  [
    "a raw image that is not called so",
    () => GuestImage.fromUrl("https://images.example/a.raw?x=1", DIGEST),
    'must be a qcow2 image, got "https://images.example/a.raw?x=1" (say format: "raw")',
  ],
  [
    "a disk image as an installation medium",
    () => GuestImage.installIso(FileSource.fromUrl("https://images.example/a.qcow2", DIGEST)),
    'must be an installation medium, got "https://images.example/a.qcow2" (GuestImage.fromUrl or fromFile takes a disk image)',
  ],
  [
    "a URL with a password",
    () => FileSource.fromUrl("https://a:b@images.example/a.qcow2", DIGEST),
    "must be a URL without a user and a password, got one with them (both would stand in the JSON and the state)",
  ],
  [
    "a file that is fetched over plain http, and could be any other",
    () => FileSource.fromUrl("http://images.example/a.qcow2?a&b"),
    "must be an https:// URL, or have a digest, got \"http://images.example/a.qcow2?a&b\" (anybody on the way can change it; where you trust it: curl -fsSL 'http://images.example/a.qcow2?a&b' | sha256sum prints what sha256 takes)",
  ],
  [
    "a size as text",
    () => Size.gibibytes("20" as never),
    'must be a whole number of bytes from 0 to 2^53 - 1, got "20" GiB (give a literal number, not a token)',
  ],
])("%s is refused where it is made", (_, make, message) => {
  expect(make).toThrow(new Error(message));
});

test("a raw image that is called so, and a URL that ends in nothing", () => {
  expect(GuestImage.fromUrl("https://images.example/a.raw", { ...DIGEST, format: "raw" }).image).toMatchObject({
    format: "raw",
  });
  expect(GuestImage.fromUrl("https://images.example/latest", DIGEST).image).toMatchObject({ format: "qcow2" });
});

test("what a first boot cannot do is a warning", () => {
  const warningsOf = (change: (world: World) => void) => {
    const world = new World(testApp(), "st");
    change(world);
    return synth(world).warnings;
  };
  const closed = (world: World) =>
    new KvmNetwork(world, "closed", { host: world.kvm, subnet: "10.9.0.0/24", mode: "isolated" });
  expect(warningsOf((w) => w.guest({ networks: [closed(w)], packages: ["nginx"] }))).toEqual([
    "[st/vm] 'networks' must lead outside where packages are installed, got isolated networks only, and nginx (take an image that has them, or acknowledge that a mirror stands on the host) [kvm/guest/packages-unreachable]",
  ]);
  expect(warningsOf((w) => w.guest({ users: undefined, userData: "#cloud-config\npackages: [nginx]\n" }))).toEqual([
    "[st/vm] 'userData' must let somebody in, got neither a user nor a key (add users with ssh_authorized_keys, or acknowledge that nobody needs to log in) [kvm/guest/nobody-logs-in]",
  ]);
  expect(warningsOf((w) => w.guest({ networks: [closed(w), w.lan], packages: ["nginx"] }))).toEqual([]);
  const fetched = (digest?: typeof DIGEST) => GuestImage.fromUrl("https://images.example/a.qcow2", digest);
  expect(warningsOf((w) => w.guest({ image: fetched(DIGEST) }))).toEqual([]);
  expect(warningsOf((w) => w.guest({ image: fetched() }))).toEqual([
    "[st/vm] 'image' must have a digest where it is fetched, got \"https://images.example/a.qcow2\" (curl -fsSL https://images.example/a.qcow2 | sha256sum prints what sha256 takes) [kvm/guest/image-digest]",
  ]);
});
