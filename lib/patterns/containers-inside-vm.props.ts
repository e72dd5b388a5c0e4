import {
  dictionary,
  either,
  instance,
  list,
  number,
  oneOf,
  optional,
  required,
  type Shape,
  shaped,
  text,
} from "../core/shape";
import type { DockerLine } from "../docker/docker-line";
import type { KvmGuestProps } from "../kvm/kvm-guest.props";
import { Duration } from "../units/duration";
import { Size } from "../units/size";
import type { EngineProxies, EngineSettings } from "./engine-settings";
import type { GuestKeys, SshKeys } from "./guest-keys";

/** An engine that is reached through ssh, as one of the guest's users. */
export interface SshTransport {
  /** One of the guest's `users`; joins the group `docker`. */
  readonly user: string;
  /**
   * File on the machine of Terraform with the user's private key, which every plan needs.
   * @default - what ssh finds there by itself: an agent, or the usual files
   */
  readonly identityFile?: string | undefined;
}

/** What the engine of a guest takes. */
export interface EngineProps {
  /**
   * The line of the Docker provider. Moving from 3.9 to 4 changes nothing of what runs; there is no way back. Becomes the
   * version constraint of `required_providers`.
   * @default "4"
   */
  readonly line?: DockerLine | undefined;
  /**
   * Packages of the guest's distribution that bring the engine; an empty list for an image that has one. Acts at the first
   * boot only; changing it restarts the guest. Becomes part of the seed.
   * @default ["docker.io"]
   */
  readonly enginePackages?: readonly string[] | undefined;
  /**
   * Capacity of the disk that the engine's data live on, or `"root"` to keep them on the root disk, where `rebuildOn` loses
   * them. The provider cannot change the capacity; going from one to the other makes everything inside anew. Becomes a
   * volume.
   * @default Size.gibibytes(20)
   */
  readonly engineDisk?: Size | "root" | undefined;
  /**
   * `"keep"`: Terraform refuses to destroy the engine's disk. `"delete"`: destroying it deletes all that is inside.
   * Changing it costs nothing. Becomes `lifecycle.prevent_destroy`.
   * @default "keep"
   */
  readonly onDestroy?: "keep" | "delete" | undefined;
  /**
   * How Terraform reaches the engine: `"tls"`, or through ssh, which opens no further port and makes plans slower. Over ssh
   * it needs OpenSSH 8.5 on the machine of Terraform, and `keys` without certificates, whose `hostPublicKey` is a literal:
   * the provider takes no option that is known after the apply only. Changing it after the first apply makes the plan fail:
   * it cannot reach the engine. Becomes the provider's `host`, and `ca_material` or `ssh_opts`.
   * @default "tls"
   */
  readonly transport?: "tls" | SshTransport | undefined;
  /**
   * Settings of the engine. Changing one restarts the guest; containers come back with it. Becomes part of the seed.
   * @default - the engine's own
   */
  readonly engine?: EngineSettings | undefined;
  /**
   * Keys of your own, instead of those that the tls provider makes and the state holds. Changing from one to the other is a
   * new authority. Becomes the key disk and the provider's `ca_material`, `cert_material` and `key_material`.
   * @default - made by the tls provider
   */
  readonly keys?: GuestKeys | SshKeys | undefined;
  /**
   * Any text. Changing it makes a new ssh host key and a new server certificate, and restarts the guest; nothing inside is
   * made anew. Becomes a trigger of `tls_private_key`.
   * @default - never
   */
  readonly rotateOn?: string | undefined;
  /**
   * How long the guest may take until a container starts, whole seconds from 1. Changing it touches nothing. Becomes part of
   * a `terraform_data`.
   * @default Duration.minutes(10)
   */
  readonly readyTimeout?: Duration | undefined;
}

/** What a `ContainersInsideVm` takes: what a guest takes, and what its engine takes. */
export interface ContainersInsideVmProps extends EngineProps, Omit<KvmGuestProps, "serialConsole" | "userData"> {}

export const ENGINE_SHAPE: Shape<EngineProps> = {
  line: optional(oneOf("3.9", "4")),
  enginePackages: optional(list(text)),
  engineDisk: optional(
    either<Size | "root">(
      'a Size, or "root"',
      { when: (value) => typeof value === "string", kind: oneOf("root") },
      { when: (value) => typeof value === "object", kind: instance(Size, "Size.gibibytes(20)") },
    ),
  ),
  onDestroy: optional(oneOf("keep", "delete")),
  engine: optional(
    shaped<EngineSettings>("an object with settings of the engine", {
      logDriver: optional(text),
      logOptions: optional(dictionary(text)),
      registryMirrors: optional(list(text)),
      addressPools: optional(
        list(
          shaped<{ base: string; size: number }>("an object with 'base' and 'size'", {
            base: required(text),
            size: required(number),
          }),
        ),
      ),
      runtimes: optional(
        dictionary(
          shaped<{ path: string; args?: readonly string[] | undefined }>("an object with 'path'", {
            path: required(text),
            args: optional(list(text)),
          }),
        ),
      ),
      proxies: optional(
        shaped<EngineProxies>("an object with 'httpProxy', 'httpsProxy' or 'noProxy'", {
          httpProxy: optional(text),
          httpsProxy: optional(text),
          noProxy: optional(list(text)),
        }),
      ),
    }),
  ),
  transport: optional(
    either<"tls" | SshTransport>(
      "\"tls\", or an object with 'user'",
      { when: (value) => typeof value === "string", kind: oneOf("tls") },
      {
        when: (value) => typeof value === "object",
        kind: shaped<SshTransport>("an object with 'user'", { user: required(text), identityFile: optional(text) }),
      },
    ),
  ),
  keys: optional(
    shaped<SshKeys & Partial<GuestKeys>>("an object with the keys of both sides", {
      hostKey: required(text),
      hostPublicKey: required(text),
      loginKey: required(text),
      loginPublicKey: required(text),
      ca: optional(text),
      serverCertificate: optional(text),
      serverKey: optional(text),
      clientCertificate: optional(text),
      clientKey: optional(text),
    }),
  ),
  rotateOn: optional(text),
  readyTimeout: optional(instance(Duration, "Duration.minutes(10)")),
};

/** Takes the guest's props and the engine's apart. */
export function splitProps(props: ContainersInsideVmProps | undefined): { own: EngineProps; guest: KvmGuestProps } {
  const { line, enginePackages, engineDisk, onDestroy, engine, transport, keys, rotateOn, readyTimeout, ...guest } =
    // Without any, the guest says what it needs.
    props ?? ({} as ContainersInsideVmProps);
  const own = { line, enginePackages, engineDisk, onDestroy, engine, transport, keys, rotateOn, readyTimeout };
  return { own, guest };
}
