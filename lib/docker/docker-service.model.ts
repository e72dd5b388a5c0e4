import { Problems } from "../core/problems";
import { Duration } from "../units/duration";
import { type PortMapping, parsePortMapping } from "../units/port-mapping";
import type { Size } from "../units/size";
import type { IDockerHost } from "./docker-host";
import type { IDockerImage } from "./docker-image";
import type { IDockerNetwork } from "./docker-network";
import type { Healthcheck } from "./healthcheck";
import type { Mount } from "./volume-mount";

/** A network that a service joins, with what it is there. */
export interface NetworkAttachment {
  readonly network: IDockerNetwork;
  /**
   * Further names on the network, besides the service's own. Changing it replaces the container. Becomes
   * `networks_advanced.aliases`.
   * @default - none
   */
  readonly aliases?: readonly string[] | undefined;
  /**
   * A fixed address in the network's subnet. Changing it replaces the container. Becomes
   * `networks_advanced.ipv4_address`.
   * @default - the engine chooses
   */
  readonly address?: string | undefined;
}

/** When the engine starts a container again: as Docker names it, or after failures up to a number of times. */
export type RestartPolicy = "no" | "always" | "unless-stopped" | "on-failure" | { readonly onFailure: number };

/** What a {@link DockerService} takes. */
export interface DockerServiceProps {
  readonly host: IDockerHost;
  /**
   * What to run: a reference, pulled unless the engine has it, or an image construct of the same host. Changing it
   * replaces the container. Becomes `image`, by content id.
   */
  readonly image: string | IDockerImage;
  /**
   * Name on the engine, and first name on its networks. Changing it replaces the container. Becomes `name`.
   * @default - the construct's id
   */
  readonly name?: string | undefined;
  /**
   * Words that the image's entrypoint gets. Changing or removing it replaces the container. Becomes `command`.
   * @default - the image's own
   */
  readonly command?: readonly string[] | undefined;
  /**
   * Program and first words. Changing or removing it replaces the container. Becomes `entrypoint`.
   * @default - the image's own
   */
  readonly entrypoint?: readonly string[] | undefined;
  /**
   * Environment, as a record or as `NAME=value` lines. Not for secrets: it stands in the JSON and the state. Changing
   * or removing it replaces the container. Becomes `env`.
   * @default - the image's own
   */
  readonly environment?: Readonly<Record<string, string>> | readonly string[] | undefined;
  /**
   * Published ports as `docker run -p` takes them: `"8080:80"`, `"127.0.0.1:8080:80"`, `"53:53/udp"`. Without an address
   * the port is open on every IPv4 address of the host, which is a warning. Changing it replaces the container. Becomes
   * `ports`.
   * @default - none
   */
  readonly ports?: readonly string[] | undefined;
  /**
   * Volumes, host folders and memory to mount, made by `VolumeMount`. Changing it replaces the container. Becomes
   * `volumes` and `tmpfs`.
   * @default - none
   */
  readonly volumes?: readonly Mount[] | undefined;
  /**
   * Networks to join. Changing it replaces the container. Becomes `networks_advanced`.
   * @default - the engine's default bridge
   */
  readonly networks?: readonly (IDockerNetwork | NetworkAttachment)[] | undefined;
  /**
   * `"host"` shares the host's network, `"none"` has none; both exclude `networks` and `ports`. Changing it replaces the
   * container. Becomes `network_mode`.
   * @default "bridge"
   */
  readonly networkMode?: "bridge" | "host" | "none" | undefined;
  /**
   * How the engine finds out whether the container does its work. Changing or removing it replaces the container: the
   * provider would plan an update and do nothing. Becomes `healthcheck`.
   * @default - the image's own
   */
  readonly healthcheck?: Healthcheck | undefined;
  /**
   * Share of processors, from 0.01 up to those of the host. Changing it replaces the container. Becomes `cpus`, or
   * `cpu_period` and `cpu_quota` where the provider would read another figure back.
   * @default - no limit
   */
  readonly cpus?: number | undefined;
  /**
   * Memory limit, whole MiB from 6. Changing it is done in place; adding or removing it replaces the container. Becomes
   * `memory`.
   * @default - no limit
   */
  readonly memory?: Size | undefined;
  /**
   * Limit of memory and swap together, whole MiB and at least `memory`, or `"unlimited"`. Changing it is done in place.
   * Becomes `memory_swap`.
   * @default - twice the memory
   */
  readonly memorySwap?: Size | "unlimited" | undefined;
  /**
   * When the engine starts the container again. Changing it is done in place. Becomes `restart` and `max_retry_count`.
   * @default "unless-stopped"
   */
  readonly restart?: RestartPolicy | undefined;
  /**
   * User and group inside the container, by name or number. Changing or removing it replaces the container. Becomes
   * `user`.
   * @default - the image's own
   */
  readonly user?: string | undefined;
  /**
   * The container's own file system cannot be written. Changing it replaces the container. Becomes `read_only`.
   * @default false
   */
  readonly readOnly?: boolean | undefined;
  /**
   * Runtime by the name the engine knows, such as `"runsc"`. Changing or removing it replaces the container. Becomes
   * `runtime`.
   * @default - the engine's own
   */
  readonly runtime?: string | undefined;
  /**
   * How long the process may take to end when it is stopped, whole seconds from 1, before it is killed. Changing it
   * touches the state only. Becomes `destroy_grace_seconds`.
   * @default Duration.seconds(10)
   */
  readonly stopGracePeriod?: Duration | undefined;
  /**
   * Labels. `berth.` is kept for berth's own. Changing one replaces the container. Becomes `labels`.
   * @default - none
   */
  readonly labels?: Readonly<Record<string, string>> | undefined;
}

