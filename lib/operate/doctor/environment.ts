import * as net from "node:net";
import type { Document } from "../../rules/document";
import type { Endpoint } from "../machines/endpoint";
import type { Checks } from "./check";

/** What of the environment leads the providers to somewhere else. */
export function checkEnvironment(
  stack: Document,
  endpoints: readonly Endpoint[],
  environment: NodeJS.ProcessEnv,
  checks: Checks,
): void {
  const docker = endpoints.filter(({ provider }) => provider === "docker");
  const newer = stack.constraintOf("docker")?.startsWith(">= 4") === true;
  if (docker.length > 0 && environment.DOCKER_CONTEXT !== undefined && newer) {
    checks.error(
      "DOCKER_CONTEXT is set, and parts of the 4.x provider follow it to another engine",
      "unset DOCKER_CONTEXT where Terraform runs",
    );
  }
  const proxy = environment.HTTPS_PROXY ?? environment.https_proxy;
  const spared = (environment.NO_PROXY ?? environment.no_proxy ?? "").split(",").map((one) => one.trim());
  for (const { address } of docker) {
    const machine = /^tcp:\/\/([^:/]+)/.exec(address)?.[1];
    if (proxy !== undefined && machine !== undefined && !spared.some((one) => isSpared(machine, one))) {
      checks.error(
        `HTTPS_PROXY is set, and the provider would reach ${address} through it`,
        `NO_PROXY=${[...spared.filter((one) => one !== ""), machine].join(",")}`,
      );
    }
  }
  if (proxy !== undefined) {
    checks.ok(`proxy ${proxy.replace(/\/\/[^@/]*@/, "//…@")}`);
  }
}

/** As Go's clients read NO_PROXY: names with all below them, addresses, and ranges of addresses. */
function isSpared(machine: string, rule: string): boolean {
  const [address = "", bits] = rule.split("/");
  if (bits !== undefined && net.isIPv4(address) && net.isIPv4(machine)) {
    const range = new net.BlockList();
    range.addSubnet(address, Number(bits));
    return range.check(machine);
  }
  const name = rule.replace(/^\*?\./, "");
  return rule === "*" || machine === name || (name !== "" && machine.endsWith(`.${name}`));
}
