import { Annotations, type TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { isAcknowledged } from "../core/acknowledgements";
import { problemMessage } from "../core/problems";
import { ownerOf, propOf } from "../core/prop-map";
import { checkDocument } from "../rules/check";
import { isObject, type Json } from "../rules/document";
import type { Finding } from "../rules/rule";
import type { Located } from "./synthesis-error";

/** Holds one stack's finished JSON against schemas and rules, and says it in the words of who wrote the constructs. */
export class StackCheck {
  private readonly warned = new Set<string>();

  constructor(private readonly stack: TerraformStack) {}

  /** The errors; warnings become annotations of the constructs they are about, once. */
  public errorsIn(json: Json): Located[] {
    return this.errorsOf(checkDocument(json));
  }

  /** The same for findings of the stack's resources that were made elsewhere. */
  public errorsOf(findings: readonly Finding[]): Located[] {
    return findings.flatMap((finding) => {
      const located = this.locate(finding);
      if (!located) {
        return [];
      }
      if (finding.severity === "error") {
        return [located];
      }
      this.warnOnce(finding, located.message);
      return [];
    });
  }

  /** What a finding says to the user; undefined where it is about a value that is reported elsewhere. */
  private locate(finding: Finding): Located | undefined {
    const resource = this.resourceOf(finding);
    const prop = propOf(resource, finding.attribute);
    if (prop === null) {
      return undefined;
    }
    if (finding.claimed && resource && ownerOf(resource) !== resource && !isOverridden(resource, finding.attribute)) {
      return undefined;
    }
    const owner = resource ? ownerOf(resource).node.path : (finding.path ?? this.stack.node.path);
    return { path: owner, message: `${problemMessage({ ...finding, prop })} [${finding.rule}]` };
  }

  private resourceOf({ path }: Finding): IConstruct | undefined {
    const parts = path?.split("/").slice(this.stack.node.path.split("/").length);
    return parts?.reduce<IConstruct | undefined>((node, part) => node?.node.tryFindChild(part), this.stack);
  }

  private warnOnce(finding: Finding, message: string): void {
    const resource = this.resourceOf(finding) ?? this.stack;
    const key = `${finding.address} ${message}`;
    if (!this.warned.has(key) && !isAcknowledged(resource, finding.rule)) {
      this.warned.add(key);
      Annotations.of(resource === this.stack ? resource : ownerOf(resource)).addWarning(message);
    }
  }
}

/** Whether an attribute was set past the construct's props, so that the construct itself knows nothing of its value. */
function isOverridden(resource: IConstruct, attribute: string): boolean {
  const overrides: unknown = Reflect.get(resource, "rawOverrides");
  return isObject(overrides) && (attribute.split(".")[0] ?? "") in overrides;
}
