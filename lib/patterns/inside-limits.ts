import type { Problem } from "../core/problems";
import type { HostNeeds } from "../docker/docker-host";
import type { Cidr } from "../units/ipv4";

/** What is known of the machine that an engine inside a guest stands on. */
export interface InsideLimits {
  readonly vcpus: number;
  /** The guest's own address. */
  readonly address: string;
  /** Of the networks that the guest is on. */
  readonly subnets: readonly Cidr[];
  /** Whether every network of the guest is one of these. */
  readonly knowsAll: boolean;
  /** Port of the engine, where it listens on the network. */
  readonly enginePort: number | undefined;
  /** Names of further runtimes. */
  readonly runtimes: readonly string[];
}

/** What a guest cannot give to a service: the engine accepts none of these, and says so at apply only. */
export function lacking({ ports, cpus, runtime }: HostNeeds, limits: InsideLimits): readonly Problem[] {
  const problems: Problem[] = [];
  const holders = new Map([
    [22, "the guest's ssh"],
    [limits.enginePort, "the engine itself"],
  ]);
  for (const { address, hostPort, protocol } of ports) {
    const holder = protocol === "tcp" && hostPort !== undefined ? holders.get(hostPort) : undefined;
    if (holder !== undefined) {
      const bound = `leave port ${hostPort} of the guest to ${holder}`;
      problems.push({ prop: "ports", bound, value: `${hostPort}/tcp`, fix: "choose another host port" });
    }
    if (address !== undefined && address !== limits.address && isForeign(address, limits)) {
      const bound = `be published on an address of the guest, ${limits.address}`;
      problems.push({ prop: "ports", bound, value: JSON.stringify(address), fix: "0.0.0.0 stands for all it has" });
    }
  }
  if (cpus !== undefined && cpus > limits.vcpus) {
    const fix = "the engine refuses more than there are; give the guest more";
    problems.push({ prop: "cpus", bound: `be at most the guest's ${limits.vcpus} vcpus`, value: String(cpus), fix });
  }
  if (runtime !== undefined && !isKnown(runtime, limits.runtimes)) {
    const known = ["runc", ...limits.runtimes].join(", ");
    const fix = "name it in 'engine.runtimes' of the guest";
    problems.push({ prop: "runtime", bound: `be one of the guest's: ${known}`, value: JSON.stringify(runtime), fix });
  }
  return problems;
}

/** An address of a network that the guest is on, or of none where all of its networks are known. */
function isForeign(address: string, { subnets, knowsAll }: InsideLimits): boolean {
  const local = /^(0\.0\.0\.0$|127\.)|:/.test(address);
  return !local && (knowsAll || subnets.some((subnet) => subnet.offsetOf(address) !== undefined));
}

/** Newer engines find the shims of containerd by themselves. */
function isKnown(runtime: string, further: readonly string[]): boolean {
  return runtime === "runc" || runtime.startsWith("io.containerd.") || further.includes(runtime);
}
