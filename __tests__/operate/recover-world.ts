import { endpointsOf } from "../../lib/operate/machines/endpoint";
import { resolver } from "../../lib/operate/machines/resolve";
import type { Attributes, State } from "../../lib/operate/machines/state";
import { findRepairs } from "../../lib/operate/recover/findings";
import { Scene } from "../../lib/operate/recover/scene";
import type { EngineSight, HypervisorSight, SeenContainer, Sight } from "../../lib/operate/recover/sight";
import { Document } from "../../lib/rules/document";

export const POOL = "/var/lib/libvirt/images/p";
const JSON_OF_STACK = {
  provider: {
    docker: [{ alias: "d", host: "unix:///var/run/docker.sock", context: "" }],
    libvirt: [{ alias: "k", uri: "qemu:///system" }],
  },
  resource: {
    libvirt_pool: { p: { name: "p", type: "dir", target: { path: POOL }, provider: "libvirt.k" } },
    libvirt_network: { n: { name: "lan", bridge: { name: "br-lan" }, provider: "libvirt.k" } },
    terraform_data: { write: { input: "x" } },
    libvirt_volume: {
      root: {
        name: "root.qcow2",
        pool: "${libvirt_pool.p.name}",
        capacity: 1024,
        backing_store: { path: "${libvirt_volume.base.path}" },
        lifecycle: { ignore_changes: ["backing_store"] },
        provider: "libvirt.k",
      },
      base: {
        name: "base.qcow2",
        pool: "${libvirt_pool.p.name}",
        create: { content: { url: "${path.module}/base.qcow2" } },
        depends_on: ["terraform_data.write"],
        provider: "libvirt.k",
      },
    },
    libvirt_domain: {
      vm: {
        "//": { metadata: { path: "st/vm/Resource" } },
        name: "vm",
        running: true,
        autostart: true,
        devices: { disks: [{ source: { file: { file: "${libvirt_volume.root.path}" } } }] },
        provider: "libvirt.k",
      },
    },
    docker_network: { back: { name: "back", provider: "docker.d" } },
    docker_volume: { data: { name: "data", provider: "docker.d" } },
    docker_image: { web: { name: "web:1", provider: "docker.d" } },
    docker_container: {
      web: {
        name: "web",
        provider: "docker.d",
        image: "${docker_image.web.image_id}",
        env: ["LEVEL=1"],
        labels: [{ label: "berth.hash", value: "x" }],
        ports: [{ internal: 80, external: 8080, ip: "127.0.0.1" }],
        volumes: [{ volume_name: "${docker_volume.data.id}", container_path: "/data" }],
        networks_advanced: [{ name: "${docker_network.back.id}" }],
      },
    },
  },
};
const stack = new Document(JSON_OF_STACK);

/** The same with another version of the Docker provider. */
export const stackWith = (docker: string) =>
  new Document({
    ...structuredClone(JSON_OF_STACK),
    terraform: { required_providers: { docker: { source: "kreuzwerker/docker", version: docker } } },
  });

export function stateOf(known: Readonly<Record<string, Attributes>>, tainted: readonly string[] = []): State {
  return {
    version: 4,
    terraform_version: "1.11.4",
    serial: 1,
    lineage: "l",
    resources: Object.entries(known).map(([address, attributes]) => {
      const [type = "", name = ""] = address.split(".");
      const status = tainted.includes(address) ? { status: "tainted" } : {};
      return {
        mode: "managed",
        type,
        name,
        provider: "x",
        instances: [{ schema_version: 0, attributes, ...status }],
      };
    }),
  };
}

export const ALL = {
  "libvirt_pool.p": { uuid: "pool" },
  "libvirt_network.n": { uuid: "net" },
  "libvirt_volume.root": { id: `${POOL}/root.qcow2`, path: `${POOL}/root.qcow2` },
  "libvirt_volume.base": { id: `${POOL}/base.qcow2`, path: `${POOL}/base.qcow2` },
  "libvirt_domain.vm": { uuid: "vm" },
  "docker_network.back": { id: "net1" },
  "docker_volume.data": { id: "data" },
  "docker_image.web": { id: "sha256:webweb:1", image_id: "sha256:web" },
  "docker_container.web": {
    id: "c1",
    network_mode: "bridge",
    networks_advanced: [{ name: "net1", aliases: [], ipv4_address: "", ipv6_address: "" }],
  },
};
export const without = (...names: (keyof typeof ALL)[]) =>
  Object.fromEntries(Object.entries(ALL).filter(([name]) => !names.includes(name as keyof typeof ALL)));

