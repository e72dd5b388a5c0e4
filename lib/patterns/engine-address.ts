import type { IConstruct } from "constructs";
import { isAcknowledged } from "../core/acknowledgements";
import { hostBefore } from "../core/host-address";
import { addressOf } from "../core/naming";
import { problemMessage } from "../core/problems";
import type { TerraformData } from "../providers/terraform/terraform-data";

/** The word that another address of an engine is known to take two applies. */
export const ENGINE_ADDRESS = "patterns/engine-address";

/**
 * Another address of a guest whose engine carries something: every plan reaches the engine at the new one, which the guest does not
 * have before an apply. So the guest is applied first, by itself.
 */
export function readdressed(engine: IConstruct, endpoint: string, gate: TerraformData): readonly string[] {
  const before = hostBefore(engine, "docker");
  if (
    before === undefined ||
    before.endpoint === endpoint ||
    before.resources.length === 0 ||
    isAcknowledged(engine, ENGINE_ADDRESS)
  ) {
    return [];
  }
  const message = problemMessage({
    prop: "networks",
    bound: `keep the address of an engine that carries something, ${before.endpoint}, for the length of one apply`,
    value: endpoint,
    fix:
      `acknowledge(${engine.node.id}, "${ENGINE_ADDRESS}", "…"), synthesize, then ` +
      `terraform apply -target=${addressOf(gate)}, which moves the guest, and terraform apply for the rest`,
  });
  return [`${message} [${ENGINE_ADDRESS}]`];
}
