import { Fn } from "cdktf";
import { Construct } from "constructs";
import { ShellScript } from "../core/shell-script";
import type { Domain } from "../providers/libvirt/domain";
import { TerraformData } from "../providers/terraform/terraform-data";
import type { Duration } from "../units/duration";
import { PROBE_USER } from "./engine-setup";
import type { SshKeys } from "./guest-keys";
import { READINESS_SCRIPT } from "./readiness-script";

const SCRIPT = new ShellScript("readiness.sh", READINESS_SCRIPT);

/** What a {@link Readiness} takes. */
export interface ReadinessProps {
  readonly guest: Domain;
  readonly address: string;
  readonly keys: SshKeys;
  /** The bound for all steps together. */
  readonly timeout: Duration;
  /** File with the guest's console, read where it is on the machine of Terraform. */
  readonly consoleLog: string;
}

/** How long a guest may refuse the key before that counts as an answer: its first boot may not have come to it yet. */
const REFUSED_SECONDS = 45;

/**
 * Holds an apply until a guest can carry containers: ssh with the pinned host key, cloud-init, the engine, a container that
 * really starts. Waits anew whenever the guest is defined anew.
 */
export class Readiness extends Construct {
  public readonly resource: TerraformData;

  constructor(scope: Construct, id: string, { guest, address, keys, timeout, consoleLog }: ReadinessProps) {
    super(scope, id);
    this.resource = new TerraformData(this, "Resource", {
      triggersReplace: [guest.reference("uuid")],
      localExec: {
        file: SCRIPT.pathIn(this),
        environment: {
          BERTH_ADDRESS: address,
          BERTH_USER: PROBE_USER,
          // Terraform would hide all progress for a sensitive value; it never prints an environment.
          BERTH_LOGIN_KEY: Fn.nonsensitive(keys.loginKey),
          BERTH_HOST_KEY: keys.hostPublicKey,
          BERTH_SECONDS: String(timeout.toSecondsCeil()),
          BERTH_REFUSED_SECONDS: String(REFUSED_SECONDS),
          BERTH_CONSOLE: consoleLog,
        },
      },
    });
  }
}