/** Props with every default filled in, total even where the input was bad. */
export interface DockerServiceModel {
  readonly name: string;
  readonly command: readonly string[] | undefined;
  readonly entrypoint: readonly string[] | undefined;
  /** `NAME=value`, sorted. */
  readonly environment: readonly string[] | undefined;
  readonly ports: readonly PortMapping[];
  readonly volumes: readonly Mount[];
  readonly networks: readonly NetworkAttachment[];
  readonly networkMode: "bridge" | "host" | "none" | undefined;
  readonly healthcheck: Healthcheck | undefined;
  readonly cpus: number | undefined;
  /** MiB. */
  readonly memory: number | undefined;
  /** MiB, or -1 for no limit. */
  readonly memorySwap: number | undefined;
  readonly restart: "no" | "always" | "unless-stopped" | "on-failure";
  readonly maxRetryCount: number | undefined;
  readonly user: string | undefined;
  readonly readOnly: boolean;
  readonly runtime: string | undefined;
  readonly stopGraceSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** Fills in the defaults and collects what only the props can show; what the JSON shows is left to the rules. */
export function resolveDockerService(
  id: string,
  props: DockerServiceProps,
): { model: DockerServiceModel; problems: Problems } {
  const problems = new Problems();
  const { restart = "unless-stopped", memory, memorySwap, healthcheck } = props;
  const name = props.name ?? id;
  problems.literal("name", name);
  const stopGrace = props.stopGracePeriod ?? Duration.seconds(10);
  problems.check(
    stopGrace.toMilliseconds() >= 1000,
    "stopGracePeriod",
    "be at least 1 s",
    stopGrace,
    "less would kill the process at once",
  );
  const memoryMebibytes = memory && problems.read("memory", () => memory.toMebibytes(), 64);
  if (memorySwap !== undefined && memory === undefined) {
    problems.add("memorySwap", "stand with 'memory'", memorySwap, "set 'memory' as well");
  }
  const networks = (props.networks ?? []).map(
    (entry): NetworkAttachment => ("network" in entry ? entry : { network: entry }),
  );
  if (networks.length > 0 && props.networkMode !== undefined) {
    problems.add(
      "networkMode",
      "be left out where 'networks' is set",
      props.networkMode,
      "the provider would drop aliases and addresses",
    );
  }
  checkHosts(props.host, networks, props, problems);
  const model: DockerServiceModel = {
    name,
    command: props.command,
    entrypoint: props.entrypoint,
    environment: props.environment && environmentLines(props.environment),
    ports: (props.ports ?? []).flatMap((text, index) => {
      const known = problems.literal(`ports[${index}]`, text);
      const port = known ? problems.read(`ports[${index}]`, () => parsePortMapping(text), undefined) : undefined;
      return port === undefined ? [] : [port];
    }),
    volumes: props.volumes ?? [],
    networks,
    networkMode: networks.length > 0 ? undefined : props.networkMode,
    healthcheck,
    cpus: props.cpus !== undefined && problems.literal("cpus", props.cpus) ? props.cpus : undefined,
    memory: memoryMebibytes,
    memorySwap: memoryMebibytes === undefined ? undefined : swapMebibytes(memoryMebibytes, memorySwap, problems),
    restart: typeof restart === "object" ? "on-failure" : restart,
    maxRetryCount: typeof restart === "object" ? restart.onFailure : undefined,
    user: props.user,
    readOnly: props.readOnly ?? false,
    runtime: props.runtime,
    stopGraceSeconds: stopGrace.toSecondsCeil(),
    labels: props.labels ?? {},
  };
  for (const label of Object.keys(model.labels)) {
    problems.check(
      !label.startsWith("berth."),
      "labels",
      "not begin with 'berth.'",
      label,
      "berth keeps its own labels there",
    );
  }
  return { model: Object.freeze(model), problems };
}

function environmentLines(environment: Readonly<Record<string, string>> | readonly string[]): readonly string[] {
  const lines = Array.isArray(environment)
    ? (environment as readonly string[])
    : Object.entries(environment as Readonly<Record<string, string>>).map(([name, value]) => `${name}=${value}`);
  return [...lines].sort();
}

function swapMebibytes(memory: number, swap: Size | "unlimited" | undefined, problems: Problems): number {
  if (swap === undefined) {
    return 2 * memory;
  }
  return swap === "unlimited" ? -1 : problems.read("memorySwap", () => swap.toMebibytes(), 2 * memory);
}

function checkHosts(
  host: IDockerHost,
  networks: readonly NetworkAttachment[],
  props: DockerServiceProps,
  problems: Problems,
): void {
  const foreign = (prop: string, other: IDockerHost, path: string) =>
    problems.check(
      other === host,
      prop,
      `stand on the service's own host ${host.node.path}`,
      `${path} on ${other.node.path}`,
    );
  if (typeof props.image !== "string") {
    foreign("image", props.image.host, props.image.node.path);
  }
  for (const [index, { network }] of networks.entries()) {
    foreign(`networks[${index}]`, network.host, network.node.path);
  }
  (props.volumes ?? []).forEach((mount, index) => {
    if (mount.kind === "volume") {
      foreign(`volumes[${index}]`, mount.volume.host, mount.volume.node.path);
    }
  });
}
