import "berth/testing/jest";
import { DockerHost, DockerService, HostStack, Size } from "berth";
import { Container } from "berth/providers/docker";
import { synth, type Template } from "berth/testing";
import { Testing } from "cdktf";

/** What every stack of the team must keep, whoever wrote it. */
function keepsThePolicy(template: Template): void {
  expect(template).toBeValidOffline();
  for (const container of template.all(Container)) {
    expect(container).toMatchObject({ restart: "unless-stopped", memory: expect.any(Number) as number });
  }
}

const stack = new HostStack(Testing.app(), "web");
const host = new DockerHost(stack, "docker");
const memory = Size.mebibytes(256);
const db = new DockerService(stack, "db", { host, memory, image: "postgres:16.4" });
const web = new DockerService(stack, "web", { host, memory, image: "nginx:1.27.5", ports: ["127.0.0.1:8080:80"] });
web.dependsOn(db);

const { template } = synth(stack);
keepsThePolicy(template);
expect(template).toHaveResource(Container, { name: "web", ports: [{ ip: "127.0.0.1", external: 8080 }] });
expect(template).toStartAfter("web/web", "web/db");
expect(template).toMatchSnapshot();
