import * as fs from "node:fs";
import * as path from "node:path";
import {
  App,
  DISABLE_STACK_TRACE_IN_METADATA,
  type ISynthesisSession,
  LocalBackend,
  TerraformBackend,
  TerraformStack,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { FILLS_HASHES } from "../core/body-hash";
import { LockFile, LockFileError } from "../core/lock-file";
import { Problems } from "../core/problems";
import { instance, oneOf, optional, readProps, type Shape } from "../core/shape";
import { stackFolder } from "../core/synthesis-hooks";
import { checkAcross } from "../rules/across";
import type { Json } from "../rules/document";
import { type Members, setAt } from "./merge";
import { Remembered } from "./remembered";
import { elementsOf, prepareElements, renderStack } from "./render-stack";
import { RequiredVersion } from "./required-version";
import { sameAddresses } from "./same-address";
import { StackCheck } from "./stack-check";
import { StackMemory } from "./stack-memory";
import { StateBackend } from "./state-backend";
import { type Located, SynthesisError } from "./synthesis-error";
import { declareTool, TOOLS, type Tool } from "./tool";

/** What a {@link HostStack} takes. */
export interface HostStackProps {
  /**
   * Where the state is kept. Changing it moves nothing by itself: `terraform init -migrate-state` does. Becomes `backend`.
   * @default - in the project, at `terraform.<stack>.tfstate`
   */
  readonly state?: StateBackend | undefined;
  /**
   * What applies the stack, by the oldest release: `"terraform 1.7"` or `"opentofu 1.10"`. Some blocks are rendered only where
   * this says that they are read: see {@link Released}. Changing it touches nothing that runs. Becomes `required_version`.
   * @default - Terraform 1.4 or later, or OpenTofu
   */
  readonly tool?: Tool | undefined;
}

const SHAPE: Shape<HostStackProps> = {
  tool: optional(oneOf(...TOOLS)),
  state: optional(instance(StateBackend, 'StateBackend.postgres({ connection: "postgres://127.0.0.1/berth" })')),
};

/**
 * A stack of hosts, guests and services. It writes what `TerraformStack` writes, and besides
 *
 * - fills in the body hashes that make Terraform see what the providers ignore,
 * - holds the finished JSON against the provider schemas and the provider rules,
 * - keeps the state in the project at `terraform.<stack>.tfstate` by a relative path, so that the JSON is the same on
 *   every machine, or where `state` says; any other backend of cdktf takes its place,
 * - remembers in the lock file what it has and what of it is kept, and refuses what would be destroyed without a word,
 * - writes nothing for an app that has an error, leaves what was written before, and reports the errors of all its stacks at once.
 *
 * @example
 * const app = new App();
 * const stack = new HostStack(app, "side-by-side");
 */
export class HostStack extends TerraformStack {
  private checked: Json | undefined;
  /** The JSON that the other stacks of the app are held against. */
  private rendered: Json | undefined;
  /** What {@link addOverride} was told; the base class keeps its own to itself. */
  private readonly overrides: Members = {};
  private synthesizedIn: ISynthesisSession | undefined;
  private readonly inner: TerraformStack["synthesizer"];
  private readonly check = new StackCheck(this);
  private readonly memory = new StackMemory(this);

  constructor(scope: Construct, id: string, props: HostStackProps = {}) {
    super(scope, id);
    // The manifest would hold where a warning came from, by paths of this machine.
    this.node.setContext(DISABLE_STACK_TRACE_IN_METADATA, true);
    Object.defineProperty(this, FILLS_HASHES, { value: true });
    const problems = new Problems();
    const { state, tool } = readProps(this.node.path, props, SHAPE, problems);
    declareTool(this, tool);
    if (tool !== undefined) {
      new RequiredVersion(this, "required-version", tool);
    }
    const other = state?.attach(this);
    problems.check(
      other === undefined,
      "state",
      "be the state of one stack alone, where its place is named",
      other,
      "leave its key or schema out: each stack has its own then",
    );
    problems.reportOn(this);
    stacksOf(this.node.root).push(this);
    this.inner = this.synthesizer;
    this.synthesizer = { synthesize: (session) => this.synthesizeOnce(session) };
    new Remembered(this, "remembered");
    // What is remembered is written after everything else, also of a stack that nothing asks for a slot.
    LockFile.of(this);
  }

  public static isHostStack(construct: IConstruct): construct is HostStack {
    return construct instanceof HostStack;
  }

  public override ensureBackendExists(): TerraformBackend {
    const known = this.node.tryFindChild("backend");
    if (known !== undefined && !TerraformBackend.isBackend(known)) {
      throw new TypeError(`[${known.node.path}] the id must not be "backend", which every stack uses for its backend`);
    }
    const other = elementsOf(this).find(TerraformBackend.isBackend);
    return known ?? other ?? new LocalBackend(this, { path: `../../../terraform.${this.node.id}.tfstate` });
  }

  public override prepareStack(): void {
    const elements = elementsOf(this);
    if (!elements.some(TerraformBackend.isBackend)) {
      elements.push(this.ensureBackendExists());
    }
    prepareElements(this, elements);
  }

  public override addOverride(path: string, value: unknown): void {
    super.addOverride(path, value);
    setAt(this.overrides, path, value);
  }

  /** Runs the construct's validations and the rules over the finished JSON, and throws all of it as one error. */
  public override runAllValidations(): void {
    const problems: Located[] = [];
    for (const { node } of this.node.findAll()) {
      for (const message of node.validate()) {
        problems.push({ path: node.path, message });
      }
    }
    const elements = elementsOf(this);
    problems.push(...sameAddresses(elements));
    const json = renderStack(this, elements, this.overrides);
    this.rendered = json;
    problems.push(...this.check.errorsIn(json), ...this.memory.problemsIn(json, elements));
    if (problems.length > 0) {
      throw new SynthesisError(problems);
    }
    this.checked = json;
  }

  public override toTerraform(): Json {
    const json = this.checked ?? renderStack(this, elementsOf(this), this.overrides);
    this.checked = undefined;
    return json;
  }

  /** What resources of several stacks claim of one machine; constructs of berth's have said so themselves. */
  private static across(stacks: readonly HostStack[]): Located[] {
    const jsons = new Map(
      stacks.flatMap((stack) => (stack.rendered ? [[stack.node.path, stack.rendered] as const] : [])),
    );
    const found = checkAcross(jsons);
    return stacks.flatMap((stack) => {
      stack.rendered = undefined;
      return stack.check.errorsOf(found.get(stack.node.path) ?? []);
    });
  }

  /** The first stack of an app synthesizes all of them, so that one run reports every problem and writes all or nothing. */
  private synthesizeOnce(session: ISynthesisSession): void {
    if (this.synthesizedIn === session) {
      return;
    }
    const stacks = stacksOf(this.node.root);
    const together = stacks.includes(this) && session.outdir === App.of(this).outdir ? stacks : [this];
    const problems: Located[] = [];
    const files = together.map((stack) => path.join(stackFolder(stack, session.outdir), "cdk.tf.json"));
    const before = files.map((file) => (fs.existsSync(file) ? fs.readFileSync(file) : undefined));
    for (const stack of together) {
      try {
        stack.inner.synthesize(session);
        stack.synthesizedIn = session;
      } catch (error) {
        if (error instanceof LockFileError) {
          problems.push({ path: stack.node.path, message: error.message });
        } else if (error instanceof SynthesisError) {
          problems.push(...error.problems);
        } else {
          throw error;
        }
      }
    }
    problems.push(...HostStack.across(together));
    if (problems.length > 0) {
      // What is applied may be planned, reported and destroyed while the code is corrected.
      for (const [index, file] of files.entries()) {
        putBack(file, before[index]);
      }
      for (const stack of together) {
        stack.synthesizedIn = undefined;
      }
      throw new SynthesisError(problems);
    }
  }
}

const ofApps = new WeakMap<IConstruct, HostStack[]>();

/** The stacks of an app, in the order in which they were made. */
function stacksOf(root: IConstruct): HostStack[] {
  const known = ofApps.get(root) ?? [];
  ofApps.set(root, known);
  return known;
}

function putBack(file: string, content: Buffer | undefined): void {
  if (content === undefined) {
    fs.rmSync(file, { force: true });
  } else {
    fs.writeFileSync(file, content);
  }
}
