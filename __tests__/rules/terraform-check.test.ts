import { problemMessage } from "../../lib/core/problems";
import { checkDocument } from "../../lib/rules/check";
import type { Json } from "../../lib/rules/document";

/** What is said of one container, beside whatever else stands in the document. */
function said(container: Json, more: Json = {}): string[] {
  const json = {
    provider: { docker: [{ host: "unix:///var/run/docker.sock", context: "" }] },
    ...more,
    resource: { docker_container: { web: { name: "web", image: "nginx:1", destroy_grace_seconds: 10, ...container } } },
  };
  return checkDocument(json).map(
    (finding) => `${finding.rule}: ${problemMessage({ ...finding, prop: finding.attribute })}`,
  );
}

/** What breaks a rule of Terraform's own, and what is said of it. */
const BROKEN: Readonly<Record<string, readonly [Json, Json, string]>> = {
  "the shell's variable": [
    { command: ["sh", "-c", "echo ${HOME}"] },
    {},
    'schema/template: \'command\' must hold no template that Terraform cannot read, got "${HOME}" (write "$${HOME}" where the text is meant as it stands)',
  ],
  "the shell's default": [
    { env: ["PORT=${PORT:-80}"] },
    {},
    'schema/template: \'env\' must hold no template that Terraform cannot read, got "${PORT:-80}" (write "$${PORT:-80}" where the text is meant as it stands)',
  ],
  "curl's format": [
    { command: ["curl", "-w", "%{http_code}", "http://a"] },
    {},
    'schema/template: \'command\' must hold no template that Terraform cannot read, got "%{http_code}" (write "%%{http_code}" where the text is meant as it stands)',
  ],
  "a variable that is not declared": [
    { image: "nginx:${var.tagg}" },
    { variable: { tag: { type: "string" } } },
    "schema/unknown-variable: 'image' must refer to a declared variable, got var.tagg (did you mean \"var.tag\"?)",
  ],
  "a local that is not there": [
    { image: "nginx:${local.tag}" },
    {},
    "schema/unknown-reference: 'image' must refer to a local of this stack, got local.tag",
  ],
  "a function that does not exist": [
    { hostname: '${uppper("a")}' },
    {},
    "schema/unknown-function: 'hostname' must call functions that Terraform has, got uppper() (did you mean \"upper\"?)",
  ],
  "an unknown word of lifecycle": [
    { lifecycle: { ignore_change: ["labels"] } },
    {},
    'schema/unknown-attribute: \'lifecycle.ignore_change\' must be a word that lifecycle knows, got "ignore_change" (did you mean "ignore_changes"?)',
  ],
  "an ignored attribute that does not exist": [
    { lifecycle: { ignore_changes: ["labls"] } },
    {},
    "schema/unknown-attribute: 'lifecycle.ignore_changes' must be an attribute of docker_container, got \"labls\"",
  ],
  "depends_on without a type": [
    { depends_on: ["db"] },
    {},
    "schema/depends-on: 'depends_on' must name resources, as type and name, got \"db\"",
  ],
  "a provider block that is not there": [
    { provider: "docker.rack2" },
    { provider: { docker: [{ alias: "rack1", host: "tcp://10.0.0.1:2376", context: "" }] } },
    'schema/unknown-provider: \'provider\' must be a provider block of this stack, got "docker.rack2" (did you mean "docker.rack1"?)',
  ],
  "an argument of a provider that does not exist": [
    {},
    { provider: { docker: [{ hosts: "unix:///var/run/docker.sock", context: "" }] } },
    'schema/unknown-attribute: \'provider.docker.hosts\' must be an attribute that the provider knows, got "hosts" (did you mean "host"?)',
  ],
  "an output of nothing": [
    {},
    { output: { id: { value: "${docker_container.wbe.id}" } } },
    "schema/unknown-reference: 'output.id.value' must refer to a resource of this stack, got docker_container.wbe (did you mean \"docker_container.web\"?)",
  ],
  "a whole resource for a text": [
    { hostname: "${docker_container.web}" },
    {},
    "schema/type: 'hostname' must be of type string, got \"${docker_container.web}\", a whole resource (name one of its attributes)",
  ],
  "a number in hexadecimal digits": [
    { memory: "0x40", memory_swap: 64 },
    {},
    "schema/type: 'memory' must be of type number, got \"0x40\"",
  ],
  "count and for_each": [
    { name: "web-${each.key}", count: 2, for_each: { a: "1" } },
    {},
    "schema/count-and-for-each: 'count' must be left out where for_each is set, got both",
  ],
  "a list for for_each": [
    { name: "web-${each.key}", for_each: ["a", "b"] },
    {},
    "schema/for-each-list: 'for_each' must be a map or a set, got a list (${toset([…])})",
  ],
  "several instances of one name": [
    { count: 2 },
    {},
    "schema/one-of-many: 'name' must be another one for each instance, got \"web\" 2 times (make it of ${count.index})",
  ],
  "several instances of one port": [
    { name: "web-${each.key}", for_each: { a: "1" }, ports: [{ internal: 80, external: 8080 }] },
    {},
    "schema/one-of-many: 'ports.0.external' must be another one for each instance, got 8080 for each of for_each (make it of ${each.key})",
  ],
  "an index without count": [
    { name: "web-${count.index}" },
    {},
    "schema/instance: 'name' must stand with count, got count.index… without it",
  ],
};

test.each(Object.entries(BROKEN))("%s is refused", (_, [container, more, message]) => {
  expect(said(container, more)).toContain(message);
});

test("a name that Terraform cannot take", () => {
  const resource = { docker_volume: { "my.data": { name: "data" } } };
  expect(checkDocument({ resource }).map(({ rule, value }) => `${rule} ${value}`)).toEqual([
    'schema/resource-name "my.data"',
  ]);
});

test.each<[string, Json, Json]>([
  ["escaped templates", { command: ["sh", "-c", "echo $${HOME} %%{http_code}"] }, {}],
  ["directives", { command: ["%{ if var.on }a%{ else }b%{ endif }"] }, { variable: { on: { type: "bool" } } }],
  [
    "expressions",
    { hostname: '${upper(var.a)}-${var.b ? "x" : "y"}', cpu_shares: "${2 - 1 + 1}" },
    { variable: { a: {}, b: {} } },
  ],
  [
    "instances of their own",
    { name: "web-${count.index}", count: 3, ports: [{ internal: 80, external: "${8080 + count.index}" }] },
    {},
  ],
  ["one instance or none", { count: "${var.on ? 1 : 0}" }, { variable: { on: { type: "bool" } } }],
  ["what Terraform knows itself", { env: ["WHERE=${path.module}", "SPACE=${terraform.workspace}"] }, {}],
  ["lifecycle", { lifecycle: { ignore_changes: ["image", "labels[0]"], create_before_destroy: true } }, {}],
  ["a function of a provider", { hostname: "${provider::dns::name(path.root)}" }, {}],
])("%s pass", (_, container, more) => {
  expect(said(container, more)).toEqual([]);
});
