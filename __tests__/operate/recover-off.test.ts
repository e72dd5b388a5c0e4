import type { SeenVolume } from "../../lib/operate/machines/libvirt-connection";
import { ofRuns } from "../../lib/operate/recover/at-rest";
import type { EngineSight, SeenContainer } from "../../lib/operate/recover/sight";
import { ALL, container, found, guest, POOL, said, stackWith, stateOf, volume } from "./recover-world";

test("what is off says what a plan would make of it, by the line of the provider", () => {
  const reasons = (docker: string, status: string, networks: object = { back: { NetworkID: "net1" } }) => {
    const seen = { ...container(status), NetworkSettings: { Networks: networks } } as SeenContainer;
    const { steps } = found(stateOf(ALL), { engine: { containers: new Map([["web", seen]]) } }, stackWith(docker));
    return steps.map(({ reason, inPlan }) => `${reason}${inPlan ? " (in plan)" : ""}`);
  };
  const [old, current] = [">= 3.9.0, < 4.0.0", ">= 4.5.0, < 5.0.0"];
  const paused = "container web is paused, which Terraform does not see: a plan is empty";
  const apart = "container web is not on network back, which Terraform does not see: a plan is empty";
  expect(reasons(old, "exited")).toEqual([
    "container web is exited: a plan would remove it, and an apply create it again: what it wrote outside of its volumes would be lost",
  ]);
  expect(reasons(current, "exited")).toEqual(["container web is exited: the next apply starts it (in plan)"]);
  expect(reasons(old, "paused")).toEqual([paused]);
  expect(reasons(current, "paused")).toEqual([paused]);
  expect(reasons(current, "paused", {})).toEqual([apart, paused]);
  const added =
    "container web is on network other, which the code does not put it on, and which Terraform does not see: a plan is empty";
  expect(reasons(current, "running", { other: { NetworkID: "net9" } })).toEqual([apart, added]);
});

/** What Terraform left a container with, of its networks. */
const leftWith = (networks: object) =>
  stateOf({ ...ALL, "docker_container.web": { ...ALL["docker_container.web"], ...networks } });

test("a container comes back to its networks with its addresses there, unless the network is another one", () => {
  const document = stackWith(">= 4.5.0, < 5.0.0");
  const [web] = document.resources("docker_container");
  const connection = { aliases: ["a", "b"], ipv4_address: "10.1.0.9" };
  Object.assign(web?.body ?? {}, { networks_advanced: [{ name: "${docker_network.back.id}", ...connection }] });
  const applied = leftWith({ networks_advanced: [{ name: "net1", ipv6_address: "", ...connection }] });
  const apart = { ...container("running"), NetworkSettings: { Networks: {} } };
  const engine = { containers: new Map([["web", apart]]) };
  expect(said(applied, { engine }, document)).toEqual([
    "connect docker_container.web: network connect --alias a --alias b --ip 10.1.0.9 back web",
  ]);
  const as = (Aliases: string[], IPv4Address: string) => ({
    containers: new Map([
      [
        "web",
        {
          ...container("running"),
          NetworkSettings: { Networks: { back: { NetworkID: "net1", Aliases, IPAMConfig: { IPv4Address } } } },
        },
      ],
    ]),
  });
  expect(said(applied, { engine: as(["x", "a", "b"], "10.1.0.9") }, document)).toEqual([]);
  const again =
    "connect docker_container.web: network disconnect back web && network connect --alias a --alias b --ip 10.1.0.9 back web";
  expect(said(applied, { engine: as(["a"], "10.1.0.9") }, document)).toEqual([again]);
  expect(said(applied, { engine: as(["a", "b"], "") }, document)).toEqual([again]);
  // An edit that was not applied since: the plan shows it, and its apply makes another container.
  for (const edit of [{ aliases: ["a", "c"] }, { ipv4_address: "10.1.0.8" }, { name: "net3" }]) {
    const former = leftWith({ networks_advanced: [{ name: "net1", ...connection, ...edit }] });
    expect(said(former, { engine: as(["a"], "") }, document)).toEqual([]);
    expect(said(former, { engine }, document)).toEqual([]);
  }
  // So that it is there by its former name.
  Object.assign(web?.body ?? {}, { name: "shop" });
  expect(said(applied, { engine }, document)).toEqual([
    "connect docker_container.web: network connect --alias a --alias b --ip 10.1.0.9 back web",
  ]);
  Object.assign(web?.body ?? {}, { name: "web" });
  const networks = new Map([["back", { Id: "net2", Name: "back" }]]);
  expect(said(applied, { engine: { ...engine, networks } }, document)).toEqual([
    expect.stringMatching(/^import docker_network\.back/),
  ]);
});

