import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { listRules, rulesAsMarkdown } from "../../lib/cli/rule-list";
import { RULES } from "../../lib/rules/check";
import { berthArguments, ROOT } from "./run-berth";

function berth(...args: string[]) {
  return berthReading("", ...args);
}

/** The same with something on its standard input. */
function berthReading(input: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, berthArguments(...args), {
    cwd: ROOT,
    encoding: "utf8",
    input,
  });
  return { status, out: `${stdout}${stderr}` };
}

function folderWith(body: object): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "berth-cli-"));
  fs.mkdirSync(path.join(folder, "stacks", "st"), { recursive: true });
  const json = {
    terraform: { required_providers: { libvirt: { version: "0.9.7" } } },
    resource: {
      terraform_data: { hash: { input: "a hash of the body" } },
      libvirt_network: { lan: { lifecycle: { replace_triggered_by: ["terraform_data.hash"] }, ...body } },
    },
  };
  fs.writeFileSync(path.join(folder, "stacks", "st", "cdk.tf.json"), JSON.stringify(json));
  return folder;
}

describe("berth check", () => {
  test("finds nothing wrong with a good stack", () => {
    expect(berth("check", folderWith({ name: "lan", bridge: { name: "br0" } }))).toEqual({
      status: 0,
      out: "1 stacks, 0 errors, 0 warnings\n",
    });
  });

  test("names the resource, the attribute and the nearest known name, at any depth", () => {
    const body = { name: "lan", bridge: { name: "br0" }, ips: [{ adress: "10.0.0.1" }] };
    expect(berth("check", folderWith(body))).toEqual({
      status: 1,
      out:
        'error: [libvirt_network.lan] \'ips.0.adress\' must be an attribute that the provider knows, got "adress" (did you mean "address"?) [schema/unknown-attribute]\n' +
        "1 stacks, 1 errors, 0 warnings\n",
    });
  });

  test("prints the same as JSON", () => {
    const body = { name: "lan", bridge: { name: "br0" }, ips: [{ adress: "10.0.0.1" }] };
    const { status, out } = berth("check", folderWith(body), "--json");
    expect(status).toBe(1);
    expect(JSON.parse(out)).toEqual({
      problems: [
        {
          severity: "error",
          rule: "schema/unknown-attribute",
          construct: null,
          address: "libvirt_network.lan",
          prop: "ips.0.adress",
          value: '"adress"',
          bound: "be an attribute that the provider knows",
          fix: 'did you mean "address"?',
          message:
            '\'ips.0.adress\' must be an attribute that the provider knows, got "adress" (did you mean "address"?)',
        },
      ],
    });
  });

  test("checks further providers whose schema it is given", () => {
    const folder = folderWith({ name: "lan", bridge: { name: "br0" } });
    const file = path.join(folder, "stacks", "st", "cdk.tf.json");
    const pet = { random_pet: { a: { lenght: 2 }, b: { prefix: "${random_pet.c.id}" } } };
    fs.writeFileSync(file, JSON.stringify({ resource: pet }));
    const schemas = path.join(folder, "schemas.json");
    const attributes = { id: { type: "string", computed: true }, length: { type: "number", optional: true } };
    const random_pet = { block: { attributes: { ...attributes, prefix: { type: "string", optional: true } } } };
    const raw = { provider_schemas: { "registry.example/hashicorp/random": { resource_schemas: { random_pet } } } };
    fs.writeFileSync(schemas, JSON.stringify(raw));
    expect(berth("check", folder)).toEqual({ status: 0, out: "1 stacks, 0 errors, 0 warnings\n" });
    expect(berth("check", folder, "--schemas", schemas)).toEqual({
      status: 1,
      out:
        'error: [random_pet.a] \'lenght\' must be an attribute that the provider knows, got "lenght" (did you mean "length"?) [schema/unknown-attribute]\n' +
        "error: [random_pet.b] 'prefix' must refer to a resource of this stack, got random_pet.c (did you mean \"random_pet.a\"?) [schema/unknown-reference]\n" +
        "1 stacks, 2 errors, 0 warnings\n",
    });
    expect(berth("check", folder, "--schemas", file)).toEqual({
      status: 2,
      out: `${file}: 'raw' must be what \`terraform providers schema -json\` prints, got something without provider_schemas\n`,
    });
  });

  test("says that a file is no JSON", () => {
    const folder = folderWith({});
    const file = path.join(folder, "stacks", "st", "cdk.tf.json");
    fs.writeFileSync(file, "{");
    const { status, out } = berth("check", folder);
    expect([status, out.startsWith(`${file} is no JSON: `)]).toEqual([2, true]);
  });

  test("says when the call is wrong", () => {
    expect(berth("check", "/nowhere")).toEqual({ status: 2, out: "no cdk.tf.json below /nowhere\n" });
    expect(berth("check").status).toBe(2);
    expect(berth("--help").status).toBe(0);
  });
});

