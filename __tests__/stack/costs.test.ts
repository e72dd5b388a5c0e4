import {
  ContainersInsideVm,
  DockerHost,
  DockerImage,
  DockerNetwork,
  DockerService,
  DockerVolume,
  GuestImage,
  Healthcheck,
  type HostStack,
  KvmGuest,
  KvmHost,
  KvmNetwork,
  Size,
  StoragePool,
  VolumeMount,
} from "../../lib/index";
import { Domain } from "../../lib/providers/libvirt";
import { synth } from "../../lib/testing";
import { testStack } from "../support/app";
import { KEY } from "../support/bad-world";
import { type Costs, costOfOneMore, costsOf } from "../support/costs";

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

function lab(stack: HostStack) {
  const host = new KvmHost(stack, "kvm");
  const lan = new KvmNetwork(stack, "lan", { host, subnet: "10.9.0.0/24" });
  const pool = new StoragePool(stack, "pool", { host, path: "/srv/pool" });
  const image = GuestImage.fromUrl("https://images.example/debian.qcow2", { sha256: "a".repeat(64) });
  return { host, pool, image, networks: [lan], memory: Size.gibibytes(1), vcpus: 1, rootDisk: Size.gibibytes(5) };
}

const guest = (stack: HostStack, world: ReturnType<typeof lab>, index: number, more: object = {}) =>
  new KvmGuest(stack, `vm-${index}`, { ...world, users: [{ name: "ops", sshKeys: [KEY] }], ...more });

/** What one more of each costs, to the last one. A change of these figures is a change of what every user pays. */
test.each<[string, (stack: HostStack, count: number) => void, Costs]>([
  [
    "a service with an image of its own",
    (stack, count) => {
      const host = new DockerHost(stack, "docker");
      times(
        count,
        (i) => new DockerService(stack, `app-${i}`, { host, image: `app-${i}:1`, ports: [`127.0.0.1:${1000 + i}:80`] }),
      );
    },
    { resolves: 0, tokens: 0, visits: 40, evaluations: 23, comparisons: 0, resources: 2 },
  ],
  [
    "a service with all that is usual",
    (stack, count) => {
      const host = new DockerHost(stack, "docker");
      const network = new DockerNetwork(stack, "net", { host, subnet: "10.8.0.0/20" });
      const volume = new DockerVolume(stack, "data", { host });
      const image = new DockerImage(stack, "image", { host, reference: "app:1" });
      times(
        count,
        (i) =>
          new DockerService(stack, `app-${i}`, {
            host,
            image,
            networks: [network],
            volumes: [VolumeMount.volume(volume, "/data")],
            environment: { PORT: "80" },
            labels: { team: "a" },
            healthcheck: Healthcheck.command(["true"]),
            memory: Size.mebibytes(64),
          }),
      );
    },
    { resolves: 0, tokens: 0, visits: 20, evaluations: 53, comparisons: 0, resources: 1 },
  ],
  [
    "a Docker network",
    (stack, count) => {
      const host = new DockerHost(stack, "docker");
      times(count, (i) => new DockerNetwork(stack, `net-${i}`, { host, subnet: `10.${i}.0.0/24` }));
    },
    { resolves: 0, tokens: 0, visits: 20, evaluations: 21, comparisons: 1, resources: 1 },
  ],
  [
    "a Docker host",
    (stack, count) => {
      times(count, (i) => new DockerHost(stack, `docker-${i}`, { host: `ssh://ops@host-${i}` }));
      new DockerVolume(stack, "data", { host: new DockerHost(stack, "docker") });
    },
    { resolves: 0, tokens: 0, visits: 20, evaluations: 7, comparisons: 0, resources: 0 },
  ],
  [
    "a guest",
    (stack, count) => {
      const world = lab(stack);
      times(count, (i) => guest(stack, world, i));
    },
    { resolves: 0, tokens: 0, visits: 110, evaluations: 294, comparisons: 0, resources: 7 },
  ],
  [
    "a libvirt network",
    (stack, count) => {
      const host = new KvmHost(stack, "kvm");
      times(count, (i) => new KvmNetwork(stack, `lan-${i}`, { host, subnet: `10.${i}.0.0/24` }));
    },
    { resolves: 0, tokens: 0, visits: 30, evaluations: 47, comparisons: 1, resources: 2 },
  ],
  [
    // Keys that Terraform makes go through its functions, and these are tokens.
    "a guest that is a Docker host",
    (stack, count) => {
      const world = lab(stack);
      times(
        count,
        (i) => new ContainersInsideVm(stack, `apps-${i}`, { ...world, users: [{ name: "ops", sshKeys: [KEY] }] }),
      );
    },
    { resolves: 8, tokens: 23, visits: 340, evaluations: 342, comparisons: 0, resources: 23 },
  ],
  [
    "a service inside a guest",
    (stack, count) => {
      const host = new ContainersInsideVm(stack, "apps", { ...lab(stack), users: [{ name: "ops", sshKeys: [KEY] }] });
      const image = new DockerImage(stack, "image", { host, reference: "app:1" });
      times(count, (i) => new DockerService(stack, `app-${i}`, { host, image, memory: Size.mebibytes(8) }));
    },
    { resolves: 0, tokens: 0, visits: 20, evaluations: 15, comparisons: 0, resources: 1 },
  ],
])("%s costs what it did", (_, build, expected) => {
  // The first synthesis finds out what each rule asks for.
  costsOf((stack) => build(stack, 1));
  expect(costOfOneMore(build)).toEqual(expected);
});

test("a default guest has four device elements, each of which costs time in every plan", () => {
  const stack = testStack();
  guest(stack, lab(stack), 0);
  const { devices } = synth(stack).template.only(Domain);
  const counts = Object.entries(devices as Readonly<Record<string, readonly unknown[]>>).map(([kind, all]) => [
    kind,
    all.length,
  ]);
  expect(Object.fromEntries(counts)).toEqual({ disks: 2, interfaces: 1, serials: 1 });
});
