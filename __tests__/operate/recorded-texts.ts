import { TEXTS_APART } from "./recorded-texts-apart";
import { TEXTS_OF_DOCKER } from "./recorded-texts-of-docker";
import { TEXTS_OF_GUESTS } from "./recorded-texts-of-guests";
import { TEXTS_OF_HOSTS } from "./recorded-texts-of-hosts";

/** Errors that were recorded on real machines or read in the sources, and the id of what is behind each. */
export const RECORDED_TEXTS: readonly (readonly [text: string, id: string])[] = [
  // docker
  ...TEXTS_OF_DOCKER,
  // libvirt
  ...TEXTS_OF_HOSTS,
  ...TEXTS_OF_GUESTS,
  ...TEXTS_APART,
  // ssh and keys
  [
    'error during connect: Get "http://docker.example.com/v1.41/containers/json": command [ssh -l root -p 1 -o ConnectTimeout=30 -T -- 127.0.0.1 docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=ssh: connect to host 127.0.0.1 port 1: Connection refused',
    "ssh-failed",
  ],
  [
    'failed to create Docker client: failed to create tls config: could not read CA certificate "/etc/docker/certs/ca.pem": open /etc/docker/certs/ca.pem: no such file or directory',
    "engine-keys",
  ],
  ["ssh: connect to host 10.92.0.10 port 22: Connection refused", "host-unreachable"],
  ["failed to create Docker client: cert_path must not be specified", "engine-keys"],
  [
    'error during connect: Get "http://docker.example.com/v1.41/containers/json": command [ssh -l app -p 22 -o ConnectTimeout=30 -T -- 10.92.0.10 docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=ssh: connect to host 10.92.0.10 port 22: No route to host',
    "ssh-failed",
  ],
  ["failed to create Docker client: cert_material, and key_material must be specified", "engine-keys"],
  [
    'Cycle: docker_container.web (destroy), tls_locally_signed_cert.client, tls_self_signed_cert.ca, provider["registry.terraform.io/kreuzwerker/docker"].inner, docker_network.lan (destroy)',
    "cycle",
  ],
  [
    "Could not open URL for upload: failed to stat file: stat ./.berth/72e4d7561762d309: no such file or directory",
    "file-missing",
  ],
  // terraform
  ["Invalid character\nThis character is not used within the language.", "reference-form"],
  ["Invalid expression\nExpected the start of an expression, but found an invalid expression token.", "reference-form"],
  [
    'Provider configuration not present\nTo work with docker_container.web its original provider configuration at provider["registry.terraform.io/kreuzwerker/docker"].inner is required, but it has been removed.',
    "provider-of-another-stack",
  ],
  [
    "Invalid depends_on reference\nReferences in depends_on must be to a whole object (resource, etc), not to an attribute of an object.",
    "depends-on-another-stack",
  ],
  ['Unsupported argument\nAn argument named "check_duplicate" is not expected here.', "unknown-argument"],
  [
    'Invalid resource type\nThe provider kreuzwerker/docker does not support resource type "docker_compose".',
    "unknown-type",
  ],
];
