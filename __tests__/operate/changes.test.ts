import { asMarkdown, asText, summary } from "../../lib/operate/as-text";
import type { Change } from "../../lib/operate/change-class";
import { changesOf, exceeds } from "../../lib/operate/changes";
import type { Members } from "../../lib/operate/held-network";
import type { ResourceChange, Values } from "../../lib/operate/plan";
import { change, plan, recreated, said, update } from "./plans";

test.each<[string, ResourceChange, string]>([
  [
    "what the engine takes",
    update("docker_container.web", { memory: 64 }, { memory: 96 }),
    "in-place: memory 64 MiB → 96 MiB: changed while it runs (docker 4.5.0)",
  ],
  [
    "a container that ended",
    update("docker_container.web", { must_run: false }, { must_run: true }),
    "in-place: must_run false → true: it is off, and is started (docker 4.5.0)",
  ],
  [
    "what the provider ignores",
    update("docker_container.web", { healthcheck: [{ retries: 1 }] }, { healthcheck: [{ retries: 2 }] }),
    "ignored: healthcheck.retries 1 → 2: the apply ends well, and nothing is changed (docker 4.5.0)",
  ],
  [
    "what is taken away, which nobody notices",
    update("docker_container.web", { memory: 64, memory_swap: 64 }, { memory: null, memory_swap: null }),
    "ignored: memory 64 MiB → nothing, memory_swap 64 MiB → nothing: the apply ends well, and nothing is changed (docker 4.5.0)",
  ],
  [
    "one of two things of the same attribute",
    update(
      "docker_service.web",
      { mode: [{ replicated: [{ replicas: 1 }], global: false }] },
      { mode: [{ replicated: [{ replicas: 2 }], global: false }] },
    ),
    "restart: mode.replicated.replicas 1 → 2: it is stopped and started again (docker 4.5.0)",
  ],
  [
    "a guest that goes off",
    update("libvirt_domain.vm", { running: true, memory: 64 }, { running: false, memory: 96 }),
    "stopped: memory 64 KiB → 96 KiB, running true → false: it is stopped, and stays off (libvirt 0.9.7)",
  ],
  [
    "a guest that is made again, and goes off",
    recreated("libvirt_domain.vm", "name", { running: true }, { running: false }),
    "stopped: running true → false: the guest is powered off and stays off; its disks stay",
  ],
  [
    "a guest that is made again, and comes on",
    recreated("libvirt_domain.vm", "name", { running: false }, { running: true }),
    "restart: running false → true: the guest is off, and is defined again and started; its disks stay",
  ],
  [
    "what it ignores beside what it takes",
    update("docker_container.web", { memory: 64, tmpfs: {} }, { memory: 96, tmpfs: { "/t": "" } }),
    "ignored: tmpfs./t: the apply ends well, and nothing is changed (docker 4.5.0)",
  ],
  [
    "a guest that runs",
    update("libvirt_domain.vm", { running: true, memory: 64 }, { running: true, memory: 96 }),
    "fails: memory 64 KiB → 96 KiB: the apply ends with an error: Provider produced inconsistent result after apply (libvirt 0.9.7)",
  ],
  [
    "a guest that is off",
    update("libvirt_domain.vm", { running: false, memory: 64 }, { running: false, memory: 96 }),
    "in-place: memory 64 KiB → 96 KiB: changed while it runs (libvirt 0.9.7)",
  ],
  [
    "what nobody recorded",
    update("libvirt_domain.vm", { running: true, metadata: "a" }, { running: true, metadata: "b" }),
    "fails: metadata a → b: the apply ends with an error: Provider produced inconsistent result after apply (libvirt 0.9.7, as its other attributes)",
  ],
  [
    "a setting that the provider drops",
    update("libvirt_network.lan", { mtu: null }, { mtu: { size: 1400 } }),
    "ignored: mtu: the apply ends well, and nothing is changed (libvirt 0.9.7)",
  ],
  [
    "a guest that is replaced",
    recreated("libvirt_domain.vm", "name", { running: true }, { running: true }),
    "restart: name: the guest is powered off and started again; its disks stay",
  ],
  [
    "a guest that is shut down first",
    recreated(
      "libvirt_domain.vm",
      "name",
      { running: true, destroy: { shutdown: { timeout: 120 } } },
      { running: true, destroy: { shutdown: { timeout: 120 } } },
    ),
    "restart: name: the guest is shut down and started again; its disks stay",
  ],
  [
    "a guest that is off, and is replaced",
    recreated("libvirt_domain.vm", "name"),
    "restart: name: the guest is off, and is defined again; its disks stay",
  ],
  [
    "a guest with firmware of its own",
    recreated(
      "libvirt_domain.vm",
      "name",
      { running: true, os: { firmware: "efi" } },
      { running: true, os: { firmware: "efi" } },
    ),
    "restart: name: the guest is powered off and started again; its disks stay, its NVRAM and TPM state are lost",
  ],
  [
    "a volume with data",
    recreated("libvirt_volume.data", "name"),
    "data-lost: name: an empty one takes its place, and what is in it is lost",
  ],
  [
    "a volume whose content is in the code",
    recreated("libvirt_volume.seed", "name", { create: { content: { url: "seed.iso" } } }),
    "replaced: create: made again with the same content",
  ],
  [
    "a container",
    recreated("docker_container.web", "env"),
    "replaced: env: another container takes its place, and what it wrote outside of its volumes is lost",
  ],
  ["something new", change("docker_container.web", { actions: ["create"] }), "none: created"],
  [
    "a volume that goes",
    change("docker_volume.data", { actions: ["delete"] }),
    "data-lost: destroyed with what is in it",
  ],
  ["a container that goes", change("docker_container.web", { actions: ["delete"] }), "removed: destroyed"],
  [
    "an image that goes, and stays on its engine",
    change("docker_image.web", { actions: ["delete"], before: { keep_locally: true } }),
    "none: forgotten by Terraform; it stays on its engine",
  ],
  [
    "an image that is built again",
    recreated(
      "docker_image.web",
      "triggers",
      { triggers: { context: "a" }, build: [{}] },
      { triggers: { context: "b" }, build: [{}] },
    ),
    "replaced: triggers.context a → b: built again",
  ],
  [
    "a disk that was deleted by hand: what refers to it stays as it is",
    change("libvirt_domain.vm", {
      before: { running: true, devices: { disks: [{ source: { file: "/a" } }] } },
      after: { running: true, devices: { disks: [{ source: {} }] } },
      after_unknown: { devices: { disks: [{ source: { file: true } }] } },
    }),
    "none: what it refers to is made again; it stays as it is",
  ],
  [
    "variables, whose values nobody shows",
    recreated("docker_container.web", "env", { env: ["A=1", "B=2"] }, { env: ["A=1", "B=3", "C=4"] }),
    "replaced: env B, env C: another container takes its place, and what it wrote outside of its volumes is lost",
  ],
  [
    "a secret, whose values nobody shows",
    change("tls_private_key.a", { before: { x: "old" }, after: { x: "new" }, after_sensitive: { x: true } }),
    "in-place: x: as Terraform plans it",
  ],
  ["another provider's", update("tls_private_key.a", { x: 1 }, { x: 2 }), "in-place: x 1 → 2: as Terraform plans it"],
])("%s", (_, one, words) => {
  expect(said(plan([one]))).toEqual([`${one.address}: ${words}`]);
});