describe("berth rules", () => {
  test("lists every rule, as JSON too", () => {
    const { status, out } = berth("rules", "--json");
    expect(status).toBe(0);
    const { rules } = JSON.parse(out) as { rules: { id: string }[] };
    expect(rules).toEqual(listRules());
    expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id).sort());
    expect(rules.find(({ id }) => id === "libvirt/domain/name")).toEqual({
      id: "libvirt/domain/name",
      severity: "error",
      provider: "libvirt",
      versions: "0.9.7",
      source: "seen: provider 0.9.7 with libvirt 9.0 and QEMU 7.2",
      proof: "run",
      summary: "XML error: name X cannot contain '/'",
    });
    expect(
      berth("rules")
        .out.split("\n")
        .filter((line) => line !== ""),
    ).toHaveLength(RULES.length);
  });

  test("docs/rules.md is what they say", () => {
    const file = path.join(ROOT, "docs", "rules.md");
    expect(fs.readFileSync(file, "utf8")).toBe(rulesAsMarkdown(listRules()));
  });
});

describe("berth report", () => {
  const plan = JSON.stringify({
    resource_changes: [
      {
        address: "libvirt_network.lan",
        mode: "managed",
        type: "libvirt_network",
        change: { actions: ["update"], before: { mtu: null }, after: { mtu: { size: 1400 } } },
      },
    ],
  });

  test("tells what a plan will really do, and ends with 1 for more than was allowed", () => {
    expect(berthReading(plan, "report")).toEqual({
      status: 0,
      out:
        "IGNORED           libvirt_network.lan\n                  mtu: the apply ends well, and nothing is changed (libvirt 0.9.7)\n1 ignored\n" +
        "no cdk.tf.json in .: constructs, and what is kept, are not known (run it in the stack's folder, or with --stack)\n",
    });
    expect(berthReading(plan, "report", "--at-most", "data-lost").status).toBe(1);
    expect(JSON.parse(berthReading(plan, "report", "--json").out.replace(/no cdk.*/, ""))).toEqual({
      changes: [
        {
          construct: null,
          address: "libvirt_network.lan",
          class: "ignored",
          reason: "mtu: the apply ends well, and nothing is changed (libvirt 0.9.7)",
          rule: "libvirt/network/edit-ignored",
          alsoHits: [],
        },
      ],
    });
  });

  test("ends with 1 for the loss of something kept, without being asked", () => {
    const folder = folderWith({});
    const stack = path.join(folder, "stacks", "st");
    const gone = (address: string) =>
      JSON.stringify({
        resource_changes: [
          { address, type: "docker_volume", change: { actions: ["delete"], before: {}, after: null } },
        ],
      });
    const resources = { data: { address: "docker_volume.data", host: "docker", kept: true, name: "data" } };
    fs.writeFileSync(
      path.join(folder, "berth.lock.json"),
      JSON.stringify({ version: 2, networks: {}, stacks: { st: { hosts: {}, resources } } }),
    );
    expect(berthReading(gone("docker_volume.data"), "report", "--stack", stack)).toEqual({
      status: 1,
      out: "DATA LOST         docker_volume.data\n                  destroyed with what is in it; it is kept, and nobody said that it may go\n1 data-lost\n",
    });
    expect(berthReading(gone("docker_volume.other"), "report", "--stack", stack).status).toBe(0);
    // Code that was put back after a rename calls it by another address than the state.
    const other = gone("docker_volume.store").replace('"before":{}', '"before":{"name":"data"}');
    expect(berthReading(other, "report", "--stack", stack).status).toBe(1);
    // The file is where cdktf.json says, too.
    fs.renameSync(path.join(folder, "berth.lock.json"), path.join(folder, "team.lock.json"));
    expect(berthReading(gone("docker_volume.data"), "report", "--stack", stack).status).toBe(0);
    fs.writeFileSync(
      path.join(folder, "cdktf.json"),
      JSON.stringify({ context: { "berth:lockFile": "team.lock.json" } }),
    );
    expect(berthReading(gone("docker_volume.data"), "report", "--stack", stack).status).toBe(1);
    fs.writeFileSync(path.join(folder, "team.lock.json"), "{");
    expect(berthReading(gone("docker_volume.other"), "report", "--stack", stack)).toMatchObject({
      status: 1,
      out: expect.stringMatching(/team\.lock\.json cannot be read: .*: what is kept is not known/),
    });
  });

  test("names the constructs where the stack's JSON is at hand", () => {
    const folder = folderWith({ "//": { metadata: { path: "st/lan/Resource" } } });
    expect(berthReading(plan, "report", "--stack", path.join(folder, "stacks", "st")).out).toContain(
      "IGNORED           st/lan (libvirt_network.lan)\n",
    );
  });

  test("a wrong call ends with 2", () => {
    expect(berthReading("no plan", "report")).toEqual({
      status: 2,
      out: "expected the output of `terraform show -json PLAN` on standard input\n",
    });
    expect(berthReading(plan, "report", "--at-most", "much")).toEqual({
      status: 2,
      out: '--at-most must be one of none, in-place, restart, replaced, stopped, removed, data-lost, got "much"\n',
    });
  });
});

