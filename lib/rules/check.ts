import { acrossProviderRules } from "./across-providers";
import { findCycles } from "./cycles";
import { dockerComposeRules } from "./docker-compose";
import { dockerContainerRules } from "./docker-container";
import { dockerContainerHealthRules } from "./docker-container-health";
import { dockerContainerLifeRules } from "./docker-container-life";
import { dockerContainerLogRules } from "./docker-container-logs";
import { dockerContainerModeRules } from "./docker-container-modes";
import { dockerContainerMountRules } from "./docker-container-mounts";
import { dockerContainerNetworkRules } from "./docker-container-network";
import { dockerContainerResourceRules } from "./docker-container-resources";
import { dockerContainerSecretRules } from "./docker-container-secrets";
import { dockerContainerSecurityRules } from "./docker-container-security";
import { dockerContainerUploadRules } from "./docker-container-upload";
import { dockerImageRules } from "./docker-image";
import { dockerImageBuildRules } from "./docker-image-build";
import { dockerLabelRules } from "./docker-labels";
import { dockerNetworkRules } from "./docker-network";
import { dockerNetworkOptionRules } from "./docker-network-options";
import { dockerProviderRules } from "./docker-provider";
import { dockerRegistryRules } from "./docker-registry";
import { dockerConfigRules, dockerSecretRules } from "./docker-secret";
import { dockerServiceRules } from "./docker-service";
import { dockerServiceContainerRules } from "./docker-service-container";
import { dockerServiceMountRules } from "./docker-service-mounts";
import { dockerServiceTaskRules } from "./docker-service-task";
import { dockerVolumeRules } from "./docker-volume";
import { dockerWiringRules } from "./docker-wiring";
import { attributeOn, Document, type Json, type Rendered } from "./document";
import { editRules } from "./edits";
import { libvirtCloudinitRules } from "./libvirt-cloudinit";
import { libvirtDomainRules } from "./libvirt-domain";
import { libvirtDomainBootRules } from "./libvirt-domain-boot";
import { libvirtDomainCharacterRules } from "./libvirt-domain-characters";
import { libvirtDomainClaimRules } from "./libvirt-domain-claims";
import { libvirtDomainCombinationRules } from "./libvirt-domain-combinations";
import { libvirtDomainCpuRules } from "./libvirt-domain-cpu";
import { libvirtDomainDeviceRules } from "./libvirt-domain-devices";
import { libvirtDomainDiskRules } from "./libvirt-domain-disks";
import { libvirtDomainGraphicsRules } from "./libvirt-domain-graphics";
import { libvirtDomainInterfaceRules } from "./libvirt-domain-interfaces";
import { libvirtDomainMemoryRules } from "./libvirt-domain-memory";
import { libvirtDomainPlatformRules } from "./libvirt-domain-platform";
import { libvirtDomainWordRules } from "./libvirt-domain-words";
import { libvirtNetworkRules } from "./libvirt-network";
import { libvirtNetworkDhcpRules } from "./libvirt-network-dhcp";
import { libvirtNetworkDnsRules } from "./libvirt-network-dns";
import { libvirtNetworkModeRules } from "./libvirt-network-mode";
import { libvirtProviderRules } from "./libvirt-provider";
import { libvirtStorageRules } from "./libvirt-storage";
import { libvirtWiringRules } from "./libvirt-wiring";
import { needsOf } from "./needs";
import type { Finding, Rule, Sight } from "./rule";
import { checkSchemas } from "./schema-check";
import { lineFor } from "./schemas";
import { checkTerraform } from "./terraform-check";

