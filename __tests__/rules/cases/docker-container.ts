import { type Case, container } from "./case";
import { LOOK, other } from "./container-parts";

export const dockerContainerCases: Readonly<Record<string, Case>> = {
  "docker/container/name": container(
    { name: "-web" },
    `'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got "-web"`,
    { name: "berth-rule-own_1.b-" },
  ),
  "docker/container/env-form": container(
    { env: ["=x"] },
    `'env.0' must be NAME=value, got "" (write NAME= for an empty value)`,
    { env: ["A="] },
  ),
  "docker/container/env-duplicate": container(
    { env: ["A=1", "A=2"] },
    "'env' must name each variable once, got A twice (remove one of them)",
    { env: ["A=1", "B=1"] },
    { look: LOOK("{{json .Config.Env}}") },
  ),
  "docker/container/command-empty-word": container({ command: [""] }, `'command.0' must have no empty words, got ""`, {
    command: ["/bin/web"],
  }),
  "docker/container/restart": container(
    { restart: "often" },
    `'restart' must be "no", "always", "unless-stopped" or "on-failure", got "often"`,
    { restart: "always" },
  ),
  "docker/container/restart-retries": container(
    { restart: "always", max_retry_count: 2 },
    `'max_retry_count' must be a whole number from 1, with the policy "on-failure", got 2`,
    { restart: "on-failure", max_retry_count: 2 },
  ),
  "docker/container/user": container(
    { user: "a b" },
    `'user' must be a user, or user:group, by name or number, got "a b"`,
    { user: "1000:1000" },
  ),
  "docker/container/runtime": container(
    { runtime: "run sc" },
    `'runtime' must be the name of a runtime, got "run sc"`,
    { runtime: "runc" },
  ),
  "docker/container/label-duplicate": container(
    {
      labels: [
        { label: "a", value: "1" },
        { label: "a", value: "2" },
      ],
    },
    `'labels' must have a name, and each name once, got "a"`,
    { labels: [{ label: "a", value: "" }] },
    { look: LOOK("{{json .Config.Labels}}") },
  ),
  "docker/container/grace-missing": container(
    { destroy_grace_seconds: null },
    "'destroy_grace_seconds' must be set, so that the process may end by itself, got nothing (10 suits most)",
    {},
    { read: true },
  ),
  "docker/container/name-taken": container(
    { name: "berth-rule-own-2" },
    `'name' must be a name of its own on the engine, got "berth-rule-own-2", which docker_container.other has (choose another)`,
    {},
    { beside: other({}) },
  ),
  "docker/container/image-form": container(
    { image: "Nginx:1" },
    `'image' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Nginx:1" (did you mean "nginx:1"?)`,
    {},
  ),
};