const [docker, libvirt] = endpointsOf(stack, resolver(stack, undefined));
if (!docker || !libvirt) {
  throw new Error("the stack has two endpoints");
}
export const IMAGE = "sha256:web";
export const container = (
  status: string,
  labels: Record<string, string> = { "berth.hash": "x" },
  id = "c1",
  config: Partial<SeenContainer["Config"]> = {},
): SeenContainer => ({
  Id: id,
  Name: "/web",
  Image: IMAGE,
  State: { Status: status },
  Config: {
    Labels: labels,
    Image: IMAGE,
    Env: ["PATH=/bin", "LEVEL=1"],
    Cmd: ["/bin/web"],
    Entrypoint: null,
    ...config,
  },
  HostConfig: { PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }] } },
  Mounts: [{ Type: "volume", Name: "data", Destination: "/data" }],
  NetworkSettings: { Networks: { back: { NetworkID: "net1" } } },
});
const engine: EngineSight = {
  kind: "docker",
  endpoint: docker,
  error: undefined,
  containers: new Map([["web", container("running")]]),
  networks: new Map([["back", { Id: "net1", Name: "back" }]]),
  members: new Map([["net1", ["web"]]]),
  volumes: new Set(["data"]),
  images: new Map([["web:1", { Id: IMAGE, Config: { Env: ["PATH=/bin"], Cmd: ["/bin/web"], Entrypoint: null } }]]),
};
export const guest = (more: object = {}) => ({
  name: "vm",
  uuid: "vm",
  id: 3,
  state: "running",
  files: [`${POOL}/root.qcow2`],
  construct: "st/vm",
  autostart: true,
  networks: ["lan"],
  ...more,
});
export const volume = (name: string, backing?: string) =>
  [name, { path: `${POOL}/${name}`, capacity: 1024, format: "qcow2", backing }] as const;
const host: HypervisorSight = {
  kind: "libvirt",
  endpoint: libvirt,
  error: undefined,
  guests: [guest()],
  networks: new Map([["lan", { uuid: "net", active: true, where: "br-lan" }]]),
  pools: new Map([["p", { uuid: "pool", active: true, where: POOL }]]),
  volumes: new Map([["p", new Map([volume("root.qcow2", `${POOL}/base.qcow2`), volume("base.qcow2")])]]),
};

export interface Seen {
  readonly engine?: Partial<EngineSight>;
  readonly host?: Partial<HypervisorSight>;
  readonly files?: readonly string[];
  /** Names of what a stack of the project keeps, or let go of. */
  readonly kept?: readonly string[];
}

export function found(
  state: State | undefined,
  { engine: e, host: h, files = ["./base.qcow2"], kept = [] }: Seen = {},
  document = stack,
) {
  const sights = new Map<string, Sight>([
    ["docker.d", { ...engine, ...e }],
    ["libvirt.k", { ...host, ...h }],
  ]);
  return findRepairs(new Scene(document, state, sights, (file) => files.includes(file), new Set(kept)));
}

/** Each repair as one line. */
export function said(...args: Parameters<typeof found>): string[] {
  const { steps, obstacles } = found(...args);
  return [
    ...steps.map(({ action, address, asksFirst, repair }) => {
      const commands = "run" in repair ? [repair.first ?? [], repair.run].flat() : [];
      const what =
        repair.kind === "make" ? repair.targets.join(" ") : commands.map(({ args }) => args.join(" ")).join(" && ");
      return `${action} ${address}:${what === "" ? "" : " "}${what}${asksFirst ? " (asks first)" : ""}`;
    }),
    ...obstacles.map(({ address, reason }) => `cannot ${address}: ${reason}`),
  ];
}
