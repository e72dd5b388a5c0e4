import { Construct } from "constructs";
import {
  DockerHost,
  DockerImage,
  type DockerLine,
  DockerNetwork,
  DockerService,
  type DockerServiceProps,
  DockerVolume,
  Duration,
  type HostStack,
  Released,
  Renamed,
  VolumeMount,
} from "../../../lib/index";
import type { World } from "../case";
import { equal } from "../checks";
import { WEB_IMAGE } from "../fixtures";
import { run } from "../shell";
import type { Ask, LifecycleChange, Mark } from "./change";

const NAME = "e2e-life";

/** What a state of the code differs in. */
interface State {
  readonly host?: string;
  readonly other?: string;
  readonly image?: string;
  readonly service?: string | undefined;
  readonly serviceName?: string;
  readonly volume?: string | undefined;
  readonly volumeName?: string;
  readonly onDestroy?: "keep" | "delete";
  readonly network?: string;
  readonly networkName?: string;
  readonly subnet?: string;
  readonly internal?: boolean;
  readonly scope?: string;
  readonly on?: "host" | "other";
  readonly order?: readonly string[];
  readonly renamed?: Readonly<Record<string, string>>;
  readonly released?: readonly string[];
}

const all =
  (line: DockerLine, state: State = {}) =>
  (stack: HostStack, { capabilities }: World): void => {
    const of = {
      host: "docker",
      service: "web",
      volume: "data",
      network: "back",
      on: "host" as const,
      order: ["a", "b", "c"],
      ...state,
    };
    for (const [index, [from, to]] of Object.entries(of.renamed ?? {}).entries()) {
      new Renamed(stack, `renamed-${index}`, { from, to });
    }
    for (const [index, from] of (of.released ?? []).entries()) {
      new Released(stack, `released-${index}`, { from });
    }
    const scope = of.scope === undefined ? stack : new Construct(stack, of.scope);
    const host = new DockerHost(stack, of.host, { host: capabilities.dockerHost, line });
    const other = of.other === undefined ? host : new DockerHost(stack, of.other, { host: OTHER_ENGINE, line });
    const back = new DockerNetwork(scope, of.network, {
      host,
      name: of.networkName ?? `${NAME}-back`,
      subnet: of.subnet ?? "172.29.70.0/24",
      internal: of.internal,
    });
    const data =
      of.volume === undefined
        ? undefined
        : new DockerVolume(scope, of.volume, {
            host,
            name: of.volumeName ?? `${NAME}-data`,
            onDestroy: of.onDestroy ?? "keep",
          });
    const service = (id: string, props: Partial<DockerServiceProps> = {}) =>
      new DockerService(scope, id, {
        host,
        name: `${NAME}-${id}`,
        image: WEB_IMAGE,
        networks: [back],
        stopGracePeriod: Duration.seconds(1),
        ...props,
      });
    const image = of.image === undefined ? undefined : new DockerImage(scope, of.image, { host, reference: WEB_IMAGE });
    if (of.service !== undefined) {
      service(of.service, {
        ...(image === undefined ? {} : { image }),
        name: of.serviceName ?? `${NAME}-web`,
        ...(of.on === "other" ? { host: other, networks: [] } : {}),
        volumes: data && of.on === "host" ? [VolumeMount.volume(data, "/data")] : [],
      });
    }
    for (const id of of.order) {
      service(id);
    }
  };

/** An engine that nobody is at: what is refused never asks it. */
const OTHER_ENGINE = "unix:///run/e2e-no-engine.sock";

const inVolume = (name = `${NAME}-data`): Mark => ({
  write: ({ docker }) =>
    void docker("run", "--rm", "-v", `${name}:/data`, WEB_IMAGE, "sh", "-c", "echo precious > /data/word"),
  read: ({ docker }) => docker("run", "--rm", "-v", `${name}:/data`, WEB_IMAGE, "cat", "/data/word"),
  expected: "precious",
});

const containers = ({ docker }: Ask) =>
  docker("ps", "--filter", `name=${NAME}`, "--format", "{{.Names}}").split("\n").filter(Boolean).sort();
const RUN = [`${NAME}-a`, `${NAME}-b`, `${NAME}-c`, `${NAME}-web`];
const running =
  (...names: readonly string[]) =>
  (ask: Ask) =>
    equal("containers that run", containers(ask), names.length === 0 ? RUN : names);

const isOpen = ({ docker }: Ask) =>
  equal("internal", docker("network", "inspect", "-f", "{{.Internal}}", `${NAME}-back`), "false");

/** What a run may have left, by the names that its states give. */
export function cleanUpContainers({ capabilities }: World): void {
  const docker = (...args: string[]) => run("docker", ["-H", capabilities.dockerHost, ...args]).out;
  const named = (...list: string[]) =>
    docker(...list, "--filter", `name=${NAME}`, "-q")
      .split("\n")
      .filter(Boolean);
  for (const id of named("ps", "-a")) {
    docker("rm", "-f", id);
  }
  for (const id of named("network", "ls")) {
    docker("network", "rm", id);
  }
  for (const id of named("volume", "ls")) {
    docker("volume", "rm", id);
  }
}

