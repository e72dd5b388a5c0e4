import { blocks, isReference } from "./document";
import { each, inBlocks, on, quoted, repeated, rulesOf } from "./look";
import type { Rule } from "./rule";

const rule = rulesOf("docker/provider", "provider.docker");

/** A registry's address as the provider keys it. */
function bareHost(address: unknown): string | undefined {
  return typeof address === "string" && !isReference(address)
    ? address.replace(/^https?:\/\//, "").replace(/\/.*$/, "")
    : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the Docker provider refuses in its own block. */
export const dockerProviderRules: readonly Rule[] = [
  rule(
    "context",
    "Error loading Docker context 'default': context 'default' not found",
    on("context", (context) =>
      context === "default"
        ? { bound: "be empty, or a context that was made", value: '"default"', fix: 'write "", and name the host' }
        : undefined,
    ),
  ),
  rule(
    "host-form",
    "unable to parse docker host `/var/run/docker.sock`",
    on("host", (host) =>
      host === "" || /^[a-z]+:\/\//.test(String(host))
        ? undefined
        : {
            bound: "begin with unix://, tcp:// or ssh://",
            value: quoted(host),
            fix: `such as unix:///var/run/docker.sock`,
          },
    ),
  ),
  rule(
    "host",
    "Error pinging Docker server: every other scheme is taken for tcp",
    on("host", (host) =>
      /^(?!unix|tcp|ssh|npipe|fd)[a-z]+:\/\//.test(String(host))
        ? { bound: "be reached by unix, tcp or ssh", value: quoted(host) }
        : undefined,
    ),
  ),
  rule("half-a-key", "cert_material, and key_material must be specified", ({ body }) => {
    const given = ["cert_material", "key_material"].filter((name) => body[name] !== undefined && body[name] !== "");
    return given.length === 1
      ? [{ attribute: String(given[0]), bound: "stand with the other half of its pair", value: "one alone" }]
      : [];
  }),
  rule("cert-path-and-material", '"cert_path": conflicts with ca_material', ({ body }) => {
    const given = ["ca_material", "cert_material", "key_material"].filter(
      (name) => body[name] !== undefined && body[name] !== "",
    );
    return given.length > 0 &&
      typeof body.cert_path === "string" &&
      body.cert_path !== "" &&
      !isReference(body.cert_path)
      ? [{ attribute: "cert_path", bound: "be left out where the keys are given", value: `it and ${given.join(", ")}` }]
      : [];
  }),

  rule(
    "ssh-password",
    "plain-text password is not supported",
    on("host", (host) =>
      /^ssh:\/\/[^/@]*:[^/@]*@/.test(String(host))
        ? { bound: "have no password", value: "ssh://…:…@…", fix: "log in with a key" }
        : undefined,
    ),
    { proof: "read" },
  ),
  rule(
    "host-and-context",
    "no error: the context is reached, whatever host says",
    ({ body }) =>
      [body.host, body.context].every((one) => typeof one === "string" && one !== "")
        ? [
            {
              attribute: "context",
              bound: 'be "" where host is set',
              value: "both",
              fix: "left out, the environment's DOCKER_CONTEXT would win",
            },
          ]
        : [],
    { proof: "read" },
  ),
  rule(
    "authority-alone",
    "no error: http is spoken, and ca_material counts for nothing",
    ({ body }) =>
      body.ca_material !== undefined &&
      body.ca_material !== "" &&
      [body.cert_material, body.key_material].every((one) => one === undefined || one === "")
        ? [{ attribute: "ca_material", bound: "stand with cert_material and key_material", value: "alone" }]
        : [],
    { proof: "read" },
  ),
  rule("material", "tls: failed to find any PEM data in certificate input", ({ body }) =>
    ["ca_material", "cert_material", "key_material"].flatMap((attribute) => {
      const text = body[attribute];
      return typeof text === "string" && !isReference(text) && /^(~|\.{0,2}\/)|\.(pem|crt|cer|key)$/.test(text)
        ? [
            {
              attribute,
              bound: "be PEM text",
              value: quoted(text),
              fix: "a folder belongs in cert_path, and file() reads one file",
            },
          ]
        : [];
    }),
  ),
  rule(
    "ssh-options",
    "no error: no ssh is started",
    ({ body: { host, ssh_opts: options } }) =>
      Array.isArray(options) && options.length > 0 && /^(tcp|unix|npipe):/.test(String(host))
        ? [{ attribute: "ssh_opts", bound: "stand with an ssh:// host", value: quoted(host) }]
        : [],
    { proof: "read" },
  ),
  rule(
    "host-key-unchecked",
    "no error: whoever answers for the host gets what is applied, and what is asked of it",
    each("ssh_opts", (option) =>
      /^(-o)?\s*StrictHostKeyChecking\s*[= ]\s*(no|off|accept-new)/i.test(String(option))
        ? {
            bound: "not switch off the check of the host's key",
            value: quoted(option),
            fix: "add its key to known_hosts",
          }
        : undefined,
    ),
    { severity: "warning", proof: "read" },
  ),
  rule(
    "cert-path-and-ssh",
    "the engine is spoken to by TLS, not by ssh",
    ({ body: { host, cert_path: path } }) =>
      typeof path === "string" && path !== "" && /^ssh:/.test(String(host))
        ? [{ attribute: "cert_path", bound: "be left out where the host is ssh://", value: quoted(path) }]
        : [],
    { proof: "read" },
  ),
  rule(
    "registry-config",
    "Error parsing docker registry config json",
    inBlocks("registry_auth", "config_file_content", (text) =>
      isJson(String(text)) ? undefined : { bound: "be JSON as in config.json", value: "other text" },
    ),
  ),
  rule(
    "registry-twice",
    "no error: one of the two is lost",
    ({ body }) =>
      repeated(blocks(body.registry_auth), ({ address }) => bareHost(address)).map(({ address }) => ({
        attribute: "registry_auth.address",
        bound: "name each registry once",
        value: quoted(address),
      })),
    { proof: "read" },
  ),
  rule(
    "hub-address",
    "no error: images of the hub are pulled without a login",
    inBlocks("registry_auth", "address", (address) =>
      ["docker.io", "hub.docker.com", "www.docker.com"].includes(bareHost(address) ?? "")
        ? { bound: "be the hub's own address", value: quoted(address), fix: "write registry-1.docker.io" }
        : undefined,
    ),
    { proof: "read" },
  ),
];
