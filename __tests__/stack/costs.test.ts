import {
  ContainersInsideVm,
  DockerHost,
  DockerImage,
  DockerNetwork,
  DockerService,
  DockerVolume,
  GuestImage,
  Healthcheck,
  KvmNetwork,
  Size,
  VolumeMount,
} from "../../lib/index";
import { Domain } from "../../lib/providers/libvirt";
import { synth } from "../../lib/testing";
import { testApp } from "../support/app";
import { KEY, World } from "../support/bad-world";
import { type Costs, costOfOneMore, costsOf } from "../support/costs";

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const IMAGE = GuestImage.fromUrl("https://images.example/debian.qcow2", { sha256: "a".repeat(64) });

const guest = (world: World, index: number) => world.guest({ image: IMAGE, networks: [world.lan] }, `vm-${index}`);

const dockerHost = (world: World, index: number) =>
  new ContainersInsideVm(world, `apps-${index}`, {
    host: world.kvm,
    pool: world.pool,
    image: IMAGE,
    networks: [world.lan],
    memory: Size.gibibytes(1),
    vcpus: 1,
    rootDisk: Size.gibibytes(5),
    users: [{ name: "ops", sshKeys: [KEY] }],
  });

/** What one more of each costs, to the last one. A change of these figures is a change of what every user pays. */
test.each<[string, (world: World, count: number) => void, Costs]>([
  [
    "a service with an image of its own",
    (world, count) =>
      times(count, (i) => world.service({ image: `app-${i}:1`, ports: [`127.0.0.1:${1000 + i}:80`] }, `app-${i}`)),
    { resolves: 0, tokens: 0, visits: 40, evaluations: 24, comparisons: 0, resources: 2 },
  ],
  [
    "a service with all that is usual",
    (world, count) => {
      const volume = new DockerVolume(world, "data", { host: world.docker });
      const usual = {
        networks: [world.net],
        volumes: [VolumeMount.volume(volume, "/data")],
        environment: { PORT: "80" },
        labels: { team: "a" },
        healthcheck: Healthcheck.command(["true"]),
        memory: Size.mebibytes(64),
      };
      times(count, (i) => world.service(usual, `app-${i}`));
    },
    { resolves: 0, tokens: 0, visits: 20, evaluations: 55, comparisons: 0, resources: 1 },
  ],
  [
    "a Docker network",
    (world, count) =>
      times(count, (i) => new DockerNetwork(world, `net-${i}`, { host: world.docker, subnet: `10.${100 + i}.0.0/24` })),
    { resolves: 0, tokens: 0, visits: 20, evaluations: 21, comparisons: 1, resources: 1 },
  ],
  [
    "a Docker host",
    (world, count) => times(count, (i) => new DockerHost(world, `docker-${i}`, { host: `ssh://ops@host-${i}` })),
    { resolves: 0, tokens: 0, visits: 20, evaluations: 8, comparisons: 0, resources: 0 },
  ],
  [
    "a guest",
    (world, count) => times(count, (i) => guest(world, i)),
    { resolves: 0, tokens: 0, visits: 120, evaluations: 295, comparisons: 0, resources: 8 },
  ],
  [
    "a libvirt network",
    (world, count) =>
      times(count, (i) => new KvmNetwork(world, `lan-${i}`, { host: world.kvm, subnet: `10.${100 + i}.0.0/24` })),
    { resolves: 0, tokens: 0, visits: 30, evaluations: 47, comparisons: 1, resources: 2 },
  ],
  [
    // Keys that Terraform makes go through its functions, and these are tokens.
    "a guest that is a Docker host",
    (world, count) => times(count, (i) => dockerHost(world, i)),
    { resolves: 8, tokens: 23, visits: 350, evaluations: 343, comparisons: 0, resources: 24 },
  ],
  [
    "a service inside a guest",
    (world, count) => {
      const host = dockerHost(world, 0);
      const image = new DockerImage(world, "image", { host, reference: "app:1" });
      times(count, (i) => new DockerService(world, `app-${i}`, { host, image, memory: Size.mebibytes(8) }));
    },
    { resolves: 0, tokens: 0, visits: 20, evaluations: 16, comparisons: 0, resources: 1 },
  ],
])("%s costs what it did", (_, build, expected) => {
  // The first synthesis finds out what each rule asks for.
  costsOf((world) => build(world, 1));
  expect(costOfOneMore(build)).toEqual(expected);
});

test("a default guest has four device elements, each of which costs time in every plan", () => {
  const world = new World(testApp(), "stack");
  guest(world, 0);
  const { devices } = synth(world).template.only(Domain);
  const counts = Object.entries(devices as Readonly<Record<string, readonly unknown[]>>).map(([kind, all]) => [
    kind,
    all.length,
  ]);
  expect(Object.fromEntries(counts)).toEqual({ disks: 2, interfaces: 1, serials: 1 });
});
