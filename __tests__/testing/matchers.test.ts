import { DockerHost, DockerService, HostStack } from "../../lib/index";
import { Container, Image } from "../../lib/providers/docker";
import { matchers, synth, Template } from "../../lib/testing";
import { testApp } from "../support/app";
import { insideWorld } from "../support/inside-world";

function template(): Template {
  const stack = new HostStack(testApp(), "st");
  const host = new DockerHost(stack, "docker");
  const db = new DockerService(stack, "db", { host, image: "postgres:16.4", ports: ["127.0.0.1:5432:5432"] });
  const app = new DockerService(stack, "app", { host, image: "app:1" });
  const web = new DockerService(stack, "web", { host, image: "nginx:1.27.5" });
  web.dependsOn(app);
  app.dependsOn(db);
  return synth(stack).template;
}

describe("toHaveResource", () => {
  test("compares what is named, at any depth, and takes the runner's own matchers", () => {
    expect(template()).toHaveResource(Container, { name: "db", ports: [{ external: 5432 }] });
    expect(template()).toHaveResource(Image, { name: expect.stringMatching(/^nginx:/) as string });
    expect(template()).not.toHaveResource(Container, { name: "db", ports: [{ external: 5433 }] });
    expect(template()).not.toHaveResource(Container, { ports: [{}, {}] });
  });

  test("says what there is instead", () => {
    const json = { resource: { docker_image: { a: { name: "a" } } } };
    expect(() => expect(new Template(json)).toHaveResource(Image, { name: "b" })).toThrow(
      new Error('expected docker_image with {\n  "name": "b"\n}; there are:\n{\n  "name": "a"\n}'),
    );
    expect(() => expect(new Template(json)).toHaveResource(Container)).toThrow(
      new Error("expected docker_container with {}; there is none of this type"),
    );
    expect(() => expect(new Template(json)).toHaveResource(Image, { name: expect.any(Number) as number })).toThrow(
      new Error('expected docker_image with {\n  "name": "Any<Number>"\n}; there are:\n{\n  "name": "a"\n}'),
    );
    const secret = {
      resource: { docker_container: { a: { env: ["PGPASSWORD=hunter2-hunter2"], "//": { path: "a" } } } },
    };
    expect(() => expect(new Template(secret)).toHaveResource(Container, { name: "b" })).toThrow(
      new Error(
        'expected docker_container with {\n  "name": "b"\n}; there are:\n{\n  "env": [\n    "PGPASSWORD=<redacted>"\n  ]\n}',
      ),
    );
    expect(() => expect(json).toHaveResource(Container)).toThrow(
      new TypeError("toHaveResource must be asked of a template, such as synth(stack).template"),
    );
  });
});

describe("toStartAfter", () => {
  test("follows references over any number of steps, one way", () => {
    expect(template()).toStartAfter("st/web", "st/db");
    expect(template()).toStartAfter("st/web", "st/app");
    expect(template()).not.toStartAfter("st/db", "st/web");
    expect(template()).not.toStartAfter("st/db", "st/db");
    expect(matchers.toStartAfter(template(), "st/db", "st/web").message()).toBe(
      "expected st/db to start after st/web; it waits for docker_image.image-postgres-5d6dc7_748EE318",
    );
    expect(() => expect(template()).toStartAfter("st/none", "st/db")).toThrow(
      new Error("no resource was made by st/none"),
    );
  });
});

test("toStartAfter takes all that a construct makes, and follows locals", () => {
  const { stack, apps } = insideWorld();
  new DockerService(stack, "api", { host: apps, image: "nginx:1.27.5" });
  const { template: made } = synth(stack);
  expect(made).toStartAfter("st/api", "st/apps");
  expect(made).not.toStartAfter("st/apps", "st/api");
  expect(made).toStartAfter("st/apps/KeyDisk/Write", "st/apps/Keys/Host");
});

test("toBeValidOffline finds what schemas and rules have against it", () => {
  expect(template()).toBeValidOffline();
  const body = { name: "-web", image: "a:1", destroy_grace_seconds: 10, adress: "x" };
  expect(() => expect(new Template({ resource: { docker_container: { web: body } } })).toBeValidOffline()).toThrow(
    new Error(
      "expected no errors, found:\n" +
        "  [docker_container.web] 'adress' must be an attribute that the provider knows, got \"adress\" [schema/unknown-attribute]\n" +
        "  [docker_container.web] 'name' must be 2 or more letters, digits, '_', '.' or '-', beginning with a letter or digit, got \"-web\" [docker/container/name]",
    ),
  );
});

test("a snapshot is short, sorted, and shows no secret", () => {
  const lines = Array.from({ length: 30 }, (_, n) => `line ${n}`).join("\n");
  const json = {
    z: 1,
    "//": { metadata: { version: "0.21.0" } },
    a: [..."abcdefghijklmnopqrstuvwxyz"],
    script: lines,
    url: "https://ops:hunter2@example.com/x",
    env: ["POSTGRES_PASSWORD=hunter2", "POSTGRES_PASSWORD=${var.x}"],
    terraform: { backend: { local: { path: "/home/somebody/terraform.st.tfstate" } } },
    key: "before -----BEGIN EC PRIVATE KEY-----\nMHcC\n-----END EC PRIVATE KEY----- after",
  };
  expect(new Template(json)).toMatchInlineSnapshot(`
{
  "a": [
    "a",
    "… 24 more, sha256 f423b81c2372 …",
    "z"
  ],
  "env": [
    "POSTGRES_PASSWORD=<redacted>",
    "POSTGRES_PASSWORD=\${var.x}"
  ],
  "key": "before <redacted> after",
  "script": "… 30 lines, sha256 715770567c13 …",
  "terraform": {
    "backend": {
      "local": {
        "path": "terraform.st.tfstate"
      }
    }
  },
  "url": "https://ops:<redacted>@example.com/x",
  "z": 1
}
`);
});
