import { toYaml } from "../core/yaml";
import { BOOT_SCRIPT } from "./boot-command";
import { isoImage } from "./iso9660";

/** The texts that cloud-init's NoCloud source reads, and the script that it is told to run. */
export interface Seed {
  /**
   * Identity of this installation. cloud-init does its first-boot work once for each, so it changes only when a guest is
   * rebuilt.
   */
  readonly instanceId: string;
  readonly hostname: string;
  readonly userData: string;
  readonly networkConfig: string;
  /** What the guest runs at every boot; undefined where nothing of berth's does. */
  readonly boot: string | undefined;
}

/** The seed image: an ISO with the volume label that cloud-init looks for. */
export function seedImage({ instanceId, hostname, userData, networkConfig, boot }: Seed): Buffer {
  // A name such as 123 is no number.
  const metaData = toYaml({ "instance-id": instanceId, "local-hostname": hostname });
  return isoImage("cidata", [
    ...(boot === undefined ? [] : [{ name: BOOT_SCRIPT, bytes: Buffer.from(boot) }]),
    { name: "meta-data", bytes: Buffer.from(metaData) },
    { name: "network-config", bytes: Buffer.from(networkConfig) },
    { name: "user-data", bytes: Buffer.from(userData) },
  ]);
}
