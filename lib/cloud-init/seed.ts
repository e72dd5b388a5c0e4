import { isoImage } from "./iso9660";

/** The three texts that cloud-init's NoCloud source reads. */
export interface Seed {
  /**
   * Identity of this installation. cloud-init does its first-boot work once for each, so it changes only when a guest is
   * rebuilt.
   */
  readonly instanceId: string;
  readonly hostname: string;
  readonly userData: string;
  readonly networkConfig: string;
}

/** The seed image: an ISO with the volume label that cloud-init looks for. */
export function seedImage({ instanceId, hostname, userData, networkConfig }: Seed): Buffer {
  return isoImage("cidata", [
    { name: "meta-data", bytes: Buffer.from(`instance-id: ${instanceId}\nlocal-hostname: ${hostname}\n`) },
    { name: "network-config", bytes: Buffer.from(networkConfig) },
    { name: "user-data", bytes: Buffer.from(userData) },
  ]);
}
