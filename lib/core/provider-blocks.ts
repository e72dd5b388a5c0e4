import { type TerraformProvider, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { providerAlias } from "./naming";

/** The provider blocks of one host: one in every stack that uses it, made when it is first asked for. */
export class ProviderBlocks<Block extends TerraformProvider> {
  private readonly blocks = new Map<TerraformStack, Block>();

  constructor(
    private readonly host: IConstruct,
    private readonly provider: string,
    private readonly make: (stack: TerraformStack, id: string, alias: string) => Block,
  ) {}

  /** The block of the stack that a construct stands in. */
  public blockFor(scope: IConstruct): Block {
    const stack = TerraformStack.of(scope);
    let block = this.blocks.get(stack);
    if (!block) {
      const alias = providerAlias(this.host, stack);
      const id = `provider-${this.provider}-${alias}`;
      block = (stack.node.tryFindChild(id) as Block | undefined) ?? this.make(stack, id, alias);
      this.blocks.set(stack, block);
    }
    return block;
  }
}