test("a container is taken off a network that the code does not put it on, after somebody said yes", () => {
  const on = (networks: object, body: object = {}, left: object = body) => {
    const document = stackWith(">= 4.5.0, < 5.0.0");
    Object.assign(document.resources("docker_container")[0]?.body ?? {}, body);
    const seen = { ...container("running"), NetworkSettings: { Networks: networks } } as SeenContainer;
    return said(leftWith({ ...left }), { engine: { containers: new Map([["web", seen]]) } }, document);
  };
  const back = { back: { NetworkID: "net1" } };
  const bridge = { bridge: { NetworkID: "net0" } };
  const none = { networks_advanced: [] };
  const gone = "disconnect docker_container.web: network disconnect bridge web (asks first)";
  expect(on({ ...back, ...bridge })).toEqual([gone]);
  expect(on(bridge, none)).toEqual([]);
  expect(on(bridge, { ...none, network_mode: "default" })).toEqual([]);
  expect(on({ host: { NetworkID: "net8" } }, { ...none, network_mode: "host" })).toEqual([]);
  expect(on({ none: { NetworkID: "net7" } }, { ...none, network_mode: "none" })).toEqual([]);
  expect(on({ ...back, ...bridge }, none)).toEqual([
    "disconnect docker_container.web: network disconnect back web (asks first)",
  ]);
  // An edit that was not applied since.
  expect(on({ ...back, ...bridge }, none, {})).toEqual([]);
  expect(on({ ...back, ...bridge }, {}, none)).toEqual([]);
  expect(on(bridge, { ...none, network_mode: "host" }, { ...none, network_mode: "bridge" })).toEqual([]);
});

describe("a guest that somebody defined otherwise", () => {
  const root = `${POOL}/root.qcow2`;
  const vm = {
    uuid: "vm",
    memory: 96,
    memory_unit: "MiB",
    vcpu: 1,
    devices: {
      interfaces: [{ source: { network: { network: "lan" } } }],
      disks: [{ source: { file: { file: root } } }, { device: "cdrom", source: { file: { file: "/seed.iso" } } }],
    },
  };
  const state = stateOf({ ...ALL, "libvirt_domain.vm": vm });
  const of = (more: object) =>
    found(state, { host: { guests: [guest({ memory: 98304, vcpus: 1, files: [root], ...more })] } }).steps;
  const again = "The next apply makes it again, with its disks, which restarts it";

  test("is made again after somebody said yes, where Terraform does not see it", () => {
    expect(of({})).toEqual([]);
    const [step, ...more] = of({ memory: 131072, vcpus: 2, networks: ["lan", "lan"] });
    expect(more).toEqual([]);
    expect(step).toMatchObject({
      action: "replace",
      asksFirst: true,
      reason:
        "guest vm is otherwise than Terraform left it: it has 131072 KiB of memory in place of 98304, it has 2 processors in place of 1, it has an " +
        `interface more, on lan, which Terraform does not see: a plan is empty. ${again}`,
      repair: { run: { on: "terraform", args: ["taint", "libvirt_domain.vm"] } },
    });
    expect(step).not.toHaveProperty("inPlan");
  });

  test("is in the plan where it lacks something, and an apply would fail once", () => {
    const [step] = of({ networks: [], files: [] });
    expect(step).toMatchObject({
      inPlan: true,
      reason:
        `guest vm is otherwise than Terraform left it: it lacks an interface on lan, it lacks the disk ${root}, and the next apply ends with an error, ` +
        `though it puts that back; the one after it goes through. ${again}`,
    });
  });

  test("has less of its memory and processors than it may have", () => {
    const reasonOf = (more: object) => of(more).map(({ reason }) => reason);
    const less = { memory: 98304, currentMemory: 65536, vcpus: 1, files: [root] };
    const told = (what: string) => [
      `guest vm is otherwise than Terraform left it: ${what}, which Terraform does not see: a plan is empty. ${again}`,
    ];
    expect(reasonOf(less)).toEqual(told("it has 65536 KiB of memory in place of 98304"));
    const next = { ...less, currentMemory: 98304, networks: ["lan"], currentVcpus: 0 };
    expect(reasonOf({ currentMemory: 98304, atNextStart: next })).toEqual(
      told("at its next start it has 0 processors in place of 1"),
    );
    const lent = stateOf({ ...ALL, "libvirt_domain.vm": { ...vm, current_memory: 64, vcpu_current: 1 } });
    expect(found(lent, { host: { guests: [guest({ ...less, currentVcpus: 1 })] } }).steps).toEqual([]);
  });

  test("is left to the apply once it is tainted", () => {
    const tainted = stateOf({ ...ALL, "libvirt_domain.vm": vm }, ["libvirt_domain.vm"]);
    expect(found(tainted, { host: { guests: [guest({ memory: 1, files: [root] })] } }).steps).toEqual([]);
  });

  test("is found before it starts again, where it was changed for that only", () => {
    const atNextStart = { files: [], networks: ["lan"], memory: 131072, vcpus: 1 };
    const [step, ...more] = of({ atNextStart });
    expect(more).toEqual([]);
    expect(step).toMatchObject({
      action: "replace",
      reason:
        "guest vm is otherwise than Terraform left it: at its next start it has 131072 KiB of memory in place of 98304, at its next start it lacks " +
        `the disk ${root}, which Terraform does not see: a plan is empty. ${again}`,
    });
    expect(step).not.toHaveProperty("inPlan");
    expect(of({ atNextStart: { files: [root], networks: ["lan"], memory: 98304, vcpus: 1 } })).toEqual([]);
  });
});

