import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { transformFileSync } from "@swc/core";
import { App } from "cdktf";
import { LOCK_FILE_CONTEXT } from "../../lib/index";
import { describeApp } from "../../lib/stack/describe";
import { Template } from "../../lib/testing";
import { ContainersInside } from "../../stacks/containers-inside-vm";
import { readSettings } from "../../stacks/settings";
import { SideBySide } from "../../stacks/side-by-side";
import { SingleContainer } from "../../stacks/single-container";
import { SingleGuest } from "../../stacks/single-guest";
import { written } from "../support/app";

const ROOT = path.join(__dirname, "..", "..");

/** The stacks as `main.ts` makes them, written to a folder of this test. */
function synthesize(environment: Readonly<Record<string, string>> = {}): App {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-stacks-"));
  const app = new App({
    outdir: path.join(folder, "cdktf.out"),
    context: { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") },
  });
  fs.copyFileSync(path.join(ROOT, "berth.lock.json"), path.join(folder, "berth.lock.json"));
  new SingleContainer(app, "single-container", readSettings(environment));
  new SingleGuest(app, "single-guest", readSettings(environment));
  new ContainersInside(app, "containers-inside-vm", readSettings(environment));
  new SideBySide(app, "side-by-side", readSettings(environment));
  app.synth();
  return app;
}

type Json = { readonly [key: string]: unknown };

describe("the stacks of the README", () => {
  const app = synthesize();

  test.each([
    ["single-container", ["docker_container", "docker_image"]],
    [
      "containers-inside-vm",
      [
        ...["docker_container", "docker_image", "docker_network", "docker_volume"],
        ...["libvirt_domain", "libvirt_network", "libvirt_pool", "libvirt_volume", "terraform_data"],
        ...["tls_cert_request", "tls_locally_signed_cert", "tls_private_key", "tls_self_signed_cert"],
      ],
    ],
    [
      "side-by-side",
      [
        ...["docker_container", "docker_image", "docker_network"],
        ...["libvirt_domain", "libvirt_network", "libvirt_pool", "libvirt_volume", "terraform_data"],
      ],
    ],
    ["single-guest", ["terraform_data", "libvirt_domain", "libvirt_network", "libvirt_pool", "libvirt_volume"]],
  ])("%s is what it was when it was last reviewed", (stack, types) => {
    const json = written(app, stack);
    expect(Object.keys(json.resource as Json).sort()).toEqual([...types].sort());
    const template = new Template(json);
    expect(template).toMatchSnapshot();
    expect(template).toBeValidOffline();
  });

  test("docker's older line differs in its constraint alone", () => {
    const older = JSON.stringify(written(synthesize({ BERTH_DOCKER_LINE: "3.9" }), "single-container"));
    const newer = JSON.stringify(written(app, "single-container"));
    expect(older.replace(">= 3.9.0, < 4.0.0", ">= 4.5.0, < 5.0.0")).toBe(newer);
  });

  test("the summary says what is made where, what was checked, and what comes next", () => {
    const text = describeApp(app).replaceAll(app.outdir, "OUT");
    expect(text).toMatchSnapshot();
  });

  test("the lock file of the project holds every slot, so that a frozen synth passes", () => {
    const before = fs.readFileSync(path.join(ROOT, "berth.lock.json"), "utf8");
    const context = { [LOCK_FILE_CONTEXT]: path.join(ROOT, "berth.lock.json"), "berth:frozen": true };
    const frozen = new App({ outdir: fs.mkdtempSync(path.join(os.tmpdir(), "berth-frozen-")), context });
    new SingleGuest(frozen, "single-guest", readSettings({}));
    new ContainersInside(frozen, "containers-inside-vm", readSettings({}));
    new SideBySide(frozen, "side-by-side", readSettings({}));
    frozen.synth();
    expect(fs.readFileSync(path.join(ROOT, "berth.lock.json"), "utf8")).toBe(before);
  });
});

test("the same project gives the same bytes from any folder, and in another place", () => {
  const run = (project: string, cwd: string) => {
    const script = `
      const { App } = require("cdktf");
      const { SingleGuest } = require("${project}/stacks/single-guest");
      const { readSettings } = require("${project}/stacks/settings");
      const app = new App({ outdir: "${project}/cdktf.out", context: { "berth:lockFile": "${project}/berth.lock.json" } });
      new SingleGuest(app, "single-guest", readSettings({}));
      app.synth();
    `;
    const environment = { ...process.env, NODE_PATH: path.join(ROOT, "node_modules"), TZ: "Pacific/Kiritimati" };
    execFileSync(process.execPath, ["-e", script], { cwd, env: environment, stdio: "pipe" });
    return fs.readFileSync(path.join(project, "cdktf.out", "stacks", "single-guest", "cdk.tf.json"), "utf8");
  };
  const copies = [0, 1].map(() => {
    const project = fs.mkdtempSync(path.join(os.tmpdir(), "berth-copy-"));
    compileInto(project);
    fs.copyFileSync(path.join(ROOT, "berth.lock.json"), path.join(project, "berth.lock.json"));
    return project;
  }) as [string, string];
  expect(run(copies[1], os.tmpdir())).toBe(run(copies[0], copies[0]));
});

/** Compiles what the stacks need, as the build does, into a project of its own. */
function compileInto(project: string): void {
  for (const file of ["lib", "stacks"].flatMap((folder) => filesBelow(path.join(ROOT, folder)))) {
    const target = path.join(project, path.relative(ROOT, file));
    fs.mkdirSync(path.dirname(target), { recursive: true });
    if (file.endsWith(".ts")) {
      const options = {
        jsc: { parser: { syntax: "typescript" }, target: "es2022" },
        module: { type: "commonjs" },
      } as const;
      fs.writeFileSync(target.replace(/\.ts$/, ".js"), transformFileSync(file, options).code);
    } else {
      fs.copyFileSync(file, target);
    }
  }
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(path.join(folder, entry.name)) : [path.join(folder, entry.name)],
    );
}
