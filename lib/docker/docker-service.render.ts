import { terraformText } from "../core/terraform-text";
import type { ContainerConfig } from "../providers/docker/container";
import type { Late } from "../providers/late";
import { renderCpus } from "./cpus";
import { networkReference } from "./docker-network";
import type { DockerServiceModel } from "./docker-service.model";
import type { NetworkAttachment } from "./docker-service.props";
import { volumeReference } from "./docker-volume";
import type { Healthcheck } from "./healthcheck";
import type { Mount } from "./volume-mount";

/** Label that holds the hash of what the provider would not notice or not apply. */
export const HASH_LABEL = "berth.hash";

/** What the provider neither replaces for nor applies when it changes. */
const IGNORED = ["healthcheck", "tmpfs", "cpu_period", "cpu_quota"];

/** Arguments of Terraform's side alone; whether they are present says nothing about the container. */
const KNOBS: ReadonlySet<string> = new Set([
  "labels",
  "wait",
  "wait_timeout",
  "must_run",
  "destroy_grace_seconds",
  "restart",
  "max_retry_count",
]);

/**
 * What the hash label covers: values that the provider ignores, and which attributes are present at all, since it does
 * not see that an optional one was removed. Values that it updates in place stay out, or each would cost a replacement.
 */
export function hashedPart(body: Readonly<Record<string, unknown>>): unknown {
  const present = Object.keys(body)
    .filter((name) => !KNOBS.has(name))
    .sort();
  return { present, ignored: Object.fromEntries(IGNORED.map((name) => [name, body[name]])) };
}

/** The container's configuration, but for its image, its order and its wait, which depend on other constructs. */
export function renderContainer(model: DockerServiceModel, hash: Late): Omit<ContainerConfig, "image"> {
  const { command, entrypoint, environment, ports, networks, networkMode, healthcheck, cpus } = model;
  const { volumes, tmpfs } = renderMounts(model.volumes);
  // Of one form for all services, with what is not said left undefined: objects of many forms cost memory and time.
  return {
    name: model.name,
    restart: model.restart,
    mustRun: true,
    destroyGraceSeconds: model.stopGraceSeconds,
    labels: renderLabels(model.labels, hash),
    maxRetryCount: model.maxRetryCount,
    command: command?.map(terraformText),
    entrypoint: entrypoint?.map(terraformText),
    env: environment?.map(terraformText),
    ports: ports.length === 0 ? undefined : renderPorts(ports),
    volumes,
    tmpfs,
    networksAdvanced: networks.length === 0 ? undefined : networks.map((entry) => renderAttachment(model.name, entry)),
    networkMode,
    healthcheck: healthcheck && renderHealthcheck(healthcheck),
    ...(cpus === undefined ? undefined : renderCpus(cpus)),
    memory: model.memory,
    memorySwap: model.memorySwap,
    user: model.user,
    readOnly: model.readOnly || undefined,
    runtime: model.runtime,
  };
}

function renderLabels(labels: Readonly<Record<string, string>>, hash: Late) {
  const own = Object.entries(labels).map(([label, value]) => ({
    label: terraformText(label),
    value: terraformText(value),
  }));
  return [...own, { label: HASH_LABEL, value: hash }].sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** The provider reads ports back in this order. */
function renderPorts(ports: DockerServiceModel["ports"]) {
  return [...ports]
    .sort(
      (a, b) =>
        a.containerPort - b.containerPort ||
        (a.protocol < b.protocol ? -1 : 1) ||
        (a.hostPort ?? 0) - (b.hostPort ?? 0),
    )
    .map(({ address, hostPort, containerPort, protocol }) => ({
      internal: containerPort,
      external: hostPort,
      ip: address ?? "0.0.0.0",
      protocol,
    }));
}

function renderMounts(mounts: readonly Mount[]): Pick<ContainerConfig, "volumes" | "tmpfs"> {
  const volumes = mounts.flatMap((mount) => (mount.kind === "tmpfs" ? [] : [renderVolume(mount)]));
  const tmpfs = mounts.flatMap((mount) =>
    mount.kind === "tmpfs" ? [[terraformText(mount.target), mount.size ? `size=${mount.size.toBytes()}` : ""]] : [],
  );
  return {
    volumes: volumes.length === 0 ? undefined : volumes,
    tmpfs: tmpfs.length === 0 ? undefined : (Object.fromEntries(tmpfs) as Record<string, string>),
  };
}

function renderVolume(mount: Exclude<Mount, { kind: "tmpfs" }>) {
  return {
    volumeName: mount.kind === "volume" ? volumeReference(mount.volume) : undefined,
    hostPath: mount.kind === "bind" ? terraformText(mount.hostPath) : undefined,
    containerPath: terraformText(mount.target),
    readOnly: mount.readOnly || undefined,
  };
}

function renderAttachment(name: string, { network, aliases = [], address }: NetworkAttachment) {
  return {
    name: networkReference(network),
    aliases: [...new Set([name, ...aliases])],
    ipv4Address: address,
  };
}

function renderHealthcheck({ test, interval, timeout, retries, startPeriod }: Healthcheck) {
  return {
    test: test.map(terraformText),
    interval: interval.toString(),
    timeout: timeout.toString(),
    retries,
    startPeriod: startPeriod.toString(),
  };
}
