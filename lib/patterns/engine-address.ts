import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isAcknowledged } from "../core/acknowledgements";
import type { LockFile } from "../core/lock-file";
import { addressOf, providerAlias } from "../core/naming";
import { problemMessage } from "../core/problems";
import type { TerraformData } from "../providers/terraform/terraform-data";

/** The word that another address of an engine is known to take two applies. */
export const ENGINE_ADDRESS = "patterns/engine-address";

/**
 * Another address of a guest whose engine carries something: every plan reaches the engine at the new one, which the guest does not
 * have before an apply. So the guest is applied first, by itself.
 */
export function readdressed(
  engine: IConstruct,
  endpoint: string,
  gate: TerraformData,
  lock: LockFile,
): readonly string[] {
  const stack = TerraformStack.of(engine);
  const alias = `docker.${providerAlias(engine, stack)}`;
  const { hosts = {}, resources = {} } = lock.stackBefore(stack.node.path) ?? {};
  const before = hosts[alias];
  const carries = Object.values(resources).some(({ host }) => host === alias);
  if (
    !lock.counts ||
    before === undefined ||
    before === endpoint ||
    !carries ||
    isAcknowledged(engine, ENGINE_ADDRESS)
  ) {
    return [];
  }
  const message = problemMessage({
    prop: "networks",
    bound: `keep the address of an engine that carries something, ${before}, for the length of one apply`,
    value: endpoint,
    fix:
      `acknowledge(${engine.node.id}, "${ENGINE_ADDRESS}", "…"), synthesize, then ` +
      `terraform apply -target=${addressOf(gate)}, which moves the guest, and terraform apply for the rest`,
  });
  return [`${message} [${ENGINE_ADDRESS}]`];
}
