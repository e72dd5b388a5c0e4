import { type Case, casesOf, SWARM } from "./case";

const secret = casesOf("docker_secret", { name: "a", data: "YQ==" });
const config = casesOf("docker_config", { name: "a", data: "YQ==" });

/** As base64 grows: three bytes of data are four letters. */
const bytes = (count: number) => Buffer.alloc(count, "a").toString("base64");

export const dockerSecretCases: Readonly<Record<string, Case>> = {
  "docker/secret/data": secret({ data: "a b" }, "'data' must be base64, got other text", {}, SWARM),
  "docker/secret/name": secret(
    { name: "-berth-rule" },
    `'name' must be 1 to 64 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit, got "-berth-rule"`,
    {},
    SWARM,
  ),
  "docker/secret/size": secret(
    { data: bytes(512000) },
    "'data' must hold at least 1 byte and less than 500 KiB, got 512000 bytes",
    { data: bytes(511999) },
    SWARM,
  ),
  "docker/secret/name-taken": secret(
    { name: "berth-rule-own" },
    `'name' must be a name that no other secret of the swarm has, got "berth-rule-own", which docker_secret.other has (choose another)`,
    { name: "berth-rule-own-2" },
    { ...SWARM, beside: { docker_secret: { other: { name: "berth-rule-own", data: "YQ==" } } } },
  ),
  "docker/config/data": config({ data: "a b" }, "'data' must be base64, got other text", {}, SWARM),
  "docker/config/name": config(
    { name: "berth-rule_" },
    `'name' must be 1 to 64 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit, got "berth-rule_"`,
    {},
    SWARM,
  ),
  "docker/config/size": config(
    { data: bytes(1024000) },
    "'data' must hold at least 1 byte and less than 1000 KiB, got 1024000 bytes",
    { data: bytes(1023999) },
    SWARM,
  ),
  "docker/config/name-taken": config(
    { name: "berth-rule-own" },
    `'name' must be a name that no other config of the swarm has, got "berth-rule-own", which docker_config.other has (choose another)`,
    { name: "berth-rule-own-2" },
    { ...SWARM, beside: { docker_config: { other: { name: "berth-rule-own", data: "YQ==" } } } },
  ),
  "docker/config/data-once": config(
    { data_raw: "a" },
    "'data_raw' must be left out where data is set, got both",
    {},
    { ...SWARM, lines: ["4.5.0"] },
  ),
  "docker/config/data-missing": config(
    { data: null },
    "'data' must be set where data_raw is not, got neither",
    { data: null, data_raw: "a" },
    { ...SWARM, lines: ["4.5.0"] },
  ),
  "docker/secret/data-encoded": secret(
    { data: "${jsonencode({a=1})}" },
    `'data' must be base64, got "\${jsonencode({a=1})}" (put base64encode() around it)`,
    { data: "${base64encode(jsonencode({a=1}))}" },
    { ...SWARM, read: true },
  ),
  "docker/config/data-encoded": config(
    { data: "${jsonencode({a=1})}" },
    `'data' must be base64, got "\${jsonencode({a=1})}" (put base64encode() around it)`,
    { data: "${base64encode(jsonencode({a=1}))}" },
    { ...SWARM, read: true },
  ),
  "docker/secret/label-duplicate": secret(
    {
      labels: [
        { label: "a", value: "1" },
        { label: "a", value: "2" },
      ],
    },
    `'labels' must have each label once, got "a" twice`,
    { labels: [{ label: "a", value: "1" }] },
    { ...SWARM, read: true },
  ),
  "docker/config/label-duplicate": config(
    {
      labels: [
        { label: "a", value: "1" },
        { label: "a", value: "2" },
      ],
    },
    `'labels' must have each label once, got "a" twice`,
    { labels: [{ label: "a", value: "1" }] },
    { ...SWARM, read: true, lines: ["4.5.0"] },
  ),
};
