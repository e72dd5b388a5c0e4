import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { Document } from "../../rules/document";
import { run } from "../machines/command";
import { failure } from "../machines/execute";
import { LibvirtConnection } from "../machines/libvirt-connection";
import type { Terraform } from "../machines/terraform";
import { wait } from "../machines/wait";
import { adopt } from "../recover/adoption";
import { pushAdopted } from "../recover/push";
import type { Step } from "../recover/repair";
import type { Scene } from "../recover/scene";
import { withScene } from "../recover/stack-scene";
import { type Journey, journeyOf, NoJourney, type Parcel } from "./journey";

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
  const old = new LibvirtConnection({ provider: "libvirt", name: "from", address: fromUri, keys: undefined });
  const planned = withScene(stack, terraform, (scene) => journeyOf(stack, scene.state, construct, scene.resolve));
  tell(planned, old, teller);
  if (!apply) {
    return;
  }
  must(terraform.run("apply", "-auto-approve", "-input=false", ...planned.pools.map((pool) => `-target=${pool}`)));
  await shutDown(planned.name, old);
  withScene(stack, terraform, (scene, tools) => {
    const there = tools.libvirt(planned.endpoint);
    if (there.endpoint.address === fromUri) {
      throw new NoJourney(`the code still has ${construct} on ${fromUri}: give it its new host first`);
    }
    copyAll(planned, scene, old, there, teller);
  });
  withScene(stack, terraform, (scene) => {
    const steps = planned.parcels.map(({ one }) => adoption(scene, one));
    const said = pushAdopted(steps, planned.anew, terraform);
    if (said !== undefined) {
      throw new Error(said);
    }
  });
}

function tell({ name, parcels, anew }: Journey, old: LibvirtConnection, teller: MoveTeller): void {
  teller.step(`shut down ${name} on ${old.endpoint.address}`);
  for (const { from, pool, name: volume } of parcels) {
    teller.step(`copy ${from} to ${volume} in the pool ${pool}`);
  }
  teller.step(`forget ${anew.join(", ")}: the next apply makes them there`);
}

async function shutDown(name: string, old: LibvirtConnection): Promise<void> {
  const state = () => old.run(["domstate", name]).out.trim();
  if (state() === "running") {
    must(old.run(["shutdown", name]));
  }
  if (!(await wait(SHUTDOWN, () => state() !== "running"))) {
    throw new Error(
      `${name} does not shut down within ${SHUTDOWN} s: shut it down by hand, and run the same command again`,
    );
  }
}

function copyAll(
  { parcels }: Journey,
  scene: Scene,
  old: LibvirtConnection,
  there: LibvirtConnection,
  teller: MoveTeller,
): void {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "berth-move-"));
  try {
    for (const parcel of parcels) {
      if (scene.volume(parcel.one)) {
        throw new NoJourney(
          `${parcel.name} is in the pool ${parcel.pool} already: remove it there, if nobody needs it`,
        );
      }
      copy(parcel, path.join(scratch, "disk"), old, there);
      teller.step(`copied ${parcel.name}`);
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
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
    const below = there.run(["vol-path", String(base.body.name), "--pool", pool]).out.trim();
    must(run("qemu-img", ["rebase", "-u", "-f", format, "-F", "qcow2", "-b", below, file]));
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