/** Every change of the Docker constructs, on one line of the provider. */
export function dockerChanges(line: DockerLine): readonly LifecycleChange[] {
  const needs = "docker" as const;
  const before = all(line);
  const data = inVolume();
  const row = (construct: string, change: string, after: State, more: Partial<LifecycleChange>): LifecycleChange => ({
    construct,
    change,
    needs,
    before,
    after: all(line, after),
    data,
    check: running(),
    ...more,
  });
  return [
    row(
      "DockerService",
      "removed",
      { service: undefined },
      { class: "removed", check: running(`${NAME}-a`, `${NAME}-b`, `${NAME}-c`) },
    ),
    { ...row("DockerService", "added", {}, { class: "none" }), before: all(line, { service: undefined }) },
    row(
      "DockerService",
      "another id",
      { service: "shop" },
      { refused: /new Renamed\(stack, "renamed-web", \{ from: "web", to: "shop" \}\)/ },
    ),
    row("DockerService", "another id, with Renamed", { service: "shop", renamed: { web: "shop" } }, {}),
    row(
      "DockerService",
      "another name",
      { serviceName: `${NAME}-shop` },
      {
        class: "replaced",
        check: running(`${NAME}-a`, `${NAME}-b`, `${NAME}-c`, `${NAME}-shop`),
      },
    ),
    row(
      "DockerService",
      "another host under the same id",
      { other: "rack2", on: "other" },
      { refused: /'host' cannot change from/ },
    ),
    row("DockerService", "another order", { order: ["c", "a", "b"] }, {}),
    row(
      "DockerService",
      "the first of a list removed",
      { order: ["b", "c"] },
      {
        class: "removed",
        check: running(`${NAME}-b`, `${NAME}-c`, `${NAME}-web`),
      },
    ),
    row(
      "DockerService",
      "the last of a list removed, another added",
      { order: ["a", "b", "d"] },
      {
        class: "removed",
        check: running(`${NAME}-a`, `${NAME}-b`, `${NAME}-d`, `${NAME}-web`),
      },
    ),
    row("DockerVolume", "removed", { volume: undefined }, { refused: /volume "e2e-life-data" on .* is kept/ }),
    row("DockerVolume", "removed, Released", { volume: undefined, released: ["data"] }, { class: "replaced" }),
    {
      ...row("DockerVolume", "removed, which onDestroy allows", { volume: undefined }, { class: "data-lost" }),
      before: all(line, { onDestroy: "delete" }),
      data: undefined,
    },
    row("DockerVolume", "another id", { volume: "store" }, { refused: /from: "data", to: "store"/ }),
    row("DockerVolume", "another id, with Renamed", { volume: "store", renamed: { data: "store" } }, { class: "none" }),
    row("DockerVolume", "another name", { volumeName: `${NAME}-other` }, { refused: /'name' cannot change to/ }),
    row("DockerNetwork", "another subnet", { subnet: "172.29.71.0/24" }, { class: "replaced" }),
    {
      ...row("DockerNetwork", "no longer internal", {}, { class: "replaced", check: isOpen }),
      before: all(line, { internal: true }),
    },
    row("DockerNetwork", "another id", { network: "front" }, { refused: /from: "back", to: "front"/ }),
    row("DockerNetwork", "another id, with Renamed", { network: "front", renamed: { back: "front" } }, {}),
    row("DockerNetwork", "another name", { networkName: `${NAME}-front` }, { class: "replaced" }),
    {
      ...row("DockerVolume", "added", {}, { class: "replaced" }),
      before: all(line, { volume: undefined }),
      data: undefined,
    },
    {
      ...row("DockerImage", "another id", { image: "web2" }, { class: "replaced" }),
      before: all(line, { image: "web1" }),
    },
    {
      ...row("DockerImage", "another id, with Renamed", { image: "web2", renamed: { web1: "web2" } }, {}),
      before: all(line, { image: "web1" }),
    },
    {
      ...row("DockerImage", "removed, its reference named by the service", {}, {}),
      before: all(line, { image: "web1" }),
    },
    row("DockerHost", "another id", { host: "engine" }, {}),
    row(
      "DockerHost",
      "another id, and a service removed at once",
      { host: "engine", service: undefined },
      { class: "removed", check: running(`${NAME}-a`, `${NAME}-b`, `${NAME}-c`) },
    ),
    {
      ...row(
        "DockerHost",
        "removed with all that is on it",
        {},
        { refused: /host docker\.docker .* cannot leave the code/ },
      ),
      before: all(line, { onDestroy: "delete" }),
      after: () => undefined,
    },
    row("all of them", "another scope", { scope: "shop" }, { refused: /new Renamed/ }),
    row(
      "all of them",
      "another scope, with Renamed",
      {
        scope: "shop",
        renamed: { web: "shop/web", data: "shop/data", back: "shop/back", a: "shop/a", b: "shop/b", c: "shop/c" },
      },
      {},
    ),
    row(
      "all of them",
      "another id of the host and of the service at once",
      { host: "engine", service: "shop", renamed: { web: "shop" } },
      {},
    ),
  ];
}
