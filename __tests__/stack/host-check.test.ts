import * as fs from "node:fs";
import { App } from "cdktf";
import { DockerHost, DockerService, HostStack, KvmHost, KvmNetwork } from "../../lib/index";
import { testApp, written } from "../support/app";
import { Project } from "../support/project";

const RACK1 = "ssh://ops@rack1";
const RACK2 = "ssh://ops@rack2";
const IMAGE = "nginx:1.27.5";

/** Hosts by their ids, and services by theirs, on the first of the hosts. */
const code =
  (hosts: Readonly<Record<string, string>>, services: readonly string[]) =>
  (stack: HostStack): void => {
    const [host] = Object.entries(hosts).map(([id, endpoint]) => new DockerHost(stack, id, { host: endpoint }));
    for (const id of host === undefined ? [] : services) {
      new DockerService(stack, id, { host: host as DockerHost, name: id, image: IMAGE });
    }
  };

/** Removes what the lock file has of the host below `hosts`, as somebody does who applied every state. */
const withoutLine = ({ lock }: Project) =>
  fs.writeFileSync(lock, fs.readFileSync(lock, "utf8").replace(/^.*"docker\.docker": "ssh.*\n/m, ""));

const aliases = (json: object, provider = "docker") =>
  (json as { provider: Record<string, { alias: string }[]> }).provider[provider]?.map(({ alias }) => alias);

describe("the former id of a host", () => {
  test("has a provider block with the settings of its successor, also when the code stays as it is", () => {
    const project = new Project();
    project.synth(code({ docker: RACK1 }, ["web", "api"]));
    const json = project.synth(code({ engine: RACK1 }, ["web"])) as {
      provider: { docker: { alias: string }[] };
    };
    const [first, second] = json.provider.docker;
    expect([first, second].map((block) => block?.alias).sort()).toEqual(["docker", "engine"]);
    expect({ ...first, alias: "" }).toEqual({ ...second, alias: "" });
    expect(project.synth(code({ engine: RACK1 }, ["web"]))).toEqual(json);
    expect(project.synth(code({ rack: RACK1 }, [])).provider).toEqual({
      docker: expect.arrayContaining(["docker", "engine", "rack"].map((alias) => expect.objectContaining({ alias }))),
    });
  });

  test("has none where another block has it, or where nothing was on it", () => {
    const project = new Project();
    project.synth(code({ docker: RACK1 }, []));
    expect(aliases(project.synth(code({ engine: RACK1 }, ["web"])))).toEqual(["engine"]);
    expect(aliases(project.synth(code({ engine: RACK1 }, ["web"])))).toEqual(["engine"]);
  });

  test("has one no more once its line is gone from the lock file", () => {
    const project = new Project();
    project.synth(code({ docker: RACK1 }, ["web"]));
    project.synth(code({ engine: RACK1 }, ["web"]));
    withoutLine(project);
    expect(aliases(project.synth(code({ engine: RACK1 }, ["web"])))).toEqual(["engine"]);
  });

  test("is remembered of hypervisors, too", () => {
    const project = new Project();
    const of = (id: string) => (stack: HostStack) => {
      const host = new KvmHost(stack, id);
      new KvmNetwork(stack, "lan", { host, subnet: "10.77.1.0/24" });
    };
    project.synth(of("kvm"));
    expect(aliases(project.synth(of("rack")), "libvirt")?.sort()).toEqual(["kvm", "rack"]);
  });

  test("is nobody else's until its line is gone from the lock file", () => {
    const project = new Project();
    project.synth(code({ docker: RACK1 }, ["web"]));
    project.synth(code({ engine: RACK1 }, ["web"]));
    expect(project.problems(code({ engine: RACK1, docker: RACK2 }, ["web"]))).toEqual([
      `[shop] host docker.docker cannot lead to ${RACK2} yet, as it led to ${RACK1}: in a state that was not applied since, Terraform would ` +
        "look there for what has left the code (choose another id; or, where every state was applied since, remove its line below 'hosts' from " +
        "berth.lock.json) [lock/id]",
    ]);
    withoutLine(project);
    project.synth(code({ engine: RACK1, docker: RACK2 }, ["web"]));
  });
});

describe("a host and what was on it in one edit", () => {
  test("cannot both leave the code", () => {
    const project = new Project();
    project.synth(code({ docker: RACK1 }, ["web", "api"]));
    expect(project.problems(code({}, []))).toEqual([
      `[shop] host docker.docker (${RACK1}) cannot leave the code together with container "api" and container "web": Terraform would end with ` +
        '"Provider configuration not present" (leave the host in the code until every state was applied without them) [lock/host]',
    ]);
    expect(project.problems(code({ other: RACK2 }, []))).toHaveLength(1);
    project.synth(code({ docker: RACK1 }, []));
    project.synth(code({}, []));
  });

  test("may, where another block leads to the same daemon", () => {
    const project = new Project();
    project.synth(code({ docker: RACK1, other: RACK1 }, ["web"]));
    expect(aliases(project.synth(code({ other: RACK1 }, [])))?.sort()).toEqual(["docker", "other"]);
  });

  test("cannot leave the code and lead elsewhere", () => {
    const project = new Project();
    project.synth(code({ docker: RACK1 }, ["web"]));
    expect(project.problems(code({ docker: RACK2 }, []))).toEqual([
      expect.stringMatching(/^\[shop\/docker\] 'host' must stay .* while "web" is on it, got .* \[host\/endpoint\]$/),
    ]);
    project.synth(code({ docker: RACK1 }, []));
    const led =
      /^\[shop\] host docker\.docker cannot lead to ssh:\/\/ops@rack2 yet, as it led to ssh:\/\/ops@rack1: .* \[lock\/id\]$/;
    expect(project.problems(code({ docker: RACK2 }, []))).toEqual([expect.stringMatching(led)]);
    project.synth(code({}, []));
    expect(project.problems(code({ docker: RACK2 }, ["web"]))).toEqual([expect.stringMatching(led)]);
    withoutLine(project);
    project.synth(code({ docker: RACK2 }, ["web"]));
  });
});

test("the last resource on a host of another stack leaves it with the block that made it", () => {
  const first = testApp();
  const app = () => new App({ outdir: first.outdir, context: first.node.getAllContext() as Record<string, unknown> });
  const build = (services: readonly string[]) => {
    const one = app();
    const host = new DockerHost(new HostStack(one, "hosts"), "docker", { host: RACK1, line: "3.9" });
    const stack = new HostStack(one, "shop");
    for (const id of services) {
      new DockerService(stack, id, { host, name: id, image: IMAGE });
    }
    one.synth();
    return written(one, "shop") as { provider: object; terraform: { required_providers: object } };
  };
  const before = build(["web"]);
  const after = build([]);
  expect(after.provider).toEqual(before.provider);
  expect(after.terraform.required_providers).toEqual(before.terraform.required_providers);
});
