import { createHash } from "node:crypto";
import { type TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/** The first `length` hexadecimal digits of a text's hash: for names that must differ, never for secrets. */
export function shortHash(text: string, length = 8): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** A resource as Terraform names it. */
export function addressOf({ terraformResourceType, friendlyUniqueId }: TerraformResource): string {
  return `${terraformResourceType}.${friendlyUniqueId}`;
}

/** The name of a host's provider configuration in the stack of `scope`: the host's own id in its own stack, else its path. */
export function providerAlias(host: IConstruct, scope: IConstruct): string {
  const home = TerraformStack.of(host);
  const within = host.node.path.slice(home.node.path.length + 1);
  const text = home === TerraformStack.of(scope) ? within : host.node.path;
  const alias = text.replace(/[^A-Za-z0-9_-]+/g, "_");
  return /^[A-Za-z_]/.test(alias) ? alias : `_${alias}`;
}
