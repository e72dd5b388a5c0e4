import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { DockerHost, DockerImage, HostStack, LOCK_FILE_CONTEXT } from "../../lib/index";
import { synth } from "../../lib/testing";
import { testApp } from "../support/app";

test("a synth in a test takes away nothing that an app has written", () => {
  const app = testApp();
  const stack = new HostStack(app, "st");
  new DockerHost(stack, "docker");
  app.synth();
  const file = path.join(app.outdir, "stacks", "st", "cdk.tf.json");
  const before = fs.readFileSync(file, "utf8");
  synth(stack);
  expect(fs.readFileSync(file, "utf8")).toBe(before);
});

test("files of the project are named alike, wherever the app of a test writes", () => {
  const contextIn = (outdir: string) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-"));
    fs.mkdirSync(path.join(folder, "a", "b"), { recursive: true });
    const app = new App({
      outdir: path.join(folder, outdir),
      context: { [LOCK_FILE_CONTEXT]: path.resolve("berth.lock.json") },
    });
    const stack = new HostStack(app, "st");
    const host = new DockerHost(stack, "docker");
    new DockerImage(stack, "image", {
      host,
      reference: "a:1",
      build: { context: "__tests__/e2e/fixtures", dockerfile: "make-install-iso.sh" },
    });
    return JSON.stringify(synth(stack).template.json.resource);
  };
  expect(contextIn("out")).toBe(contextIn("a/b/out"));
  expect(contextIn("out")).toContain('"context":"${path.module}/../../../__tests__/e2e/fixtures"');
});
