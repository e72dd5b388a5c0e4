import * as fs from "node:fs";
import * as path from "node:path";
import { Container } from "@cdktf/provider-docker/lib/container";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { TerraformData } from "../../lib/providers/terraform/terraform-data";
import { testApp } from "./app";
import { STEPS } from "./foreign-elements";

export type Stack = new (scope: Construct, id: string) => TerraformStack;
/** A step, and whether it is taken in the first of two stacks. */
export type Step = readonly [name: string, ofTheFirst: boolean];

/** cdktf's own, with the state where berth keeps it. */
export class Plain extends TerraformStack {
  public override ensureBackendExists() {
    const known = this.node.tryFindChild("backend") as LocalBackend | undefined;
    return known ?? new LocalBackend(this, { path: `../../../terraform.${this.node.id}.tfstate` });
  }
}

/** Every file that an app of two stacks writes after some steps, or how it ends. */
export function outcome(Kind: Stack, steps: readonly Step[]): unknown {
  const { outdir } = testApp();
  // Nothing is refused: what is compared is how it is written.
  const app = new App({ outdir, skipValidation: true });
  const [one, two] = ["one", "two"].map((id) => {
    const stack = new Kind(app, id);
    new DockerProvider(stack, "docker", {});
    const near = new TerraformData(stack, "near", { input: id });
    const container = new Container(stack, "container", { name: "c", image: "i" });
    return { mine: stack, near, container };
  }) as [Begun, Begun];
  const folder = path.dirname(outdir);
  try {
    for (const [n, [name, first]] of steps.entries()) {
      const [mine, other] = first ? [one, two] : [two, one];
      STEPS[name]?.({ ...mine, far: other.near, n, folder });
    }
    app.synth();
  } catch (error) {
    return String((error as Error).message).split("\n")[0];
  }
  return Object.fromEntries(
    filesBelow(outdir).map((file) => [path.relative(outdir, file), fs.readFileSync(file, "utf8")]),
  );
}

interface Begun {
  readonly mine: TerraformStack;
  readonly near: TerraformData;
  readonly container: Container;
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(full) : [full];
    })
    .sort();
}
