import * as fs from "node:fs";
import * as path from "node:path";
import type { App } from "cdktf";
import {
  DockerHost,
  DockerImage,
  type DockerLine,
  DockerNetwork,
  DockerService,
  DockerVolume,
  Duration,
  Healthcheck,
  HostStack,
  Secret,
  Size,
  VolumeMount,
} from "../../../lib/index";
import type { Asking, Case, Environment, World } from "../case";
import { changed, cpuLimit, equal, matches, memoryLimit, page, same } from "../checks";
import { WEB_IMAGE } from "../fixtures";
import { run, until } from "../shell";

/** Everything that the Docker room makes, on one host: networks, a protected volume, a built image, a chain of services. */
class Services extends HostStack {
  constructor(app: App, environment: Environment, context: string) {
    super(app, "services");
    const docker = new DockerHost(this, "docker", { host: environment.HOST, line: environment.LINE as DockerLine });
    const front = new DockerNetwork(this, "e2e-front", {
      host: docker,
      subnet: environment.SUBNET ?? "172.29.10.0/24",
    });
    const back = new DockerNetwork(this, "e2e-back", {
      host: docker,
      subnet: "172.29.11.0/24",
      internal: true,
      gateway: "172.29.11.254",
    });
    const data = new DockerVolume(this, "e2e-data", {
      host: docker,
      onDestroy: environment.RELEASE === "1" ? "delete" : "keep",
    });
    const built = new DockerImage(this, "built", {
      host: docker,
      reference: "berth-e2e/built:1",
      build: { context, args: { WORD: environment.WORD ?? "one" } },
    });
    const db = new DockerService(this, "e2e-db", {
      host: docker,
      image: WEB_IMAGE,
      networks: [{ network: back, aliases: ["database"], address: "172.29.11.20" }],
      volumes: [VolumeMount.volume(data, "/data"), VolumeMount.tmpfs("/scratch", { size: Size.mebibytes(8) })],
      environment: {
        SHELL_TEXT: "${HOME} and %{x}",
        PASSWORD: Secret.fromVariable(this, "e2e_password"),
        TOKEN: Secret.fromFile(this, path.join(context, "token")),
      },
      healthcheck: Healthcheck.http("/", { interval: Duration.seconds(1), timeout: Duration.seconds(2) }),
      cpus: 0.05,
      memory: Size.mebibytes(32),
      memorySwap: Size.mebibytes(48),
      restart: { onFailure: 3 },
      stopGracePeriod: Duration.seconds(3),
      labels: { tier: "data" },
    });
    const web = new DockerService(this, "e2e-web", {
      host: docker,
      image: built,
      networks: [front, back],
      ports: ["127.0.0.1:18080:80"],
      command: ["sh", "-c", 'echo "${GREETING}" > /tmp/greeting; exec /bin/web'],
      environment: ["GREETING=hello"],
      volumes: [VolumeMount.bind("/etc/hostname", "/etc/machine", { readOnly: true }), VolumeMount.tmpfs("/tmp")],
      user: "root",
      readOnly: true,
      ...(environment.MEMORY === undefined ? {} : { memory: Size.mebibytes(Number(environment.MEMORY)) }),
    });
    web.dependsOn(db, "healthy");
    new DockerService(this, "e2e-alone", {
      host: docker,
      image: WEB_IMAGE,
      networkMode: "none",
      entrypoint: ["sleep"],
      command: ["1000"],
      stopGracePeriod: Duration.seconds(1),
    });
  }
}

const PASSWORD = "pass-that-only-terraform-knows";
const TOKEN = "token-that-only-terraform-knows";

/** What Terraform is given stands in the container, and in nothing that is written or printed. */
function keepsSecrets(ask: Asking): void {
  const environment = ask.docker("inspect", "-f", "{{json .Config.Env}}", "e2e-db");
  matches("the container's environment", environment, new RegExp(`"PASSWORD=${PASSWORD}"`));
  matches("the container's environment", environment, new RegExp(`"TOKEN=${TOKEN}"`));
  const found = run("grep", ["-rlE", `${PASSWORD}|${TOKEN}`, path.join(ask.folder, "cdktf.out")]).out.trim();
  equal("files with a secret below cdktf.out", found, "");
  equal("a secret in the output", /that-only-terraform-knows/.test(ask.applied), false);
}

const contextOf = (world: World) => path.join(world.scratch, "context");
const id = (ask: Asking, name: string) => ask.docker("inspect", "-f", "{{.Id}}", name);

function write(world: World, text: string): void {
  fs.mkdirSync(contextOf(world), { recursive: true });
  fs.writeFileSync(
    path.join(contextOf(world), "Dockerfile"),
    `FROM ${WEB_IMAGE}\nARG WORD\nRUN echo "$WORD" > /word\nCOPY page.html /www/index.html\n`,
  );
  fs.writeFileSync(path.join(contextOf(world), "page.html"), text);
  fs.writeFileSync(path.join(contextOf(world), "token"), `${TOKEN}\n`);
  fs.writeFileSync(path.join(contextOf(world), ".dockerignore"), "token\n");
}

