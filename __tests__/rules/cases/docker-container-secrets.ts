import { type Case, container } from "./case";

export const dockerContainerSecretsCases: Readonly<Record<string, Case>> = {
  "docker/container/secret-in-env": container(
    { env: ["A=1", "PGPASSWORD=hunter2"] },
    `'env.1' must not hold a secret, got "PGPASSWORD=…" (give a Secret, or the path of a file that is mounted)`,
    {
      env: [
        'PGPASSWORD=${file("/run/pw")}',
        "PGPASSWORD_FILE=/run/secrets/pg",
        "TOKEN=",
        "URL=https://ops@example.com/",
      ],
    },
    { read: true, elsewhere: "needs a file" },
  ),
  "docker/container/secret-in-label": container(
    { labels: [{ label: "com.example.api-token", value: "glpat-aaaaaaaaaaaaaaaaaaaa" }] },
    `'labels.0.value' must not hold a secret, got "com.example.api-token=…" (labels can be read by everybody who reaches the engine: mount a file)`,
    { labels: [{ label: "com.example.token", value: "/run/secrets/x" }] },
    { read: true },
  ),
  "docker/container/secret-in-upload": container(
    { upload: [{ file: "/k", content_base64: Buffer.from("-----BEGIN EC PRIVATE KEY-----").toString("base64") }] },
    "'upload.0.content' must not hold a private key, a token or a password, got one (mount it from the host, or give a TerraformVariable with sensitive: true)",
    {
      upload: [
        { file: "/k", content: '${file("/run/key")}' },
        { file: "/c", content: "-----BEGIN CERTIFICATE-----" },
      ],
    },
    { read: true, elsewhere: "needs a file" },
  ),
  "docker/container/secret-in-command": container(
    { command: ["redis-server", "--requirepass", "hunter2"] },
    `'command.1' must not hold a secret, got "--requirepass …" (give the path of a file that is mounted)`,
    { command: ["/bin/web"] },
    { read: true },
  ),
};
