import type { Command } from "../machines/execute";

/** The smallest thing that lets the next apply go through. */
export type Repair =
  /** A command of a daemon's client, or of Terraform's. */
  | {
      readonly kind: "command";
      readonly first?: Command;
      readonly run: Command;
      /** Takes `first` back where `run` fails. */
      readonly undo?: Command;
    }
  /** Writes what is there into the state, as the configuration declares it. */
  | {
      readonly kind: "adopt";
      readonly type: string;
      readonly name: string;
      readonly alias: string | undefined;
      readonly attributes: object;
      /** Of the provider's form of its attributes. */
      readonly schemaVersion: number;
      /** Addresses of what it stands on. */
      readonly dependencies: readonly string[];
    }
  /** Has Terraform make some of the stack's resources, and change nothing else. */
  | { readonly kind: "make"; readonly targets: readonly string[] }
  /** Starts something that Terraform does not see is off, and waits for the engine in it. */
  | { readonly kind: "start"; readonly first?: Command; readonly run: Command; readonly awaits: readonly string[] };

/** What a repair is called. */
export type Action =
  | "adopt"
  | "remove"
  | "start"
  | "set"
  | "connect"
  | "disconnect"
  | "import"
  | "forget"
  | "make"
  | "make again"
  | "replace"
  | "push";

export interface Step {
  readonly construct: string | null;
  /** Null for what is of no resource. */
  readonly address: string | null;
  readonly action: Action;
  /** What was found, and what an apply would do without the repair. */
  readonly reason: string;
  /** True where something may be lost that is not in the code: it is done only after somebody said yes. */
  readonly asksFirst: boolean;
  /** True where a plan shows it, and its apply does the same. */
  readonly inPlan?: boolean;
  /** True where a plan made before would end with an error, take for gone what is there, or change something itself. */
  readonly beforePlans?: boolean;
  /** As of an {@link Obstacle}. */
  readonly inTheWay?: boolean;
  readonly repair: Repair;
}

/** What recover leaves to a person: somebody has to decide, to look, or to apply first. */
export interface Obstacle {
  readonly construct: string | null;
  readonly address: string | null;
  readonly reason: string;
  /** True where something of its name is there that the state does not know: an apply that makes it ends with an error. */
  readonly inTheWay?: boolean;
  /** True where no plan shows it: an apply ends well, and leaves it so. */
  readonly leftSo?: boolean;
}