/** Every provider rule there is. */
export const RULES: readonly Rule[] = [
  ...acrossProviderRules,
  ...dockerContainerRules,
  ...dockerContainerHealthRules,
  ...dockerContainerMountRules,
  ...dockerContainerNetworkRules,
  ...dockerContainerResourceRules,
  ...dockerContainerLifeRules,
  ...dockerContainerLogRules,
  ...dockerContainerModeRules,
  ...dockerContainerSecretRules,
  ...dockerContainerSecurityRules,
  ...dockerContainerUploadRules,
  ...dockerImageRules,
  ...dockerImageBuildRules,
  ...dockerLabelRules,
  ...dockerNetworkRules,
  ...dockerNetworkOptionRules,
  ...dockerProviderRules,
  ...dockerRegistryRules,
  ...dockerSecretRules,
  ...dockerConfigRules,
  ...dockerServiceRules,
  ...dockerServiceContainerRules,
  ...dockerServiceMountRules,
  ...dockerServiceTaskRules,
  ...dockerComposeRules,
  ...dockerVolumeRules,
  ...dockerWiringRules,
  ...editRules,
  ...libvirtCloudinitRules,
  ...libvirtDomainRules,
  ...libvirtDomainBootRules,
  ...libvirtDomainCharacterRules,
  ...libvirtDomainClaimRules,
  ...libvirtDomainCombinationRules,
  ...libvirtDomainCpuRules,
  ...libvirtDomainDeviceRules,
  ...libvirtDomainDiskRules,
  ...libvirtDomainGraphicsRules,
  ...libvirtDomainInterfaceRules,
  ...libvirtDomainMemoryRules,
  ...libvirtDomainPlatformRules,
  ...libvirtDomainWordRules,
  ...libvirtNetworkRules,
  ...libvirtNetworkDhcpRules,
  ...libvirtNetworkDnsRules,
  ...libvirtNetworkModeRules,
  ...libvirtProviderRules,
  ...libvirtStorageRules,
  ...libvirtWiringRules,
];

/** Holds one stack's JSON against the provider schemas and the provider rules. Needs no terraform and no network. */
export function checkDocument(json: Json): Finding[] {
  const document = new Document(json);
  const schema = checkSchemas(document);
  // A value of another type is said once: what a rule would make of it helps nobody.
  const mistyped = new Set(schema.filter(({ rule }) => rule === "schema/type").map(placeOf));
  return [
    ...schema,
    ...checkTerraform(document),
    ...findCycles(document),
    ...checkRules(document, RULES).filter((finding) => mistyped.size === 0 || !mistyped.has(placeOf(finding))),
  ];
}

/** Where a finding is, whether or not it counts the blocks on its way. */
function placeOf({ address, attribute }: Finding): string {
  return `${address} ${attribute.replaceAll(/\.\d+(?=\.|$)/g, "")}`;
}

/** Holds a document against some rules; what they find comes in their order. */
export function checkRules(document: Document, rules: readonly Rule[]): Finding[] {
  const found: { readonly order: number; readonly finding: Finding }[] = [];
  for (const [type, ofType] of byType(rules)) {
    const resources = document.resources(type);
    const concerned = concerning(resources.length === 0 ? [] : ofType.filter(({ rule }) => holds(rule, document)));
    for (const resource of resources) {
      for (const { rule, order } of concerned(resource)) {
        const sights = rule.check(resource, document);
        if (sights.length > 0) {
          found.push(...sights.map((sight) => ({ order, finding: findingOf(rule, resource, sight) })));
        }
      }
    }
  }
  return found.sort((a, b) => a.order - b.order).map(({ finding }) => finding);
}

interface Ordered {
  readonly rule: Rule;
  readonly order: number;
}

function byType(rules: readonly Rule[]): ReadonlyMap<string, readonly Ordered[]> {
  const types = new Map<string, Ordered[]>();
  for (const [order, rule] of rules.entries()) {
    const group = types.get(rule.type) ?? [];
    group.push({ rule, order });
    types.set(rule.type, group);
  }
  return types;
}

/** The rules that can see something on a resource. Most resources of a stack have the same attributes as many others. */
function concerning(rules: readonly Ordered[]): (resource: Rendered) => readonly Ordered[] {
  const known = new Map<string, readonly Ordered[]>();
  return ({ body }) => {
    const attributes = Object.keys(body);
    const key = attributes.join();
    let own = known.get(key);
    if (!own) {
      own = rules.filter(({ rule }) => {
        const needs = needsOf(rule);
        return needs === "anything" || attributes.some((attribute) => needs.has(attribute));
      });
      known.set(key, own);
    }
    return own;
  };
}

function findingOf(rule: Rule, resource: Rendered, sight: Sight): Finding {
  return {
    ...sight,
    attribute: attributeOn(resource, sight.attribute),
    rule: rule.id,
    severity: rule.severity,
    address: resource.address,
    path: resource.path,
    ...(rule.claimed && { claimed: true }),
  };
}

/** Whether a rule is about the provider version that the stack asks for. */
function holds({ id, lines }: Rule, document: Document): boolean {
  const [provider = ""] = id.split("/");
  return lines === undefined || lines.includes(lineFor(provider, document.constraintOf(provider)) ?? "");
}