export const services = (line: DockerLine): Case => ({
  name: `services, docker ${line}`,
  needs: ["docker"],
  line,
  full: true,
  environment: ({ capabilities }) => ({ HOST: capabilities.dockerHost, LINE: line }),
  build: (app, environment, world) => {
    write(world, environment.PAGE ?? "built one\n");
    return new Services(app, environment, contextOf(world));
  },
  guests: [],
  around: {
    before: () => {
      process.env.TF_VAR_e2e_password = PASSWORD;
    },
    after: () => {
      delete process.env.TF_VAR_e2e_password;
    },
  },
  protectedBy: { refusal: /Instance cannot be destroyed/, release: { RELEASE: "1" } },
  steps: () => [
    {
      name: "first",
      check: async (ask) => {
        keepsSecrets(ask);
        equal("the page", await page("http://127.0.0.1:18080/"), "built one\n");
        equal("the build argument", ask.docker("exec", "e2e-web", "cat", "/word"), "one");
        equal("the command's own variable", ask.docker("exec", "e2e-web", "cat", "/tmp/greeting"), "hello");
        equal("a service by its name", ask.docker("exec", "e2e-web", "wget", "-qO-", "http://e2e-db/"), "berth");
        equal("a service by its alias", ask.docker("exec", "e2e-web", "wget", "-qO-", "http://database/"), "berth");
        equal(
          "a fixed address",
          ask.docker("inspect", "-f", '{{(index .NetworkSettings.Networks "e2e-back").IPAddress}}', "e2e-db"),
          "172.29.11.20",
        );
        equal(
          "text that looks like Terraform's",
          ask.docker("exec", "e2e-db", "sh", "-c", "echo $SHELL_TEXT"),
          "${HOME} and %{x}",
        );
        equal("processors that the kernel grants", cpuLimit(ask, "e2e-db"), 0.05);
        equal("memory that the kernel grants", memoryLimit(ask, "e2e-db"), 32 * 1024 ** 2);
        equal(
          "memory and swap",
          ask.docker("inspect", "-f", "{{.HostConfig.MemorySwap}}", "e2e-db"),
          String(48 * 1024 ** 2),
        );
        equal(
          "restarts",
          ask.docker(
            "inspect",
            "-f",
            "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}",
            "e2e-db",
          ),
          "on-failure 3",
        );
        equal("the label", ask.docker("inspect", "-f", "{{.Config.Labels.tier}}", "e2e-db"), "data");
        // A busy machine misses a check now and then.
        const health = () => ask.docker("inspect", "-f", "{{.State.Health.Status}}", "e2e-db");
        await until("e2e-db is healthy", 60, () => health() === "healthy");
        matches(
          "memory to write in",
          ask.docker("exec", "e2e-db", "mount"),
          /tmpfs on \/scratch type tmpfs .*size=8192k/,
        );
        equal("a network of its own", ask.docker("inspect", "-f", "{{.HostConfig.NetworkMode}}", "e2e-alone"), "none");
        equal("a read-only system", ask.docker("inspect", "-f", "{{.HostConfig.ReadonlyRootfs}}", "e2e-web"), "true");
        ask.docker("exec", "e2e-db", "sh", "-c", "echo kept > /data/file");
        for (const name of ["e2e-db", "e2e-web", "e2e-alone"]) {
          same(ask, name, id(ask, name));
        }
      },
    },
    {
      name: "build context and argument changed",
      environment: { PAGE: "built two\n", WORD: "two" },
      check: async (ask) => {
        equal("the page", await page("http://127.0.0.1:18080/"), "built two\n");
        equal("the build argument", ask.docker("exec", "e2e-web", "cat", "/word"), "two");
        changed(ask, "e2e-web", id(ask, "e2e-web"));
        same(ask, "e2e-db", id(ask, "e2e-db"));
      },
    },
    {
      name: "network changed",
      environment: { SUBNET: "172.29.12.0/24" },
      check: async (ask) => {
        equal("the page", await page("http://127.0.0.1:18080/"), "built one\n");
        changed(ask, "e2e-web", id(ask, "e2e-web"));
        same(ask, "e2e-db", id(ask, "e2e-db"));
        equal("data in the volume", ask.docker("exec", "e2e-db", "cat", "/data/file"), "kept");
      },
    },
    {
      name: "memory added",
      environment: { SUBNET: "172.29.12.0/24", MEMORY: "64" },
      check: (ask) => {
        changed(ask, "e2e-web", id(ask, "e2e-web"));
        equal("memory that the kernel grants", memoryLimit(ask, "e2e-web"), 64 * 1024 ** 2);
      },
    },
    {
      name: "memory changed",
      environment: { SUBNET: "172.29.12.0/24", MEMORY: "80" },
      check: (ask) => {
        same(ask, "e2e-web", id(ask, "e2e-web"));
        equal("memory that the kernel grants", memoryLimit(ask, "e2e-web"), 80 * 1024 ** 2);
      },
    },
  ],
});
