import * as path from "node:path";
import { App } from "cdktf";
import { LOCK_FILE_CONTEXT } from "./lib/index";
import { describeApp } from "./lib/stack/describe";
import { ContainersInside } from "./stacks/containers-inside-vm";
import { readSettings } from "./stacks/settings";
import { SideBySide } from "./stacks/side-by-side";
import { SingleContainer } from "./stacks/single-container";
import { SingleGuest } from "./stacks/single-guest";

const app = new App({ context: { [LOCK_FILE_CONTEXT]: path.join(__dirname, "..", "berth.lock.json") } });
const settings = readSettings();

new SingleContainer(app, "single-container", settings);
new SingleGuest(app, "single-guest", settings);
new ContainersInside(app, "containers-inside-vm", settings);
new SideBySide(app, "side-by-side", settings);

try {
  app.synth();
  console.log(describeApp(app));
} catch (error) {
  if (!(error instanceof Error) || error.name !== "SynthesisError") {
    throw error;
  }
  console.error(error.message);
  process.exitCode = 1;
}
