import { Construct, type IConstruct } from "constructs";
import { movedHost } from "../core/host-address";
import { Machine } from "../core/machine";
import { engineKey, machineKey } from "../core/machine-key";
import { declareHost, disagreements } from "../core/one-host";
import { type Problem, Problems } from "../core/problems";
import { ProviderBlocks } from "../core/provider-blocks";
import { instance, oneOf, optional, readProps, required, type Shape, shaped, text } from "../core/shape";
import { DockerProvider } from "../providers/docker/provider";
import type { LeanResource } from "../providers/lean";
import type { PortMapping } from "../units/port-mapping";
import { CONSTRAINTS, type DockerLine } from "./docker-line";

/** Where containers run: anything that Docker constructs take as their host. */
export interface IDockerHost extends IConstruct {
  /** The provider line that what stands on this host is rendered for. */
  readonly line: DockerLine;
  /** Where the engine listens, as a person names it. */
  readonly endpoint: string;
  /** The machine that ports and subnets are claimed on. */
  readonly machineKey: string;
  /** The engine that names are claimed on. */
  readonly engineKey: string;
  /** The provider configuration that reaches this host from the stack of `scope`; made once per stack. */
  providerFor(scope: Construct): DockerProvider;
  /** Ties a resource on this host to what the host itself stands on: nothing for an engine that is simply there. */
  carry(resource: LeanResource): void;
  /** What a service asks for and this host is known not to have. */
  lacks(needs: HostNeeds): readonly Problem[];
}

/** What a service asks of the machine that its engine stands on. */
export interface HostNeeds {
  readonly ports: readonly PortMapping[];
  readonly cpus: number | undefined;
  readonly runtime: string | undefined;
}

/** What a {@link DockerHost} takes. */
export interface DockerHostProps {
  /**
   * Where the engine listens: `unix:///path`, `ssh://user@machine[:port]` or `tcp://machine:port` (with `tls`).
   * Must be a literal. Changing it moves nothing: Terraform looks for the same resources on the other engine.
   * Becomes `host` of the provider.
   * @default "unix:///var/run/docker.sock"
   */
  readonly host?: string | undefined;
  /**
   * The line of the Docker provider. Moving from 3.9 to 4 changes nothing of what runs; there is no way back, since the
   * provider cannot read the newer state. Becomes the version constraint of `required_providers`.
   * @default "4"
   */
  readonly line?: DockerLine | undefined;
  /**
   * The computer this engine runs on, where a `KvmHost` or another engine runs on it too.
   * @default - the computer that `host` leads to
   */
  readonly machine?: Machine | undefined;
  /**
   * Client certificate for `tcp://`: a folder on the machine of Terraform with `ca.pem`, `cert.pem` and `key.pem`.
   * Changing it touches nothing that runs. Becomes `cert_path` of the provider.
   * @default - none
   */
  readonly tls?: { readonly certPath: string } | undefined;
}

const SHAPE: Shape<DockerHostProps> = {
  host: optional(text),
  line: optional(oneOf("3.9", "4")),
  machine: optional(instance(Machine, 'new Machine(stack, "rack1")')),
  tls: optional(shaped<{ readonly certPath: string }>("an object with 'certPath'", { certPath: required(text) })),
};

/**
 * One Docker engine. It becomes a provider configuration in every stack that uses it, which the caller's environment
 * does not redirect: `context` and `cert_path` are always set, to nothing where they are not used.
 *
 * @example new DockerHost(stack, "docker", { host: "ssh://ops@rack1" })
 */
export class DockerHost extends Construct implements IDockerHost {
  public readonly line: DockerLine;
  public readonly endpoint: string;
  public readonly machineKey: string;
  public readonly engineKey: string;
  private readonly certPath: string;
  private readonly blocks = new ProviderBlocks(
    this,
    "docker",
    (stack, id, alias) =>
      new DockerProvider(stack, id, { alias, version: CONSTRAINTS[this.line], ...this.connection() }),
  );

  constructor(scope: Construct, id: string, props: DockerHostProps = {}) {
    super(scope, id);
    const problems = new Problems();
    const read = readProps(this.node.path, props, SHAPE, problems);
    const { host = "unix:///var/run/docker.sock", line = "4", machine, tls } = read;
    if (problems.literal("host", host) && problems.all.length === 0) {
      checkEndpoint(host, tls !== undefined, problems);
    }
    if (tls !== undefined && problems.literal("tls.certPath", tls.certPath)) {
      problems.check(tls.certPath !== "", "tls.certPath", "name a folder", tls.certPath);
    }
    problems.reportOn(this);
    this.line = line;
    this.endpoint = host;
    this.machineKey = machineKey(machine, host);
    this.engineKey = engineKey(host);
    this.certPath = tls?.certPath ?? "";
    if (problems.all.length === 0) {
      // Terraform removes what stands on a host with its provider block, also the last thing that the code takes away.
      this.providerFor(this);
      declareHost(this, host, { machine: machine?.node.path ?? "none" });
      this.node.addValidation({
        validate: () => [...movedHost(this, "docker", "host", host), ...disagreements(this, host)],
      });
    }
  }

  public providerFor(scope: Construct): DockerProvider {
    return this.blocks.blockFor(scope);
  }

  public carry(): void {
    // An engine that is simply there was neither made nor will be replaced by this app.
  }

  public lacks(): readonly Problem[] {
    // Nor does the app know what the engine's machine has.
    return [];
  }

  private connection() {
    const strictSsh = ["-o", "StrictHostKeyChecking=yes"];
    return {
      host: this.endpoint,
      context: "",
      certPath: this.certPath,
      ...(this.endpoint.startsWith("ssh://") ? { sshOpts: strictSsh } : {}),
    };
  }
}

const FORMS = 'be "unix:///path", "ssh://user@machine" or "tcp://machine:port" with \'tls\'';

function checkEndpoint(host: string, tls: boolean, problems: Problems): void {
  const [, scheme = "", rest = ""] = /^([a-z]+):\/\/(.*)$/.exec(host) ?? [];
  const good = {
    unix: /^\/[^\s]+$/.test(rest),
    // What begins with "-" would be an option of ssh.
    ssh: /^(\w[\w.-]*@)?(\w[\w.-]*|\[[0-9a-f:.]+\])(:\d+)?$/.test(rest),
    tcp: /^(\w[\w.-]*|\[[0-9a-f:.]+\]):\d+$/.test(rest),
  }[scheme];
  const port = Number(/:(\d+)$/.exec(rest)?.[1] ?? 1);
  if (good !== true || (scheme !== "unix" && (port < 1 || port > 65535))) {
    const meant = host.startsWith("/") ? `unix://${host}` : `ssh://${host}`;
    problems.add("host", FORMS, host, scheme === "" && host !== "" ? `did you mean "${meant}"?` : undefined);
    return;
  }
  if (scheme === "tcp" && !tls) {
    problems.add(
      "host",
      "not be an engine on the network without TLS",
      host,
      "anybody who reaches it is root there; add 'tls', or use ssh://",
    );
  }
  if (scheme !== "tcp" && tls) {
    problems.addText("tls", "be left out for a host that is not tcp://", "a certificate", `'host' is "${host}"`);
  }
}
