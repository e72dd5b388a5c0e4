import * as fs from "node:fs";
import { App } from "cdktf";
import { HostStack, type HostStackProps, LOCK_FILE_CONTEXT } from "../../lib/index";
import { testApp, written } from "./app";
import { problemsOf } from "./messages";

/** Synthesizes one state of the code after another in one project. */
export class Project {
  private readonly first = testApp();

  public synth(
    build: (stack: HostStack) => void,
    { frozen = false, ...props }: HostStackProps & { frozen?: boolean } = {},
  ) {
    const app = new App({
      outdir: this.first.outdir,
      context: { [LOCK_FILE_CONTEXT]: this.lock, ...(frozen ? { "berth:frozen": "1" } : {}) },
    });
    build(new HostStack(app, "shop", props));
    app.synth();
    return written(app, "shop");
  }

  public problems(build: (stack: HostStack) => void, props: HostStackProps & { frozen?: boolean } = {}): string[] {
    return problemsOf(() => this.synth(build, props));
  }

  public get lock(): string {
    return String(this.first.node.getContext(LOCK_FILE_CONTEXT));
  }

  public get resources(): Readonly<Record<string, object>> {
    const { stacks } = JSON.parse(fs.readFileSync(this.lock, "utf8")) as {
      stacks: { shop?: { resources: Record<string, object> } };
    };
    return stacks.shop?.resources ?? {};
  }
}
