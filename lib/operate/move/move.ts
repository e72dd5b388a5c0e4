import type { Document } from "../../rules/document";
import { connectionProblems } from "../../units/libvirt-uri";
import { mustSucceed } from "../machines/execute";
import { LibvirtConnection } from "../machines/libvirt-connection";
import { forget, privateFolder } from "../machines/private-folder";
import type { Terraform } from "../machines/terraform";
import { wait } from "../machines/wait";
import { adopt } from "../recover/adoption";
import { pushAdopted } from "../recover/push";
import type { Step } from "../recover/repair";
import type { Scene } from "../recover/scene";
import { withScene } from "../recover/stack-scene";
import { makeAlone } from "../targeted-plans";
import { copyDisk, type Route } from "./copy";
import { type Journey, journeyOf, NoJourney, type Parcel } from "./journey";

/** Seconds that a guest has to shut down. */
const SHUTDOWN = 300;

export interface MoveTeller {
  step(text: string): void;
}

/** A guest of a stack, and where it comes from. */
export interface Move {
  readonly stack: Document;
  readonly terraform: Terraform;
  readonly construct: string;
  /** libvirt's URI of the host that it leaves. */
  readonly from: string;
  /** False where it is only told. */
  readonly apply: boolean;
  readonly teller: MoveTeller;
}

/**
 * Copies a guest's disks to the host that the code names now, and tells the state so: the next apply makes the guest there.
 * What is on the host that it leaves stays as it is, shut down, and does not start by itself.
 */
export async function moveGuest(move: Move): Promise<void> {
  const [wrong] = connectionProblems(move.from);
  if (wrong !== undefined) {
    throw new NoJourney(
      `--from must ${wrong.bound}, got ${wrong.value}${wrong.fix === undefined ? "" : ` (${wrong.fix})`}`,
    );
  }
  const old = new LibvirtConnection({ provider: "libvirt", name: "from", address: move.from, keys: undefined });
  const work = () => moveFrom(old, move);
  try {
    await (move.apply ? move.terraform.locked(work) : work());
  } finally {
    old.close();
  }
}

async function moveFrom(old: LibvirtConnection, { stack, terraform, construct, apply, teller }: Move): Promise<void> {
  const planned = await withScene(stack, terraform, (scene, tools) => {
    const journey = journeyOf(stack, scene.state, construct, scene.resolve);
    refuseSameHost(journey, old, tools.libvirt(journey.endpoint));
    return journey;
  });
  tell(planned, old, teller);
  if (!apply) {
    return;
  }
  if (planned.pools.length > 0) {
    // Whatever else they need is there already, or is made.
    await makeAlone(planned.pools, stack, terraform);
  }
  await shutDown(planned.name, old);
  await withScene(stack, terraform, (_, tools) =>
    copyAll(planned, { old, there: tools.libvirt(planned.endpoint) }, teller),
  );
  await withScene(stack, terraform, async (scene) => {
    const steps = planned.parcels.map(({ one }) => adoption(scene, one));
    const said = await pushAdopted(steps, planned.anew, terraform);
    if (said !== undefined) {
      throw new Error(said);
    }
  });
}

function tell({ name, parcels, anew, pools }: Journey, old: LibvirtConnection, teller: MoveTeller): void {
  if (pools.length > 0) {
    teller.step(`make ${pools.join(", ")} there, where it is not yet`);
  }
  teller.step(`shut down ${name} on ${old.endpoint.address}, where it does not start with its host any more`);
  for (const { from, pool, name: volume } of parcels) {
    teller.step(`copy ${from} to ${volume} in the pool ${pool}`);
  }
  teller.step(`forget ${anew.join(", ")}: the next apply makes them there`);
}

/** One host may be named in several ways: the guest itself says whether both are the same. */
function refuseSameHost({ name }: Journey, old: LibvirtConnection, there: LibvirtConnection): void {
  const uuid = old.told(["domuuid", name]).trim();
  const same = there.endpoint.address === old.endpoint.address || there.run(["domuuid", uuid]).out.trim() === uuid;
  if (same) {
    throw new NoJourney(`the code still has ${name} on the host that it leaves: give it its new host first`);
  }
}

/** Off is only what libvirt says is off: a copy of a disk that something writes to is worth nothing. */
async function shutDown(name: string, old: LibvirtConnection): Promise<void> {
  const state = () => old.told(["domstate", name]).trim();
  if (state() === "paused") {
    throw new Error(`${name} is paused: virsh resume or destroy it, and run the same command again`);
  }
  if (state() !== "shut off") {
    mustSucceed(old.run(["shutdown", name]));
  }
  if (!(await wait(SHUTDOWN, () => state() === "shut off"))) {
    throw new Error(
      `${name} does not shut down within ${SHUTDOWN} s: shut it down by hand, and run the same command again`,
    );
  }
  // With both hosts started again there would be two of it.
  mustSucceed(old.run(["autostart", "--disable", name]));
}

function copyAll({ name, parcels }: Journey, route: Omit<Route, "scratch">, teller: MoveTeller): void {
  const scratch = privateFolder("move");
  try {
    for (const parcel of parcels) {
      if (route.old.told(["domstate", name]).trim() !== "shut off") {
        throw new Error(`${name} was started again: what is copied would not be whole`);
      }
      teller.step(copyDisk(parcel, { ...route, scratch }));
    }
  } finally {
    forget(scratch);
  }
}

function adoption(scene: Scene, one: Parcel["one"]): Step {
  const seen = scene.volume(one);
  if (!seen) {
    throw new Error(`${one.address} is not where it was copied to`);
  }
  const found = adopt(scene, one, { id: seen.path, key: seen.path, path: seen.path }, "copied");
  if (!("action" in found)) {
    throw new Error(found.reason);
  }
  return found;
}
