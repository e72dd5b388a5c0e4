import type { App } from "cdktf";
import type { DockerLine, DockerService, HostStack } from "../../../lib/index";
import { readSettings } from "../../../stacks/settings";
import { SingleContainer } from "../../../stacks/single-container";
import type { Asking, Case, Environment } from "../case";
import { changed, cpuLimit, equal, memoryLimit, page, same } from "../checks";
import { WEB_IMAGE } from "../fixtures";

const override = (path: string, value: unknown) => (stack: HostStack) =>
  (stack.node.findChild("nginx") as DockerService).resource.addOverride(path, value);
const both =
  (...edits: ((stack: HostStack) => void)[]) =>
  (stack: HostStack) => {
    for (const edit of edits) {
      edit(stack);
    }
  };
const id = (ask: Asking) => ask.docker("inspect", "-f", "{{.Id}}", "nginx");
const limits = (memory: number) =>
  both(override("memory", memory), override("memory_swap", 2 * memory), override("cpus", "0.5"));
const check = { test: ["CMD", "true"], interval: "1s", timeout: "1s", retries: 3, start_period: "0s" };

export const singleContainer = (line: DockerLine): Case => ({
  name: `single-container, docker ${line}`,
  needs: ["docker"],
  line,
  environment: ({ capabilities }) => ({
    BERTH_DOCKER_HOST: capabilities.dockerHost,
    BERTH_DOCKER_LINE: line,
    BERTH_CONTAINER_IMAGE: WEB_IMAGE,
  }),
  build: (app: App, environment: Environment) =>
    new SingleContainer(app, "single-container", readSettings(environment)),
  guests: [],
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        equal("the page", await page("http://127.0.0.1:80/"), "berth\n");
        same(ask, "container", id(ask));
      },
    },
    {
      name: "environment added",
      edit: override("env", ["ADDED=yes"]),
      check: async (ask) => {
        changed(ask, "container", id(ask));
        equal("the variable", ask.docker("exec", "nginx", "sh", "-c", "echo $ADDED"), "yes");
        equal("the page", await page("http://127.0.0.1:80/"), "berth\n");
      },
    },
    {
      name: "limits added",
      full: true,
      edit: limits(64),
      check: (ask) => {
        changed(ask, "container", id(ask));
        equal("memory that the kernel grants", memoryLimit(ask, "nginx"), 64 * 1024 ** 2);
        equal("processors that the kernel grants", cpuLimit(ask, "nginx"), 0.5);
      },
    },
    {
      name: "memory raised",
      full: true,
      edit: limits(96),
      check: (ask) => {
        same(ask, "container", id(ask));
        equal("memory that the kernel grants", memoryLimit(ask, "nginx"), 96 * 1024 ** 2);
      },
    },
    {
      name: "memory removed, healthcheck added",
      full: true,
      edit: override("healthcheck", check),
      check: (ask) => {
        changed(ask, "container", id(ask));
        equal("the check", ask.docker("inspect", "-f", "{{json .Config.Healthcheck.Test}}", "nginx"), '["CMD","true"]');
      },
    },
    {
      name: "healthcheck changed",
      full: true,
      edit: override("healthcheck", { ...check, interval: "2s" }),
      check: (ask) => {
        changed(ask, "container", id(ask));
        equal("the interval", ask.docker("inspect", "-f", "{{.Config.Healthcheck.Interval}}", "nginx"), "2s");
      },
    },
    {
      name: "healthcheck removed",
      full: true,
      check: (ask) => {
        changed(ask, "container", id(ask));
        equal("the check", ask.docker("inspect", "-f", "{{json .Config.Healthcheck}}", "nginx"), "null");
      },
    },
    {
      name: "restart policy changed",
      full: true,
      edit: override("restart", "always"),
      check: (ask) => {
        same(ask, "container", id(ask));
        equal("the policy", ask.docker("inspect", "-f", "{{.HostConfig.RestartPolicy.Name}}", "nginx"), "always");
      },
    },
  ],
});
