import {
  type IResolvable,
  TerraformDataSource,
  type TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
  type TerraformResourceConfig,
  type TerraformStack,
  Token,
} from "cdktf";
import type { Construct } from "constructs";
import { Late, Reference } from "./late";
import { toSnakeCase } from "./schema-types";

/** A value that Terraform may compute: the plain value, or a token. */
export type Opt<T> = T | IResolvable | undefined;
/** A text or a number, or what gives it when its resource is rendered; cdktf's tokens for them are texts and numbers, too. */
export type Value<T> = T | Late;
/** A list that may be frozen, lazy or computed. */
export type List<T> = readonly T[] | IResolvable | undefined;
/** A map whose keys are the user's own and keep their case. */
export type Dict<T> = Readonly<Record<string, T>> | IResolvable | undefined;
/** An attribute of free form. */
export type Dynamic = unknown;

/**
 * Where a configuration holds maps with keys of the user's own. Everything else is a fixed shape whose camelCase keys
 * become snake_case. `true` marks a map; a record leads to the maps below an attribute.
 */
export type MapPaths = { readonly [attribute: string]: MapPaths | true };

/** What a lean class knows of its provider. */
export interface ProviderIdentity {
  readonly name: string;
  readonly source: string;
}

type Attributes = { [name: string]: unknown };

const META_ARGUMENTS: ReadonlySet<string> = new Set([
  "connection",
  "count",
  "dependsOn",
  "forEach",
  "lifecycle",
  "provider",
  "provisioners",
]);

/** A resource or data source, and one of its attributes, that brings about a replacement. */
interface Trigger {
  readonly resource: TerraformResource;
  readonly attribute: string | undefined;
}

/**
 * Base of every generated resource class: a {@link TerraformResource} that renders its configuration directly, without
 * the object per nested attribute that generated classes usually make.
 */
export class LeanResource<Config extends object = object> extends TerraformResource {
  private readonly attributes: Readonly<Attributes>;
  private readonly triggers: Trigger[] = [];
  private bases: Set<TerraformResource> | undefined;
  private named = false;

  constructor(
    scope: Construct,
    id: string,
    type: string,
    provider: ProviderIdentity | undefined,
    config: Config & TerraformMetaArguments,
    private readonly maps: MapPaths = {},
  ) {
    super(scope, id, baseConfig(type, provider, config));
    this.attributes = attributesOf(config);
  }

  /**
   * Replaces this resource whenever `resource` (or only its `attribute`) changes. Written as the bare reference that
   * Terraform asks for in `replace_triggered_by`. Both must stand in the same stack.
   *
   * Throws when `resource` stands in another stack: Terraform knows no such reference.
   */
  public replaceOn(resource: TerraformResource, attribute?: string): void {
    this.mustBeNear(
      resource,
      "replaceOn",
      "trigger on a terraform_data of this stack that takes the other stack's value",
    );
    if (!this.triggers.some((known) => known.resource === resource && known.attribute === attribute)) {
      this.triggers.push({ resource, attribute });
    }
  }

  /**
   * Makes this resource after another one of the same stack, and destroys it before.
   *
   * Throws when `resource` stands in another stack: stacks are applied one after another.
   */
  public dependOn(resource: TerraformResource): void {
    this.mustBeNear(resource, "dependOn", "let the stack depend on the other one: addDependency");
    this.bases ??= new Set();
    this.bases.add(resource);
  }

  private mustBeNear(resource: TerraformResource, method: string, fix: string): void {
    if (resource.cdktfStack !== this.cdktfStack) {
      throw new Error(
        `[${this.node.path}] '${method}' must name a resource of the same stack, got ${resource.node.path} (${fix})`,
      );
    }
  }

  /** An attribute of this resource, for another one to take: of one stack, it costs no token. */
  public reference(attribute: string): Reference {
    return new Reference(this, attribute);
  }

  public override getStringAttribute(attribute: string): string {
    return Token.asString(this.reference(attribute));
  }

  public override get friendlyUniqueId(): string {
    this.named = true;
    return super.friendlyUniqueId;
  }

  /**
   * Gives this resource another name in Terraform. Throws once something has read the name: what refers to it already would
   * go on to use the old one.
   */
  public override overrideLogicalId(id: string): void {
    if (this.named && id !== this.friendlyUniqueId) {
      throw new Error(
        `[${this.node.path}] 'overrideLogicalId' must be called before the id is used, got ${JSON.stringify(id)} ` +
          `(${this.friendlyUniqueId} is in use; call it right after the construct was made)`,
      );
    }
    super.overrideLogicalId(id);
  }

