import { DockerHost, DockerService, HostStack } from "berth";
import { Container } from "berth/providers/docker";
import { synth } from "berth/testing";
import { Testing } from "cdktf";
import { expect, test } from "vitest";

test("the kit's matchers and its serializer work in vitest", () => {
  const stack = new HostStack(Testing.app(), "web");
  const host = new DockerHost(stack, "docker");
  const environment = { PGPASSWORD: "hunter2-hunter2" };
  const db = new DockerService(stack, "db", { host, image: "postgres:16.4", environment });
  const web = new DockerService(stack, "web", { host, image: "nginx:1.27.5" });
  web.dependsOn(db);
  const { template } = synth(stack);
  expect(template).toBeValidOffline();
  expect(template).toHaveResource(Container, { name: "db", env: [expect.stringContaining("PGPASSWORD")] });
  expect(template).toStartAfter("web/web", "web/db");
  expect(() => expect(template).toStartAfter("web/db", "web/web")).toThrow(/expected web\/db to start after web\/web/);
  expect(template).toMatchSnapshot();
});
