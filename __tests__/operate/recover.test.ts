import type { SeenContainer } from "../../lib/operate/recover/sight";
import { ALL, container, found, guest, IMAGE, POOL, type Seen, said, stateOf, volume, without } from "./recover-world";

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
    "adopt docker_image.web:",
    "import docker_volume.data: import -input=false docker_volume.data data",
    "adopt docker_container.web:",
    "import docker_network.back: import -input=false docker_network.back net1",
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
    "a network that was off while a guest ran on it",
    {
      host: { networks: new Map([["lan", { uuid: "net", active: true, where: "br-lan", guests: new Set<string>() }]]) },
    },
    ["connect libvirt_domain.vm: managedsave vm && start vm"],
  ],
  [
    "a network that a guest is plugged into",
    { host: { networks: new Map([["lan", { uuid: "net", active: true, where: "br-lan", guests: new Set(["vm"]) }]]) } },
    [],
  ],
  [
    "a network whose ports libvirt does not tell, and one that a guest off is not on",
    {
      host: {
        guests: [guest({ state: "shut off", id: -1 })],
        networks: new Map([["lan", { uuid: "net", active: true, where: "br-lan", guests: new Set<string>() }]]),
      },
    },
    ["start libvirt_domain.vm: start vm"],
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
    ["adopt docker_container.web:"],
  ],
  [
    "a container that never ran",
    { engine: { containers: new Map([["web", container("created", undefined, "c2")]]) } },
    ["remove docker_container.web: rm -f c2"],
  ],
  [
    "a container that was not on its networks yet",
    {
      engine: {
        containers: new Map([["web", { ...container("created", undefined, "c2"), NetworkSettings: { Networks: {} } }]]),
      },
    },
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
    [
      "cannot libvirt_pool.p: volume old.iso lies in pool p and belongs to nothing in the code or the state: the pool cannot be destroyed with it; " +
        `where nobody needs it: virsh vol-delete ${POOL}/old.iso`,
    ],
  ],
  [
    "a disk that some stack of the project keeps, or let go of",
    {
      host: {
        volumes: new Map([
          ["p", new Map([volume("root.qcow2", `${POOL}/base.qcow2`), volume("base.qcow2"), volume("data.qcow2")])],
        ]),
      },
      kept: ["data.qcow2"],
    },
    [],
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

describe("a container of another stack, or of an older state of the code", () => {
  const SAME = { "berth.hash": "x" };
  const others: [string, Partial<SeenContainer["Config"]>, Record<string, string>][] = [
    ["labels", {}, { "berth.hash": "y" }],
    ["image", { Image: "sha256:other" }, SAME],
    ["env", { Env: ["PATH=/bin", "LEVEL=2"] }, SAME],
    ["env", { Env: ["PATH=/bin", "LEVEL=1", "MORE=1"] }, SAME],
    ["command", { Cmd: ["/bin/other"] }, SAME],
    ["entrypoint", { Entrypoint: ["/bin/sh"] }, SAME],
  ];

  test.each(others)(
    "with another %s is named while it runs, and asked about when it does not",
    (name, config, labels) => {
      const seen = (status: string) => {
        const one = container(status, labels, "c2", config);
        return {
          engine: { containers: new Map([["web", name === "image" ? { ...one, Image: "sha256:other" } : one]]) },
        };
      };
      expect(said(stateOf(ALL), seen("running"))).toEqual([
        `cannot docker_container.web: another container web is there and runs (another ${name}): it may be another stack's, or an older one; rename one of them, or remove that one where nobody needs it`,
      ]);
      expect(said(stateOf(ALL), seen("exited"))).toEqual(["remove docker_container.web: rm -f c2 (asks first)"]);
    },
  );

  test.each<[string, Partial<SeenContainer>]>([
    ["ports", { HostConfig: { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8080" }] } } }],
    ["volumes", { Mounts: [{ Type: "volume", Name: "other", Destination: "/data" }] }],
    ["networks_advanced", { NetworkSettings: { Networks: { bridge: { NetworkID: "b" } } } }],
  ])("with other %s, too", (name, more) => {
    const containers = new Map([["web", { ...container("running", undefined, "c2"), ...more }]]);
    expect(said(stateOf(ALL), { engine: { containers } })[0]).toContain(`(another ${name})`);
  });
});

test("a container that is adopted has every list and block of the schema, and the provider's own switches", () => {
  const { steps } = found(stateOf(without("docker_container.web")));
  expect(steps.map(({ repair }) => repair)).toMatchObject([
    {
      kind: "adopt",
      type: "docker_container",
      alias: "d",
      schemaVersion: 2,
      attributes: {
        id: "c1",
        image: IMAGE,
        env: ["LEVEL=1"],
        dns: [],
        capabilities: [],
        must_run: true,
        wait_timeout: 60,
        hostname: null,
        ports: [{ internal: 80, external: 8080, ip: "127.0.0.1", protocol: null }],
        networks_advanced: [{ name: "net1", aliases: null }],
        volumes: [{ volume_name: "data", container_path: "/data", host_path: null }],
      },
    },
  ]);
});

test("a guest that was broken off before it was set to start with its host is set so", () => {
  expect(said(stateOf(ALL), { host: { guests: [guest({ autostart: false })] } })).toEqual([
    "set libvirt_domain.vm: autostart vm",
  ]);
});

test("an edit of a guest that was not applied since is the next apply's", () => {
  const left = (known: object) => stateOf({ ...ALL, "libvirt_domain.vm": { ...ALL["libvirt_domain.vm"], ...known } });
  const seen = { host: { guests: [guest({ id: -1, state: "shut off", autostart: false })] } };
  expect(said(left({ autostart: true, running: true }), seen)).toEqual([
    "set libvirt_domain.vm: autostart vm",
    "start libvirt_domain.vm: start vm",
  ]);
  expect(said(left({ autostart: false, running: true }), seen)).toEqual(["start libvirt_domain.vm: start vm"]);
  expect(said(left({ autostart: false, running: false }), seen)).toEqual([]);
});

test("a pool with volumes that this stack does not declare is asked about", () => {
  const volumes = new Map([
    ["p", new Map([volume("root.qcow2", `${POOL}/base.qcow2`), volume("base.qcow2"), volume("theirs.qcow2")])],
  ]);
  expect(said(stateOf(without("libvirt_pool.p")), { host: { volumes } })[0]).toBe("adopt libvirt_pool.p: (asks first)");
});

test("a network that nothing is on is taken as it is: nobody can tell whose it is", () => {
  const members = new Map([["net1", []]]);
  expect(said(stateOf(without("docker_network.back")), { engine: { members } })).toEqual([
    "import docker_network.back: import -input=false docker_network.back net1",
  ]);
});

describe("what another stack has", () => {
  const lost = stateOf(without("libvirt_domain.vm", "libvirt_volume.root"));

  test("a guest that says whose it is, and its disk, are left alone", () => {
    expect(said(lost, { host: { guests: [guest({ construct: "other/vm" })] } })).toEqual([
      "cannot libvirt_volume.root: volume root.qcow2 is there, and guest vm of other/vm uses it: rename one of them",
      "cannot libvirt_domain.vm: guest vm is there, and is other/vm: rename one of them",
    ]);
  });

  test("a guest that does not say whose it is, and its disk, are asked about", () => {
    expect(said(lost, { host: { guests: [guest({ construct: undefined })] } })).toEqual([
      "adopt libvirt_volume.root: (asks first)",
      "adopt libvirt_domain.vm: (asks first)",
    ]);
  });

  test("a guest of another project that says it is the same construct, and its disk, are asked about", () => {
    for (const more of [{ networks: ["other"] }, { files: [`${POOL}/root.qcow2`, "/srv/other.qcow2"] }]) {
      expect(said(lost, { host: { guests: [guest(more)] } })).toEqual([
        "adopt libvirt_volume.root: (asks first)",
        "adopt libvirt_domain.vm: (asks first)",
      ]);
    }
    expect(said(lost)).toEqual(["adopt libvirt_volume.root:", "adopt libvirt_domain.vm:"]);
  });

  test("a pool with the disk of such a guest is asked about", () => {
    const nothing = stateOf({});
    const own = said(nothing).find((line) => line.includes("libvirt_pool.p"));
    expect(own).toBe("adopt libvirt_pool.p:");
    for (const more of [{ construct: "other/vm" }, { networks: ["other"] }]) {
      expect(said(nothing, { host: { guests: [guest(more)] } })).toContain("adopt libvirt_pool.p: (asks first)");
    }
  });

  test("a disk of another size, backing store or format is none of this stack's", () => {
    const seen = { path: `${POOL}/root.qcow2`, capacity: 2048, format: "qcow2", backing: undefined };
    const volumes = new Map([
      ["p", new Map<string, typeof seen | ReturnType<typeof volume>[1]>([["root.qcow2", seen], volume("base.qcow2")])],
    ]);
    expect(said(lost, { host: { volumes } })).toContain(
      "cannot libvirt_volume.root: another volume root.qcow2 is there, of 2048 bytes and backing store none: rename one of them, or remove that one where nobody needs it",
    );
  });

  test("the kernel of a guest that runs is in use", () => {
    const guests = [guest(), guest({ name: "other", uuid: "o", construct: "other/vm", files: [`${POOL}/base.qcow2`] })];
    const state = stateOf(without("libvirt_volume.base"));
    expect(
      said(state, {
        host: {
          guests,
          volumes: new Map([["p", new Map([volume("root.qcow2", `${POOL}/base.qcow2`), volume("base.qcow2")])]]),
        },
      }),
    ).toEqual([
      "cannot libvirt_volume.base: volume base.qcow2 is there, and guest other of other/vm uses it: rename one of them",
    ]);
  });
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
