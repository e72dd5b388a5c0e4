import { asMarkdown, asText, summary } from "../../lib/operate/as-text";
import { type Change, changesOf, exceeds } from "../../lib/operate/changes";
import type { Plan, ResourceChange, Values } from "../../lib/operate/plan";

type Planned = Partial<ResourceChange["change"]>;

const change = (address: string, planned: Planned): ResourceChange => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  change: { actions: ["update"], before: {}, after: {}, ...planned },
});
const update = (address: string, before: Values, after: Values) => change(address, { before, after });
const anew = (address: string, forced: string, before: Values = {}, after: Values = {}) =>
  change(address, { actions: ["delete", "create"], before, after, replace_paths: [[forced]] });

interface Configured {
  readonly address: string;
  readonly uses?: readonly string[];
}

const plan = (changes: readonly ResourceChange[], configured: readonly Configured[] = [], docker = "4.5.0"): Plan => ({
  resource_changes: changes,
  configuration: {
    provider_config: {
      docker: { full_name: "registry.terraform.io/kreuzwerker/docker", version_constraint: docker },
      libvirt: { full_name: "registry.terraform.io/dmacvicar/libvirt", version_constraint: "0.9.7" },
    },
    root_module: {
      resources: configured.map(({ address, uses = [] }) => ({ address, expressions: { x: { references: uses } } })),
    },
  },
});

const said = (all: Plan) =>
  changesOf(all).map(({ address, class: found, reason }) => `${address}: ${found}: ${reason}`);

test.each<[string, ResourceChange, string]>([
  [
    "what the engine takes",
    update("docker_container.web", { memory: 64 }, { memory: 96 }),
    "in-place: memory: changed while it runs (docker 4.5.0)",
  ],
  [
    "what the provider ignores",
    update("docker_container.web", { healthcheck: [{ retries: 1 }] }, { healthcheck: [{ retries: 2 }] }),
    "ignored: healthcheck.retries: the apply ends well, and nothing is changed (docker 4.5.0)",
  ],
  [
    "what is taken away, which nobody notices",
    update("docker_container.web", { memory: 64, memory_swap: 64 }, { memory: null, memory_swap: null }),
    "ignored: memory, memory_swap: the apply ends well, and nothing is changed (docker 4.5.0)",
  ],
  [
    "one of two things of the same attribute",
    update(
      "docker_service.web",
      { mode: [{ replicated: [{ replicas: 1 }], global: false }] },
      { mode: [{ replicated: [{ replicas: 2 }], global: false }] },
    ),
    "restart: mode.replicated.replicas: it is stopped and started again (docker 4.5.0)",
  ],
  [
    "a guest that goes off",
    update("libvirt_domain.vm", { running: true, memory: 64 }, { running: false, memory: 96 }),
    "restart: memory, running: it is stopped and started again (libvirt 0.9.7)",
  ],
  [
    "what it ignores beside what it takes",
    update("docker_container.web", { memory: 64, tmpfs: {} }, { memory: 96, tmpfs: { "/t": "" } }),
    "ignored: tmpfs./t: the apply ends well, and nothing is changed (docker 4.5.0)",
  ],
  [
    "a guest that runs",
    update("libvirt_domain.vm", { running: true, memory: 64 }, { running: true, memory: 96 }),
    "fails: memory: the apply ends with an error: Provider produced inconsistent result after apply (libvirt 0.9.7)",
  ],
  [
    "a guest that is off",
    update("libvirt_domain.vm", { running: false, memory: 64 }, { running: false, memory: 96 }),
    "in-place: memory: changed while it runs (libvirt 0.9.7)",
  ],
  [
    "what nobody recorded",
    update("libvirt_domain.vm", { running: true, metadata: "a" }, { running: true, metadata: "b" }),
    "fails: metadata: the apply ends with an error: Provider produced inconsistent result after apply (libvirt 0.9.7, as its other attributes)",
  ],
  [
    "a setting that the provider drops",
    update("libvirt_network.lan", { mtu: null }, { mtu: { size: 1400 } }),
    "ignored: mtu: the apply ends well, and nothing is changed (libvirt 0.9.7)",
  ],
  [
    "a guest that is replaced",
    anew("libvirt_domain.vm", "name"),
    "restart: name: the guest is powered off and started again; its disks stay",
  ],
  [
    "a guest with firmware of its own",
    anew("libvirt_domain.vm", "name", { os: { firmware: "efi" } }),
    "restart: name: the guest is powered off and started again; its disks stay, its NVRAM and TPM state are lost",
  ],
  [
    "a volume with data",
    anew("libvirt_volume.data", "name"),
    "data-lost: name: an empty one takes its place, and what is in it is lost",
  ],
  [
    "a volume whose content is in the code",
    anew("libvirt_volume.seed", "name", { create: { content: { url: "seed.iso" } } }),
    "replaced: name: made anew with the same content",
  ],
  [
    "a container",
    anew("docker_container.web", "env"),
    "replaced: env: another container takes its place, and what it wrote outside of its volumes is lost",
  ],
  ["something new", change("docker_container.web", { actions: ["create"] }), "none: made new"],
  [
    "a volume that goes",
    change("docker_volume.data", { actions: ["delete"] }),
    "data-lost: destroyed with what is in it",
  ],
  ["a container that goes", change("docker_container.web", { actions: ["delete"] }), "replaced: destroyed"],
  ["another provider's", update("tls_private_key.a", { x: 1 }, { x: 2 }), "in-place: x: as Terraform plans it"],
])("%s", (_, one, words) => {
  expect(said(plan([one]))).toEqual([`${one.address}: ${words}`]);
});

test("what does not change is left out", () => {
  expect(said(plan([change("docker_container.web", { actions: ["no-op"] })]))).toEqual([]);
});

test("a container is gone before its image is there, and the way around it is told", () => {
  const all = plan(
    [anew("docker_image.web", "name"), anew("docker_container.web", "image")],
    [
      { address: "docker_image.web" },
      { address: "docker_container.web", uses: ["docker_image.web.image_id", "docker_image.web"] },
    ],
  );
  expect(said(all)[1]).toBe(
    "docker_container.web: replaced: image: another container takes its place, and what it wrote outside of its volumes is lost; " +
      "the old one is gone before docker_image.web is there: terraform apply -target=docker_image.web makes it first",
  );
});

test("who is hit, too: containers that stand on a guest through what waits for it", () => {
  const all = plan(
    [anew("libvirt_domain.vm", "name")],
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
    plan([update("docker_container.web", { memory: 64 }, { memory: 96 }), anew("docker_volume.data", "name")]),
  );
  expect(summary(changes)).toBe("1 data-lost, 1 in-place");
  expect(summary([])).toBe("nothing changes");
  expect(asText(changes)).toBe(
    [
      "DATA LOST         docker_volume.data",
      "                  name: an empty one takes its place, and what is in it is lost",
      "changed in place  docker_container.web",
      "                  memory: changed while it runs (docker 4.5.0)",
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
      "| changed in place | docker_container.web | memory: changed while it runs (docker 4.5.0) |  |",
    ].join("\n"),
  );
});