  public override get terraformMetaArguments(): Attributes {
    const base = super.terraformMetaArguments as Attributes;
    if (this.bases) {
      const own = [...this.bases].map((one) => `${one.terraformResourceType}.${one.friendlyUniqueId}`);
      base.dependsOn = [...new Set([...(this.dependsOn ?? []), ...own])];
    }
    if (this.triggers.length === 0) {
      return base;
    }
    const lifecycle = (base.lifecycle ?? {}) as { replaceTriggeredBy?: unknown[] };
    const own = this.triggers.map(({ resource, attribute }) =>
      [resource.terraformResourceType, resource.friendlyUniqueId, attribute].filter((part) => part).join("."),
    );
    return {
      ...base,
      lifecycle: { ...lifecycle, replaceTriggeredBy: [...(lifecycle.replaceTriggeredBy ?? []), ...own] },
    };
  }

  protected override synthesizeAttributes(): Attributes {
    return renderAttributes(this.attributes, this.maps, this.cdktfStack);
  }

  /** What cdktf would make of it, in one step where nothing but the configuration has a say. */
  public override toTerraform(): object {
    if (!this.isPlain) {
      return super.toTerraform();
    }
    const body = this.synthesizeAttributes();
    const { dependsOn, provider, lifecycle } = this.terraformMetaArguments;
    add(body, "depends_on", dependsOn && renderValue(dependsOn, undefined, this.cdktfStack));
    add(body, "provider", provider);
    add(body, "lifecycle", lifecycle && renderValue(lifecycle, undefined, this.cdktfStack));
    body["//"] = { metadata: { path: this.node.path, uniqueId: this.friendlyUniqueId } };
    return { resource: { [this.terraformResourceType]: { [this.friendlyUniqueId]: body } } };
  }

  /**
   * Everything that it is rendered from, where that is its configuration and what Terraform knows of every resource: whoever
   * looks for tokens need not have it rendered. Undefined where more has a say.
   */
  public get ingredients(): readonly unknown[] | undefined {
    const { toTerraform, synthesizeAttributes } = LeanResource.prototype;
    return this.isPlain && this.toTerraform === toTerraform && this.synthesizeAttributes === synthesizeAttributes
      ? [this.attributes, this.dependsOn, this.provider?.fqn, this.lifecycle]
      : undefined;
  }

  /** Whether nothing was overridden, imported, moved, counted or provisioned. */
  private get isPlain(): boolean {
    const { overrides, imports, moved } = this.toMetadata() as Attributes;
    return (
      overrides === undefined &&
      imports === undefined &&
      moved === undefined &&
      this.count === undefined &&
      this.forEach === undefined &&
      this.connection === undefined &&
      this.provisioners === undefined
    );
  }
}

/** Base of every generated data source class. */
export class LeanDataSource<Config extends object = object> extends TerraformDataSource {
  private readonly attributes: Readonly<Attributes>;

  constructor(
    scope: Construct,
    id: string,
    type: string,
    provider: ProviderIdentity | undefined,
    config: Config & TerraformMetaArguments,
    private readonly maps: MapPaths = {},
  ) {
    super(scope, id, baseConfig(type, provider, config));
    this.attributes = attributesOf(config);
  }

  protected override synthesizeAttributes(): Attributes {
    return renderAttributes(this.attributes, this.maps, this.cdktfStack);
  }
}

/** What every provider class takes besides the provider's own arguments. */
export interface LeanProviderConfig {
  /** Name of this provider configuration where a stack has several. */
  readonly alias?: string | undefined;
  /** Version constraint as Terraform writes it. One constraint per provider and stack. */
  readonly version: string;
}

type Lines = Map<string, TerraformProvider>;

const providers = new WeakMap<TerraformStack, Map<string, Lines>>();

/** The version constraints of a stack's lean providers of one name, each with the first that asks for it. */
function linesOf(stack: TerraformStack, name: string): Lines {
  const names = providers.get(stack) ?? new Map<string, Lines>();
  providers.set(stack, names);
  const lines = names.get(name) ?? new Map<string, TerraformProvider>();
  names.set(name, lines);
  return lines;
}

