import { randomUUID } from "node:crypto";
import { failure } from "../machines/execute";
import { type State, withoutResources, withResource } from "../machines/state";
import type { Terraform } from "../machines/terraform";
import type { Step } from "./repair";

/**
 * Writes what was adopted into the state, in one go. What Terraform says where that fails.
 *
 * @param forgotten - addresses that the state is to know no more
 */
export function pushAdopted(
  steps: readonly Step[],
  forgotten: readonly string[],
  terraform: Terraform,
): string | undefined {
  const full = terraform.providers().find((name) => name.endsWith("/dmacvicar/libvirt"));
  if (full === undefined) {
    return `the provider is not installed: ${terraform.command("init")}`;
  }
  const now: State = terraform.pullState() ?? {
    version: 4,
    terraform_version: "1.4.0",
    serial: 0,
    lineage: randomUUID(),
    outputs: {},
    resources: [],
  };
  const next = steps.reduce(
    (state, { repair, address }) => {
      if (repair.kind !== "adopt" || address === null) {
        return state;
      }
      const { type, name, attributes, alias } = repair;
      const provider = `provider["${full}"]${alias === undefined ? "" : `.${alias}`}`;
      // All of this provider's resources have schema version 0.
      const instances = [{ schema_version: 0, attributes: attributes as Readonly<Record<string, unknown>> }];
      return withResource(state, { mode: "managed", type, name, provider, instances });
    },
    withoutResources(now, forgotten),
  );
  return failure(terraform.pushState({ ...next, serial: now.serial + 1 }));
}
