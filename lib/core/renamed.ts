import { App, TerraformElement, TerraformResource, TerraformStack } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { ownerPath, typeOfAddress } from "./address";
import { FILLS_HASHES } from "./body-hash";
import { constructAt } from "./construct-at";
import { LockFile } from "./lock-file";
import { HAVE_NAMES, laterAddresses } from "./lock-format";
import { Problems } from "./problems";
import { readProps, required, type Shape, text } from "./shape";

/** What {@link Renamed} takes. */
export interface RenamedProps {
  /**
   * The path that the construct had below its stack, such as `"web"` or `"shop/web"`. Changing it costs nothing once the
   * rename was applied. Becomes `from` of the `moved` blocks.
   */
  readonly from: string;
  /** The path that it has now. Changing it costs nothing once the rename was applied. Becomes `to` of the `moved` blocks. */
  readonly to: string;
}

/** What Terraform is told of one resource. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** The same, with the paths below the stack that it is from. */
interface Said {
  readonly path: string;
  readonly type: string;
  readonly former: string;
  readonly move: Move;
}

const PATH = "a path below the stack";
const SHAPE: Shape<RenamedProps> = {
  from: required(text, PATH),
  to: required(text, PATH),
};

/** How cdktf makes addresses from paths. */
const FLAGS = ["excludeStackIdFromLogicalIds", "allowSepCharsInLogicalIds"];

/**
 * A construct has another id than before, and is the same thing: its resources are moved in the state, and its guests keep
 * their addresses. Stands before the construct in the code. Names that were taken from the id have to be said now, or the
 * thing is replaced: `name: "web"`. It may go once it was synthesized: `berth.lock.json` remembers it; in a stack that is no
 * `HostStack`, once every state has been applied with it. What was at `from` must have left the
 * code: two that change places are refused.
 *
 * @example
 * new Renamed(stack, "renamed-web", { from: "web", to: "shop" });
 * new DockerService(stack, "shop", { host, name: "web", image: "nginx:1.27.5" });
 */
export class Renamed extends TerraformElement {
  private static readonly all = new WeakMap<TerraformStack, readonly Renamed[]>();
  public readonly from: string;
  public readonly to: string;
  /** Whether both paths can be read. */
  private readonly isUsable: boolean;

  constructor(scope: Construct, id: string, props: RenamedProps = {} as RenamedProps) {
    super(scope, id);
    const problems = new Problems();
    const { from, to } = readProps(this.node.path, props, SHAPE, problems);
    const literal = [problems.literal("from", from), problems.literal("to", to)].every(Boolean);
    for (const [prop, path] of literal ? Object.entries({ from, to }) : []) {
      const isPath = path.split("/").every((part) => part !== "" && part !== "__proto__");
      problems.check(isPath, prop, `be ${PATH}, such as "shop/web"`, path);
    }
    this.from = from;
    this.to = to;
    Renamed.all.set(TerraformStack.of(this), [...Renamed.of(TerraformStack.of(this)), this]);
    this.isUsable = literal && problems.all.length === 0;
    if (this.isUsable) {
      const stack = TerraformStack.of(this);
      problems.check(from !== to, "to", "be another path than before", to);
      problems.check(
        !this.target(),
        "to",
        "name a construct that stands after this",
        to,
        "addresses are given in order",
      );
      if (!this.wasSynthesized()) {
        LockFile.of(this).rename(`${stack.node.path}/${from}`, `${stack.node.path}/${to}`);
      }
      this.node.addValidation({
        validate: () => {
          // What was renamed may leave the code, or be renamed again, while the line stays.
          const isKnown = this.target() !== undefined || this.wasSynthesized();
          return isKnown
            ? [...this.stillDeclared(), ...this.saidTwice(), ...this.anotherKind(), ...this.neverThere()]
            : [`'to' must be the path of a construct of this stack, got "${to}"`];
        },
      });
    }
    problems.reportOn(this);
  }

  /** Those of a stack, in the order in which they were made. */
  public static of(stack: TerraformStack): readonly Renamed[] {
    return Renamed.all.get(stack) ?? [];
  }

  /** Terraform moves nothing to or from where something else is: two that change places are two applies. */
  private stillDeclared(): string[] {
    const stack = TerraformStack.of(this);
    const both = this.resources().some((resource) => {
      const before = this.from + pathBelowStack(resource).slice(this.to.length);
      const there = constructAt(stack, before);
      return there !== undefined && TerraformResource.isTerraformResource(there);
    });
    return both
      ? [
          `'from' must be the path of something that left the code, got "${this.from}", which is declared ` +
            "(where two change places, give one a third id, apply that in every state, and remove its line below 'moved' from berth.lock.json first)",
        ]
      : [];
  }

  private saidTwice(): string[] {
    const other = Renamed.of(TerraformStack.of(this)).find((one) => one !== this && one.from === this.from);
    return other === undefined
      ? []
      : [`'from' must be said once, got "${this.from}", which ${other.node.path} has, too`];
  }

  /** Terraform moves nothing from one type to another: what was there would be destroyed. */
  private anotherKind(): string[] {
    const stack = TerraformStack.of(this);
    const { resources = {} } = LockFile.of(this).stackAsRead(stack.node.path) ?? {};
    const known = Object.entries(resources).filter(([path, { released }]) => isBelow(path, this.from) && !released);
    const now = new Set(this.resources().map(({ terraformResourceType: type }) => type));
    const isOther = known.length > 0 && !known.some(([, { address }]) => now.has(typeOfAddress(address)));
    return isOther && this.target() !== undefined && !this.wasSynthesized()
      ? [`'to' must be of the same kind as what was at "${this.from}", got "${this.to}"`]
      : [];
  }

