import type { Case } from "./cases/case";
import { dockerComposeCases } from "./cases/docker-compose";
import { dockerContainerCases } from "./cases/docker-container";
import { dockerContainerHealthCases } from "./cases/docker-container-health";
import { dockerContainerLifeCases } from "./cases/docker-container-life";
import { dockerContainerLogsCases } from "./cases/docker-container-logs";
import { dockerContainerModesCases } from "./cases/docker-container-modes";
import { dockerContainerMountsCases } from "./cases/docker-container-mounts";
import { dockerContainerNetworkCases } from "./cases/docker-container-network";
import { dockerContainerResourcesCases } from "./cases/docker-container-resources";
import { dockerContainerSecretsCases } from "./cases/docker-container-secrets";
import { dockerContainerSecurityCases } from "./cases/docker-container-security";
import { dockerContainerUploadCases } from "./cases/docker-container-upload";
import { dockerImageCases } from "./cases/docker-image";
import { dockerImageBuildCases } from "./cases/docker-image-build";
import { dockerNetworkCases } from "./cases/docker-network";
import { dockerRegistryCases } from "./cases/docker-registry";
import { dockerSecretCases } from "./cases/docker-secret";
import { dockerServiceCases } from "./cases/docker-service";
import { dockerServiceContainerCases } from "./cases/docker-service-container";
import { dockerServiceMountCases } from "./cases/docker-service-mounts";
import { dockerWiringCases } from "./cases/docker-wiring";
import { editCases } from "./cases/edits";
import { libvirtCloudinitCases } from "./cases/libvirt-cloudinit";
import { libvirtDomainCases } from "./cases/libvirt-domain";
import { libvirtDomainBootCases } from "./cases/libvirt-domain-boot";
import { libvirtDomainCharacterCases } from "./cases/libvirt-domain-characters";
import { libvirtDomainCombinationCases } from "./cases/libvirt-domain-combinations";
import { libvirtDomainCpuCases } from "./cases/libvirt-domain-cpu";
import { libvirtDomainDevicesCases } from "./cases/libvirt-domain-devices";
import { libvirtDomainDisksCases } from "./cases/libvirt-domain-disks";
import { libvirtDomainInterfaceCases } from "./cases/libvirt-domain-interfaces";
import { libvirtDomainMemoryCases } from "./cases/libvirt-domain-memory";
import { libvirtDomainPlatformCases } from "./cases/libvirt-domain-platform";
import { libvirtDomainWordCases } from "./cases/libvirt-domain-words";
import { libvirtNetworkCases } from "./cases/libvirt-network";
import { libvirtNetworkDhcpCases } from "./cases/libvirt-network-dhcp";
import { libvirtNetworkDnsCases } from "./cases/libvirt-network-dns";
import { libvirtNetworkModeCases } from "./cases/libvirt-network-mode";
import { libvirtStorageCases } from "./cases/libvirt-storage";
import { libvirtWiringCases } from "./cases/libvirt-wiring";
import { providerCases } from "./cases/providers";

/** The fixtures of every rule, by its id. */
export const CASES: Readonly<Record<string, Case>> = {
  ...dockerContainerCases,
  ...dockerContainerHealthCases,
  ...dockerContainerLifeCases,
  ...dockerContainerLogsCases,
  ...dockerContainerModesCases,
  ...dockerContainerMountsCases,
  ...dockerContainerNetworkCases,
  ...dockerContainerResourcesCases,
  ...dockerContainerSecretsCases,
  ...dockerContainerSecurityCases,
  ...dockerContainerUploadCases,
  ...dockerImageCases,
  ...dockerNetworkCases,
  ...libvirtDomainCases,
  ...dockerImageBuildCases,
  ...dockerRegistryCases,
  ...dockerWiringCases,
  ...dockerSecretCases,
  ...dockerServiceCases,
  ...dockerServiceMountCases,
  ...dockerServiceContainerCases,
  ...dockerComposeCases,
  ...editCases,
  ...libvirtCloudinitCases,
  ...libvirtDomainBootCases,
  ...libvirtDomainCombinationCases,
  ...libvirtDomainCpuCases,
  ...libvirtDomainDevicesCases,
  ...libvirtDomainDisksCases,
  ...libvirtDomainCharacterCases,
  ...libvirtDomainInterfaceCases,
  ...libvirtDomainMemoryCases,
  ...libvirtWiringCases,
  ...libvirtDomainPlatformCases,
  ...libvirtDomainWordCases,
  ...libvirtNetworkCases,
  ...libvirtNetworkDhcpCases,
  ...libvirtNetworkDnsCases,
  ...libvirtNetworkModeCases,
  ...libvirtStorageCases,
  ...providerCases,
};
