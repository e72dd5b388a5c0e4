import type { Case } from "./case";

export const dockerImageCases: Readonly<Record<string, Case>> = {
  "docker/image/reference": {
    type: "docker_image",
    base: {},
    bad: { name: "Nginx" },
    says: `'name' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Nginx" (did you mean "nginx"?)`,
    good: { name: "nginx:1" },
  },
  "docker/image/floating-tag": {
    type: "docker_image",
    base: {},
    bad: { name: "nginx:stable" },
    says: `'name' must name a release or a digest, got "nginx:stable" (such as "nginx:1.27.5", or with @sha256:…)`,
    good: { name: "nginx:1.27" },
    read: true,
    elsewhere: "needs a registry",
  },
  "docker/image/build-and-pull": {
    type: "docker_image",
    base: { name: "berth-rule-own:1", build: [{ context: "." }] },
    bad: { pull_triggers: ["a"] },
    says: "'pull_triggers' must be left out where the image is built, got both (triggers rebuilds it)",
    good: { triggers: { a: "b" } },
    elsewhere: "needs something to build",
  },
  "docker/image/built-elsewhere": {
    type: "docker_image",
    base: {},
    bad: { name: "berth-rule-own:1" },
    says: `'name' must not be pulled where another resource builds it, got "berth-rule-own:1" (refer to docker_image.built)`,
    good: { name: "berth-rule-own:2" },
    beside: { docker_image: { built: { name: "berth-rule-own:1", build: [{ context: "." }] } } },
    read: true,
    elsewhere: "needs something to build",
  },
};
