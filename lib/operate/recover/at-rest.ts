import type { Document } from "../../rules/document";
import { Tools } from "../machines/clients";
import type { Terraform } from "../machines/terraform";
import { wait } from "../machines/wait";
import { look, type SeenContainer, type Sight } from "./sight";

/** What a daemon may still be doing for a run that was killed. */
const REST_SECONDS = 60;

/**
 * Waits until the daemons hold the same twice: what a killed run asked of them may still be under way, and would come up after it
 * was looked for. Throws where they do not come to rest.
 */
export async function atRest(stack: Document, terraform: Terraform): Promise<void> {
  const tools = Tools.of(stack, terraform.pullState());
  try {
    let before: ReadonlyMap<string, string> = new Map();
    let busy: readonly string[] = [];
    const rested = await wait(REST_SECONDS, () => {
      const sights = [...look(stack, tools)];
      const now = new Map(sights.map(([name, sight]) => [name, ofRuns(sight)]));
      busy = sights
        .filter(([name]) => now.get(name) !== before.get(name))
        .map(([, { endpoint }]) => `${endpoint.provider} at ${endpoint.address}`);
      before = now;
      return busy.length === 0;
    });
    if (!rested) {
      throw new Error(
        `still busy after ${REST_SECONDS} s: ${busy.join(", ")}; run the same command again once nothing is made or removed there`,
      );
    }
  } finally {
    tools.close();
  }
}

/** What of a daemon a run of Terraform's changes: containers end, start again and report their health by themselves. */
export function ofRuns(sight: Sight): string {
  const told =
    sight.kind === "libvirt"
      ? sight
      : {
          ...sight,
          containers: [...sight.containers].map(([name, one]) => [name, made(one)]),
          networks: [...sight.networks].map(([name, { Id }]) => [name, Id]),
          images: [...sight.images].map(([name, { Id }]) => [name, Id]),
        };
  return JSON.stringify(told, (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value,
  );
}

function made({ Id, State: { Status: status }, NetworkSettings: settings }: SeenContainer): object {
  const networks = Object.values(settings?.Networks ?? {}).map(({ NetworkID }) => NetworkID);
  return { Id, stage: ["created", "removing", "dead"].includes(status) ? status : "made", networks: networks.sort() };
}