describe("a guest whose network or disk is gone", () => {
  const root = `${POOL}/root.qcow2`;
  const gone = { networks: new Map(), volumes: new Map([["p", new Map([volume("base.qcow2")])]]) };

  test("is made again by the next apply where it is off: it could not be started before that", () => {
    expect(said(stateOf(ALL), { host: { ...gone, guests: [guest({ id: -1, state: "shut off" })] } })).toEqual([
      "replace libvirt_domain.vm: taint libvirt_domain.vm",
    ]);
    const tainted = stateOf(ALL, ["libvirt_domain.vm"]);
    expect(said(tainted, { host: { ...gone, guests: [guest({ id: -1, state: "shut off" })] } })).toEqual([]);
  });

  test("gets it back after the next apply where it runs", () => {
    expect(said(stateOf(ALL), { host: { ...gone, guests: [guest()] } })).toEqual([
      `cannot libvirt_domain.vm: network lan and disk ${root} of guest vm are gone while it runs: apply, and berth recover again`,
    ]);
  });
});

test("a disk is another one where its size is neither what Terraform left nor what the code says", () => {
  const known = (capacity: number) =>
    stateOf({ ...ALL, "libvirt_volume.root": { ...ALL["libvirt_volume.root"], capacity } });
  const of = (state: ReturnType<typeof stateOf>, capacity: number) => {
    const root = { path: `${POOL}/root.qcow2`, capacity, format: "qcow2", backing: `${POOL}/base.qcow2` };
    const disks = new Map<string, SeenVolume>([["root.qcow2", root], volume("base.qcow2")]);
    return found(state, { host: { volumes: new Map([["p", disks]]) } });
  };
  expect(of(known(1024), 1024)).toEqual({ steps: [], obstacles: [] });
  // To be grown, and grown.
  expect(of(known(2048), 2048)).toEqual({ steps: [], obstacles: [] });
  expect(of(stateOf(ALL), 1024)).toEqual({ steps: [], obstacles: [] });
  expect(of(known(512), 1024)).toEqual({
    steps: [],
    obstacles: [
      {
        construct: null,
        address: "libvirt_volume.root",
        reason: `disk ${POOL}/root.qcow2 has the 1024 bytes that the code says, and the state has 512: an apply would end with "Update Not Supported"; berth grow --apply`,
      },
    ],
  });
  expect(of(known(1024), 2048)).toMatchObject({
    steps: [],
    obstacles: [
      {
        address: "libvirt_volume.root",
        leftSo: true,
        reason:
          `disk ${POOL}/root.qcow2 has 2048 bytes in place of 1024, which Terraform does not see: somebody made it, or changed its size, past berth; ` +
          "say its size in the code and run berth grow --apply; or remove it: the next apply makes an empty one",
      },
    ],
  });
});

test("a daemon is at rest whatever containers do by themselves", () => {
  const sight = (status: string, more: object = {}, id = "c1"): EngineSight => ({
    kind: "docker",
    endpoint: { provider: "docker", name: "docker.d", address: "unix:///var/run/docker.sock", keys: undefined },
    error: undefined,
    containers: new Map([["web", { ...container(status, {}, id), ...more }]]),
    networks: new Map([["back", { Id: "net1", Name: "back" }]]),
    members: new Map([["net1", ["web"]]]),
    volumes: new Set(["data"]),
    images: new Map(),
  });
  const health = { State: { Status: "running", Health: { Log: [{ Start: "2026-11-30T12:00:00Z" }] } } };
  expect(ofRuns(sight("running", health))).toBe(ofRuns(sight("running")));
  expect(ofRuns(sight("restarting"))).toBe(ofRuns(sight("exited")));
  const other = [
    sight("created"),
    sight("removing"),
    sight("running", {}, "c2"),
    sight("running", { NetworkSettings: {} }),
  ];
  expect(new Set([sight("running"), ...other].map(ofRuns)).size).toBe(5);
});

test("what is in the way of an apply is told apart from what is off", () => {
  const inTheWay = (state: Parameters<typeof found>[0], seen: Parameters<typeof found>[1] = {}) => {
    const { steps, obstacles } = found(state, seen);
    return [...steps, ...obstacles].filter((one) => one.inTheWay).map(({ address }) => address);
  };
  expect(inTheWay(stateOf(ALL), { host: { guests: [guest({ state: "paused" })] } })).toEqual([]);
  expect(inTheWay(stateOf({}))).toEqual([
    "libvirt_pool.p",
    "libvirt_network.n",
    "libvirt_volume.root",
    "libvirt_volume.base",
    "libvirt_domain.vm",
    "docker_container.web",
    "docker_network.back",
  ]);
  const foreign = new Map([["web", container("running", {}, "c2")]]);
  expect(inTheWay(stateOf(ALL), { engine: { containers: foreign } })).toEqual(["docker_container.web"]);
});
