import { endpointsOf } from "../../lib/operate/machines/endpoint";
import { resolver } from "../../lib/operate/machines/resolve";
import { Document } from "../../lib/rules/document";
import { found, guest, POOL, said, stateOf, volume } from "./recover-world";

describe("an engine in a guest", () => {
  const inside = new Document({
    provider: {
      docker: [{ alias: "d", host: "tcp://10.0.0.5:2376" }],
      libvirt: [{ alias: "k", uri: "qemu:///system" }],
    },
    resource: {
      libvirt_volume: {
        engine: { name: "engine.qcow2", pool: "p", capacity: 1024, provider: "libvirt.k" },
      },
      libvirt_domain: { vm: { name: "vm", running: true, provider: "libvirt.k" } },
      terraform_data: { gate: { triggers_replace: ["${libvirt_domain.vm.uuid}"] } },
      docker_container: {
        web: {
          name: "web",
          provider: "docker.d",
          depends_on: ["terraform_data.gate"],
          lifecycle: { replace_triggered_by: ["libvirt_volume.engine.id"] },
        },
      },
    },
  });
  const state = stateOf({
    "docker_container.web": { id: "c1" },
    "libvirt_domain.vm": { uuid: "vm" },
    "libvirt_volume.engine": { id: `${POOL}/engine.qcow2` },
  });
  const [away] = endpointsOf(inside, resolver(inside, undefined));
  const off = { error: "no route to host", ...(away && { endpoint: away }) };
  const disk = new Map([["p", new Map([volume("engine.qcow2")])]]);

  test("is waited for where the guest is only off", () => {
    const { steps } = found(
      state,
      { engine: off, host: { guests: [guest({ state: "shut off" })], volumes: disk } },
      inside,
    );
    expect(steps.map(({ repair }) => repair)).toEqual([
      { kind: "start", run: { on: { endpoint: "libvirt.k" }, args: ["start", "vm"] }, awaits: ["docker.d"] },
    ]);
  });

  test("comes back with its guest where its disk is there, and is forgotten where it is not", () => {
    expect(said(state, { engine: off, host: { guests: [], volumes: disk } }, inside)).toEqual([
      "make libvirt_domain.vm: libvirt_domain.vm terraform_data.gate",
    ]);
    const gone = new Map([["p", new Map()]]);
    expect(said(state, { engine: off, host: { guests: [], volumes: gone } }, inside)).toEqual([
      "forget null: state rm docker_container.web (asks first)",
    ]);
    // Where nobody could look into the pool, nothing is known to be gone.
    expect(said(state, { engine: off, host: { guests: [], volumes: new Map() } }, inside)).toEqual([]);
  });

  test("is not asked while its guest is off and lacks a disk, or is to be made again", () => {
    const file = `${POOL}/engine.qcow2`;
    const isOff = [guest({ id: -1, state: "shut off", files: [file] })];
    const gone = new Map([["p", new Map()]]);
    expect(said(state, { engine: off, host: { guests: isOff, volumes: gone } }, inside)).toEqual([
      `cannot libvirt_domain.vm: disk ${file} of guest vm is gone, and no plan can be made while its engine is off: terraform apply ` +
        "-target=libvirt_volume.engine, and berth recover again",
    ]);
    const tainted = stateOf({ "docker_container.web": { id: "c1" }, "libvirt_domain.vm": { uuid: "vm" } }, [
      "libvirt_domain.vm",
    ]);
    expect(said(tainted, { engine: off, host: { guests: isOff, volumes: disk } }, inside)).toContain(
      "start libvirt_domain.vm: start vm",
    );
  });

  test("that does not answer in a guest that runs is somebody's to look at", () => {
    expect(said(state, { engine: off, host: { volumes: disk } }, inside)).toEqual([
      "cannot libvirt_domain.vm: guest vm runs, and its engine at tcp://10.0.0.5:2376 does not answer yet: look at its console (no route to host)",
    ]);
  });
});

test("a job that failed under a postcondition is run again", () => {
  const job = new Document({
    provider: { docker: [{ alias: "d", host: "unix:///var/run/docker.sock" }] },
    resource: {
      docker_container: {
        job: { name: "job", must_run: false, provider: "docker.d", lifecycle: { postcondition: [{ condition: "x" }] } },
      },
    },
  });
  const failed = { "docker_container.job": { id: "c9", exit_code: 3 } };
  expect(said(stateOf(failed), {}, job)).toEqual(["make again docker_container.job: taint docker_container.job"]);
  expect(said(stateOf(failed, ["docker_container.job"]), {}, job)).toEqual([]);
});