test("what does not change is left out", () => {
  expect(said(plan([change("docker_container.web", { actions: ["no-op"] })]))).toEqual([]);
});

test("a container is gone before its image is there, and the way around it is told", () => {
  const all = plan(
    [recreated("docker_image.web", "name"), recreated("docker_container.web", "image")],
    [
      { address: "docker_image.web" },
      { address: "docker_container.web", uses: ["docker_image.web.image_id", "docker_image.web"] },
    ],
  );
  expect(said(all)[1]).toBe(
    "docker_container.web: replaced: docker_image.web is replaced: another container takes its place, and what it wrote outside of its volumes is lost; " +
      "the old one is gone before docker_image.web is there: terraform apply -target=docker_image.web makes it first",
  );
});

test("a network that somebody stays on fails, where somebody looked", () => {
  const network = recreated("docker_network.back", "ipam_config", { id: "net1", name: "back" }, { name: "back" });
  const web = recreated("docker_container.web", "networks_advanced", { id: "c1" });
  const on = (...ids: string[]) => new Map([["net1", ids.map((id) => ({ id, name: `name-of-${id}` }))]]);
  const reasonOf = (members: Members) =>
    changesOf(plan([network, web]), new Map(), members).map(({ class: found, reason }) => `${found}: ${reason}`)[0];
  const gone = "ipam_config: everybody on it is cut off until it is there again";
  expect(reasonOf(on())).toBe(`replaced: ${gone}`);
  expect(reasonOf(on("c1"))).toBe(`replaced: ${gone}`);
  expect(reasonOf(new Map([["net2", [{ id: "c9", name: "other" }]]]))).toBe(`replaced: ${gone}`);
  expect(reasonOf(on("c1", "c2", "c3"))).toBe(
    `fails: ${gone}; the apply ends with a timeout, after it took off what it replaces, as name-of-c2 and name-of-c3 stay on it: ` +
      "docker network disconnect, or remove, name-of-c2 and name-of-c3 first",
  );
  const left = change("docker_network.back", { actions: ["delete"], before: { id: "net1" }, after: null });
  expect(changesOf(plan([left]), new Map(), on("c2"))[0]?.class).toBe("fails");
  expect(changesOf(plan([left]), new Map(), on())[0]?.class).toBe("removed");
});

