import {
  DefaultTokenResolver,
  type IResolvable,
  type IResolveContext,
  StringConcat,
  type TerraformResource,
  TerraformStack,
  Token,
  Tokenization,
} from "cdktf";
import { addressOf, shortHash } from "./naming";

/** A rendered body: Terraform's JSON of one resource. */
export type Body = Readonly<Record<string, unknown>>;

/** Stacks that fill hashes in after rendering everything once say so with this mark. */
export const FILLS_HASHES = Symbol.for("berth/fills-hashes");

/** What is not part of what a resource is: where it came from, its order, and how it is replaced. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "//",
  "lifecycle",
  "depends_on",
  "provisioner",
  "connection",
  "provider",
]);

const MARK = /berth-body-hash\(([\w.-]+)#(\d+)\)/g;

/**
 * The hash of a resource's rendered body, known only when everything else is: aspects and overrides still count. It
 * makes Terraform see a change in what the provider ignores or cannot update. Absent attributes count too, since the
 * body that lacks them is another one.
 *
 * In a stack that fills hashes (`HostStack`) it renders to a mark that is replaced at the end; in any other stack it
 * renders the resource a second time. Both give the same hash.
 */
export class BodyHash implements IResolvable {
  private readonly index: number;

  /** `pick` chooses what of the body counts; the default is all of it. */
  constructor(
    private readonly resource: TerraformResource,
    private readonly pick: (body: Body) => unknown = (body) => body,
  ) {
    const known = hashesOf(resource);
    this.index = known.length;
    (resource as Hashed)[HASHES] = [...known, this];
  }

  /** Nothing is captured, so that many hashes cost little. */
  public get creationStack(): string[] {
    return [];
  }

  public resolve(context: IResolveContext): string {
    const filledIn = FILLS_HASHES in TerraformStack.of(this.resource);
    return context.preparing || filledIn ? this.mark : this.digest(renderSymbolic(this.resource));
  }

  /** What a body in a stack holds of this hash until it is known: the mark where the stack fills it in, and else a token. */
  public standIn(stack: TerraformStack): string {
    return FILLS_HASHES in stack ? this.mark : this.toString();
  }

  public toString(): string {
    return Token.asString(this);
  }

  /** What stands in for this hash while bodies are rendered. */
  public get mark(): string {
    return `berth-body-hash(${addressOf(this.resource)}#${this.index})`;
  }

  /** The hash of a body; `digestOf` may know the digest of a text already. */
  public digest(body: Body, digestOf: (text: string) => string = digestOfText): string {
    const kept: { [name: string]: unknown } = {};
    for (const key in body) {
      if (!LEFT_OUT.has(key)) {
        kept[key] = body[key];
      }
    }
    return digestOf(canonicalJson(this.pick(kept)));
  }
}

const HASHES = Symbol("berth/body-hashes");

/** The hashes of a resource are noted on it. */
interface Hashed {
  [HASHES]?: readonly BodyHash[];
}

function hashesOf(resource: TerraformResource): readonly BodyHash[] {
  return (resource as Hashed)[HASHES] ?? [];
}

/** The hash of a resource with this index, as a mark names it. */
export function bodyHashOf(resource: TerraformResource, index: number): BodyHash | undefined {
  return hashesOf(resource)[index];
}

/** Whether a text holds the mark of a hash. */
export function isMarked(text: string): boolean {
  return text.includes("berth-body-hash(");
}

/** Replaces every mark in a text; `find` gives the hash a mark stands for. */
export function fillHashes(text: string, find: (address: string, index: number) => string): string {
  return text.replace(MARK, (_, address: string, index: string) => find(address, Number(index)));
}

/** What a text comes to as a hash. */
export function digestOfText(text: string): string {
  return shortHash(text, 16);
}

/** JSON with sorted keys and without undefined members: equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) {
    return value.some((element) => typeof element === "object")
      ? `[${value.map(canonicalJson).join(",")}]`
      : JSON.stringify(value);
  }
  if (typeof value === "object" && value !== null) {
    const members = value as Readonly<Record<string, unknown>>;
    const keys = Object.keys(members).filter((key) => members[key] !== undefined);
    return `{${keys
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(members[key])}`)
      .join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** Resolves tokens as usual, but leaves every body hash as its mark: so hashes never depend on each other. */
class SymbolicHashes extends DefaultTokenResolver {
  public override resolveToken(
    token: IResolvable,
    context: IResolveContext,
    postProcessor: Parameters<DefaultTokenResolver["resolveToken"]>[2],
  ): unknown {
    return token instanceof BodyHash ? token.mark : super.resolveToken(token, context, postProcessor);
  }
}

function renderSymbolic(resource: TerraformResource): Body {
  const rendered = Tokenization.resolve(resource.toTerraform(), {
    scope: resource,
    resolver: new SymbolicHashes(new StringConcat()),
    preparing: false,
  }) as { resource?: Record<string, Record<string, Body>> };
  return rendered.resource?.[resource.terraformResourceType]?.[resource.friendlyUniqueId] ?? {};
}
