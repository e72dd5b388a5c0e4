import type { HostStack } from "../../../lib/index";
import type { World } from "../case";

/** One change of the code, from one state to another, and what is to come of it. */
export interface LifecycleChange {
  /** What it is about, as the page lists it. */
  readonly construct: string;
  readonly change: string;
  readonly needs: "docker" | "kvm";
  readonly before: Build;
  readonly after: Build;
  /** Waits until what was applied first is up, where nothing is written into it. */
  readonly isUp?: (ask: Ask) => Promise<void>;
  /** What synth refuses the second state with; undefined where it is applied. */
  readonly refused?: RegExp;
  /** The worst class that the report has for it; of what is refused, nothing. */
  readonly class?: string;
  /** What was written before, and where it is read afterwards; undefined where nothing of it is to be left. */
  readonly data?: Mark | undefined;
  /** Further questions to the daemons afterwards; throws where an answer is another one. */
  readonly check?: (ask: Ask) => void | Promise<void>;
}

export type Build = (stack: HostStack, world: World) => void;

/** Daemons to ask. */
export interface Ask {
  docker(...args: string[]): string;
  virsh(...args: string[]): string;
}

/** Something written into data, and read again. */
export interface Mark {
  write(ask: Ask): void | Promise<void>;
  read(ask: Ask): string;
  readonly expected: string;
}
