/**
 * Forty faults, shown to berth's check and to `terraform validate`, which is what cdktf's `toBeValidTerraform` asks: which
 * of the two sees which, and how long each takes. Writes `docs/faults.md`.
 */
import * as fs from "node:fs";
import * as path from "node:path";
import { checkDocument } from "../../lib/rules/check";
import type { Json } from "../../lib/rules/document";
import { type Body, merged } from "../rules/cases/case";
import { CASES } from "../rules/rule-cases";
import { stackJson } from "./proven";
import { run } from "./shell";

/** Faults that providers, daemons or the second plan react to: fixtures of rules, by their ids. */
const REACTIONS: readonly string[] = [
  "docker/container/name",
  "docker/container/name-taken",
  "docker/container/memory-minimum",
  "docker/container/memory-without-swap",
  "docker/container/cpus-form",
  "docker/container/capability-form",
  "docker/container/env-form",
  "docker/container/restart",
  "docker/container/mount-target",
  "docker/container/mount-type",
  "docker/container/port-range",
  "docker/container/port-taken",
  "docker/container/ports-without-network",
  "docker/container/networks-and-mode",
  "docker/container/address",
  "docker/container/healthcheck-test",
  "docker/container/upload-content",
  "docker/container/ulimit-order",
  "docker/container/working-dir-form",
  "docker/network/subnet",
  "docker/network/subnet-taken",
  "docker/volume/driver-option",
  "libvirt/domain/topology",
  "libvirt/domain/disk-target-duplicate",
  "libvirt/domain/cdrom-bus",
  "libvirt/domain/boot-order-duplicate",
  "libvirt/domain/mac",
  "libvirt/domain/video-model",
  "libvirt/domain/on-reboot",
  "libvirt/network/addresses",
  "libvirt/network/bridge-name",
  "libvirt/network/forward-mode",
  "libvirt/volume/capacity-of-upload",
];

const container = (more: Body) => ({ docker_container: { it: { name: "web", image: "nginx:1", ...more } } });
const domain = (more: Body) => ({ libvirt_domain: { it: { name: "vm", type: "kvm", ...more } } });

/** Faults of the configuration itself. */
const SCHEMA: Readonly<Record<string, Json>> = {
  "an attribute that does not exist": container({ restrat: "always" }),
  "a nested attribute that does not exist": domain({ devices: { disks: [{ sorce: { file: { file: "/a.img" } } }] } }),
  "an attribute two levels down that does not exist": domain({ os: { boot_menu: { enabled: "yes" } } }),
  "a required attribute that is missing": { docker_container: { it: { name: "web" } } },
  "a number where a list belongs": container({ command: 5 }),
  "a reference to a resource that is not there": container({ network_mode: "${docker_network.lan.name}" }),
  "two resources that wait for each other": {
    docker_volume: { a: { name: "${docker_volume.b.name}" }, b: { name: "${docker_volume.a.name}" } },
  },
};

interface Fault {
  readonly name: string;
  readonly resource: Json;
}

function faults(): Fault[] {
  const reactions = REACTIONS.map((id) => {
    const one = CASES[id];
    if (!one) {
      throw new Error(`no fixture ${id}`);
    }
    const resource = { ...one.beside, [one.type]: { ...one.beside?.[one.type], it: merged(one.base, one.bad) } };
    return { name: `${id}: ${one.says.split(" (")[0]}`, resource };
  });
  return [...reactions, ...Object.entries(SCHEMA).map(([name, resource]) => ({ name, resource }))];
}

const REQUIRED = {
  docker: { source: "kreuzwerker/docker", version: ">= 4.5.0, < 5.0.0" },
  libvirt: { source: "dmacvicar/libvirt", version: "0.9.7" },
};

/** Compares on every fault, and returns the page. */
export function compareFaults(scratch: string): string {
  const folder = path.join(scratch, "faults");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const write = (json: unknown) => fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(json));
  write({ terraform: { required_providers: REQUIRED } });
  const { code, out } = run("terraform", ["init", "-input=false", "-no-color"], { cwd: folder });
  if (code !== 0) {
    throw new Error(`terraform init failed: ${out}`);
  }
  const rows = faults().map(({ name, resource }) => {
    const json = { terraform: { required_providers: REQUIRED }, resource };
    write(json);
    const terraform = run("terraform", ["validate", "-no-color"], { cwd: folder }).code !== 0;
    const berth = checkDocument(json).some(({ severity }) => severity === "error");
    return { name, berth, terraform };
  });
  const sees = (seen: boolean) => (seen ? "sees it" : "passes");
  const table = rows.map(
    ({ name, berth, terraform }) => `| ${name.replaceAll("|", "\\|")} | ${sees(berth)} | ${sees(terraform)} |`,
  );
  const count = (who: "berth" | "terraform") => rows.filter((row) => row[who]).length;
  return [
    "# Faults",
    "",
    `Made by \`npm run e2e -- --faults\`: ${rows.length} faults, shown to \`toBeValidOffline\` and to \`terraform validate\`, which is what cdktf's`,
    `\`toBeValidTerraform\` asks. The first sees ${count("berth")} of them, the second ${count("terraform")}.`,
    "",
    "| fault | `toBeValidOffline` | `toBeValidTerraform` |",
    "| --- | --- | --- |",
    ...table,
    "",
  ].join("\n");
}

/** How many times longer Terraform's check of a stack of the project takes, in one run: medians of five. */
export function compareSpeed(scratch: string): string {
  const folder = path.join(scratch, "faults-speed");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const json = stackJson("single-container, docker 4") as Json;
  fs.writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(json));
  const terraform = median(() => {
    run("terraform", ["init", "-input=false", "-no-color"], { cwd: folder });
    run("terraform", ["validate", "-json"], { cwd: folder });
  });
  const berth = median(() => checkDocument(json));
  return `single-container: terraform init and validate ${terraform.toFixed(0)} ms, berth's check ${berth.toFixed(2)} ms, ${(terraform / berth).toFixed(0)} times`;
}

function median(work: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}
