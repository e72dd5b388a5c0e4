/** A resource of a rendered stack, as Terraform reads it, without cdktf's notes. */
export interface TemplateResource {
  readonly [attribute: string]: unknown;
}

/** A class made by `berth/providers/…`, or any other with the Terraform type it stands for. */
export interface ResourceClass {
  readonly tfResourceType: string;
}

type Json = { readonly [key: string]: unknown };

/** A stack's finished JSON, with questions that a test asks of it. */
export class Template {
  private paths: ReadonlyMap<string, TemplateResource> | undefined;

  constructor(public readonly json: Json) {}

  /** Every resource of a type, in the order of its Terraform name. */
  public all(type: ResourceClass): TemplateResource[] {
    const group =
      (this.json.resource as Record<string, Record<string, TemplateResource>> | undefined)?.[type.tfResourceType] ?? {};
    return Object.keys(group)
      .sort()
      .map((name) => withoutNotes(group[name] ?? {}));
  }

  /** The only resource of a type. Throws where there is none, or more than one. */
  public only(type: ResourceClass): TemplateResource {
    const [first, ...rest] = this.all(type);
    if (first === undefined || rest.length > 0) {
      throw new Error(
        `the stack has ${first === undefined ? "no" : rest.length + 1} ${type.tfResourceType}; expected exactly one`,
      );
    }
    return first;
  }

  /** The resource that a construct made, by the construct's path. Throws where there is none. */
  public byPath(path: string): TemplateResource {
    this.paths ??= this.byPaths();
    const resource = this.paths.get(path);
    if (!resource) {
      throw new Error(`no resource was made by ${path}`);
    }
    return withoutNotes(resource);
  }

  /** A resource called `Resource` stands for its parent. */
  private byPaths(): ReadonlyMap<string, TemplateResource> {
    const found = new Map<string, TemplateResource>();
    const groups = Object.values((this.json.resource ?? {}) as Record<string, Record<string, TemplateResource>>);
    for (const resource of groups.flatMap((group) => Object.values(group))) {
      const path = (resource["//"] as { metadata?: { path?: string } } | undefined)?.metadata?.path ?? "";
      for (const name of [path, path.replace(/\/Resource$/, "")]) {
        found.set(name, found.get(name) ?? resource);
      }
    }
    return found;
  }

  /** Output name to value. */
  public get outputs(): Readonly<Record<string, unknown>> {
    const outputs = (this.json.output ?? {}) as Record<string, { value?: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }
}

/** True for a template, also one of another copy of this library. */
export function isTemplate(value: unknown): value is Template {
  return typeof value === "object" && value !== null && "json" in value && "byPath" in value;
}

function withoutNotes({ "//": _notes, ...resource }: TemplateResource): TemplateResource {
  return resource;
}
