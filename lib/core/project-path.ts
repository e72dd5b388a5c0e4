import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { projectFolder } from "./project-folder";

/**
 * A file of the project as Terraform reads it from a stack's folder: the same text on every machine that has the
 * project, wherever it lies. An absolute path stays as it was written.
 */
export function projectPath(scope: Construct, file: string): string {
  if (path.isAbsolute(file)) {
    return file;
  }
  const stack = TerraformStack.of(scope);
  const app = App.of(stack);
  const folder = path.resolve(app.outdir, app.manifest.forStack(stack).workingDirectory);
  return `\${path.module}/${path
    .relative(folder, path.resolve(projectFolder(scope), file))
    .split(path.sep)
    .join("/")}`;
}
