import type { Document, Rendered } from "../../rules/document";
import type { Tools } from "../machines/clients";
import { type Endpoint, literalName, resourcesOn } from "../machines/endpoint";
import type { SeenGuest, SeenPlace, SeenVolume } from "../machines/libvirt-connection";
import { idsIn, type State } from "../machines/state";

/** A container as `docker container inspect` prints it. */
export interface SeenContainer {
  readonly Id: string;
  readonly Name: string;
  /** Id of its image. */
  readonly Image?: string;
  readonly State: { readonly Status: string };
  readonly Config: {
    readonly Labels: Readonly<Record<string, string>> | null;
    readonly Image?: string;
    readonly Env?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Entrypoint?: readonly string[] | null;
  };
  readonly HostConfig?: {
    readonly PortBindings?: Readonly<
      Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[] | null>
    > | null;
  };
  readonly Mounts?:
    | readonly {
        readonly Type: string;
        readonly Name?: string;
        readonly Source?: string;
        readonly Destination: string;
      }[]
    | null;
  readonly NetworkSettings?: { readonly Networks?: Readonly<Record<string, SeenConnection>> | null };
}

/** Without the slash that the engine puts before it. */
export function containerName({ Name: name }: SeenContainer): string {
  return name.replace(/^\//, "");
}

/** A container on a network. */
export interface SeenConnection {
  readonly NetworkID: string;
  readonly Aliases?: readonly string[] | null;
  readonly IPAMConfig?: { readonly IPv4Address?: string; readonly IPv6Address?: string } | null;
}

/** An image as `docker image inspect` prints it. */
export interface SeenImage {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly RepoDigests?: readonly string[] | null;
  readonly Config?: Pick<SeenContainer["Config"], "Env" | "Cmd" | "Entrypoint"> | null;
}

/** A network as `docker network inspect` prints it. */
export interface SeenNetwork {
  readonly Id: string;
  readonly Name: string;
  readonly Labels?: Readonly<Record<string, string>> | null;
  readonly IPAM?: { readonly Config?: readonly { readonly Subnet?: string }[] | null };
  /** Those that run on it, by their ids. */
  readonly Containers?: Readonly<Record<string, { readonly Name: string }>> | null;
}

/** What one engine holds under the names that a stack declares, and under the ids that its state knows. */
export interface EngineSight {
  readonly kind: "docker";
  readonly endpoint: Endpoint;
  /** Why it cannot be asked; nothing else is known then. */
  readonly error: string | undefined;
  readonly containers: ReadonlyMap<string, SeenContainer>;
  readonly networks: ReadonlyMap<string, SeenNetwork>;
  /** Names of the containers on a network, those that do not run included, by the network's id. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly volumes: ReadonlySet<string>;
  /** Images by the references that the stack declares. */
  readonly images: ReadonlyMap<string, SeenImage>;
}

/** What one libvirt holds under the names that a stack declares, and every guest of the machine. */
export interface HypervisorSight {
  readonly kind: "libvirt";
  readonly endpoint: Endpoint;
  readonly error: string | undefined;
  readonly guests: readonly SeenGuest[];
  readonly networks: ReadonlyMap<string, SeenPlace>;
  readonly pools: ReadonlyMap<string, SeenPlace>;
  /** Volumes of the pools that the stack uses, by pool and name. */
  readonly volumes: ReadonlyMap<string, ReadonlyMap<string, SeenVolume>>;
}

export type Sight = EngineSight | HypervisorSight;

/** Asks every daemon of a stack what it holds. */
export function look(stack: Document, tools: Tools, state?: State): ReadonlyMap<string, Sight> {
  return new Map(
    tools.endpoints.map((endpoint) => {
      const own = resourcesOn(stack, endpoint.name);
      const sight =
        endpoint.provider === "docker" ? lookAtEngine(own, endpoint, tools, state) : lookAtHost(own, endpoint, tools);
      return [endpoint.name, sight] as const;
    }),
  );
}

function lookAtEngine(
  own: readonly Rendered[],
  endpoint: Endpoint,
  tools: Tools,
  state: State | undefined,
): EngineSight {
  const engine = tools.engine(endpoint.name);
  const version = engine.version();
  const names = (type: string) => own.filter((one) => one.type === type).flatMap((one) => literalName(one) ?? []);
  // What the state knows is there by its former name, where another one, or that it goes, was not applied yet.
  const all = (type: string) => [...names(type), ...idsIn(state, type)];
  const here = "version" in version;
  const containers = here ? engine.inspect<SeenContainer>("container", all("docker_container")) : [];
  const networks = here ? engine.inspect<SeenNetwork>("network", all("docker_network")) : [];
  const volumes = here ? engine.inspect<{ readonly Name: string }>("volume", names("docker_volume")) : [];
  return {
    kind: "docker",
    endpoint,
    error: here ? undefined : version.error,
    containers: new Map(containers.map((one) => [containerName(one), one])),
    networks: new Map(networks.map((one) => [one.Name, one])),
    members: new Map(networks.map(({ Id }) => [Id, engine.membersOf(Id)])),
    volumes: new Set(volumes.map(({ Name }) => Name)),
    images: new Map(
      (here ? names("docker_image") : []).flatMap((name) =>
        engine.inspect<SeenImage>("image", [name]).map((one) => [name, one] as const),
      ),
    ),
  };
}

function lookAtHost(own: readonly Rendered[], endpoint: Endpoint, tools: Tools): HypervisorSight {
  const libvirt = tools.libvirt(endpoint.name);
  const version = libvirt.version();
  if ("error" in version) {
    return unseen(endpoint, version.error);
  }
  const used = own.flatMap(({ type, body }) =>
    type === "libvirt_volume"
      ? (tools.resolve(String(body.pool)) ?? [])
      : type === "libvirt_pool"
        ? String(body.name)
        : [],
  );
  const names = own.flatMap((one) => (one.type === "libvirt_network" ? (literalName(one) ?? []) : []));
  try {
    const pools = libvirt.places("pool", used);
    const active = [...pools].filter(([, pool]) => pool.active).map(([name]) => name);
    return {
      kind: "libvirt",
      endpoint,
      error: undefined,
      guests: libvirt.guests(),
      networks: libvirt.places("net", names),
      pools,
      volumes: new Map(active.map((name) => [name, libvirt.volumes(name)])),
    };
  } catch (error) {
    // What is half known is not known: a disk in use would be taken for one that nobody uses.
    return unseen(endpoint, (error as Error).message);
  }
}

function unseen(endpoint: Endpoint, error: string): HypervisorSight {
  const none = new Map();
  return { kind: "libvirt", endpoint, error, guests: [], networks: none, pools: none, volumes: none };
}
