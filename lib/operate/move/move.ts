import * as path from "node:path";
import type { Document } from "../../rules/document";
import { run } from "../machines/command";
import { failure } from "../machines/execute";
import { LibvirtConnection } from "../machines/libvirt-connection";
import { forget, privateFolder } from "../machines/private-folder";
import type { Terraform } from "../machines/terraform";
import { wait } from "../machines/wait";
import { adopt } from "../recover/adoption";
import { pushAdopted } from "../recover/push";
import type { Step } from "../recover/repair";
import type { Scene } from "../recover/scene";
import { withScene } from "../recover/stack-scene";
import { TargetedPlans } from "../targeted-plans";
import { formatOf, type Journey, journeyOf, NoJourney, type Parcel } from "./journey";

/** Seconds that a guest has to shut down. */
const SHUTDOWN = 300;

export interface MoveTeller {
  step(text: string): void;
}

/**
 * Copies a guest's disks to the host that the code names now, and tells the state so: the next apply makes the guest there.
 * What is on the host that it leaves stays as it is, shut down.
 */
export async function moveGuest(
  stack: Document,
  terraform: Terraform,
  construct: string,
  fromUri: string,
  apply: boolean,
  teller: MoveTeller,
): Promise<void> {
  const work = () => moveDisks(stack, terraform, construct, fromUri, apply, teller);
  return apply ? terraform.locked(work) : work();
}

async function moveDisks(
  stack: Document,
  terraform: Terraform,
  construct: string,
  fromUri: string,
  apply: boolean,
  teller: MoveTeller,
): Promise<void> {
  const old = new LibvirtConnection({ provider: "libvirt", name: "from", address: fromUri, keys: undefined });
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
    await makePools(planned.pools, stack, terraform);
  }
  await shutDown(planned.name, old);
  await withScene(stack, terraform, (scene, tools) =>
    copyAll(planned, scene, old, tools.libvirt(planned.endpoint), teller),
  );
  await withScene(stack, terraform, async (scene) => {
    const steps = planned.parcels.map(({ one }) => adoption(scene, one));
    const said = await pushAdopted(steps, planned.anew, terraform);
    if (said !== undefined) {
      throw new Error(said);
    }
  });
}

/** The pools alone: whatever else they stand on is there already, or is made. */
async function makePools(pools: readonly string[], stack: Document, terraform: Terraform): Promise<void> {
  const plans = new TargetedPlans(stack, terraform);
  try {
    await plans.apply(await plans.make(pools), []);
  } finally {
    plans.close();
  }
}

function tell({ name, parcels, anew, pools }: Journey, old: LibvirtConnection, teller: MoveTeller): void {
  if (pools.length > 0) {
    teller.step(`make ${pools.join(", ")} there, where it is not yet`);
  }
  teller.step(`shut down ${name} on ${old.endpoint.address}`);
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
    must(old.run(["shutdown", name]));
  }
  if (!(await wait(SHUTDOWN, () => state() === "shut off"))) {
    throw new Error(
      `${name} does not shut down within ${SHUTDOWN} s: shut it down by hand, and run the same command again`,
    );
  }
}

function copyAll(
  { name, parcels }: Journey,
  scene: Scene,
  old: LibvirtConnection,
  there: LibvirtConnection,
  teller: MoveTeller,
): void {
  const scratch = privateFolder("move");
  try {
    for (const parcel of parcels) {
      const before = scene.volume(parcel.one);
      if (before) {
        throw new Error(
          `${parcel.name} is in the pool ${parcel.pool} there already, perhaps as half a copy: ${there.command(["vol-delete", before.path])}, if nobody needs it, and run the same command again`,
        );
      }
      if (old.told(["domstate", name]).trim() !== "shut off") {
        throw new Error(`${name} was started again: what is copied would not be whole`);
      }
      copy(parcel, path.join(scratch, "disk"), old, there);
      teller.step(`copied ${parcel.name}`);
    }
  } finally {
    forget(scratch);
  }
}

function copy(
  { name, from, pool, format, base, one }: Parcel,
  file: string,
  old: LibvirtConnection,
  there: LibvirtConnection,
): void {
  must(old.run(["vol-download", "--sparse", from, file]));
  if (base) {
    // The disk below lies elsewhere now, with the same content.
    const below = there.told(["vol-path", String(base.body.name), "--pool", pool]).trim();
    must(run("qemu-img", ["rebase", "-u", "-f", format, "-F", formatOf(base), "-b", below, file]));
  }
  const capacity =
    /<capacity unit='bytes'>(\d+)</.exec(old.run(["vol-dumpxml", from]).out)?.[1] ?? String(one.body.capacity);
  must(there.run(["vol-create-as", pool, name, capacity, "--allocation", "0", "--format", format]));
  must(there.run(["vol-upload", "--sparse", name, file, "--pool", pool]));
  must(there.run(["pool-refresh", pool]));
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

function must(ran: ReturnType<typeof run>): void {
  const said = failure(ran);
  if (said !== undefined) {
    throw new Error(said);
  }
}
