import { ALL, container, found, guest, POOL, type Seen, said, stateOf, volume, without } from "./recover-world";

test("nothing is found where the state is as the daemons are", () => {
  expect(said(stateOf(ALL))).toEqual([]);
});

test("what the daemons hold and the state does not know: data are adopted, the rest is the smallest thing that mends it", () => {
  expect(said(undefined)).toEqual([
    "adopt libvirt_pool.p:",
    "adopt libvirt_network.n:",
    "adopt libvirt_volume.root:",
    "adopt libvirt_volume.base:",
    "adopt libvirt_domain.vm:",
    "import docker_volume.data: import -input=false docker_volume.data data",
    "remove docker_container.web: rm -f c1",
    "remove docker_network.back: network rm net1",
  ]);
});

test("what is adopted has what the configuration declares and what the daemon says, and no reference", () => {
  const { steps } = found(stateOf(without("libvirt_volume.root", "libvirt_volume.base")));
  expect(steps.map(({ repair }) => repair)).toEqual([
    {
      kind: "adopt",
      type: "libvirt_volume",
      name: "root",
      alias: "k",
      attributes: {
        name: "root.qcow2",
        pool: "p",
        capacity: 1024,
        backing_store: { path: `${POOL}/base.qcow2` },
        id: `${POOL}/root.qcow2`,
        key: `${POOL}/root.qcow2`,
        path: `${POOL}/root.qcow2`,
      },
    },
    {
      kind: "adopt",
      type: "libvirt_volume",
      name: "base",
      alias: "k",
      attributes: {
        name: "base.qcow2",
        pool: "p",
        create: { content: { url: "./base.qcow2" } },
        id: `${POOL}/base.qcow2`,
        key: `${POOL}/base.qcow2`,
        path: `${POOL}/base.qcow2`,
      },
    },
  ]);
});

test("an upload that was broken off is removed, unless something uses it", () => {
  const half = { guests: [], volumes: new Map([["p", new Map([volume("base.qcow2")])]]) };
  const state = stateOf(without("libvirt_volume.root", "libvirt_volume.base", "libvirt_domain.vm"));
  expect(said(state, { host: half })).toEqual([`remove libvirt_volume.base: vol-delete ${POOL}/base.qcow2`]);
});

test.each<[string, Seen, readonly string[]]>([
  [
    "a guest that is off",
    { host: { guests: [guest({ state: "shut off", id: -1 })] } },
    ["start libvirt_domain.vm: start vm"],
  ],
  [
    "a guest that is paused",
    { host: { guests: [guest({ state: "paused" })] } },
    ["start libvirt_domain.vm: resume vm"],
  ],
  [
    "a pool that is not active",
    { host: { pools: new Map([["p", { uuid: "pool", active: false, where: POOL }]]), volumes: new Map() } },
    ["start libvirt_pool.p: pool-start p --build"],
  ],
  [
    "a network that is not active",
    { host: { networks: new Map([["lan", { uuid: "net", active: false, where: "br-lan" }]]) } },
    ["start libvirt_network.n: net-start lan"],
  ],
  [
    "a container that ended",
    { engine: { containers: new Map([["web", container("exited")]]) } },
    ["start docker_container.web: start web"],
  ],
  [
    "a container that is paused",
    { engine: { containers: new Map([["web", container("paused")]]) } },
    ["start docker_container.web: unpause web"],
  ],
  ["a container that restarts", { engine: { containers: new Map([["web", container("restarting")]]) } }, []],
  [
    "a container made anew beside Terraform",
    { engine: { containers: new Map([["web", container("running", undefined, "c2")]]) } },
    ["remove docker_container.web: rm -f c2"],
  ],
  [
    "a container of somebody else's",
    { engine: { containers: new Map([["web", container("running", {}, "c2")]]) } },
    [
      "cannot docker_container.web: a container web is there that berth did not make: an apply would end with a name conflict; rename one of them, or remove that one where nobody needs it",
    ],
  ],
  [
    "a guest of somebody else's",
    { host: { guests: [guest({ uuid: "other", files: ["/srv/other.qcow2"] })] } },
    [
      "cannot libvirt_domain.vm: another guest of this name is there, with the disks /srv/other.qcow2: rename one of them",
    ],
  ],
  [
    "a pool of somebody else's",
    { host: { pools: new Map([["p", { uuid: "other", active: true, where: "/srv/p" }]]) } },
    ["cannot libvirt_pool.p: another pool of this name is there, in /srv/p: rename one of them"],
  ],
  [
    "a network of somebody else's",
    { host: { networks: new Map([["lan", { uuid: "other", active: true, where: "virbr0" }]]) } },
    ["cannot libvirt_network.n: another network of this name is there, on virbr0: rename one of them"],
  ],
  [
    "a volume that nobody knows",
    {
      host: {
        volumes: new Map([
          ["p", new Map([volume("root.qcow2", `${POOL}/base.qcow2`), volume("base.qcow2"), volume("old.iso")])],
        ]),
      },
    },
    [`remove libvirt_pool.p: vol-delete ${POOL}/old.iso (holds data)`],
  ],
  [
    "daemons that do not answer",
    { engine: { error: "refused" }, host: { error: "no route" } },
    [
      "cannot null: the engine at unix:///var/run/docker.sock does not answer: refused",
      "cannot null: libvirt at qemu:///system does not answer: no route",
    ],
  ],
])("%s", (_, seen, lines) => {
  expect(said(stateOf(ALL), seen)).toEqual(lines);
});

