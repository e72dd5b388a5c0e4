import { Construct, type IConstruct } from "constructs";
import { claimsOf } from "../core/claims";
import { Problems } from "../core/problems";
import { construct, oneOf, optional, readProps, required, type Shape, text } from "../core/shape";
import { Volume } from "../providers/docker/volume";
import type { Reference } from "../providers/late";
import type { IDockerHost } from "./docker-host";

/** A named volume that containers keep data in. */
export interface IDockerVolume extends IConstruct {
  readonly host: IDockerHost;
  /** What a container refers to; a token where the volume is made here. */
  readonly volumeName: string;
}

/** How a container names a volume that it mounts. */
export function volumeReference(volume: IDockerVolume): string | Reference {
  return volume instanceof DockerVolume ? volume.resource.reference("id") : volume.volumeName;
}

/** What becomes of data when what holds it leaves the code: it stays and Terraform refuses, or it is deleted. */
export type OnDestroy = "keep" | "delete";

/** What a {@link DockerVolume} takes. */
export interface DockerVolumeProps {
  readonly host: IDockerHost;
  /**
   * Name on the engine. An existing volume of that name is taken over as it is. Changing it makes a new, empty volume: refused
   * while this one is kept. Becomes `name`.
   * @default - the construct's id
   */
  readonly name?: string | undefined;
  /**
   * `"keep"`: Terraform refuses to destroy the volume, and synth refuses code that does not have it any more, unless it is
   * `Released`. `"delete"`: destroying it, or removing it from the code, deletes its data. Changing it costs nothing. Becomes
   * `lifecycle.prevent_destroy`, and an entry of `berth.lock.json`.
   * @default "keep"
   */
  readonly onDestroy?: OnDestroy | undefined;
}

const SHAPE: Shape<DockerVolumeProps> = {
  host: required(construct<IDockerHost>('a Docker host, such as new DockerHost(stack, "docker")', "carry")),
  name: optional(text),
  onDestroy: optional(oneOf("keep", "delete")),
};

/**
 * A named volume of one engine. Its data outlives the containers, and its own construct, unless the code says otherwise.
 *
 * @example new DockerVolume(stack, "data", { host: docker })
 */
export class DockerVolume extends Construct implements IDockerVolume {
  public readonly host: IDockerHost;
  public readonly resource: Volume;

  constructor(scope: Construct, id: string, props: DockerVolumeProps) {
    super(scope, id);
    const problems = new Problems();
    const { host, name = id, onDestroy = "keep" } = readProps(this.node.path, props, SHAPE, problems);
    problems.literal("name", name);
    problems.reportOn(this);
    this.host = host;
    this.resource = new Volume(this, "Resource", {
      provider: host.providerFor(this),
      name,
      ...(onDestroy === "keep" ? { lifecycle: { preventDestroy: true } } : {}),
    });
    host.carry(this.resource);
    const claim = {
      machine: host.engineKey,
      kind: "Docker volume name",
      key: name,
      prop: "name",
      fix: "choose another name, or share one construct",
    };
    claimsOf(this).claim(this, claim);
  }

  public get volumeName(): string {
    return this.resource.id;
  }

  /** A volume that exists and is not managed here. Defines nothing, so nothing here destroys it. */
  public static fromName(
    scope: Construct,
    id: string,
    props: { readonly host: IDockerHost; readonly name: string },
  ): IDockerVolume {
    return new ExistingDockerVolume(scope, id, props);
  }
}

class ExistingDockerVolume extends Construct implements IDockerVolume {
  public readonly host: IDockerHost;
  public readonly volumeName: string;

  constructor(scope: Construct, id: string, props: { readonly host: IDockerHost; readonly name: string }) {
    super(scope, id);
    const problems = new Problems();
    const shape = { host: SHAPE.host, name: required(text, "stand-in") };
    const { host, name } = readProps(this.node.path, props, shape, problems);
    if (problems.literal("name", name)) {
      problems.check(/^[a-zA-Z0-9][\w.-]+$/.test(name), "name", "be the name of a volume", name);
    }
    problems.reportOn(this);
    this.host = host;
    this.volumeName = name;
  }
}
