import { holdsSecret, isSecret } from "../core/secrets";
import { blocks, isReference } from "./document";
import { each, rulesOf, seen } from "./look";
import type { Rule } from "./rule";

const rule = rulesOf("docker/container", "docker_container");

/** What should not stand in the JSON, which is committed, printed and kept. */
export const dockerContainerSecretRules: readonly Rule[] = [
  rule(
    "secret-in-env",
    "no error: the value stands in the JSON, the plan, the state and docker inspect",
    each("env", (line) => {
      const text = String(line);
      const end = text.indexOf("=");
      const name = end < 0 ? text : text.slice(0, end);
      return isSecret(name, end < 0 ? "" : text.slice(end + 1))
        ? {
            bound: "not hold a secret",
            value: `"${name}=…"`,
            fix: "give a Secret, or the path of a file that is mounted",
          }
        : undefined;
    }),
    { severity: "warning", proof: "read" },
  ),
  rule(
    "secret-in-label",
    "no error: the value stands in the JSON, the plan, the state and docker inspect",
    ({ body }) =>
      seen(blocks(body.labels), ({ label, value }, index) =>
        typeof value === "string" && !isReference(value) && isSecret(String(label).split(".").at(-1) ?? "", value)
          ? {
              attribute: `labels.${index}.value`,
              bound: "not hold a secret",
              value: `"${String(label)}=…"`,
              fix: "labels can be read by everybody who reaches the engine: mount a file",
            }
          : undefined,
      ),
    { severity: "warning", proof: "read" },
  ),
  rule(
    "secret-in-upload",
    "no error: the content stands in the JSON, the plan and the state",
    ({ body }) =>
      blocks(body.upload).flatMap(({ content, content_base64: base64 }, index) => {
        const text =
          typeof base64 === "string" && !isReference(base64) ? Buffer.from(base64, "base64").toString() : content;
        const secret = typeof text === "string" && !isReference(text) && holdsSecret(text);
        const fix = "mount it from the host, or give a TerraformVariable with sensitive: true";
        return secret
          ? [
              {
                attribute: `upload.${index}.content`,
                bound: "not hold a private key, a token or a password",
                value: "one",
                fix,
              },
            ]
          : [];
      }),
    { severity: "warning", proof: "read" },
  ),

  rule(
    "secret-in-command",
    "no error: the value stands in the JSON, the plan, the state, docker inspect and every list of processes",
    ({ body }) => {
      const words: readonly unknown[] = Array.isArray(body.command) ? body.command : [];
      return words.flatMap((word, index) => {
        const [, option, , value = words[index + 1]] =
          /^--?((?:[\w-]+-)?(?:password|passwd|requirepass|pass|token|secret|api-?key))(=(.*))?$/i.exec(String(word)) ??
          [];
        const named = option !== undefined && typeof value === "string" && value !== "" && !/^[-/]|[$]/.test(value);
        return named || (!isReference(word) && holdsSecret(String(word)))
          ? [
              {
                attribute: `command.${index}`,
                bound: "not hold a secret",
                value: option === undefined ? "one" : `"--${option} …"`,
                fix: "give the path of a file that is mounted",
              },
            ]
          : [];
      });
    },
    { severity: "warning", proof: "read" },
  ),
];
