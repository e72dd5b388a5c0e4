import { isReference } from "./document";
import { on, quoted, rulesOf } from "./look";
import type { Rule } from "./rule";

const rule = rulesOf("docker/provider", "provider.docker");

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
];
