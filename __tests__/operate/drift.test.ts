import type { Change } from "../../lib/operate/change-class";
import { driftIn, withOff } from "../../lib/operate/drift";
import type { Plan, ResourceChange, Values } from "../../lib/operate/plan";

const entry = (
  address: string,
  actions: readonly string[],
  before: Values | null,
  after: Values | null,
): ResourceChange => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  change: { actions, before, after },
});
const drifted = (resource_drift: readonly ResourceChange[], resource_changes: readonly ResourceChange[] = []) =>
  driftIn({ resource_drift, resource_changes } as Plan, new Map([["docker_container.web", "shop/web"]]));

test("what was changed by hand is told with both values, and with what the next apply does", () => {
  expect(
    drifted(
      [entry("docker_container.web", ["update"], { memory: 32 }, { memory: 48 })],
      [entry("docker_container.web", ["update"], { memory: 48 }, { memory: 32 })],
    ),
  ).toMatchObject({
    drift: [
      {
        construct: "shop/web",
        differs: "memory 32 MiB → 48 MiB",
        next: { class: "in-place", reason: "memory 48 MiB → 32 MiB: changed while it runs (docker 4.5.0)" },
      },
    ],
    pending: [],
  });
});

test("what is gone, and what the code does not set", () => {
  const { drift } = drifted([
    entry("docker_container.web", ["delete"], { name: "web" }, null),
    entry("libvirt_volume.data", ["update"], { capacity: 1048576 }, { capacity: 2097152 }),
  ]);
  expect(drift.map(({ address, differs, next }) => [address, differs, next])).toEqual([
    ["docker_container.web", "it is gone", null],
    ["libvirt_volume.data", "capacity 1 MiB → 2 MiB", null],
  ]);
});

test("what only a daemon computes is no drift; what the code changed since is pending", () => {
  expect(
    drifted(
      [
        entry("docker_container.web", ["update"], { hostname: "a", id: "1" }, { hostname: "b", id: "1" }),
        entry(
          "docker_container.new",
          ["update"],
          { network_mode: "", memory: null },
          { network_mode: "bridge", memory: null },
        ),
        entry(
          "libvirt_volume.d",
          ["update"],
          { target: { path: null, format: 1 } },
          { target: { path: "/d", format: 1 } },
        ),
        entry("libvirt_pool.p", ["update"], { available: 9, allocation: 1 }, { available: 8, allocation: 2 }),
      ],
      [
        entry("docker_volume.data", ["delete"], { name: "data" }, null),
        entry("docker_volume.new", ["create"], null, {}),
      ],
    ),
  ).toMatchObject({
    drift: [],
    pending: [
      { address: "docker_volume.data", class: "data-lost" },
      { address: "docker_volume.new", class: "none", reason: "created" },
    ],
  });
});

test("where no plan can be made, what differs is told with what the plan ends with", () => {
  const drift = [entry("docker_container.web", ["update"], { memory: 32 }, { memory: 48 })];
  const fails = "Instance cannot be destroyed";
  expect(driftIn({ resource_drift: drift, resource_changes: [] } as Plan, new Map(), { fails }).drift).toMatchObject([
    { differs: "memory 32 MiB → 48 MiB", next: { class: "fails", reason: `no plan can be made: ${fails}` } },
  ]);
});

test("what somebody set where nothing was is drift where the next apply has something to do about it", () => {
  expect(
    drifted(
      [entry("docker_container.web", ["update"], { memory: null }, { memory: 64 })],
      [entry("docker_container.web", ["update"], { memory: 64 }, { memory: null })],
    ),
  ).toMatchObject({ drift: [{ differs: "memory nothing → 64 MiB", next: { class: "ignored" } }], pending: [] });
});

test("what no plan shows comes beside what it shows, one row a resource", () => {
  const off = (address: string): Change => ({
    construct: null,
    address,
    class: "ignored",
    reason: "container is paused; berth recover does it",
    rule: null,
    alsoHits: [],
  });
  const found = drifted(
    [entry("docker_container.web", ["update"], { memory: 32 }, { memory: 48 })],
    [
      entry("docker_container.web", ["update"], { memory: 48 }, { memory: 32 }),
      entry("docker_container.api", ["update"], { memory: 48 }, { memory: 32 }),
    ],
  );
  const all = withOff(found, {
    off: ["web", "api", "db"].map((name) => off(`docker_container.${name}`)),
    inTheWay: [],
  });
  expect(all.drift.map(({ address, differs, next }) => [address, differs, next?.class])).toEqual([
    ["docker_container.web", "memory 32 MiB → 48 MiB; container is paused; berth recover does it", "in-place"],
  ]);
  expect(all.pending.map(({ address, class: worst }) => [address, worst])).toEqual([
    ["docker_container.api", "ignored"],
    ["docker_container.db", "ignored"],
  ]);
});

test("what is in the way of what is to be made again", () => {
  const found = drifted(
    [entry("docker_container.web", ["delete"], { name: "web" }, null)],
    [
      entry("docker_container.web", ["create"], null, { name: "web" }),
      entry("docker_container.api", ["create"], null, { name: "api" }),
    ],
  );
  const taken = (address: string): Change => ({
    construct: null,
    address,
    class: "fails",
    reason: "a container is there that berth did not make",
    rule: null,
    alsoHits: [],
  });
  const inTheWay = ["web", "api", "db"].map((name) => taken(`docker_container.${name}`));
  const all = withOff(found, { off: [], inTheWay });
  expect(all).toEqual({
    drift: [{ construct: "shop/web", address: "docker_container.web", differs: "it is gone", next: inTheWay[0] }],
    pending: [inTheWay[1]],
  });
});
