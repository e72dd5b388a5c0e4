import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App } from "cdktf";
import { HostStack, LOCK_FILE_CONTEXT } from "../../lib/index";

/** An app in a folder of its own, with a lock file of its own. */
export function testApp(context: Readonly<Record<string, unknown>> = {}): App {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-"));
  return new App({
    outdir: path.join(folder, "cdktf.out"),
    context: { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json"), ...context },
  });
}

/** A stack in an app of its own. */
export function testStack(id = "stack"): HostStack {
  return new HostStack(testApp(), id);
}

/** What an app wrote for a stack. */
export function written(app: App, stack: string): { readonly [key: string]: unknown } {
  return JSON.parse(fs.readFileSync(path.join(app.outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as {
    readonly [key: string]: unknown;
  };
}
