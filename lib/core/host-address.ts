import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isAcknowledged } from "./acknowledgements";
import { LockFile } from "./lock-file";
import type { LockedResource } from "./lock-format";
import { daemonKey } from "./machine-key";
import { providerAlias } from "./naming";
import { problemMessage } from "./problems";

/** The word that a host is the same one as before, reached in another way. */
const SAME_HOST = "host/endpoint";

/** Where the lock file knows a host to have been, and what on it. */
export interface HostBefore {
  /** Docker's host, or libvirt's URI. */
  readonly endpoint: string;
  readonly resources: readonly LockedResource[];
}

/** What the lock file knows of a host; undefined for a new one, and where the lock file does not count. */
export function hostBefore(host: IConstruct, provider: "docker" | "libvirt"): HostBefore | undefined {
  const stack = TerraformStack.of(host);
  const lock = LockFile.of(stack);
  const block = `${provider}.${providerAlias(host, stack)}`;
  const { hosts = {}, resources = {} } = (lock.counts ? lock.stackBefore(stack.node.path) : undefined) ?? {};
  const endpoint = hosts[block];
  return endpoint === undefined
    ? undefined
    : { endpoint, resources: Object.values(resources).filter((one) => one.host === block) };
}

/**
 * A host whose id leads to another daemon than before, while the lock file knows of something on it: Terraform would look there for
 * what is on the former one, and make it once more.
 *
 * @param prop - the prop that says where the host is
 */
export function movedHost(
  host: IConstruct,
  provider: "docker" | "libvirt",
  prop: string,
  endpoint: string,
): readonly string[] {
  const before = hostBefore(host, provider);
  const names = (before?.resources ?? []).filter(({ released }) => released !== true).map(({ name }) => `"${name}"`);
  if (
    before === undefined ||
    daemonKey(before.endpoint) === daemonKey(endpoint) ||
    names.length === 0 ||
    isAcknowledged(host, SAME_HOST)
  ) {
    return [];
  }
  const message = problemMessage({
    prop,
    bound: `stay ${before.endpoint} while ${names.join(", ")} ${names.length === 1 ? "is" : "are"} on it`,
    value: endpoint,
    fix:
      "Terraform would leave what is there, and make it once more on the other one; use another id for another host; where both are one " +
      `host, acknowledge(${host.node.id}, "${SAME_HOST}", "…") for one synthesis`,
  });
  return [`${message} [${SAME_HOST}]`];
}
