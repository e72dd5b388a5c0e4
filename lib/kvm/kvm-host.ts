import { Construct, type IConstruct } from "constructs";
import { movedHost } from "../core/host-address";
import { Machine } from "../core/machine";
import { engineKey, machineKey } from "../core/machine-key";
import { declareHost, disagreements } from "../core/one-host";
import { Problems } from "../core/problems";
import { ProviderBlocks } from "../core/provider-blocks";
import { flag, instance, optional, readProps, type Shape, text } from "../core/shape";
import { LibvirtProvider } from "../providers/libvirt/provider";
import { connectionProblems } from "../units/libvirt-uri";

/** The libvirt provider's version; what is rendered is right for this one. */
export const LIBVIRT_VERSION = "0.9.7";

/** Where guests run. */
export interface IKvmHost extends IConstruct {
  /** libvirt's connection URI. */
  readonly uri: string;
  /** True where the processor's virtualization is not used and guests are emulated. */
  readonly emulated: boolean;
  /** The machine that addresses, subnets and folders are claimed on. */
  readonly machineKey: string;
  /** The libvirt that names are claimed on. */
  readonly engineKey: string;
  /** The provider configuration that reaches this host from the stack of `scope`; made once per stack. */
  providerFor(scope: Construct): LibvirtProvider;
}

/** What a {@link KvmHost} takes. */
export interface KvmHostProps {
  /**
   * libvirt's connection: `qemu:///system`, `qemu+sshcmd://user@machine/system`, `qemu+tls://machine/system` and their
   * kin. Must be a literal: the provider takes an unknown URI for the local one without a word. Parameters are those that
   * the provider reads: `keyfile`, `knownhosts`, `socket`, and for sshcmd `proxy` and `sshauth=privkey`; for tls `pkipath`.
   * Host keys and certificates are always checked; passwords are refused. Changing it moves nothing: Terraform looks for the same guests on the other host.
   * Becomes `uri` of the provider.
   * @default "qemu:///system"
   */
  readonly uri?: string | undefined;
  /**
   * Emulates the processor, for hosts without KVM: many times slower. Changing it replaces every guest, disks kept.
   * Becomes `type` and `cpu.mode` of the guests.
   * @default false
   */
  readonly emulated?: boolean | undefined;
  /**
   * The computer this libvirt runs on, where a `DockerHost` runs on it too.
   * @default - the computer that `uri` leads to
   */
  readonly machine?: Machine | undefined;
}

const SHAPE: Shape<KvmHostProps> = {
  uri: optional(text),
  emulated: optional(flag),
  machine: optional(instance(Machine, 'new Machine(stack, "rack1")')),
};

/**
 * One libvirt connection. It becomes a provider configuration in every stack that uses it.
 *
 * @example new KvmHost(stack, "kvm", { uri: "qemu+sshcmd://ops@rack1/system" })
 */
export class KvmHost extends Construct implements IKvmHost {
  public readonly uri: string;
  public readonly emulated: boolean;
  public readonly machineKey: string;
  public readonly engineKey: string;
  private readonly blocks = new ProviderBlocks(
    this,
    "libvirt",
    (stack, id, alias) => new LibvirtProvider(stack, id, { alias, version: LIBVIRT_VERSION, uri: this.uri }),
  );

  constructor(scope: Construct, id: string, props: KvmHostProps = {}) {
    super(scope, id);
    const problems = new Problems();
    const { uri = "qemu:///system", emulated = false, machine } = readProps(this.node.path, props, SHAPE, problems);
    if (problems.literal("uri", uri)) {
      problems.include(connectionProblems(uri));
    }
    problems.reportOn(this);
    this.uri = uri;
    this.emulated = emulated;
    this.machineKey = machineKey(machine, uri);
    this.engineKey = engineKey(uri);
    if (problems.all.length === 0) {
      // Terraform removes what stands on a host with its provider block, also the last thing that the code takes away.
      this.providerFor(this);
      declareHost(this, uri, { emulated: String(emulated), machine: machine?.node.path ?? "none" });
      this.node.addValidation({
        validate: () => [...movedHost(this, "libvirt", "uri", uri), ...disagreements(this, uri)],
      });
    }
  }

  public providerFor(scope: Construct): LibvirtProvider {
    return this.blocks.blockFor(scope);
  }
}
