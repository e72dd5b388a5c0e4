import { type Body, type Case, casesOf } from "./case";

const image = casesOf("docker_image", { name: "berth-rule-own:1" });
const build = (more: Body): Body => ({ build: [{ context: "/srv", ...more }] });
const READ = { read: true, elsewhere: "needs a builder" } as const;

export const dockerImageBuildCases: Readonly<Record<string, Case>> = {
  "docker/image/build-labels": image(
    build({ labels: { team: "a" } }),
    `'build.labels' must be label on this line of the provider, got {"team":"a"}`,
    build({ label: { team: "a" } }),
    {
      ...READ,
      lines: ["4.5.0"],
    },
  ),
  "docker/image/build-label": image(
    build({ label: { team: "a" } }),
    `'build.label' must be labels where no builder is named, got {"team":"a"}`,
    build({ labels: { team: "a" } }),
    {
      ...READ,
      lines: ["3.9.0"],
    },
  ),
  "docker/image/build-unread": image(
    build({ squash: true }),
    "'build.squash' must be left out on this line of the provider, got set (use_legacy_builder = true reads it)",
    build({ squash: true, use_legacy_builder: true }),
    {
      ...READ,
      lines: ["4.5.0"],
    },
  ),
  "docker/image/build-platforms": image(
    build({ platform: "linux/amd64,linux/arm64" }),
    `'build.platform' must be one platform where no builder is named, got "linux/amd64,linux/arm64"`,
    build({ platform: "linux/amd64" }),
    { ...READ, lines: ["3.9.0"] },
  ),
  "docker/image/build-context": image(
    { build: [{ context: "https://github.com/example/app.git" }] },
    `'build.context' must be a folder of the machine that runs Terraform, got "https://github.com/example/app.git" (check the sources out beside the stack)`,
    build({}),
    {
      elsewhere: "needs a builder",
    },
  ),
  "docker/image/kept-and-triggered": image(
    { keep_locally: true, pull_triggers: ["a"] },
    "'keep_locally' must be left out where pull_triggers are set, got both (name the image by its digest)",
    { keep_locally: true },
    { read: true, elsewhere: "needs a registry" },
  ),
  "docker/image/timeout": image(
    { timeouts: { create: "10 minutes" } },
    `'timeouts.create' must be a duration, got "10 minutes" (such as 10m)`,
    { timeouts: { create: "10m" } },
    { elsewhere: "needs a registry" },
  ),
  "docker/image/name-is-id": image(
    { name: `sha256:${"a".repeat(64)}` },
    `'name' must be a name, not an id, got "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
    {},
    { read: true, elsewhere: "needs a registry" },
  ),
  "docker/image/secret-in-arguments": image(
    build({ build_args: { NPM_TOKEN: "abcdef" } }),
    `'build.build_args' must not hold a secret, got "NPM_TOKEN=…" (mount it as a secret of the build)`,
    build({ build_args: { VERSION: "1" } }),
    READ,
  ),
  "docker/image/build-triggers": image(
    build({}),
    `'triggers' must hold a hash of the context, got nothing ({ context = sha1(join("", [for f in fileset(…) : filesha1(f)])) })`,
    { ...build({}), triggers: { context: "a" } },
    READ,
  ),
};
