import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { TerraformStack, Token } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { claimsOf } from "../core/claims";
import { hashFile, isFile } from "../core/file-content";
import { LockFile } from "../core/lock-file";
import { providerAlias, shortHash } from "../core/naming";
import { suggestion } from "../core/nearest";
import { Problems } from "../core/problems";
import { projectFolder } from "../core/project-folder";
import { projectPath } from "../core/project-path";
import { mapProps } from "../core/prop-map";
import { construct, dictionary, optional, readProps, required, type Shape, shaped, text } from "../core/shape";
import { Image, type ImageBuild } from "../providers/docker/image";
import type { Reference } from "../providers/late";
import { parseImageReference } from "../units/image-reference";
import type { IDockerHost } from "./docker-host";
import type { DockerLine } from "./docker-line";

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
   * Dockerfile inside the folder. Changing it builds again. Becomes `build.dockerfile`.
   * @default "Dockerfile"
   */
  readonly dockerfile?: string | undefined;
  /**
   * Build arguments. They end up in the image's history: no secrets. Changing one builds again. Becomes
   * `build.build_args`.
   * @default - none
   */
  readonly args?: Readonly<Record<string, string>> | undefined;
  /**
   * Stage to stop at. Changing it builds again. Becomes `build.target`.
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
   * Builds the image instead of pulling it. Any change of what goes into it builds again and replaces every container
   * made from it. Becomes `build` and `triggers`.
   * @default - pulled, or already there
   */
  readonly build?: DockerBuildProps | undefined;
}

const SHAPE: Shape<DockerImageProps> = {
  host: required(construct<IDockerHost>('a Docker host, such as new DockerHost(stack, "docker")', "carry")),
  reference: required(text, "stand-in:1"),
  build: optional(
    shaped<DockerBuildProps>("an object with 'context'", {
      context: required(text),
      dockerfile: optional(text),
      args: optional(dictionary(text)),
      target: optional(text),
    }),
  ),
};

const PROPS = { name: "reference" } as const;
/** Of an image that a service named. */
const PROPS_OF_SERVICE = { name: "image" } as const;

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
    const problems = new Problems();
    const { host, reference, build } = readProps(this.node.path, props, SHAPE, problems);
    problems.literal("reference", reference);
    const built = build && renderBuild(this, build, host.line, problems);
    problems.reportOn(this);
    this.host = host;
    this.resource = new Image(this, "Resource", {
      provider: host.providerFor(this),
      name: reference,
      keepLocally: true,
      ...built,
    });
    host.carry(this.resource);
    mapProps(this.resource, PROPS);
    if (build) {
      const claim = {
        machine: host.engineKey,
        kind: "built image",
        key: reference,
        prop: "reference",
        fix: "share one construct",
      };
      claimsOf(this).claim(this, claim);
      problems.read(
        "reference",
        () => {
          const { digest } = parseImageReference(reference);
          problems.check(digest === undefined, "reference", "have no digest where the image is built", reference);
        },
        undefined,
      );
    }
  }

  public get imageId(): string {
    return this.resource.imageId;
  }

  /**
   * The image with this reference on this host for the stack of `service`, whose `image` prop names it; made once, since
   * two would fight over the tag.
   */
  public static named(service: Construct, host: IDockerHost, reference: string): IDockerImage {
    const stack = TerraformStack.of(service);
    const name = Token.isUnresolved(reference) ? "token" : (/([^/:@]+)(?:[:@].*)?$/.exec(reference)?.[1] ?? "image");
    const alias = `docker.${providerAlias(host, stack)}`;
    const engine = LockFile.of(stack).imageScope(stack.node.path, alias, host.endpoint, host.node.path);
    const id = `image-${name}-${shortHash(`${engine} ${reference}`, 6)}`.replace(/[^\w.-]+/g, "-");
    const known = stack.node.tryFindChild(id) as DockerImage | undefined;
    if (known) {
      return known;
    }
    const image = new DockerImage(stack, id, { host, reference });
    mapProps(image.resource, PROPS_OF_SERVICE, service);
    return image;
  }
}

/** How a container names the image that it is made from. */
export function imageReference(image: IDockerImage): string | Reference {
  return image instanceof DockerImage ? image.resource.reference("image_id") : image.imageId;
}

function renderBuild(
  scope: Construct,
  build: DockerBuildProps,
  line: DockerLine,
  problems: Problems,
): { build: ImageBuild; triggers: { context: string } } {
  const { context, dockerfile = "Dockerfile", args = {}, target } = build;
  const folder = path.resolve(projectFolder(scope), context);
  const inside = !path.isAbsolute(dockerfile) && !path.normalize(dockerfile).startsWith("..");
  problems.check(
    inside,
    "build.dockerfile",
    "be a file inside the context",
    dockerfile,
    "what lies outside does not start a build when it changes",
  );
  const exists = problems.literal("build.context", context) && inside && isFile(path.join(folder, dockerfile));
  if (!exists && inside) {
    problems.add(
      "build.context",
      `be a folder that has the file ${dockerfile}`,
      context,
      `there is no ${path.join(context, dockerfile)}`,
    );
  }
  for (const name of Object.keys(args)) {
    problems.check(/^[A-Za-z_]\w*$/.test(name), "build.args", "have names of letters, digits and '_'", name);
  }
  problems.check(target !== "", "build.target", "name a stage", target);
  const stages = exists ? stagesOf(fs.readFileSync(path.join(folder, dockerfile), "utf8")) : undefined;
  if (target !== undefined && target !== "" && stages && !stages.includes(target.toLowerCase())) {
    problems.add("build.target", `be a stage of ${dockerfile}`, target, suggestion(target, stages));
  }
  return {
    build: {
      context: projectPath(scope, context),
      dockerfile,
      ...(build.args === undefined ? {} : { buildArgs: args }),
      ...(target === undefined ? {} : { target }),
      // The buildx of the 4.x line builds on the caller's own engine, whatever host the provider was given.
      ...(line === "4" ? { useLegacyBuilder: true } : {}),
    },
    triggers: { context: exists ? hashFolder(folder, problems) : "" },
  };
}

/** The stages of a Dockerfile, by name and by number. */
function stagesOf(text: string): string[] {
  const heads = [...text.matchAll(/^\s*FROM\s+(?:--\S+\s+)*\S+(?:\s+AS\s+(\S+))?\s*$/gim)];
  return heads.flatMap(([, name], index) => [String(index), ...(name === undefined ? [] : [name.toLowerCase()])]);
}

/** A hash of every file's name, mode and bytes below a folder; what is neither file nor link is reported, and not read. */
function hashFolder(folder: string, problems: Problems): string {
  const hash = createHash("sha256");
  for (const file of filesBelow(folder, "")) {
    const full = path.join(folder, file);
    const stat = fs.lstatSync(full);
    if (!stat.isFile() && !stat.isSymbolicLink()) {
      const kind = stat.isFIFO() ? "a named pipe" : stat.isSocket() ? "a socket" : "a device";
      problems.addText("build.context", "contain files, folders and links only", `${kind}: ${file}`, "remove it");
      continue;
    }
    const kind = stat.isSymbolicLink() ? "link" : stat.mode & 0o111 ? "executable" : "file";
    const content = stat.isSymbolicLink()
      ? createHash("sha256").update(fs.readlinkSync(full)).digest("hex")
      : hashFile(full);
    hash.update(`${file}\0${kind}\0${content}\n`);
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
