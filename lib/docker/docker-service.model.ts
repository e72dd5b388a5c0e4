import { Problems } from "../core/problems";
import { Secret } from "../core/secret";
import { readProps } from "../core/shape";
import { Duration } from "../units/duration";
import { type PortMapping, parsePortMapping } from "../units/port-mapping";
import type { Size } from "../units/size";
import { renderCpus } from "./cpus";
import type { IDockerHost } from "./docker-host";
import { type DockerServiceProps, type NetworkAttachment, SERVICE_SHAPE } from "./docker-service.props";
import type { Healthcheck } from "./healthcheck";
import type { Mount } from "./volume-mount";

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
  path: string,
  id: string,
  given: DockerServiceProps,
): { model: DockerServiceModel; props: DockerServiceProps; problems: Problems } {
  const problems = new Problems();
  const props = readProps(path, given, SERVICE_SHAPE, problems);
  const { restart = "unless-stopped", memory, memorySwap, healthcheck, environment } = props;
  const name = props.name ?? id;
  problems.literal("name", name);
  if (typeof props.image === "string") {
    problems.literal("image", props.image);
  }
  const stopGrace = props.stopGracePeriod ?? Duration.seconds(10);
  const whole = stopGrace.isWholeSeconds;
  problems.check(whole, "stopGracePeriod", "be whole seconds from 1", stopGrace, "less would kill the process at once");
  const memoryMebibytes = memory && problems.read("memory", () => memory.toMebibytes(), 64);
  if (memorySwap !== undefined && memory === undefined) {
    problems.addText("memorySwap", "stand with 'memory'", String(memorySwap), "set 'memory' as well");
  }
  const networks = (props.networks ?? []).map(
    (entry): NetworkAttachment => ("network" in entry ? entry : { network: entry }),
  );
  checkNetworks(networks, props.networkMode, problems);
  checkHosts(props.host, networks, props, problems);
  const model: DockerServiceModel = {
    name,
    command: props.command,
    entrypoint: props.entrypoint,
    environment: environment && environmentLines(environment, problems),
    ports: (props.ports ?? []).flatMap((port, index) => {
      const known = problems.literal(`ports[${index}]`, port);
      const mapping = known ? problems.read(`ports[${index}]`, () => parsePortMapping(port), undefined) : undefined;
      return mapping === undefined ? [] : [mapping];
    }),
    volumes: props.volumes ?? [],
    networks,
    networkMode: networks.length > 0 ? undefined : props.networkMode,
    healthcheck,
    cpus: props.cpus !== undefined && problems.literal("cpus", props.cpus) ? someCpus(props.cpus, problems) : undefined,
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
  return { model: Object.freeze(model), props, problems };
}

function environmentLines(
  environment: Readonly<Record<string, string | Secret>> | readonly string[],
  problems: Problems,
): readonly string[] {
  if (Array.isArray(environment)) {
    return [...(environment as readonly string[])].sort();
  }
  const entries = Object.entries(environment as Readonly<Record<string, string | Secret>>);
  for (const [name] of entries) {
    problems.check(!name.includes("="), "environment", "have names without '='", name);
  }
  return entries
    .map(([name, value]) => `${name}=${value instanceof Secret ? value.reference : value}`)
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** A reference to a secret has another number in every synth: lines are ordered by their names. */
function nameOf(line: string): string {
  return line.slice(0, line.indexOf("="));
}

function swapMebibytes(memory: number, swap: Size | "unlimited" | undefined, problems: Problems): number {
  if (swap === undefined) {
    return 2 * memory;
  }
  return swap === "unlimited" ? -1 : problems.read("memorySwap", () => swap.toMebibytes(), 2 * memory);
}

function checkNetworks(
  networks: readonly NetworkAttachment[],
  mode: DockerServiceProps["networkMode"],
  problems: Problems,
): void {
  if (networks.length > 0 && (mode === "host" || mode === "none")) {
    problems.add(
      "networkMode",
      "be left out where 'networks' is set",
      mode,
      "a container joins networks, or has the host's or none",
    );
  }
  for (const [index, { network, aliases = [] }] of networks.entries()) {
    const twice = networks.findIndex((other) => other.network === network) !== index;
    if (twice) {
      problems.addText(
        `networks[${index}]`,
        "be another network than the ones before",
        network.node.path,
        "give its aliases in one place",
      );
    }
    for (const alias of aliases) {
      const good = problems.literal(`networks[${index}].aliases`, alias) && !/^[a-zA-Z0-9][\w.-]*$/.test(alias);
      problems.check(!good, `networks[${index}].aliases`, "be names of letters, digits, '_', '.' or '-'", alias);
    }
  }
}

function checkHosts(
  host: IDockerHost,
  networks: readonly NetworkAttachment[],
  props: DockerServiceProps,
  problems: Problems,
): void {
  const foreign = (prop: string, other: { readonly host: IDockerHost; readonly node: { readonly path: string } }) => {
    if (other.host !== host) {
      problems.addText(
        prop,
        `stand on the service's own host ${host.node.path}`,
        `${other.node.path} on ${other.host.node.path}`,
      );
    }
  };
  if (typeof props.image !== "string") {
    foreign("image", props.image);
  }
  for (const [index, { network }] of networks.entries()) {
    foreign(`networks[${index}]`, network);
  }
  for (const [index, mount] of (props.volumes ?? []).entries()) {
    if (mount.kind === "volume") {
      foreign(`volumes[${index}]`, mount.volume);
    }
  }
}

/** The engine takes none for no bound at all, and so it does a share that is less than a quota's smallest. */
function someCpus(cpus: number, problems: Problems): number {
  const written = renderCpus(cpus);
  const none = cpus === 0 || ("cpuQuota" in written && cpus > 0 && written.cpuQuota < SMALLEST_QUOTA);
  problems.check(!none, "cpus", "be 0.01 or more", cpus, "leave it out for no bound");
  problems.check(cpus <= MOST_CPUS, "cpus", `be at most ${MOST_CPUS}, which is what Linux knows`, cpus);
  return cpus;
}

/** Microseconds. */
const SMALLEST_QUOTA = 1000;
const MOST_CPUS = 8192;
