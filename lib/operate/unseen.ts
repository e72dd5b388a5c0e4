import type { Document } from "../rules/document";
import type { Change } from "./change-class";
import type { Terraform } from "./machines/terraform";
import { findRepairs } from "./recover/findings";
import { withScene } from "./recover/stack-scene";

/** What is off on its host, and in no plan: an apply will end well, and leave it off. Throws where a host does not tell. */
export async function unseen(stack: Document, terraform: Terraform): Promise<readonly Change[]> {
  const steps = await withScene(stack, terraform, (scene) => {
    scene.refuseSilence();
    return findRepairs(scene).steps;
  });
  return steps
    .filter(({ action, address }) => (action === "start" || action === "set") && address !== null)
    .map(({ construct, address, reason }) => ({
      construct,
      address: address ?? "",
      class: "ignored",
      reason: `${reason}; berth recover does it`,
      rule: null,
      alsoHits: [],
    }));
}