  /** Without effect, while a state that was not applied since may still have it there: what is at `to` would be made, and that destroyed. */
  private neverThere(): string[] {
    const { path } = TerraformStack.of(this).node;
    const { resources = {}, moved = {} } = LockFile.of(this).stackAsRead(path) ?? {};
    const named = this.resources().filter(({ terraformResourceType: type }) => HAVE_NAMES.has(type));
    const knowsAll = named.length > 0 && named.every((resource) => resources[pathBelowStack(resource)] !== undefined);
    const isSaid = () => this.said().some(({ move }) => laterAddresses(moved, move.from).includes(move.to));
    return knowsAll && !this.wasSynthesized() && this.moves.length === 0 && !isSaid()
      ? [
          `'from' must be the path of something that berth.lock.json knows, got "${this.from}", and it knows what is at "${this.to}" ` +
            "(where that was renamed before, restore its lines below 'moved'; where every state was applied since, remove this line of code)",
        ]
      : [];
  }

  private resources(): readonly TerraformResource[] {
    const all = this.isUsable ? this.target()?.node.findAll() : undefined;
    return all?.filter(TerraformResource.isTerraformResource) ?? [];
  }

  public override toTerraform(): object {
    // Where there is a memory, it says what is new together with what was before.
    const moved = this.isRemembered() ? [] : this.moves;
    return moved.length === 0 ? {} : { moved };
  }

  private isRemembered(): boolean {
    return LockFile.of(this).counts && FILLS_HASHES in TerraformStack.of(this);
  }

  /** The addresses that the resources had, and have now; nothing once it was synthesized, as the lock file has it then. */
  public get moves(): readonly Move[] {
    const known = this.wasSynthesized() ? [] : this.said();
    const stack = TerraformStack.of(this);
    const lock = LockFile.of(this).stackAsRead(stack.node.path);
    if (lock === undefined) {
      return known.map(({ move }) => move);
    }
    const isThere = (path: string, type: string) => {
      const one = lock.resources[path];
      return one !== undefined && one.released !== true && typeOfAddress(one.address) === type;
    };
    const knowsFormer = Object.keys(lock.resources).some((path) => isBelow(path, this.from));
    // What is new below the construct never was below the former one.
    const isNew = ({ path, type, former, move }: Said) =>
      HAVE_NAMES.has(type) &&
      lock.moved?.[move.from] !== move.to &&
      !isThere(former, type) &&
      (isThere(path, type) || knowsFormer);
    const added = known.filter(isNew).map(({ path }) => ownerPath(path));
    return known.filter(({ path }) => !added.some((owner) => isBelow(path, owner))).map(({ move }) => move);
  }

  /** What the line says of each resource, whether it ever was so or not. */
  private said(): readonly Said[] {
    const resources = this.resources();
    const stack = TerraformStack.of(this);
    const before = Addresses.of(stack);
    const within = resources.length === 0 ? [] : this.within(stack);
    return (
      resources
        .filter((resource) => !within.some((to) => isBelow(pathBelowStack(resource), to)))
        // An id that somebody chose stays.
        .filter((resource) => before.at(pathBelowStack(resource)) === resource.friendlyUniqueId)
        .map((resource) => {
          const path = pathBelowStack(resource);
          const type = resource.terraformResourceType;
          const former = this.from + path.slice(this.to.length);
          const move = { from: `${type}.${before.at(former)}`, to: `${type}.${resource.friendlyUniqueId}` };
          return { path, type, former, move };
        })
    );
  }

  /** Whether the synthesis before this one had the same line: what is at `from` since then is something else. */
  private wasSynthesized(): boolean {
    const stack = TerraformStack.of(this);
    return LockFile.of(this).stackAsRead(stack.node.path)?.renamed?.[this.from] === this.to;
  }

  /** Paths below this one that another word says the past of. */
  private within(stack: TerraformStack): readonly string[] {
    return Renamed.of(stack)
      .filter(({ to }) => to !== this.to && isBelow(to, this.to))
      .map(({ to }) => to);
  }

  private target(): IConstruct | undefined {
    return constructAt(TerraformStack.of(this), this.to);
  }
}

function isBelow(path: string, scope: string): boolean {
  return path === scope || path.startsWith(`${scope}/`);
}

function pathBelowStack(construct: Construct): string {
  return construct.node.path.slice(TerraformStack.of(construct).node.path.length + 1);
}

/** The ids that cdktf gives to paths, found by making something there in an app that nobody synthesizes. */
class Addresses {
  private static readonly known = new WeakMap<TerraformStack, Addresses>();
  private readonly stack: TerraformStack;

  /** One for each stack, however many of its constructs are renamed and however often they are rendered. */
  public static of(stack: TerraformStack): Addresses {
    const addresses = Addresses.known.get(stack) ?? new Addresses(stack);
    Addresses.known.set(stack, addresses);
    return addresses;
  }

  private constructor(real: TerraformStack) {
    const app = new App({ skipValidation: true });
    for (const flag of FLAGS) {
      const value: unknown = real.node.tryGetContext(flag);
      if (value !== undefined) {
        app.node.setContext(flag, value);
      }
    }
    this.stack = new TerraformStack(app, real.node.id);
  }

  public at(path: string): string {
    const parts = path.split("/");
    const id = parts.pop() ?? "";
    const scope = parts.reduce<Construct>(
      (parent, part) => (parent.node.tryFindChild(part) as Construct | undefined) ?? new Construct(parent, part),
      this.stack,
    );
    const known = scope.node.tryFindChild(id) as TerraformElement | undefined;
    return (known ?? new TerraformElement(scope, id)).friendlyUniqueId;
  }
}