/** Base of every generated provider class. It carries the version constraint, so that one set of bindings serves several lines. */
export class LeanProvider<Config extends LeanProviderConfig> extends TerraformProvider {
  /** The version constraint this provider block asks for. */
  public readonly version: string;
  private readonly ownAlias: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    identity: ProviderIdentity,
    protected readonly config: Config,
    private readonly maps: MapPaths = {},
  ) {
    super(scope, id, {
      terraformResourceType: identity.name,
      terraformProviderSource: identity.source,
      terraformGeneratorMetadata: { providerName: identity.name, providerVersionConstraint: config.version },
    });
    this.version = config.version;
    this.ownAlias = config.alias;
    const lines = linesOf(this.cdktfStack, identity.name);
    lines.set(config.version, lines.get(config.version) ?? this);
    this.node.addValidation({ validate: () => this.otherLines() });
  }

  public override get alias(): string | undefined {
    return this.ownAlias;
  }

  protected override synthesizeAttributes(): Attributes {
    const { version: _version, alias: _alias, ...own } = this.config;
    return renderAttributes(attributesOf(own), this.maps, this.cdktfStack);
  }

  /** Terraform would silently keep the last of two constraints, and half of the stack would meet the wrong provider. */
  private otherLines(): string[] {
    const lines = linesOf(this.cdktfStack, this.terraformResourceType);
    const others = [...lines].filter(([version]) => version !== this.version);
    return others.map(
      ([version, other]) =>
        `'version' must be the same for every ${this.terraformResourceType} provider of a stack, got ` +
        `"${this.version}" and "${version}" at ${other.node.path} (give hosts of different lines stacks of their own)`,
    );
  }
}

function baseConfig(
  type: string,
  provider: ProviderIdentity | undefined,
  { connection, count, dependsOn, forEach, lifecycle, provider: block, provisioners }: TerraformMetaArguments,
): TerraformResourceConfig {
  const known = {
    terraformResourceType: type,
    terraformGeneratorMetadata: provider && { providerName: provider.name },
    connection,
    count,
    dependsOn,
    forEach,
    lifecycle,
    provider: block,
    provisioners,
  };
  // cdktf reads one that is undefined and one that is not there alike; its types take the second only.
  return known as TerraformResourceConfig;
}

/** What of a configuration is the provider's own, by Terraform's names. */
function attributesOf(config: object): Attributes {
  const out: Attributes = {};
  for (const key in config) {
    if (!META_ARGUMENTS.has(key)) {
      add(out, snakeCaseOf(key), (config as Attributes)[key]);
    }
  }
  return out;
}

function renderAttributes(attributes: Readonly<Attributes>, maps: MapPaths, stack: TerraformStack): Attributes {
  const out: Attributes = {};
  for (const name in attributes) {
    add(out, name, renderValue(attributes[name], maps[name], stack));
  }
  return out;
}

/** Copies deeply: overrides are merged into what is returned and must not reach the caller's own objects. */
function renderValue(value: unknown, maps: MapPaths | true | undefined, stack: TerraformStack): unknown {
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((element) => renderValue(element, maps, stack));
  }
  if (value instanceof Late) {
    return renderValue(value.valueIn(stack), maps, stack);
  }
  if (isResolvable(value)) {
    return renderedLater(value, maps, stack);
  }
  const out: Attributes = {};
  for (const key in value) {
    const name = maps === true ? key : snakeCaseOf(key);
    add(out, name, renderValue((value as Attributes)[key], maps === true ? true : maps?.[name], stack));
  }
  return out;
}

function add(out: Attributes, name: string, value: unknown): void {
  if (value !== undefined) {
    out[name] = value;
  }
}

const snakeCases = new Map<string, string>();

/** The same few names come again in every resource. */
function snakeCaseOf(key: string): string {
  let name = snakeCases.get(key);
  if (name === undefined) {
    name = toSnakeCase(key);
    snakeCases.set(key, name);
  }
  return name;
}

/** What a token gives only when it is resolved is written in camelCase too. */
function renderedLater(token: IResolvable, maps: MapPaths | true | undefined, stack: TerraformStack): IResolvable {
  return {
    creationStack: token.creationStack,
    resolve: (context) => renderValue(token.resolve(context), maps, stack),
    toString: () => token.toString(),
  };
}

function isResolvable(value: object): value is IResolvable {
  return typeof (value as Partial<IResolvable>).resolve === "function";
}