test("who is hit, too: containers that stand on a guest through what waits for it", () => {
  const all = plan(
    [recreated("libvirt_domain.vm", "name", { running: true }, { running: true })],
    [
      { address: "libvirt_domain.vm" },
      { address: "terraform_data.ready", uses: ["libvirt_domain.vm.id"] },
      { address: "docker_image.app", uses: ["terraform_data.ready"] },
      { address: "docker_container.app", uses: ["docker_image.app.image_id"] },
      { address: "docker_container.other" },
    ],
  );
  expect(changesOf(all, new Map([["libvirt_domain.vm", "stack/vm"]]))).toEqual<Change[]>([
    {
      construct: "stack/vm",
      address: "libvirt_domain.vm",
      class: "restart",
      reason: "name: the guest is powered off and started again; its disks stay",
      rule: null,
      alsoHits: ["docker_container.app"],
    },
  ]);
});

test("what is more than somebody allows", () => {
  const of = (found: Change["class"]) => ({ class: found });
  expect(exceeds(of("restart"), "restart")).toBe(false);
  expect(exceeds(of("replaced"), "restart")).toBe(true);
  expect(exceeds(of("fails"), "data-lost")).toBe(true);
  expect(exceeds(of("ignored"), "data-lost")).toBe(true);
});

test("for a terminal and for a pull request, most severe first", () => {
  const changes = changesOf(
    plan([update("docker_container.web", { memory: 64 }, { memory: 96 }), recreated("docker_volume.data", "name")]),
  );
  expect(summary(changes)).toBe("1 data-lost, 1 in-place");
  expect(summary([])).toBe("nothing changes");
  expect(asText(changes)).toBe(
    [
      "DATA LOST         docker_volume.data",
      "                  name: an empty one takes its place, and what is in it is lost",
      "changed in place  docker_container.web",
      "                  memory 64 MiB → 96 MiB: changed while it runs (docker 4.5.0)",
      "1 data-lost, 1 in-place",
    ].join("\n"),
  );
  expect(asMarkdown(changes)).toBe(
    [
      "**1 data-lost, 1 in-place**",
      "",
      "| what | construct | why | also hit |",
      "| --- | --- | --- | --- |",
      "| DATA LOST | docker_volume.data | name: an empty one takes its place, and what is in it is lost |  |",
      "| changed in place | docker_container.web | memory 64 MiB → 96 MiB: changed while it runs (docker 4.5.0) |  |",
    ].join("\n"),
  );
});

