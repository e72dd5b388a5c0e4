import { addressesIn, literalName, resourcesOn } from "../machines/endpoint";
import type { Step } from "./repair";
import { about, type Found, type Scene } from "./scene";
import type { EngineSight } from "./sight";

/** What lets a plan go through whose engine does not answer. */
export function ofEngine(scene: Scene, { endpoint, error }: EngineSight): Found {
  const own = resourcesOn(scene.stack, endpoint.name);
  const held = own.filter((one) => scene.attribute(one, "id") !== undefined);
  if (error === undefined || held.length === 0) {
    return [];
  }
  const nobody = { construct: null, address: null };
  const guests = scene.guestsUnder(endpoint.name);
  if (guests.length === 0) {
    return [{ ...nobody, reason: `the engine at ${endpoint.address} does not answer: ${error}` }];
  }
  return guests.flatMap((guest): Found => {
    const name = literalName(guest) ?? "";
    const host = scene.host(guest);
    const seen = host?.guests.find((one) => one.name === name);
    if (!host) {
      return [{ ...nobody, reason: `nor the engine at ${endpoint.address} nor the host of its guest ${name} answers` }];
    }
    if (seen) {
      return seen.state === "running"
        ? [
            {
              ...about(guest),
              reason: `guest ${name} runs, and its engine at ${endpoint.address} does not answer yet: look at its console (${error})`,
            },
          ]
        : [];
    }
    const disks = own.flatMap(addressesIn).map((address) => scene.stack.at(address));
    const data = disks.flatMap((one) => (one?.type === "libvirt_volume" ? one : []));
    if (data.some((one) => !scene.isListed(one))) {
      // The pool is off, and started first: whether the disk is there is seen in the next round.
      return [];
    }
    const gone = data.length > 0 && data.every((one) => scene.volume(one) === undefined);
    return [
      gone
        ? forgotten(
            held.map(({ address }) => address),
            name,
          )
        : made(scene, guest.address, own.flatMap(addressesIn)),
    ];
  });
}

function forgotten(addresses: readonly string[], guest: string): Step {
  return {
    construct: null,
    address: null,
    action: "forget",
    reason: `guest ${guest} and the disk of its engine are gone, and what was in it with them: a plan fails for ${addresses.join(", ")}`,
    asksFirst: true,
    repair: { kind: "command", run: { on: "terraform", args: ["state", "rm", ...addresses] } },
  };
}

/** The guest alone, with the gate that waits for its engine: what is on its disk is there again then. */
function made(scene: Scene, guest: string, references: readonly string[]): Step {
  const gates = [...new Set(references)].filter((address) => scene.stack.at(address)?.type === "terraform_data");
  const one = scene.stack.at(guest);
  return {
    ...(one ? about(one) : { construct: null, address: guest }),
    action: "make",
    reason:
      "the guest is gone and the disk of its engine is there: a plan fails for what is inside until the guest runs again",
    asksFirst: false,
    repair: { kind: "make", targets: [guest, ...gates] },
  };
}
