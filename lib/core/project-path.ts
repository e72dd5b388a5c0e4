import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { projectFolder } from "./project-folder";
import { stackFolder } from "./synthesis-hooks";

/**
 * A file of the project as Terraform reads it from a stack's folder: the same text on every machine that has the
 * project, wherever it lies. An absolute path stays as it was written.
 */
export function projectPath(scope: Construct, file: string): string {
  if (path.isAbsolute(file)) {
    return file;
  }
  const stack = TerraformStack.of(scope);
  const folder = path.resolve(stackFolder(stack, App.of(stack).outdir));
  return `\${path.module}/${path
    .relative(folder, path.resolve(projectFolder(scope), file))
    .split(path.sep)
    .join("/")}`;
}