test("a network stays where something that nobody removes is on it", () => {
  const members = new Map([["net1", ["web", "other"]]]);
  expect(said(stateOf(without("docker_network.back")), { engine: { members } })).toEqual([
    "import docker_network.back: import -input=false docker_network.back net1",
  ]);
});

test("what the state has under another name is not taken as something else, too", () => {
  const { "docker_container.web": web, "libvirt_volume.root": root, ...rest } = ALL;
  const before = stateOf({ ...rest, "docker_container.shop": web, "libvirt_volume.old": root });
  const apply = "apply its other name first (Renamed, or terraform state mv)";
  expect(said(before)).toEqual([
    `cannot libvirt_volume.root: it is libvirt_volume.old in the state: ${apply}`,
    `cannot docker_container.web: it is docker_container.shop in the state: ${apply}`,
  ]);
});

test("a container of another stack, or of an older state of the code, is not removed without a question", () => {
  const containers = new Map([["web", container("running", { "berth.hash": "y" }, "c2")]]);
  expect(said(stateOf(ALL), { engine: { containers } })).toEqual([
    "remove docker_container.web: rm -f c2 (holds data)",
  ]);
});

test("a network of somebody else's is named, and one that was made anew by hand is imported after it was forgotten", () => {
  const other = (labels: Record<string, string>) => new Map([["back", { Id: "net2", Name: "back", Labels: labels }]]);
  expect(said(stateOf(ALL), { engine: { networks: other({ "com.docker.compose.project": "shop" }) } })).toEqual([
    "cannot docker_network.back: another network back is there, with other addresses or labels: rename one of them, or remove that one where nobody needs it",
  ]);
  const members = new Map([["net2", ["other"]]]);
  const { steps } = found(stateOf(ALL), { engine: { networks: other({}), members } });
  expect(steps.map(({ repair }) => repair)).toEqual([
    {
      kind: "command",
      first: { on: "terraform", args: ["state", "rm", "docker_network.back"] },
      run: { on: "terraform", args: ["import", "-input=false", "docker_network.back", "net2"] },
    },
  ]);
});

test("a guest without any of this stack's disks is somebody else's", () => {
  expect(said(stateOf(without("libvirt_domain.vm")), { host: { guests: [guest({ files: [] })] } })).toEqual([
    "cannot libvirt_domain.vm: another guest of this name is there, without disks: rename one of them",
  ]);
});

test("a file that is gone is written again before the volume that needs it", () => {
  const state = stateOf({ ...without("libvirt_volume.base"), "terraform_data.write": { id: "w" } });
  const volumes = new Map([["p", new Map([volume("root.qcow2")])]]);
  expect(said(state, { host: { volumes }, files: [] })).toEqual([
    "make again libvirt_volume.base: taint terraform_data.write",
  ]);
});
