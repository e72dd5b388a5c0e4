import { DockerHost, DockerService, Machine, PublishedPort } from "../../lib/index";
import { Container } from "../../lib/providers/docker";
import { synth } from "../../lib/testing";
import { insideWorld } from "../support/inside-world";
import { problemsOf } from "../support/messages";

test("a container with the machine's network passes on what reaches a port of the machine", () => {
  const { stack, apps } = insideWorld();
  const docker = new DockerHost(stack, "docker");
  new PublishedPort(stack, "api-port", { host: docker, guest: apps, port: "0.0.0.0:80:8080" });
  new PublishedPort(stack, "api-port6", { host: docker, guest: apps, port: "[::1]:81:8080", maxConnections: 4 });
  const { template } = synth(stack);
  const containers = template.all(Container) as { name: string; network_mode: string; command: string[] }[];
  expect(containers.map(({ name, network_mode, command }) => [name, network_mode, ...command]).sort()).toEqual([
    ["api-port", "host", "TCP4-LISTEN:80,bind=0.0.0.0,fork,reuseaddr,max-children=256", "TCP4:10.1.0.20:8080"],
    ["api-port6", "host", "TCP6-LISTEN:81,bind=[::1],ipv6only=1,fork,reuseaddr,max-children=4", "TCP4:10.1.0.20:8080"],
  ]);
});

test("a port that cannot be passed on is refused", () => {
  const { app, stack, apps } = insideWorld();
  const docker = new DockerHost(stack, "docker");
  const elsewhere = new DockerHost(stack, "elsewhere", { machine: new Machine(stack, "rack2"), host: "ssh://rack2" });
  new DockerService(stack, "web", { host: docker, image: "nginx:1.27.5", ports: ["0.0.0.0:82:80"] });
  new PublishedPort(stack, "out-a", { host: docker, guest: apps, port: "80:8080" });
  new PublishedPort(stack, "out-b", { host: docker, guest: apps, port: "0.0.0.0:53:53/udp" });
  new PublishedPort(stack, "out-c", { host: docker, guest: apps, port: "0.0.0.0:82:80", maxConnections: 0 });
  new PublishedPort(stack, "out-d", { host: elsewhere, guest: apps, port: "0.0.0.0:84:80" });
  const free = "0.0.0.0 takes the port on every address; choose another host port or address";
  expect(problemsOf(() => app.synth()).sort()).toEqual([
    `[st/out-a] 'port' must be address:port:guestPort, TCP, got "80:8080" (such as "0.0.0.0:80:8080")`,
    `[st/out-b] 'port' must be address:port:guestPort, TCP, got "0.0.0.0:53:53/udp" (such as "0.0.0.0:80:8080")`,
    "[st/out-c] 'maxConnections' must be a whole number from 1, got 0",
    `[st/out-c] 'port' must be free on the machine localhost, got 0.0.0.0:82/tcp, which st/web has (${free})`,
    "[st/out-d] 'host' must be on the machine of st/apps, got st/elsewhere (give both hosts the same Machine, or name an engine of the guest's machine)",
    `[st/web] 'ports' must be free on the machine localhost, got 0.0.0.0:82/tcp, which st/out-c has (${free})`,
  ]);
});