describe("commands that work on a stack", () => {
  const empty = () => fs.mkdtempSync(path.join(os.tmpdir(), "berth-cli-"));

  test.each([
    ["recover", ["recover"]],
    ["grow", ["grow"]],
    ["rollout", ["rollout", "st/web"]],
    ["move", ["move", "st/vm", "--from", "qemu:///system"]],
  ])("%s says so where there is none", (_, args) => {
    const folder = empty();
    expect(berth(...args, "--stack", folder)).toEqual({
      status: 2,
      out: `no cdk.tf.json in ${folder}: synthesize first, and name the stack's folder with --stack\n`,
    });
  });

  test("doctor looks for stacks below a folder", () => {
    const folder = empty();
    expect(berth("doctor", folder)).toEqual({
      status: 2,
      out: `no cdk.tf.json below ${folder}: synthesize first\n`,
    });
  });

  test("a report that is to look at the hosts needs the stack", () => {
    const folder = empty();
    expect(berthReading('{"resource_changes":[]}', "report", "--look", "--stack", folder)).toEqual({
      status: 2,
      out: `no cdk.tf.json in ${folder}\n--look needs the stack: no cdk.tf.json in ${folder}\n`,
    });
  });

  test.each([["--look"], ["--markdown"], ["--at-most", "restart"]])("a report of drift refuses %s", (...options) => {
    const { status, out } = berth("report", "--drift", ...options);
    expect(status).toBe(2);
    expect(out).toContain(`option '--drift' cannot be used with option '${options[0]}`);
  });

  test.each([
    ["check", ["check"], []],
    ["doctor", ["doctor"], []],
    ["recover", ["recover"], ["--stack"]],
    ["grow", ["grow"], ["--stack"]],
  ])("%s says so where it cannot be read", (_, args, option) => {
    const folder = empty();
    const file = path.join(folder, "cdk.tf.json");
    fs.writeFileSync(file, "null");
    expect(berth(...args, ...option, folder)).toEqual({ status: 2, out: `${file} is no stack: it holds no object\n` });
    fs.writeFileSync(file, "{");
    expect(berth(...args, ...option, folder)).toMatchObject({ status: 2, out: expect.stringMatching(/ is no JSON: /) });
  });

  test("what is no plan is told, whatever it is", () => {
    for (const text of ["[]", "null", '{"resource_changes":[null]}', '{"resource_changes":[{"address":"a.b"}]}']) {
      expect(berthReading(text, "report")).toEqual({
        status: 2,
        out: "expected the output of `terraform show -json PLAN` on standard input\n",
      });
    }
  });

  test("options that are wrong or missing", () => {
    const folder = path.join(folderWith({ name: "lan", bridge: { name: "br0" } }), "stacks", "st");
    expect(berth("rollout", "st/web", "--wait", "soon", "--stack", folder)).toEqual({
      status: 2,
      out: '--wait must be a number of seconds, got "soon"\n',
    });
    expect(berth("move", "st/vm").status).toBe(2);
  });
});

test.each([
  "null",
  '{"resource_changes":{}}',
  '{"resource_changes":[{"address":"a.b","type":"a","change":{}}]}',
  '{"resource_changes":[{"address":"a.b","type":"a","change":{"actions":["update"],"before":5,"after":null}}]}',
])("berth report refuses what is no plan: %s", (text) => {
  expect(berthReading(text, "report")).toEqual({
    status: 2,
    out: "expected the output of `terraform show -json PLAN` on standard input\n",
  });
});
