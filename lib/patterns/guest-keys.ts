import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { TerraformData } from "../providers/terraform/terraform-data";
import { CertRequest } from "../providers/tls/cert-request";
import { LocallySignedCert } from "../providers/tls/locally-signed-cert";
import { PrivateKey } from "../providers/tls/private-key";
import { TlsProvider } from "../providers/tls/provider";
import { SelfSignedCert } from "../providers/tls/self-signed-cert";

/** The tls provider's version; what is rendered is right for this line. */
const TLS_VERSION = ">= 4.2.1, < 5.0.0";

/**
 * Ten years. A certificate that expires makes the provider plan a new one, and a provider whose own certificate is about
 * to change cannot reach the engine any more: every plan would fail.
 */
const VALID_HOURS = 87_600;

/**
 * What makes a guest reachable by ssh, and by nobody else. Private halves are references to sensitive values, such as a
 * `TerraformVariable` with `sensitive: true`; a literal would stand in the JSON and is refused. Changing one restarts the
 * guest, unless it says otherwise.
 */
export interface SshKeys {
  /** Private half of the guest's ssh host key, OpenSSH form. Becomes part of the key disk. */
  readonly hostKey: string;
  /** Public half of it, one line: what the other side is checked against. Becomes part of a `terraform_data`. */
  readonly hostPublicKey: string;
  /** Private half of the key that looks whether the guest is ready. Changing it alone touches nothing that runs. */
  readonly loginKey: string;
  /** Public half of it, one line. Becomes part of the key disk. */
  readonly loginPublicKey: string;
}

/** What reaches a guest and its engine over TLS, and what the guest needs to be reached by nobody else. */
export interface GuestKeys extends SshKeys {
  /** Certificate of the authority that signed both others, PEM. Becomes part of the key disk, and `ca_material`. */
  readonly ca: string;
  /** Certificate of the engine, PEM, for the guest's address. Becomes part of the key disk. */
  readonly serverCertificate: string;
  /** Its private key, PEM. Becomes part of the key disk. */
  readonly serverKey: string;
  /** Certificate of the engine's only client, PEM. Changing it touches nothing that runs. Becomes `cert_material`. */
  readonly clientCertificate: string;
  /** Its private key, PEM. Changing it touches nothing that runs. Becomes `key_material`. */
  readonly clientKey: string;
}

/** What {@link GeneratedKeys} takes. */
export interface GeneratedKeysProps {
  /** Names in the certificates. */
  readonly name: string;
  /** The address that the server certificate holds for. */
  readonly address: string;
  /** Any text; changing it makes a new ssh host key and a new server key. */
  readonly rotateOn: string;
}

/**
 * Keys made by the tls provider. They live in the state, and nowhere else on the machine of Terraform: encrypt the state,
 * or bring keys of your own.
 */
export class GeneratedKeys extends Construct implements GuestKeys {
  public readonly hostKey: string;
  public readonly hostPublicKey: string;
  public readonly loginKey: string;
  public readonly loginPublicKey: string;
  public readonly ca: string;
  public readonly serverCertificate: string;
  public readonly serverKey: string;
  public readonly clientCertificate: string;
  public readonly clientKey: string;
  /** When the authority, the server's and the client's certificates end. */
  public readonly expiry: Readonly<Record<"ca" | "server" | "client", string>>;

  constructor(scope: Construct, id: string, { name, address, rotateOn }: GeneratedKeysProps) {
    super(scope, id);
    const provider = providerIn(this);
    const rotation = new TerraformData(this, "Rotation", { input: rotateOn });
    const ssh = (key: string) => new PrivateKey(this, key, { provider, algorithm: "ED25519" });
    const tls = (key: string) => new PrivateKey(this, key, { provider, algorithm: "ECDSA", ecdsaCurve: "P256" });
    const [host, login, authority, server, client] = [
      ssh("Host"),
      ssh("Login"),
      tls("Authority"),
      tls("Server"),
      tls("Client"),
    ];
    host.replaceOn(rotation);
    server.replaceOn(rotation);
    const ca = new SelfSignedCert(this, "AuthorityCertificate", {
      provider,
      privateKeyPem: authority.reference("private_key_pem"),
      isCaCertificate: true,
      subject: [{ commonName: `${name} authority` }],
      validityPeriodHours: VALID_HOURS,
      allowedUses: ["cert_signing", "crl_signing"],
    });
    const sign = (part: string, key: PrivateKey, use: string, addresses: readonly string[]) => {
      const request = new CertRequest(this, `${part}Request`, {
        provider,
        privateKeyPem: key.reference("private_key_pem"),
        subject: [{ commonName: `${name} ${part.toLowerCase()}` }],
        ...(addresses.length === 0 ? {} : { ipAddresses: addresses }),
      });
      return new LocallySignedCert(this, `${part}Certificate`, {
        provider,
        certRequestPem: request.reference("cert_request_pem"),
        caPrivateKeyPem: authority.reference("private_key_pem"),
        caCertPem: ca.reference("cert_pem"),
        validityPeriodHours: VALID_HOURS,
        allowedUses: ["digital_signature", "key_encipherment", use],
      });
    };
    const serverCertificate = sign("Server", server, "server_auth", [address]);
    const clientCertificate = sign("Client", client, "client_auth", []);
    this.hostKey = host.privateKeyOpenssh;
    this.hostPublicKey = Fn.trimspace(host.publicKeyOpenssh);
    this.loginKey = login.privateKeyOpenssh;
    this.loginPublicKey = login.publicKeyOpenssh;
    this.ca = ca.certPem;
    this.serverCertificate = serverCertificate.certPem;
    this.serverKey = server.privateKeyPem;
    this.clientCertificate = clientCertificate.certPem;
    this.clientKey = client.privateKeyPem;
    this.expiry = {
      ca: ca.validityEndTime,
      server: serverCertificate.validityEndTime,
      client: clientCertificate.validityEndTime,
    };
  }
}

function providerIn(scope: Construct): TlsProvider {
  const stack = TerraformStack.of(scope);
  return (
    (stack.node.tryFindChild("provider-tls") as TlsProvider | undefined) ??
    new TlsProvider(stack, "provider-tls", { version: TLS_VERSION })
  );
}
