import { TerraformVariable } from "cdktf";
import {
  DockerHost,
  DockerNetwork,
  DockerService,
  Duration,
  Healthcheck,
  HostStack,
  KvmHost,
  Size,
  VolumeMount,
} from "../../lib/index";
import { testApp, testStack } from "../support/app";
import { say, World, wrong } from "../support/bad-world";

describe("services", () => {
  test.each<[string, (world: World) => void, string[]]>([
    [
      "a bad name",
      (w) => w.service({ name: "-web" }),
      [
        "[st/web] 'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got \"-web\" [docker/container/name]",
      ],
    ],
    [
      "no processors at all",
      (w) => w.service({ cpus: 0 }),
      ["[st/web] 'cpus' must be 0.01 or more, got 0 (leave it out for no bound)"],
    ],
    [
      "a share of a processor that the scheduler takes for no bound",
      (w) => {
        w.service({ cpus: 0.00999 }, "wa");
        w.service({ cpus: 1e-9 }, "wb");
        w.service({ cpus: 8193 }, "wc");
        w.service({ cpus: Number.POSITIVE_INFINITY }, "wd");
        w.service({ cpus: Number.NaN }, "we");
        w.service({ cpus: wrong(1n) }, "wf");
      },
      [
        "[st/wb] 'cpus' must be 0.01 or more, got 1e-9 (leave it out for no bound)",
        "[st/wc] 'cpus' must be at most 8192, which is what Linux knows, got 8193",
        "[st/wd] 'cpus' must be a number, got Infinity",
        "[st/we] 'cpus' must be a number, got NaN",
        "[st/wf] 'cpus' must be a number, got 1n",
        "[st/wa] 'cpus' must be a number of processors from 0.01, got \"0.00999\" [docker/container/cpus-minimum]",
      ],
    ],
    [
      "text that nobody can hold",
      (w) => {
        w.service({ environment: { A: "a\0b" } }, "wa");
        w.service({ environment: ["A=\ud800"] }, "wb");
        w.service({ labels: { "x\udc00": "y" } }, "wc");
        w.service({ user: "\0" }, "wd");
      },
      [
        "[st/wa] 'environment.A' must be valid Unicode text without NUL, got \"a\\u0000b\" (daemons and files cannot store it)",
        "[st/wb] 'environment[0]' must be valid Unicode text without NUL, got \"A=\\ud800\" (daemons and files cannot store it)",
        "[st/wc] 'labels' must be valid Unicode text without NUL, got \"x\\udc00\" (daemons and files cannot store it)",
        "[st/wd] 'user' must be valid Unicode text without NUL, got \"\\u0000\" (daemons and files cannot store it)",
      ],
    ],
    [
      "values that JSON has no word for",
      (w) => {
        const holder: Record<string, unknown> = {};
        holder.self = holder;
        w.service({ labels: { a: wrong(holder) } }, "wa");
        w.service({ memory: wrong(holder) }, "wb");
        w.service({ user: wrong([1n, Number.NaN]) }, "wc");
        w.service({ user: wrong(Symbol("x")) }, "wd");
      },
      [
        "[st/wa] 'labels.a' must be a text, got a circular value",
        "[st/wb] 'memory' must be a Size, such as Size.mebibytes(256), got a circular value",
        '[st/wc] \'user\' must be a text, got ["1n","NaN"]',
        "[st/wd] 'user' must be a text, got Symbol(x)",
      ],
    ],
    [
      "a bad image reference",
      (w) => w.service({ image: "Nginx" }),
      [
        '[st/web] \'image\' must be an image reference such as "nginx:1.27.5" or "registry.example/team/app:3", path in lower case, got "Nginx" (did you mean "nginx"?) [docker/image/reference]',
      ],
    ],
    [
      "a bad digest",
      (w) => w.service({ image: "nginx@sha256:12" }),
      [
        "[st/web] 'image' must be an image reference whose digest is sha256: and 64 lower-case hexadecimal digits, got \"nginx@sha256:12\" [docker/image/reference]",
      ],
    ],
    [
      "a variable twice",
      (w) => w.service({ environment: ["A=1", "A=2"] }),
      [
        "[st/web] 'environment' must name each variable once, got A twice (remove one of them) [docker/container/env-duplicate]",
      ],
    ],
    [
      "a variable that is not there",
      (w) => w.service({ environment: wrong({ DB: process.env.BERTH_NO_SUCH_VARIABLE }) }),
      ["[st/web] 'environment.DB' must be a text, got undefined"],
    ],
    [
      "too little memory",
      (w) => w.service({ memory: Size.mebibytes(5) }),
      [
        "[st/web] 'memory' must be at least 6 MiB, got 5 MiB (Docker starts nothing with less) [docker/container/memory-minimum]",
      ],
    ],
    [
      "swap below memory",
      (w) => w.service({ memory: Size.mebibytes(64), memorySwap: Size.mebibytes(32) }),
      [
        "[st/web] 'memorySwap' must be at least the memory, 64 MiB, got 32 MiB (it counts memory and swap together) [docker/container/swap-below-memory]",
      ],
    ],
    [
      "a check without a pause",
      (w) => w.service({ healthcheck: Healthcheck.command(["true"], { interval: Duration.seconds(0) }) }),
      [
        "[st/web] 'healthcheck.interval' must be a duration of at least 1 ms, such as 1m30s, got 0s [docker/container/healthcheck-duration]",
      ],
    ],
    [
      "a relative mount",
      (w) => w.service({ volumes: [VolumeMount.bind("data", "/data")] }),
      [
        "[st/web] 'volumes' must have an absolute path on the host as its source, got \"data\" [docker/container/host-path]",
      ],
    ],
    [
      "a relative target",
      (w) => w.service({ volumes: [VolumeMount.bind("/data", "data")] }),
      [
        "[st/web] 'volumes' must have an absolute path in the container that is not / as its target, got \"data\" [docker/container/mount-target]",
      ],
    ],
    [
      "one target twice",
      (w) => w.service({ volumes: [VolumeMount.bind("/a", "/data"), VolumeMount.tmpfs("/data/")] }),
      [
        "[st/web] 'volumes' must mount one thing per target, got \"/data/\" twice (remove one of them) [docker/container/mount-target-duplicate]",
      ],
    ],
    [
      "a port on the host's network",
      (w) => w.service({ networkMode: "host", ports: ["80:80"] }),
      [
        "[st/web] 'ports' must be left out on this network, got port 80 on network_mode \"host\" (a container on the host's network needs no published ports) [docker/container/ports-without-network]",
      ],
    ],
    [
      "a port on an internal network",
      (w) =>
        w.service({
          networks: [new DockerNetwork(w, "in", { host: w.docker, subnet: "10.3.0.0/24", internal: true })],
          ports: ["127.0.0.1:80:80"],
        }),
      [
        "[st/web] 'ports' must be left out where every network is internal, got port 80 on internal networks only (join a network that is not internal) [docker/container/ports-without-network]",
      ],
    ],
    [
      "an address outside the subnet",
      (w) => w.service({ networks: [{ network: w.net, address: "10.9.0.2" }] }),
      [
        "[st/web] 'networks' must be an address that a container may have in 10.2.0.0/24, got \"10.9.0.2\" [docker/container/address]",
      ],
    ],
    [
      "the gateway's address",
      (w) => w.service({ networks: [{ network: w.net, address: "10.2.0.1" }] }),
      ["[st/web] 'networks' must not be the network's gateway, got \"10.2.0.1\" [docker/container/address]"],
    ],
    [
      "one port for two services, and 0.0.0.0 with it",
      (w) => {
        w.service({ ports: ["0.0.0.0:80:80"] }, "a1");
        w.service({ ports: ["127.0.0.1:80:80"] }, "b1");
      },
      [
        "[st/a1] 'ports' must be free on the machine localhost, got 0.0.0.0:80/tcp, which st/b1 has (0.0.0.0 takes the port on every address; choose another host port or address)",
        "[st/b1] 'ports' must be free on the machine localhost, got 127.0.0.1:80/tcp, which st/a1 has (0.0.0.0 takes the port on every address; choose another host port or address)",
      ],
    ],
    [
      "services that wait for each other",
      (w) => {
        const [a, b] = [w.service({}, "a1"), w.service({}, "b1")];
        a.dependsOn(b);
        b.dependsOn(a);
      },
      [
        "[st/a1] 'dependsOn' must not lead back to the resource itself, got docker_container.a1_AD33F234 -> docker_container.b1_D18C6BAC -> docker_container.a1_AD33F234 (Terraform cannot order a cycle; remove one of these references) [schema/cycle]",
      ],
    ],
    [
      "health that nobody checks",
      (w) => w.service({}, "a1").dependsOn(w.service({}, "b1"), "healthy"),
      [
        '[st/a1] \'dependsOn\' must name a service with a healthcheck for "healthy", got st/b1 without one (give it a healthcheck, or depend on "started")',
      ],
    ],
    [
      "a token for a name",
      (w) => w.service({ name: new TerraformVariable(w, "v", {}).stringValue }),
      [
        "[st/web] 'name' must be a literal known at synth, got a token (berth checks and names things by it before Terraform runs)",
      ],
    ],
    [
      "values of another kind",
      (w) =>
        w.service({
          memory: wrong(64),
          ports: wrong("80:80"),
          healthcheck: wrong({ test: [] }),
          readOnly: wrong("true"),
        }),
      [
        "[st/web] 'ports' must be a list, each a text, got \"80:80\" (put it in [ ])",
        '[st/web] \'healthcheck\' must be a Healthcheck, such as Healthcheck.http("/"), got {"test":[]}',
        "[st/web] 'memory' must be a Size, such as Size.mebibytes(256), got 64",
        "[st/web] 'readOnly' must be true or false, got \"true\"",
      ],
    ],
    [
      "a prop of another name",
      (w) => w.service(wrong({ memmory: 1 })),
      [
        expect.stringMatching(
          /^\[st\/web\] 'memmory' must be one of host, image, name, .*, got a prop of another name$/,
        ) as unknown as string,
      ],
    ],
  ])("%s", (_, build, messages) => {
    expect(say(build)).toEqual(messages);
  });
});