describe("of constructs of berth's", () => {
  const constructs = new Map([
    ["libvirt_domain.vm", "st/vm"],
    ["terraform_data.body", "st/vm/Body"],
    ["terraform_data.rebuild", "st/vm/Rebuild"],
    ["terraform_data.parts", "st/vm/Seed/Parts"],
    ["libvirt_volume.seed", "st/vm/Seed"],
    ["libvirt_volume.root", "st/vm/Root"],
    ["docker_container.web", "st/web"],
  ]);
  const guest = (before: Values = {}, after: Values = {}) =>
    change("libvirt_domain.vm", {
      actions: ["delete", "create"],
      before: { running: true, destroy: { shutdown: {} }, memory_unit: "MiB", ...before },
      after: { running: true, destroy: { shutdown: {} }, memory_unit: "MiB", ...after },
    });
  const parts = (before: string, after: string) => update("terraform_data.parts", { input: before }, { input: after });
  const told = (...changes: readonly ResourceChange[]) =>
    changesOf(plan(changes), constructs).map(
      ({ construct, class: found, reason }) => `${construct}: ${found}: ${reason}`,
    );
  const STARTED = "the guest is shut down and started again; its disks stay";

  test("reasons name the prop and both values, and helpers are no rows", () => {
    expect(
      told(
        guest({ memory: 1024, vcpu: 1 }, { memory: 2048, vcpu: 2 }),
        update("terraform_data.body", { input: "a" }, { input: "b" }),
      ),
    ).toEqual([`st/vm: restart: memory 1 GiB → 2 GiB, vcpus 1 → 2: ${STARTED}`]);
  });

  test("an edit of the seed is told by its props", () => {
    const seed = change("libvirt_volume.seed", { actions: ["delete", "create"], before: { create: { content: {} } } });
    expect(
      told(guest(), seed, parts("hostname: a; users: ops #11", "hostname: b; users: ops #22; files: /etc/x #33")),
    ).toEqual([`st/vm: restart: hostname a → b, users, files nothing → /etc/x: ${STARTED}`]);
  });

  test("what acts at the first boot only is ignored, unless the guest is rebuilt", () => {
    const edited = parts("packages: nginx; firstBootScript: #11", "packages: curl, nginx; firstBootScript: #22");
    expect(told(guest(), edited)).toEqual([
      `st/vm: restart: ${STARTED}`,
      "st/vm: ignored: packages nginx → curl, nginx, firstBootScript: acts at the first boot only; change 'rebuildOn' for a new root disk and a first boot",
    ]);
    const rebuild = update("terraform_data.rebuild", { input: "" }, { input: "2" });
    const root = change("libvirt_volume.root", { actions: ["delete", "create"], before: { capacity: 1 } });
    expect(told(guest(), edited, rebuild, root)).toEqual([
      `st/vm: restart: rebuildOn nothing → 2: ${STARTED}`,
      "st/vm/Root: data-lost: rebuildOn nothing → 2: an empty one takes its place, and what is in it is lost",
    ]);
  });

  test("props have the names that their user wrote", () => {
    const web = change("docker_container.web", {
      actions: ["delete", "create"],
      before: { env: ["A=1"], memory: 32, memory_swap: 64, labels: [{ label: "berth.hash", value: "1" }] },
      after: { env: ["A=2"], memory: 48, memory_swap: 96, labels: [{ label: "berth.hash", value: "2" }] },
    });
    expect(told(web)).toEqual([
      "st/web: replaced: environment A, memory 32 MiB → 48 MiB: another container takes its place, and what it wrote outside of its volumes is lost",
    ]);
  });
});

test("a disk that vanished is lost: an empty one takes its place", () => {
  const created = change("libvirt_volume.data", { actions: ["create"], after: { name: "data", capacity: 1 } });
  const seed = change("libvirt_volume.seed", { actions: ["create"], after: { create: { content: { url: "a" } } } });
  const gone = [created, seed].map((one) => ({ ...one, change: { ...one.change, actions: ["delete"] } }));
  expect(said({ ...plan([created, seed]), resource_drift: gone })).toEqual([
    "libvirt_volume.data: data-lost: it is gone from its host, or cannot be found there; an empty one is created",
    "libvirt_volume.seed: none: gone from its host, and created again",
  ]);
});

test("one thing under two addresses fails, and loses what it holds", () => {
  const moved = (type: string) => [
    change(`${type}.old`, { actions: ["delete"], before: { name: "db" }, after: null }),
    change(`${type}.new`, { actions: ["create"], before: null, after: { name: "db" } }),
  ];
  expect(said(plan(moved("docker_container")))).toEqual([
    "docker_container.old: fails: destroyed, while docker_container.new of the same name is created: new Renamed(…) says that it is the same",
    "docker_container.new: fails: docker_container.old has the same name and is destroyed in the same apply, before or after: new Renamed(…) says that it is the same",
  ]);
  expect(said(plan(moved("docker_volume")))[0]).toBe("docker_volume.old: data-lost: destroyed with what is in it");
  expect(
    said(
      plan([
        change("docker_container.old", { actions: ["delete"], before: { name: "a" } }),
        change("docker_container.new", { actions: ["create"], after: { name: "b" } }),
      ]),
    ),
  ).toEqual(["docker_container.old: removed: destroyed", "docker_container.new: none: created"]);
});
