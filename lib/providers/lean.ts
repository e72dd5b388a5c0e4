import {
  type IResolvable,
  TerraformDataSource,
  type TerraformMetaArguments,
  TerraformProvider,
  TerraformResource,
} from "cdktf";
import type { Construct } from "constructs";
import { toSnakeCase } from "./schema-types";

/** A value that Terraform may compute: the plain value, or a token. */
export type Opt<T> = T | IResolvable | undefined;
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
  private readonly triggers: Trigger[] = [];

  constructor(
    scope: Construct,
    id: string,
    type: string,
    provider: ProviderIdentity | undefined,
    protected readonly config: Config & TerraformMetaArguments,
    private readonly maps: MapPaths = {},
  ) {
    super(scope, id, {
      terraformResourceType: type,
      ...(provider && { terraformGeneratorMetadata: { providerName: provider.name } }),
      ...metaArguments(config),
    });
  }

  /**
   * Replaces this resource whenever `resource` (or only its `attribute`) changes. Written as the bare reference that
   * Terraform asks for in `replace_triggered_by`. Both must stand in the same stack.
   *
   * Throws when `resource` stands in another stack: Terraform knows no such reference.
   */
  public replaceOn(resource: TerraformResource, attribute?: string): void {
    if (resource.cdktfStack !== this.cdktfStack) {
      throw new Error(
        `[${this.node.path}] 'replaceOn' must name a resource of the same stack, got ${resource.node.path} ` +
          "(trigger on a terraform_data of this stack that takes the other stack's value)",
      );
    }
    if (!this.triggers.some((known) => known.resource === resource && known.attribute === attribute)) {
      this.triggers.push({ resource, attribute });
    }
  }

  public override get terraformMetaArguments(): Attributes {
    const base = super.terraformMetaArguments as Attributes;
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
    return renderConfig(this.config, this.maps);
  }
}

/** Base of every generated data source class. */
export class LeanDataSource<Config extends object = object> extends TerraformDataSource {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    provider: ProviderIdentity | undefined,
    protected readonly config: Config & TerraformMetaArguments,
    private readonly maps: MapPaths = {},
  ) {
    super(scope, id, {
      terraformResourceType: type,
      ...(provider && { terraformGeneratorMetadata: { providerName: provider.name } }),
      ...metaArguments(config),
    });
  }

  protected override synthesizeAttributes(): Attributes {
    return renderConfig(this.config, this.maps);
  }
}

/** What every provider class takes besides the provider's own arguments. */
export interface LeanProviderConfig {
  /** Name of this provider configuration where a stack has several. */
  readonly alias?: string | undefined;
  /** Version constraint as Terraform writes it. One constraint per provider and stack. */
  readonly version: string;
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
    this.node.addValidation({ validate: () => this.otherLines() });
  }

  public override get alias(): string | undefined {
    return this.ownAlias;
  }

  protected override synthesizeAttributes(): Attributes {
    const { version: _version, alias: _alias, ...own } = this.config;
    return renderConfig(own, this.maps);
  }

  /** Terraform would silently keep the last of two constraints, and half of the stack would meet the wrong provider. */
  private otherLines(): string[] {
    const others = this.cdktfStack
      .allProviders()
      .filter((p): p is LeanProvider<LeanProviderConfig> => p instanceof LeanProvider)
      .filter(
        (p) => p !== this && p.terraformResourceType === this.terraformResourceType && p.version !== this.version,
      );
    return others.map(
      (other) =>
        `'version' must be the same for every ${this.terraformResourceType} provider of a stack, got ` +
        `"${this.version}" and "${other.version}" at ${other.node.path} (give hosts of different lines stacks of their own)`,
    );
  }
}

function metaArguments(config: TerraformMetaArguments): TerraformMetaArguments {
  const { connection, count, dependsOn, forEach, lifecycle, provider, provisioners } = config;
  const all = { connection, count, dependsOn, forEach, lifecycle, provider, provisioners };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function renderConfig(config: object, maps: MapPaths): Attributes {
  const out: Attributes = {};
  for (const [key, value] of Object.entries(config)) {
    if (value !== undefined && !META_ARGUMENTS.has(key)) {
      const name = toSnakeCase(key);
      out[name] = renderValue(value, maps[name]);
    }
  }
  return out;
}

/** Copies deeply: overrides are merged into what is returned and must not reach the caller's own objects. */
function renderValue(value: unknown, maps: MapPaths | true | undefined): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => renderValue(element, maps));
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  if (isResolvable(value)) {
    return renderedLater(value, maps);
  }
  const out: Attributes = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== undefined) {
      const name = maps === true ? key : toSnakeCase(key);
      out[name] = renderValue(inner, maps === true ? true : maps?.[name]);
    }
  }
  return out;
}

/** What a token gives only when it is resolved is written in camelCase too. */
function renderedLater(token: IResolvable, maps: MapPaths | true | undefined): IResolvable {
  return {
    creationStack: token.creationStack,
    resolve: (context) => renderValue(token.resolve(context), maps),
    toString: () => token.toString(),
  };
}

function isResolvable(value: object): value is IResolvable {
  return typeof (value as Partial<IResolvable>).resolve === "function";
}
