import { TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { BodyHash } from "../core/body-hash";
import { claimsOf } from "../core/claims";
import { warnUnlessAcknowledged } from "../core/construct-warnings";
import type { Problems } from "../core/problems";
import { mapProps } from "../core/prop-map";
import { Secret } from "../core/secret";
import { Container } from "../providers/docker/container";
import { Late } from "../providers/late";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import { quote } from "../units/unit-error";
import type { IDockerHost } from "./docker-host";
import { DockerImage, imageReference } from "./docker-image";
import { type DockerServiceModel, resolveDockerService } from "./docker-service.model";
import type { DockerServiceProps } from "./docker-service.props";
import { hashedPart, renderContainer } from "./docker-service.render";
import type { Healthcheck } from "./healthcheck";

/** What a service waits for in another: that its container runs, or that its health check passes. */
export type DependencyCondition = "started" | "healthy";

/** A container kept running. */
export interface IDockerService extends IConstruct {
  readonly host: IDockerHost;
  readonly name: string;
  readonly healthcheck: Healthcheck | undefined;
  readonly resource: Container;
  /** Makes this service's apply wait until its health check passes. */
  waitUntilHealthy(): void;
}

const PROPS = {
  env: "environment",
  ports: "ports",
  "healthcheck.interval": "healthcheck.interval",
  "healthcheck.timeout": "healthcheck.timeout",
  "healthcheck.start_period": "healthcheck.startPeriod",
  "healthcheck.retries": "healthcheck.retries",
  volumes: "volumes",
  tmpfs: "volumes",
  networks_advanced: "networks",
  network_mode: "networkMode",
  memory_swap: "memorySwap",
  cpu_quota: "cpus",
  cpu_period: "cpus",
  read_only: "readOnly",
  max_retry_count: "restart",
  destroy_grace_seconds: "stopGracePeriod",
} as const;

/**
 * A container kept running on one engine.
 *
 * In one apply the old container is gone before the new one is made, and before a new image is pulled or built. What an
 * edit costs stands with each prop; what the provider would ignore is made to happen by a label that holds its hash.
 *
 * @example
 * new DockerService(stack, "web", { host: docker, image: "nginx:1.27.5", ports: ["127.0.0.1:8080:80"] })
 */
export class DockerService extends Construct implements IDockerService {
  public readonly host: IDockerHost;
  public readonly name: string;
  public readonly healthcheck: Healthcheck | undefined;
  public readonly resource: Container;
  private readonly dependencies: { readonly on: IDockerService; readonly condition: DependencyCondition }[] = [];
  private waits = false;

  constructor(scope: Construct, id: string, props: DockerServiceProps) {
    super(scope, id);
    const { model, props: read, problems } = resolveDockerService(this.node.path, id, props);
    this.host = read.host;
    this.name = model.name;
    this.healthcheck = model.healthcheck;
    const image = typeof read.image === "string" ? DockerImage.named(this, read.host, read.image) : read.image;
    const hash: { label?: BodyHash } = {};
    this.resource = new Container(this, "Resource", {
      provider: read.host.providerFor(this),
      image: imageReference(image),
      ...renderContainer(model, new Late((stack) => hash.label?.standIn(stack))),
      wait: new Late(() => this.waits || undefined),
      waitTimeout: new Late(() => this.waitSeconds()),
    });
    hash.label = new BodyHash(this.resource, hashedPart);
    read.host.carry(this.resource);
    mapProps(this.resource, PROPS);
    problems.include(read.host.lacks(model));
    checkSecrets(this, read.environment ?? {}, problems);
    problems.reportOn(this);
    checkForeignNetworks(this, model, problems);
    this.node.addValidation({ validate: () => [...this.missingHealthchecks(), ...this.cycle()] });
    this.claim(model);
    const open = openPorts(model);
    if (open.length > 0) {
      warnUnlessAcknowledged(this, "docker/service/port-on-every-address", () => open);
    }
  }

  /**
   * Starts this service after another one, and stops it before. `"healthy"` makes the apply wait until the other one's
   * health check passes, for as long as that check may take; it needs a health check there. Costs nothing to change.
   * Becomes `depends_on`, and `wait` and `wait_timeout` of the other container.
   */
  public dependsOn(service: IDockerService, condition: DependencyCondition = "started"): void {
    if (
      !Construct.isConstruct(service) ||
      !("waitUntilHealthy" in service) ||
      !["started", "healthy"].includes(condition)
    ) {
      const given = Construct.isConstruct(service) ? service.node.path : String(service);
      throw new TypeError(
        `[${this.node.path}] 'dependsOn' must be given a service and "started" or "healthy", got ${given} and ${quote(condition)}`,
      );
    }
    this.dependencies.push({ on: service, condition });
    if (service.resource.cdktfStack === this.resource.cdktfStack) {
      this.resource.dependOn(service.resource);
    } else {
      this.waitForStackOf(service);
    }
    if (condition === "healthy" && service.healthcheck) {
      service.waitUntilHealthy();
    }
  }

  /** Terraform applies stacks one after another: two that wait for each other can never begin. */
  private waitForStackOf(service: IDockerService): void {
    const { cdktfStack: mine } = this.resource;
    const { cdktfStack: other } = service.resource;
    if (other.dependsOn(mine)) {
      throw new TypeError(
        `[${this.node.path}] 'dependsOn' must not lead to a stack that waits for its own, got ${service.node.path} ` +
          `(stack ${other.node.id} waits for ${mine.node.id}; put both services into one stack)`,
      );
    }
    mine.addDependency(other);
  }

  public waitUntilHealthy(): void {
    this.waits = true;
  }

  /** The provider gives no sign before this has passed, and its own default of 60 s is less than most checks take. */
  private waitSeconds(): number | undefined {
    const slack = Duration.seconds(10);
    return this.waits && this.healthcheck
      ? this.healthcheck.longestWait.toSecondsCeil() + slack.toSeconds()
      : undefined;
  }

  private missingHealthchecks(): string[] {
    if (this.waits && !this.healthcheck) {
      return ["'healthcheck' must be set where something waits until the service is healthy, got nothing"];
    }
    return this.dependencies
      .filter(({ on, condition }) => condition === "healthy" && !on.healthcheck)
      .map(
        ({ on }) =>
          `'dependsOn' must name a service with a healthcheck for "healthy", got ${on.node.path} without one ` +
          '(give it a healthcheck, or depend on "started")',
      );
  }

  /** A cycle over several stacks; one within a stack is seen in its JSON. */
  private cycle(): string[] {
    const mine = TerraformStack.of(this);
    if (!this.dependencies.some(({ on }) => TerraformStack.of(on) !== mine)) {
      return [];
    }
    const way = this.wayTo(this, new Set());
    const stacks = new Set(way?.map((service) => TerraformStack.of(service)));
    const names = way?.map((service) => service.node.path).join(" -> ");
    return stacks.size > 1
      ? [`'dependsOn' must not lead back to the service itself, got ${names} (remove one of these dependencies)`]
      : [];
  }

  private wayTo(target: IDockerService, seen: Set<IDockerService>): IDockerService[] | undefined {
    for (const { on } of this.dependencies) {
      if (on === target) {
        return [this, on];
      }
      if (on instanceof DockerService && !seen.has(on)) {
        seen.add(on);
        const rest = on.wayTo(target, seen);
        if (rest) {
          return [this, ...rest];
        }
      }
    }
    return undefined;
  }

  private claim(model: DockerServiceModel): void {
    const machine = this.host.machineKey;
    const engine = this.host.engineKey;
    const claims = claimsOf(this);
    claims.claim(this, {
      machine: engine,
      kind: "container name",
      key: model.name,
      prop: "name",
      fix: "choose another name",
    });
    for (const { address = "0.0.0.0", hostPort, protocol } of model.ports) {
      if (hostPort !== undefined) {
        claims.claimPort(this, { machine, prop: "ports", address, port: hostPort, protocol });
      }
    }
    for (const { network, address } of model.networks) {
      if (address !== undefined) {
        const on = `network ${network.node.path}`;
        claims.claim(this, {
          machine: on,
          kind: "network address",
          key: address,
          prop: "networks",
          fix: "choose another address",
        });
      }
    }
    const memory = model.memory === undefined ? undefined : Size.mebibytes(model.memory);
    claims.share(this, { machine, prop: "cpus", memory, cpus: model.cpus });
  }
}

/** What a port without an address opens. */
function openPorts({ ports }: DockerServiceModel): string[] {
  return ports
    .filter(({ address }) => address === undefined)
    .map(({ hostPort, containerPort }) => {
      const port = hostPort ?? "a free port";
      const named = `${hostPort ?? ""}:${containerPort}`;
      return (
        `'ports' opens ${port} for port ${containerPort} on every address of the host, past its firewall ` +
        `(name the address: "127.0.0.1:${named}" for the host alone, "0.0.0.0:${named}" where everybody is meant)`
      );
    });
}

function checkSecrets(service: DockerService, environment: object, problems: Problems): void {
  for (const [name, value] of Object.entries(environment)) {
    if (value instanceof Secret && !value.isOf(service)) {
      const fix = "it would become an output there, in clear in the state; make it in the service's stack";
      problems.addText(`environment.${name}`, "be a Secret of the service's own stack", "one of another", fix);
    }
  }
}

/** The rules see one stack's JSON at a time; what a network of another stack shows is looked at here. */
function checkForeignNetworks(service: DockerService, model: DockerServiceModel, problems: Problems): void {
  const foreign = model.networks.filter(({ network }) => TerraformStack.of(network) !== TerraformStack.of(service));
  for (const { network, address } of foreign) {
    const { subnet, gateway } = network;
    const offset = address === undefined || !subnet ? 1 : subnet.offsetOf(address);
    const good =
      address === undefined || !subnet || (offset !== undefined && subnet.isUsable(offset) && address !== gateway);
    problems.check(good, "networks", `have an address that a container may have in ${subnet}`, address);
  }
  if (model.ports.length > 0 && foreign.length > 0 && model.networks.every(({ network }) => network.internal)) {
    problems.addText(
      "ports",
      "be left out where every network is internal",
      "ports on internal networks only",
      "join a network that is not internal",
    );
  }
}
