import { type IResolvable, type IResolveContext, type TerraformResource, TerraformStack, Token } from "cdktf";

/**
 * A value that is known only when its resource is rendered. Lean classes ask for it then and write down what they get, so that
 * cdktf finds no token to resolve; anywhere else it is a token like any other.
 */
export class Late implements IResolvable {
  /** Nothing is captured: a stack trace for each of many thousand values would cost more than all else. */
  public get creationStack(): string[] {
    return [];
  }

  /** `produce` is asked again at every rendering; what it gives may be another token. */
  constructor(private readonly produce: (stack: TerraformStack) => unknown) {}

  /** The value as a resource of this stack writes it. */
  public valueIn(stack: TerraformStack): unknown {
    return this.produce(stack);
  }

  public resolve(context: IResolveContext): unknown {
    return this.valueIn(TerraformStack.of(context.scope));
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** An attribute of a resource: plain text in its own stack, where nothing else need be known of it, and a token in any other. */
export class Reference extends Late {
  private asToken: IResolvable | undefined;

  constructor(
    private readonly resource: TerraformResource,
    private readonly attribute: string,
  ) {
    super((stack) =>
      stack === resource.cdktfStack && resource.forEach === undefined
        ? `\${${resource.terraformResourceType}.${resource.friendlyUniqueId}.${attribute}}`
        : this.token,
    );
  }

  /** Within an expression it is cdktf that knows whether braces belong around it. */
  public override resolve(): unknown {
    return this.token;
  }

  /** cdktf's own, and always the same one: it keeps by which name another stack knows it. */
  private get token(): IResolvable {
    this.asToken ??= this.resource.interpolationForAttribute(this.attribute);
    return this.asToken;
  }
}
