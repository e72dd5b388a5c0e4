import { Token } from "cdktf";
import type { Construct, IValidation } from "constructs";
import { quote, UnitError } from "../units/unit-error";

/** One thing that is wrong with what the user wrote. */
export interface Problem {
  /** The prop as the user knows it. */
  readonly prop: string;
  /** What it must be, continuing "must be …" or another verb phrase where that reads better. */
  readonly bound: string;
  /** What it was. */
  readonly value: string;
  /** The way out. */
  readonly fix?: string | undefined;
}

/** The message of a problem, without the construct path. */
export function problemMessage({ prop, bound, value, fix }: Problem): string {
  return `'${prop}' must ${bound}, got ${value}${fix === undefined ? "" : ` (${fix})`}`;
}

/**
 * Collects what is wrong with one construct, so that a single synth reports all of it. Bad input never throws here: the
 * model goes on with a stand-in value, and the construct's validation reports the problems before anything is written.
 */
export class Problems implements IValidation {
  private readonly found: Problem[] = [];

  /** Everything found so far, in the order it was found. */
  public get all(): readonly Problem[] {
    return this.found;
  }

  public add(prop: string, bound: string, value: unknown, fix?: string): void {
    this.found.push({ prop, bound, value: quote(value), fix });
  }

  /** Adds a problem whose value is told in words rather than quoted. */
  public addText(prop: string, bound: string, value: string, fix?: string): void {
    this.found.push({ prop, bound, value, fix });
  }

  public include(problems: readonly Problem[]): void {
    this.found.push(...problems);
  }

  /** The messages of everything found so far. */
  public get messages(): string[] {
    return this.found.map(problemMessage);
  }

  /** Adds a problem where `good` is false. */
  public check(good: boolean, prop: string, bound: string, value: unknown, fix?: string): void {
    if (!good) {
      this.add(prop, bound, value, fix);
    }
  }

  /** Runs a parser of lib/units and returns its result, or `fallback` with a problem of `prop`. */
  public read<T>(prop: string, parse: () => T, fallback: T): T {
    try {
      return parse();
    } catch (error) {
      if (error instanceof UnitError) {
        this.found.push({ prop, bound: `be ${error.bound}`, value: error.value, fix: error.fix });
        return fallback;
      }
      throw error;
    }
  }

  /** True where `value` is known at synth; else adds the problem that it is not. */
  public literal(prop: string, value: unknown): boolean {
    if (Token.isUnresolved(value)) {
      const why = "berth checks and names things by it before Terraform runs";
      this.addText(prop, "be a literal known at synth", "a token", why);
      return false;
    }
    if (typeof value === "string" && /[$%]\{/.test(value)) {
      this.add(
        prop,
        "be a literal known at synth",
        value,
        "Terraform would take what stands in the braces for its own",
      );
      return false;
    }
    return true;
  }

  /** Reports everything found, now or until then, when `construct` is validated. */
  public reportOn(construct: Construct): void {
    construct.node.addValidation(this);
  }

  public validate(): string[] {
    return this.messages;
  }
}
