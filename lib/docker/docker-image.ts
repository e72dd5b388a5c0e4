import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { Problems } from "../core/problems";
import { projectPath } from "../core/project-path";
import { mapProps } from "../core/prop-map";
import { Image, type ImageBuild } from "../providers/docker/image";
import type { IDockerHost } from "./docker-host";

/** An image on a host. */
export interface IDockerImage extends IConstruct {
  readonly host: IDockerHost;
  /** The id of the image's content: a container that takes it is replaced when the content changes. */
  readonly imageId: string;
  readonly resource: Image;
}

/** How an image is built on the host's engine. */
export interface DockerBuildProps {
  /**
   * Folder with the Dockerfile, absolute or relative to the project. Its content decides: any change of a file, of its
   * mode or name builds again. Becomes `build.context` and `triggers`.
   */
  readonly context: string;
  /**
   * Dockerfile inside the folder. Becomes `build.dockerfile`.
   * @default "Dockerfile"
   */
  readonly dockerfile?: string | undefined;
  /**
   * Build arguments. They end up in the image's history: no secrets. Becomes `build.build_args`.
   * @default - none
   */
  readonly args?: Readonly<Record<string, string>> | undefined;
  /**
   * Stage to stop at. Becomes `build.target`.
   * @default - the last one
   */
  readonly target?: string | undefined;
}

/** What a {@link DockerImage} takes. */
export interface DockerImageProps {
  readonly host: IDockerHost;
  /**
   * Reference of the image: what is pulled, unless the engine has it already, or what a build is called. With a digest
   * it is pinned. Changing it replaces every container made from it. Becomes `name`.
   */
  readonly reference: string;
  /**
   * Builds the image instead of pulling it.
   * @default - pulled, or already there
   */
  readonly build?: DockerBuildProps | undefined;
}

/**
 * An image on one engine: pulled, already there, or built. It stays on the engine when Terraform lets go of it
 * (`keep_locally`), since others may use it and a removal can fail.
 *
 * In one apply a container is destroyed before its new image is pulled or built; where that matters, apply with
 * `-target` for the images first.
 *
 * @example new DockerImage(stack, "app", { host: docker, reference: "app:1", build: { context: "app" } })
 */
export class DockerImage extends Construct implements IDockerImage {
  public readonly host: IDockerHost;
  public readonly resource: Image;

  constructor(scope: Construct, id: string, props: DockerImageProps) {
    super(scope, id);
    const { host, reference, build } = props;
    const problems = new Problems();
    problems.literal("reference", reference);
    const built = build && renderBuild(this, build, problems);
    problems.reportOn(this);
    this.host = host;
    this.resource = new Image(this, "Resource", {
      provider: host.providerFor(this),
      name: reference,
      keepLocally: true,
      ...built,
    });
    mapProps(this.resource, { name: "reference", build: "build", "build.target": "build.target" });
  }

  public get imageId(): string {
    return this.resource.imageId;
  }

  /** The image with this reference on this host for the stack of `scope`; made once, since two would fight over the tag. */
  public static named(scope: Construct, host: IDockerHost, reference: string): IDockerImage {
    const stack = TerraformStack.of(scope);
    const id = `image-${host.node.path}-${reference}`.replace(/[^\w.-]+/g, "-");
    const known = stack.node.tryFindChild(id) as DockerImage | undefined;
    return known ?? new DockerImage(stack, id, { host, reference });
  }
}

function renderBuild(
  scope: Construct,
  build: DockerBuildProps,
  problems: Problems,
): { build: ImageBuild; triggers: { context: string } } {
  const { context, dockerfile = "Dockerfile", args, target } = build;
  const file = path.join(path.resolve(context), dockerfile);
  if (!fs.existsSync(file)) {
    problems.add(
      "build.context",
      `be a folder with a ${dockerfile}`,
      context,
      `there is no file ${path.join(context, dockerfile)}`,
    );
  }
  return {
    build: {
      context: projectPath(scope, context),
      dockerfile,
      ...(args === undefined ? {} : { buildArgs: args }),
      ...(target === undefined ? {} : { target }),
    },
    triggers: { context: fs.existsSync(file) ? hashFolder(path.resolve(context)) : "" },
  };
}

/** A hash of every file's name, mode and bytes below a folder. */
function hashFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const file of filesBelow(folder, "")) {
    const full = path.join(folder, file);
    const stat = fs.lstatSync(full);
    const kind = stat.isSymbolicLink() ? "link" : stat.mode & 0o111 ? "executable" : "file";
    const content = stat.isSymbolicLink() ? fs.readlinkSync(full) : fs.readFileSync(full);
    hash.update(`${file}\0${kind}\0${createHash("sha256").update(content).digest("hex")}\n`);
  }
  return hash.digest("hex").slice(0, 32);
}

function filesBelow(root: string, folder: string): string[] {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(root, name) : [name];
    })
    .sort();
}
