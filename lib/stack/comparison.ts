import type { LockedResource, LockedStack } from "../core/lock-format";

/** What a stack was, and what it is now. */
export interface Comparison {
  readonly stack: string;
  readonly before: LockedStack;
  readonly now: LockedStack;
  /** Whether the tree has a construct at a path below the stack. */
  readonly has: (path: string) => boolean;
  /** Whether the tree has the same type of resource at the path that it had. */
  readonly declares: (path: string, resource: LockedResource) => boolean;
  /** The resource that the code has at a path. */
  readonly found: (path: string) => Found | undefined;
  /** Whether Terraform is told that what was at an address is at another one now. */
  readonly isMoved: (from: string, to: string) => boolean;
  /** Provider blocks and the daemons that they lead to, also those that nothing uses. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Whether the stack has the provider block that leads to a host. */
  readonly hasHost: (host: string) => boolean;
  /** Whether a path below the stack is let go of. */
  readonly releases: (path: string) => boolean;
  /** Whether it is, and Terraform forgets it. */
  readonly forgets: (path: string) => boolean;
  /** Whether what applies the stack reads the block that lets go of something. */
  readonly hasBlocks: boolean;
}

/** What the code has at a path, as far as it is told apart by it. */
export interface Found {
  readonly type: string;
  readonly name: unknown;
  /** The provider block that leads to its host. */
  readonly host: string;
  /** Of a volume: its pool, as the lock file says it. */
  readonly pool: string | undefined;
}

/** The daemon that a provider block leads to. */
export function endpointOf({ hosts }: LockedStack, host: string): string {
  return hosts[host] ?? host;
}
