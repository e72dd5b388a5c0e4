import type { Document } from "../../rules/document";
import { Tools } from "../machines/clients";
import type { State } from "../machines/state";
import type { Terraform } from "../machines/terraform";
import { checkMadeCertificates } from "./certificates";
import { type Check, Checks } from "./check";
import { checkEngine } from "./engine";
import { checkHypervisor } from "./hypervisor";
import { checkRunner } from "./runner";

/** Looks at everything that a stack needs to be applied: this machine, every host, and the keys that lead there. */
export function examine(stack: Document, terraform: Terraform, now: Date): readonly Check[] {
  const runner = new Checks("this machine");
  const state = stateOf(terraform);
  const tools = Tools.of(stack, state);
  try {
    checkRunner(stack, tools.endpoints, terraform, process.env, runner);
    checkMadeCertificates(state, runner, now);
    const hosts = tools.endpoints.map((endpoint) => {
      const checks = new Checks(endpoint.address);
      if (endpoint.provider === "docker") {
        checkEngine(stack, state, tools.engine(endpoint.name), checks, now);
      } else {
        checkHypervisor(stack, state, tools.libvirt(endpoint.name), checks);
      }
      return checks;
    });
    return [runner, ...hosts].flatMap(({ all }) => all);
  } finally {
    tools.close();
  }
}

/** A stack that was never initialized has no state that could be had; nor has a machine without Terraform. */
function stateOf(terraform: Terraform): State | undefined {
  try {
    return terraform.pullState();
  } catch {
    return undefined;
  }
}
