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
};
