import * as fs from "node:fs";
import * as path from "node:path";
import { App } from "cdktf";
import { CONSTRAINTS } from "../lib/docker/docker-line";
import {
  DockerHost,
  DockerService,
  Duration,
  GuestImage,
  HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  LOCK_FILE_CONTEXT,
  Size,
  StoragePool,
} from "../lib/index";
import { LIBVIRT_VERSION } from "../lib/kvm/kvm-host";

/** Machines by berth, and the same machines by hand. */
export const KINDS = ["guest", "guestMinimal", "service", "serviceMinimal"] as const;
export type Kind = (typeof KINDS)[number];

/** How many guests, and how many services, the small and the large stack have; Terraform works on ten at a time. */
export const GUESTS = [1, 5] as const;
export const SERVICES = [1, 9] as const;

export const LIBVIRT = "qemu:///system";
export const ENGINE = "unix:///var/run/docker.sock";

/** What is asked of `terraform init`. */
export const PROVIDERS = {
  libvirt: { source: "dmacvicar/libvirt", version: LIBVIRT_VERSION },
  docker: { source: "kreuzwerker/docker", version: CONSTRAINTS["4"] },
} as const;

const SUBNET = "10.213.87.0/24";
const ROOT_DISK = Size.mebibytes(12);
const MEMORY = Size.mebibytes(64);
/** Nothing in the container ends by itself, so every destroy waits this long. */
const STOP_GRACE = Duration.seconds(1);
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGnhwrzuOwuNAG3HcDi6Yu6D+Vv+dul2g6iBzt8J0IPq bench@example";

/** Where a run works, and what it calls what it makes. All stands use the same names: they stand up one after another. */
export interface Place {
  readonly folder: string;
  /** First part of every name. */
  readonly tag: string;
  /** The image of the guests' root disks, smaller than these. */
  readonly disk: string;
  /** The image of the containers, in the engine. */
  readonly image: string;
}

/** One configuration, with a folder and a state of its own. */
export interface Stand {
  readonly kind: Kind;
  readonly count: number;
  readonly folder: string;
}

/** Writes every configuration, each kind in two sizes. */
export function makeStands(place: Place): readonly Stand[] {
  const folderOf = (kind: Kind, count: number) => path.join(place.folder, `${kind}-${count}`);
  const guests = GUESTS.flatMap((count): Stand[] => {
    const folder = synthesize(place, folderOf("guest", count), (stack) => addGuests(stack, place, count));
    const minimal = folderOf("guestMinimal", count);
    writeConfiguration(minimal, guestsByHand(place, folder));
    return [
      { kind: "guest", count, folder },
      { kind: "guestMinimal", count, folder: minimal },
    ];
  });
  const services = SERVICES.flatMap((count): Stand[] => {
    const folder = synthesize(place, folderOf("service", count), (stack) => addServices(stack, place, count));
    const minimal = folderOf("serviceMinimal", count);
    writeConfiguration(minimal, servicesByHand(place, count));
    return [
      { kind: "service", count, folder },
      { kind: "serviceMinimal", count, folder: minimal },
    ];
  });
  return [...guests, ...services];
}

export function writeConfiguration(folder: string, configuration: object): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(configuration, undefined, 2));
}

