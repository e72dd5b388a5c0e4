import { inspect } from "node:util";
import { TerraformVariable } from "cdktf";
import { DockerHost, DockerService, HostStack, Secret } from "../../lib/index";
import { Container } from "../../lib/providers/docker";
import { synth } from "../../lib/testing";
import { testApp, testStack } from "../support/app";
import { problemsOf } from "../support/messages";

test("a secret reaches the JSON as a reference, by variable and by file", () => {
  const stack = new HostStack(testApp(), "st");
  const host = new DockerHost(stack, "docker");
  const password = Secret.fromVariable(stack, "db_password");
  const environment = {
    B: "${x}",
    PASSWORD: password,
    AGAIN: Secret.fromVariable(stack, "db_password"),
    TOKEN: Secret.fromFile(stack, "/run/token"),
  };
  new DockerService(stack, "db", { host, image: "postgres:16.4", environment });
  const { template, warnings } = synth(stack);
  expect(template.only(Container).env).toEqual([
    "AGAIN=${var.db_password}",
    "B=$${x}",
    "PASSWORD=${var.db_password}",
    'TOKEN=${sensitive(trimspace(file("/run/token")))}',
  ]);
  expect(template.json.variable).toMatchObject({
    db_password: { type: "string", sensitive: true, nullable: false },
  });
  expect(warnings).toEqual([]);
});

test("a secret has no text", () => {
  const stack = new HostStack(testApp(), "st");
  const secret = Secret.fromVariable(stack, "db_password");
  const refusal = new TypeError(
    "a secret (variable db_password) has no text at synth; pass it where a prop takes a Secret",
  );
  expect(() => `${secret}`).toThrow(refusal);
  expect(() => JSON.stringify({ secret })).toThrow(refusal);
  expect(inspect(secret)).toBe("Secret(variable db_password)");
  expect(Object.keys(secret)).toEqual([]);
});

test("names that cannot be given, or are taken, are refused", () => {
  const stack = new HostStack(testApp(), "st");
  new TerraformVariable(stack, "open", { type: "string" });
  expect(() => Secret.fromVariable(stack, "db-password")).toThrow(
    new TypeError(
      `[st] 'name' must be letters, digits and '_', so that TF_VAR_db-password can be set, got "db-password"`,
    ),
  );
  expect(() => Secret.fromVariable(stack, "open")).toThrow(
    new TypeError("[st] 'name' must be free, or a sensitive variable, got st/open"),
  );
  expect(() => Secret.fromFile(stack, " ")).toThrow(new TypeError(`[st] 'file' must name a file, got " "`));
});

test("a file of the project is read where Terraform finds it", () => {
  const stack = testStack();
  const host = new DockerHost(stack, "docker");
  const environment = { TOKEN: Secret.fromFile(stack, 'run/to"ken') };
  new DockerService(stack, "db", { host, image: "postgres:16.4", environment });
  expect(synth(stack).template.only(Container).env).toEqual([
    'TOKEN=${sensitive(trimspace(file("${path.module}/../../../run/to\\"ken")))}',
  ]);
});

test("anything else in an environment is refused by name", () => {
  const app = testApp();
  const stack = new HostStack(app, "st");
  const host = new DockerHost(stack, "docker");
  new DockerService(stack, "db", { host, image: "postgres:16.4", environment: { A: { text: "x" } as never } });
  expect(problemsOf(() => app.synth())).toEqual([
    `[st/db] 'environment.A' must be a Secret, such as Secret.fromVariable(stack, "db_password"), got {"text":"x"}`,
  ]);
});

test("a secret of another stack is refused, since it would become an output there", () => {
  const app = testApp();
  const secret = Secret.fromVariable(new HostStack(app, "one"), "tok");
  const stack = new HostStack(app, "two");
  const host = new DockerHost(stack, "docker");
  new DockerService(stack, "db", { host, image: "postgres:16.4", environment: { TOK: secret } });
  expect(problemsOf(() => app.synth())).toEqual([
    "[two/db] 'environment.TOK' must be a Secret of the service's own stack, got one of another (it would become an output there, in clear in the state; make it in the service's stack)",
  ]);
});
