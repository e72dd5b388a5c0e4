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
export async function pushAdopted(
  steps: readonly Step[],
  forgotten: readonly string[],
  terraform: Terraform,
): Promise<string | undefined> {
  const providers = terraform.providers();
  const full = (type: string) =>
    providers.find((name) => name.endsWith(type.startsWith("docker_") ? "/kreuzwerker/docker" : "/dmacvicar/libvirt"));
  if (steps.some(({ repair }) => repair.kind === "adopt" && full(repair.type) === undefined)) {
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
      const { type, name, attributes, alias, schemaVersion, dependencies } = repair;
      const provider = `provider["${full(type)}"]${alias === undefined ? "" : `.${alias}`}`;
      const instance = { schema_version: schemaVersion, attributes: { ...attributes }, dependencies };
      return withResource(state, { mode: "managed", type, name, provider }, instance);
    },
    withoutResources(now, forgotten),
  );
  return failure(await terraform.pushState({ ...next, serial: now.serial + 1 }));
}
