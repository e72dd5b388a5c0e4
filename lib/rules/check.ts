import { findCycles } from "./cycles";
import { dockerContainerRules } from "./docker-container";
import { dockerContainerHealthRules } from "./docker-container-health";
import { dockerContainerMountRules } from "./docker-container-mounts";
import { dockerContainerNetworkRules } from "./docker-container-network";
import { dockerContainerSecretRules } from "./docker-container-secrets";
import { dockerImageRules } from "./docker-image";
import { dockerNetworkRules } from "./docker-network";
import { Document, type Json } from "./document";
import { libvirtDomainRules } from "./libvirt-domain";
import { libvirtNetworkRules } from "./libvirt-network";
import { libvirtStorageRules } from "./libvirt-storage";
import type { Finding, Rule } from "./rule";
import { checkSchemas } from "./schema-check";

/** Every provider rule there is. */
export const RULES: readonly Rule[] = [
  ...dockerContainerRules,
  ...dockerContainerHealthRules,
  ...dockerContainerMountRules,
  ...dockerContainerNetworkRules,
  ...dockerContainerSecretRules,
  ...dockerImageRules,
  ...dockerNetworkRules,
  ...libvirtDomainRules,
  ...libvirtNetworkRules,
  ...libvirtStorageRules,
];

/** Holds one stack's JSON against the provider schemas and the provider rules. Needs no terraform and no network. */
export function checkDocument(json: Json): Finding[] {
  const document = new Document(json);
  return [...checkSchemas(document), ...findCycles(document), ...checkRules(document)];
}

function checkRules(document: Document): Finding[] {
  return RULES.flatMap((rule) =>
    document.resources(rule.type).flatMap((resource) =>
      rule.check(resource, document).map((sight) => ({
        ...sight,
        rule: rule.id,
        severity: rule.severity,
        address: resource.address,
        path: resource.path,
      })),
    ),
  );
}
