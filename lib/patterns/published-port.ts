import { Construct } from "constructs";
import { claimsOf } from "../core/claims";
import { Problems } from "../core/problems";
import { construct, either, number, optional, readProps, required, type Shape, text } from "../core/shape";
import type { IDockerHost } from "../docker/docker-host";
import type { IDockerImage } from "../docker/docker-image";
import { DockerService } from "../docker/docker-service";
import type { IKvmGuest } from "../kvm/kvm-guest";
import { parsePortMapping } from "../units/port-mapping";

/** What a {@link PublishedPort} takes. */
export interface PublishedPortProps {
  /** An engine on the machine that the guest runs on. Changing it makes the port on the other one. Becomes `provider`. */
  readonly host: IDockerHost;
  /** The guest that answers. Changing it replaces the forwarder. Becomes part of `command`. */
  readonly guest: IKvmGuest;
  /**
   * `address:port:guestPort`, TCP: where the machine listens, and the port of the guest that answers. `0.0.0.0` is every
   * address of the machine. Changing it replaces the forwarder. Becomes part of `command`.
   */
  readonly port: string;
  /**
   * An image whose entrypoint is socat. Changing it replaces the forwarder. Becomes `image`.
   * @default "alpine/socat:1.8.0.3"
   */
  readonly image?: string | IDockerImage | undefined;
  /**
   * How many callers may be connected at once, from 1. Changing it replaces the forwarder. Becomes part of `command`.
   * @default 256
   */
  readonly maxConnections?: number | undefined;
}

const SHAPE: Shape<PublishedPortProps> = {
  host: required(construct<IDockerHost>('a Docker host, such as new DockerHost(stack, "docker")', "carry")),
  guest: required(construct<IKvmGuest>("a guest, such as new KvmGuest(stack, …)", "address")),
  port: required(text, "127.0.0.1:1:1"),
  image: optional(
    either<string | IDockerImage>(
      "a reference, or an image construct",
      { when: (value) => typeof value === "string", kind: text },
      { when: (value) => typeof value === "object", kind: construct<IDockerImage>("an image construct", "imageId") },
    ),
  ),
  maxConnections: optional(number),
};

/**
 * A port of a guest, and so of a service inside it, for whoever reaches the machine: guests on a network of their own
 * answer the machine alone. A container with the machine's network listens there and passes on what it gets, whatever the
 * guest's network lets in.
 *
 * @example
 * new PublishedPort(stack, "api-port", { host: docker, guest: apps, port: "0.0.0.0:80:8080" });
 */
export class PublishedPort extends Construct {
  public readonly service: DockerService;

  constructor(scope: Construct, id: string, props: PublishedPortProps) {
    super(scope, id);
    const problems = new Problems();
    const {
      host,
      guest,
      port,
      image = "alpine/socat:1.8.0.3",
      maxConnections = 256,
    } = readProps(this.node.path, props, SHAPE, problems);
    const mapping = problems.literal("port", port)
      ? problems.read("port", () => parsePortMapping(port), undefined)
      : undefined;
    const { address = "127.0.0.1", hostPort = 1, containerPort = 1, protocol = "tcp" } = mapping ?? {};
    if (mapping && (mapping.address === undefined || mapping.hostPort === undefined || protocol !== "tcp")) {
      problems.add("port", "be address:port:guestPort, TCP", port, 'such as "0.0.0.0:80:8080"');
    }
    if (problems.literal("maxConnections", maxConnections)) {
      const good = Number.isInteger(maxConnections) && maxConnections >= 1;
      problems.check(good, "maxConnections", "be a whole number from 1", maxConnections);
    }
    if (host.machineKey !== guest.host.machineKey) {
      const fix = "give both hosts the same Machine, or name an engine of the guest's machine";
      problems.addText("host", `be on the machine of ${guest.node.path}`, host.node.path, fix);
    }
    const named = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(id);
    problems.check(named, "id", "be 2 or more letters, digits, '_', '.' or '-', since the forwarder is called so", id);
    problems.reportOn(this);
    const six = address.includes(":");
    this.service = new DockerService(this, "Forwarder", {
      host,
      name: named ? id : "stand-in",
      image,
      networkMode: "host",
      command: [
        `${six ? "TCP6" : "TCP4"}-LISTEN:${hostPort},bind=${six ? `[${address}],ipv6only=1` : address},fork,reuseaddr,max-children=${maxConnections}`,
        `TCP4:${guest.address}:${containerPort}`,
      ],
      readOnly: true,
    });
    claimsOf(this).claimPort(this, { machine: host.machineKey, prop: "port", address, port: hostPort, protocol });
  }
}
