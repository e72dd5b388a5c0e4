import type { Document } from "../../rules/document";
import { asTyped, executeAll } from "../machines/execute";
import type { Terraform } from "../machines/terraform";
import { pushAdopted } from "../recover/push";
import { withScene } from "../recover/stack-scene";
import { type Growth, growths } from "./growth";

/** What a growing tells while it goes on. */
export interface GrowTeller {
  disk(growth: Growth, commands: readonly string[]): void;
  cannot(growth: Growth): void;
  done(growth: Growth): void;
  failed(growth: Growth, said: string): void;
}

/**
 * Tells, or with `apply` does, what makes disks as large as the code says. Returns how many are not.
 *
 * The provider believes its state about a disk's size, whatever the host says, and cannot change it: so the state is told, too.
 */
export async function grow(stack: Document, terraform: Terraform, apply: boolean, teller: GrowTeller): Promise<number> {
  const work = () => growAll(stack, terraform, apply, teller);
  return apply ? terraform.locked(work) : work();
}

function growAll(stack: Document, terraform: Terraform, apply: boolean, teller: GrowTeller): Promise<number> {
  return withScene(stack, terraform, async (scene, tools) => {
    scene.refuseSilence();
    const all = growths(stack, scene);
    const grown: Growth[] = [];
    for (const growth of all) {
      const commands = growth.run.map((command) => asTyped(command, terraform, tools));
      teller.disk(growth, commands);
      if (commands.length === 0) {
        teller.cannot(growth);
      } else if (apply) {
        const said = await executeAll(growth.run, terraform, tools);
        if (said === undefined) {
          grown.push(growth);
        } else {
          teller.failed(growth, said);
        }
      }
    }
    const steps = grown.flatMap(({ known }) => ("action" in known ? [known] : []));
    const said = steps.length === 0 ? undefined : await pushAdopted(steps, [], terraform);
    for (const growth of grown) {
      if (said === undefined) {
        teller.done(growth);
      } else {
        teller.failed(growth, said);
      }
    }
    return all.length - (said === undefined ? grown.length : 0);
  });
}