/** Synthesizes one stack; returns the folder that Terraform runs in. */
function synthesize({ tag }: Place, folder: string, fill: (stack: HostStack) => void): string {
  fs.mkdirSync(folder);
  const app = new App({
    outdir: path.join(folder, "cdktf.out"),
    context: { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") },
  });
  fill(new HostStack(app, tag));
  app.synth();
  return path.join(folder, "cdktf.out", "stacks", tag);
}

/** Guests with what everybody writes. They stay off: one without a system would not hear that it is to shut down. */
function addGuests(stack: HostStack, { folder, tag, disk }: Place, count: number): void {
  const host = new KvmHost(stack, "kvm", { emulated: true, uri: LIBVIRT });
  const pool = new StoragePool(stack, "pool", { host, name: tag, path: path.join(folder, "pool") });
  const lan = new KvmNetwork(stack, "lan", { host, name: tag, subnet: SUBNET });
  for (let index = 0; index < count; index++) {
    new KvmGuest(stack, `${tag}-${index}`, {
      host,
      pool,
      image: GuestImage.fromFile(disk),
      memory: MEMORY,
      vcpus: 1,
      rootDisk: ROOT_DISK,
      networks: [lan],
      users: [{ name: "ops", sshKeys: [KEY] }],
      running: false,
    });
  }
}

function addServices(stack: HostStack, { tag, image }: Place, count: number): void {
  const host = new DockerHost(stack, "docker", { host: ENGINE });
  for (let index = 0; index < count; index++) {
    new DockerService(stack, `${tag}-${index}`, { host, image, stopGracePeriod: STOP_GRACE });
  }
}

/** What of berth's stack is given to both sides alike: the network, hardware addresses, and the bytes of the seeds. */
interface GuestStack {
  readonly resource: {
    readonly libvirt_network: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly libvirt_volume: Readonly<Record<string, { readonly name: string; readonly create?: UrlContent }>>;
    readonly libvirt_domain: Readonly<
      Record<string, { readonly name: string; readonly devices: { readonly interfaces: readonly Interface[] } }>
    >;
  };
}
interface UrlContent {
  readonly content: { readonly url: string };
}
interface Interface {
  readonly mac: { readonly address: string };
}

/**
 * The same guests as somebody who knows libvirt's defaults would write them: whatever is left out here, libvirt fills in
 * as berth says it. `virsh dumpxml` of both domains differs in the uuid alone, `net-dumpxml` in uuid and the bridge's own
 * hardware address, `vol-dumpxml` in times; nor do the states of autostart differ.
 *
 * Not here, since the machine is the same without it: what berth adds so that later edits reach the machine
 * (`terraform_data`, `lifecycle`), the patience of a graceful shutdown (`destroy`), and what says the default.
 */
function guestsByHand({ folder, tag, disk }: Place, berth: string): object {
  const { resource } = JSON.parse(fs.readFileSync(path.join(berth, "cdk.tf.json"), "utf8")) as GuestStack;
  const [network] = Object.values(resource.libvirt_network);
  const seeds = Object.values(resource.libvirt_volume).filter(({ name }) => name.endsWith(".iso"));
  const pool = "${libvirt_pool.pool.name}";
  const qcow2 = { format: { type: "qcow2" } };
  const guests = Object.values(resource.libvirt_domain).map(({ name, devices }) => {
    const seed = seeds.find((volume) => volume.name.startsWith(`${name}-`));
    return {
      name,
      mac: devices.interfaces[0]?.mac.address,
      seed: { name: seed?.name, url: seed?.create?.content.url.replace("${path.module}", berth) },
    };
  });
  const volumes = guests.flatMap(({ name, seed }) => [
    [`${name}-base`, { name: `${name}-base.qcow2`, pool, create: { content: { url: disk } }, target: qcow2 }],
    [
      `${name}-root`,
      {
        name: `${name}-root.qcow2`,
        pool,
        capacity: ROOT_DISK.toBytes(),
        target: qcow2,
        backing_store: { path: `\${libvirt_volume.${name}-base.path}`, ...qcow2 },
      },
    ],
    [`${name}-seed`, { name: seed.name, pool, create: { content: { url: seed.url } } }],
  ]);
  const domains = guests.map(({ name, mac }) => [name, domainByHand(name, mac)]);
  return {
    terraform: { required_providers: { libvirt: PROVIDERS.libvirt } },
    provider: { libvirt: { uri: LIBVIRT } },
    resource: {
      libvirt_pool: { pool: { name: tag, type: "dir", target: { path: path.join(folder, "pool") } } },
      libvirt_network: {
        lan: {
          name: tag,
          autostart: true,
          forward: network?.forward,
          bridge: network?.bridge,
          ips: network?.ips,
        },
      },
      libvirt_volume: Object.fromEntries(volumes),
      libvirt_domain: Object.fromEntries(domains),
    },
  };
}

function domainByHand(name: string, mac: string | undefined): object {
  const file = (volume: string) => ({ file: { file: `\${libvirt_volume.${name}-${volume}.path}` } });
  return {
    name,
    type: "qemu",
    memory: MEMORY.toMebibytes(),
    memory_unit: "MiB",
    vcpu: 1,
    autostart: true,
    os: { type: "hvm", type_machine: "q35" },
    features: { acpi: true, apic: {} },
    cpu: { mode: "maximum" },
    on_crash: "restart",
    devices: {
      disks: [
        { driver: { type: "qcow2", discard: "unmap" }, source: file("root"), target: { dev: "vda" } },
        { source: file("seed"), target: { dev: "vdb" }, read_only: true },
      ],
      interfaces: [
        {
          mac: { address: mac },
          source: { network: { network: "${libvirt_network.lan.name}" } },
          model: { type: "virtio" },
        },
      ],
      serials: [{}],
    },
  };
}

/**
 * The same containers by hand. `docker inspect` differs in what every container has of its own (id, times, addresses)
 * and in the label that berth needs for later edits.
 */
function servicesByHand({ tag, image }: Place, count: number): object {
  const containers = Array.from({ length: count }, (_, index) => [
    `${tag}-${index}`,
    {
      name: `${tag}-${index}`,
      image: "${docker_image.image.image_id}",
      restart: "unless-stopped",
      destroy_grace_seconds: STOP_GRACE.toSeconds(),
    },
  ]);
  return {
    terraform: { required_providers: { docker: PROVIDERS.docker } },
    provider: { docker: { host: ENGINE } },
    resource: {
      // The engine has the image from elsewhere, and keeps it for the next stand.
      docker_image: { image: { name: image, keep_locally: true } },
      docker_container: Object.fromEntries(containers),
    },
  };
}