test("a host of another kind is refused by name", () => {
  const stack = testStack("st");
  const kvm = new KvmHost(stack, "kvm");
  const props = { host: kvm as never, image: "nginx:1.27.5" };
  expect(() => new DockerService(stack, "web", props)).toThrow(
    new TypeError(
      "[st/web] 'host' must be a Docker host, such as new DockerHost(stack, \"docker\"), got KvmHost st/kvm",
    ),
  );
});

test("services of two stacks that wait for each other are refused by name", () => {
  const app = testApp();
  const make = (id: string) => {
    const stack = new HostStack(app, id);
    return new DockerService(stack, "web", { host: new DockerHost(stack, "docker"), image: "nginx:1.27.5", name: id });
  };
  const [front, back] = [make("front"), make("back")];
  front.dependsOn(back);
  expect(() => back.dependsOn(front)).toThrow(
    new TypeError(
      "[back/web] 'dependsOn' must not lead to a stack that waits for its own, got front/web (stack front waits for back; put both services into one stack)",
    ),
  );
});

test.each([
  [undefined, "undefined"],
  [null, "null"],
  ["web", '"web"'],
])("props that are %s are refused with the construct's path", (props, shown) => {
  const world = new World(testApp(), "st");
  expect(() => new DockerService(world, "x", wrong(props))).toThrow(
    new TypeError(`[st/x] the props must be an object with 'host', 'image', got ${shown}`),
  );
});

test('an id of "backend" is refused', () => {
  const app = testApp();
  const stack = new HostStack(app, "st");
  new DockerHost(stack, "backend");
  expect(() => app.synth()).toThrow(
    new TypeError('[st/backend] the id must not be "backend", which every stack uses for its backend'),
  );
});
