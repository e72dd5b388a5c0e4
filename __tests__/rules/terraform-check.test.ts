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
  "a number with a fraction": [
    { memory: 512.5, memory_swap: 1024 },
    {},
    "schema/type: 'memory' must be a whole number, got 512.5",
  ],
  "a reference in braces where names stand": [
    { depends_on: ["${docker_network.lan}"] },
    {},
    "schema/depends-on: 'depends_on' must name resources, as type and name, got \"${docker_network.lan}\"",
  ],
  "a reference without braces": [
    { image: "docker_container.web.image" },
    {},
    'schema/unread-reference: \'image\' must be a reference that Terraform reads, got "docker_container.web.image" (write "${docker_container.web.image}")',
  ],
  "a reference with one $ too many": [
    { image: "$${docker_container.web.image}" },
    {},
    'schema/unread-reference: \'image\' must be a reference that Terraform reads, got "$${docker_container.web.image}" (write "${docker_container.web.image}")',
  ],
  "a local that is to trigger": [
    { lifecycle: { replace_triggered_by: ["local.tag"] } },
    { locals: { tag: "1" } },
    "schema/replace-triggered-by: 'lifecycle.replace_triggered_by' must name resources of this stack, without ${}, got \"local.tag\" (a terraform_data with the value as its input can be named)",
  ],
  "protection by a variable": [
    { lifecycle: { prevent_destroy: "${var.keep}" } },
    { variable: { keep: { type: "bool" } } },
    "schema/type: 'lifecycle.prevent_destroy' must be true or false, written out, got \"${var.keep}\"",
  ],
  "a new one before the old one is gone": [
    { lifecycle: { create_before_destroy: true } },
    {},
    "schema/create-before-destroy: 'name' must not be one that only one thing can have, where it is made before the old one is gone, got \"web\" (leave out create_before_destroy)",
  ],
  "a count that is none": [
    { name: "web-${count.index}", count: "two" },
    {},
    "schema/type: 'count' must be a whole number from 0, got \"two\"",
  ],
  "instances by what is made first": [
    { name: "web-${each.key}", for_each: "${toset([docker_volume.data.id])}" },
    {},
    "schema/unknown-reference: 'for_each' must refer to a resource of this stack, got docker_volume.data",
  ],
  "too few arguments": [
    { hostname: '${cidrhost("10.0.0.0/24")}' },
    {},
    "schema/function-arguments: 'hostname' must take 2 arguments, got cidrhost() with 1",
  ],
  "too many arguments": [
    { hostname: "${upper(var.a, var.b)}" },
    { variable: { a: {}, b: {} } },
    "schema/function-arguments: 'hostname' must take 1 arguments, got upper() with 2",
  ],
  "an output without a value": [
    {},
    { output: { url: { description: "where" } } },
    "schema/missing-attribute: 'output.url.value' must be set, got nothing",
  ],
  "an output with a word of its own": [
    {},
    { output: { url: { value: "a", sensitve: true } } },
    'schema/unknown-attribute: \'output.url.sensitve\' must be a word that Terraform has there, got "sensitve" (did you mean "sensitive"?)',
  ],
  "a variable of no type": [
    {},
    { variable: { size: { type: "int", default: 1 } } },
    "schema/type: 'variable.size.type' must be a type that Terraform has, got \"int\" (such as string, number or list(string))",
  ],
  "a validation without a message": [
    {},
    { variable: { size: { type: "number", validation: [{ condition: "${var.size > 1}" }] } } },
    "schema/missing-attribute: 'variable.size.validation.error_message' must be set, got nothing",
  ],
  "a value of every plan's own": [
    { env: ["STARTED=${timestamp()}"] },
    {},
    "schema/never-the-same: 'env' must be the same in every plan, got timestamp() (a time that is given as a variable)",
  ],
  "a value that an instance does not have": [
    { name: "web-${each.key}", hostname: "${each.value.host}", for_each: { a: { port: 80 } } },
    {},
    "schema/unknown-reference: 'hostname' must refer to what every value of for_each has, got each.value.host, which \"a\" has not",
  ],
  "a part that an attribute does not have": [
    { hostname: "${docker_container.web.ports[0].extrnal}" },
    {},
    "schema/unknown-reference: 'hostname' must refer to what docker_container.ports has, got docker_container.web.ports[0].extrnal (did you mean \"external\"?)",
  ],
  "a template that is not closed": [
    { hostname: "${docker_container.web.name" },
    {},
    "schema/template: 'hostname' must close every template that it opens, got \"${docker_container.web.name\" (write $${ or %%{ where the text is meant as it stands)",
  ],
  "an index into a set": [
    { hostname: "${docker_container.web.upload[0].file}" },
    {},
    "schema/unknown-reference: 'hostname' must refer to what docker_container.upload has, got docker_container.web.upload[0].file (a set has no order: one(…), or a for expression)",
  ],
  "a provider of another kind": [
    { provider: "libvirt" },
    {},
    "schema/provider-of-type: 'provider' must be one of docker, which has the type docker_container, got \"libvirt\"",
  ],
  "a name of another tool's": [
    { environment: ["A=1"] },
    {},
    "schema/unknown-attribute: 'environment' must be an attribute that the provider knows, got \"environment\" (here it is env)",
  ],
  "an attribute of the other line of the provider": [
    { device_requests: [{ driver: "cdi" }] },
    { terraform: { required_providers: { docker: { version: "3.9.0" } } } },
    "schema/unknown-attribute: 'device_requests' must be an attribute that the provider knows, got \"device_requests\" (docker 4.5.0 has it, this stack asks for another line)",
  ],
  "an unknown word of a lifecycle in a list": [
    { lifecycle: [{ prevent_destory: true }] },
    {},
    'schema/unknown-attribute: \'lifecycle.prevent_destory\' must be a word that lifecycle knows, got "prevent_destory" (did you mean "prevent_destroy"?)',
  ],
  "a provider twice": [
    {},
    {
      provider: {
        docker: [
          { host: "unix:///a.sock", context: "" },
          { host: "unix:///b.sock", context: "" },
        ],
      },
    },
    "schema/provider-twice: 'provider.docker.alias' must be another one for each block of a provider, got none twice (give one of them an alias)",
  ],
  "a block that Terraform does not have": [
    {},
    { resources: {} },
    'schema/unknown-attribute: \'resources\' must be a block that Terraform has, got "resources" (did you mean "resource"?)',
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
  ["lifecycle", { lifecycle: { ignore_changes: ["image", "labels[0]"], prevent_destroy: true } }, {}],
  ["a function of a provider", { hostname: "${provider::dns::name(path.root)}" }, {}],
])("%s pass", (_, container, more) => {
  expect(said(container, more)).toEqual([]);
});
