import { Secret } from "../core/secret";
import {
  construct,
  dictionary,
  either,
  flag,
  instance,
  type Kind,
  list,
  number,
  oneOf,
  optional,
  required,
  type Shape,
  shaped,
  text,
} from "../core/shape";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import type { IDockerHost } from "./docker-host";
import type { IDockerImage } from "./docker-image";
import type { IDockerNetwork } from "./docker-network";
import { Healthcheck } from "./healthcheck";
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
   * Environment, as a record or as `NAME=value` lines. What is secret is given as a `Secret`: any text stands in the JSON.
   * Changing or removing it replaces the container. Becomes `env`.
   * @default - the image's own
   */
  readonly environment?: Readonly<Record<string, string | Secret>> | readonly string[] | undefined;
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

const HOST: Kind<IDockerHost> = construct('a Docker host, such as new DockerHost(stack, "docker")', "carry");
const NETWORK: Kind<IDockerNetwork> = construct("a Docker network, such as new DockerNetwork(stack, …)", "networkId");
const IMAGE: Kind<IDockerImage> = construct("an image construct", "imageId");
const SIZE = instance(Size, "Size.mebibytes(256)");
const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown) => typeof value === "object" && value !== null;

const ATTACHMENT: Kind<NetworkAttachment> = shaped("a network, or an object with 'network'", {
  network: required(NETWORK),
  aliases: optional(list(text)),
  address: optional(text),
});

/** A text, or what only Terraform knows. */
const VALUE: Kind<string | Secret> = either<string | Secret>(
  "a text, or a Secret",
  { when: (value) => !isObject(value), kind: text },
  { when: isObject, kind: instance(Secret, 'Secret.fromVariable(stack, "db_password")') },
);

/** Mounts are made by `VolumeMount`, which checks what it is given. */
const MOUNT: Kind<Mount> = either('a mount, such as VolumeMount.volume(data, "/data")', {
  when: (value) => isObject(value) && "kind" in (value as object) && "target" in (value as object),
  kind: { what: "a mount", read: (value) => value as Mount },
});

export const SERVICE_SHAPE: Shape<DockerServiceProps> = {
  host: required(HOST),
  image: required(
    either<string | IDockerImage>(
      "a reference, or an image construct",
      { when: isText, kind: text },
      { when: isObject, kind: IMAGE },
    ),
    "stand-in:1",
  ),
  name: optional(text),
  command: optional(list(text)),
  entrypoint: optional(list(text)),
  environment: optional(
    either<Readonly<Record<string, string | Secret>> | readonly string[]>(
      "a record of texts, or a list of NAME=value",
      { when: Array.isArray, kind: list(text) },
      { when: isObject, kind: dictionary(VALUE) },
    ),
  ),
  ports: optional(list(text)),
  volumes: optional(list(MOUNT)),
  networks: optional(
    list(
      either<IDockerNetwork | NetworkAttachment>(
        "a network, or an object with 'network'",
        { when: (value) => isObject(value) && "node" in (value as object), kind: NETWORK },
        { when: isObject, kind: ATTACHMENT },
      ),
    ),
  ),
  networkMode: optional(oneOf("bridge", "host", "none")),
  healthcheck: optional(instance(Healthcheck, 'Healthcheck.http("/")')),
  cpus: optional(number),
  memory: optional(SIZE),
  memorySwap: optional(
    either<Size | "unlimited">(
      'a Size, or "unlimited"',
      { when: isText, kind: oneOf("unlimited") },
      { when: isObject, kind: SIZE },
    ),
  ),
  restart: optional(
    either<RestartPolicy>(
      "a policy of Docker's, or an object with 'onFailure'",
      { when: isText, kind: oneOf("no", "always", "unless-stopped", "on-failure") },
      { when: isObject, kind: shaped("an object with 'onFailure'", { onFailure: required(number) }) },
    ),
  ),
  user: optional(text),
  readOnly: optional(flag),
  runtime: optional(text),
  stopGracePeriod: optional(instance(Duration, "Duration.seconds(10)")),
  labels: optional(dictionary(text)),
};
