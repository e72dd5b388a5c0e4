import * as fs from "node:fs";
import { Construct } from "constructs";
import {
  acknowledge,
  DockerHost,
  DockerService,
  DockerVolume,
  type HostStack,
  KvmHost,
  KvmNetwork,
  Released,
  Renamed,
} from "../../lib/index";
import { Project } from "../support/project";

const volume = (
  stack: Construct,
  host: DockerHost,
  id: string,
  props: { name?: string; onDestroy?: "keep" | "delete" } = {},
) => new DockerVolume(stack, id, { host, ...props });
const service = (stack: Construct, host: DockerHost, id: string, name = id) =>
  new DockerService(stack, id, { host, name, image: "nginx:1.27.5" });
const withVolume =
  (id: string, props: { name?: string; onDestroy?: "keep" | "delete" } = {}) =>
  (stack: HostStack) =>
    void volume(stack, new DockerHost(stack, "docker"), id, props);
const empty = (stack: HostStack) => void new DockerHost(stack, "docker");

const KEPT =
  '[shop/data] Docker volume "data" on unix:///var/run/docker.sock is kept and cannot leave the code without a word: Terraform would destroy it ' +
  '(declare it again; leave it on its host with new Released(stack, "released-data", { from: "data" }); ' +
  'or destroy it: set onDestroy: "delete", apply, then remove it; where it was never applied, restore berth.lock.json) [lock/kept]';

describe("something kept", () => {
  test("cannot leave the code without a word, and nothing is forgotten by the attempt", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const before = fs.readFileSync(project.lock, "utf8");
    expect(project.problems(empty)).toEqual([KEPT]);
    expect(project.problems(empty)).toEqual([KEPT]);
    expect(fs.readFileSync(project.lock, "utf8")).toBe(before);
  });

  test("leaves after it was declared with onDestroy: delete", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    project.synth(withVolume("data", { onDestroy: "delete" }));
    expect(project.synth(empty)).not.toHaveProperty("resource");
  });

  test("is left on its host by Released, also when that left the code", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const release = (stack: HostStack) => {
      empty(stack);
      new Released(stack, "released-data", { from: "data" });
    };
    for (const _ of [1, 2]) {
      const json = project.synth(release, { tool: "terraform 1.7" });
      expect(json).toMatchObject({
        removed: [{ from: expect.stringMatching(/^docker_volume\.data_\w+$/), lifecycle: { destroy: false } }],
        terraform: { required_version: ">= 1.7.0" },
      });
    }
    expect(project.resources).toMatchObject({ "data/Resource": { name: "data", released: true } });
    expect(project.synth(empty, { tool: "terraform 1.7" })).toHaveProperty("removed");
    expect(project.resources).toMatchObject({ "data/Resource": { name: "data", released: true } });
    // Declared again, it is kept as before.
    expect(project.synth(withVolume("data"), { tool: "terraform 1.7" })).not.toHaveProperty("removed");
    expect(project.problems(empty)).toEqual([KEPT]);
  });

  test("cannot be replaced by another kind of construct of the same id", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    expect(project.problems((stack) => void service(stack, new DockerHost(stack, "docker"), "data", "other"))).toEqual([
      KEPT,
    ]);
  });

  test("is not lost by a Renamed onto something else, or onto what another Renamed leads to", () => {
    const project = new Project();
    const both = (stack: HostStack) => {
      const docker = new DockerHost(stack, "docker");
      volume(stack, docker, "aa");
      volume(stack, docker, "bb");
    };
    project.synth(both);
    const onto =
      (...words: readonly (readonly [string, string])[]) =>
      (stack: HostStack) => {
        const docker = new DockerHost(stack, "docker");
        for (const [index, [from, to]] of words.entries()) {
          new Renamed(stack, `renamed-${index}`, { from, to });
        }
        volume(stack, docker, words[0]?.[1] ?? "", { name: "aa" });
      };
    expect(project.problems(onto(["bb", "aa"])).join("\n")).toContain('[shop/bb] Docker volume "bb"');
    expect(project.problems(onto(["aa", "cc"], ["bb", "cc"])).join("\n")).toContain('[shop/bb] Docker volume "bb"');
    const asService = (stack: HostStack) => {
      const docker = new DockerHost(stack, "docker");
      new Renamed(stack, "renamed", { from: "aa", to: "web" });
      service(stack, docker, "web");
      volume(stack, docker, "bb");
    };
    expect(project.problems(asService).join("\n")).toContain('[shop/web] Docker volume "aa"');
  });

  test("is remembered through a Renamed and a Released whose lines are gone", () => {
    const project = new Project();
    const tool = { tool: "terraform 1.7" } as const;
    project.synth(withVolume("data"), tool);
    project.synth((stack) => {
      new Renamed(stack, "renamed", { from: "data", to: "store" });
      withVolume("store", { name: "data" })(stack);
    }, tool);
    project.synth((stack) => {
      empty(stack);
      new Released(stack, "released", { from: "store" });
    }, tool);
    // A state that was not applied since the rename has the first address still.
    const json = project.synth(empty, tool);
    expect(json).not.toHaveProperty("moved");
    expect(json.removed).toEqual(
      ["data", "store"].map((id) => ({
        from: expect.stringMatching(new RegExp(`^docker_volume\\.${id}_`)) as string,
        lifecycle: { destroy: false },
      })),
    );
    // Without the block it would be destroyed.
    expect(project.problems(empty)).toEqual([expect.stringContaining('[shop/store] Docker volume "data"')]);
  });

  test("has an id that nothing else may have, once it was let go of or renamed", () => {
    const released = new Project();
    const tool = { tool: "terraform 1.7" } as const;
    released.synth(withVolume("data"), tool);
    released.synth((stack) => {
      empty(stack);
      new Released(stack, "released", { from: "data" });
    }, tool);
    expect(released.problems(withVolume("data", { name: "new", onDestroy: "delete" }), tool)).toEqual([
      '[shop/data] id cannot be used for Docker volume "new", as it was that of "data", which was let go of: in a state that was not applied since, ' +
        "Terraform would take one for the other and destroy it (choose another id; or, where every state was applied since, remove its line from " +
        "berth.lock.json) [lock/id]",
    ]);
    const renamed = new Project();
    renamed.synth(withVolume("data"));
    renamed.synth((stack) => {
      new Renamed(stack, "renamed", { from: "data", to: "store" });
      withVolume("store", { name: "data" })(stack);
    });
    const both = (stack: HostStack) => {
      const docker = new DockerHost(stack, "docker");
      volume(stack, docker, "store", { name: "data" });
      volume(stack, docker, "data", { name: "new", onDestroy: "delete" });
    };
    expect(renamed.problems(both)).toEqual([
      expect.stringMatching(
        /^\[shop\/data\] id cannot be used for Docker volume "new" yet, as it was that of docker_volume\.store_\w+ before/,
      ),
    ]);
    // The way back is a rename like any other.
    renamed.synth((stack) => {
      new Renamed(stack, "back", { from: "store", to: "data" });
      withVolume("data")(stack);
    });
  });

  test("is not let go of by a line that was taken back before Terraform was told", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    project.synth((stack) => {
      empty(stack);
      new Released(stack, "released-data", { from: "data" });
    });
    expect(project.problems(empty)).toEqual([KEPT]);
  });

  test("stops plans until it was forgotten, where the tool is not declared", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const json = project.synth((stack) => {
      empty(stack);
      new Released(stack, "released-data", { from: "data" });
    });
    expect(json).not.toHaveProperty("removed");
    const guards = Object.values((json.resource as { terraform_data: Record<string, object> }).terraform_data);
    expect(guards).toMatchObject([
      {
        lifecycle: {
          precondition: [
            {
              error_message: expect.stringMatching(
                /^Terraform would destroy what is let go of: docker_volume\.data_\w+\. Run terraform state rm for each, then set 'forgotten: true' on shop\/released-data\.$/,
              ),
            },
          ],
        },
      },
    ]);
    const after = project.synth((stack) => {
      empty(stack);
      new Released(stack, "released-data", { from: "data", forgotten: true });
    });
    expect(after).not.toHaveProperty("resource");
  });

  test("cannot take another name", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    expect(project.problems(withVolume("data", { name: "other" }))).toEqual([
      '[shop/data] \'name\' cannot change to "other" while Docker volume "data" is kept: Terraform would have to destroy it ' +
        '(set it back; or set onDestroy: "delete", apply, then change it; where nothing was applied so, restore berth.lock.json) [lock/name]',
    ]);
    expect(project.problems(withVolume("data", { name: "other", onDestroy: "delete" }))).toHaveLength(1);
    project.synth(withVolume("data", { onDestroy: "delete" }));
    project.synth(withVolume("data", { name: "other", onDestroy: "delete" }));
  });

  test("must be remembered, also where the lock file is frozen or cannot be read", () => {
    const frozen = new Project();
    expect(frozen.problems(withVolume("data"), { frozen: true })).toEqual([
      '[shop/data] Docker volume "data", which is kept, must be in berth.lock.json, got a file that does not have it and is frozen ' +
        "(synthesize once without BERTH_FROZEN, and commit the file) [lock/unremembered]",
    ]);
    frozen.synth(withVolume("data"));
    frozen.synth(withVolume("data"), { frozen: true });
    const broken = new Project();
    fs.writeFileSync(broken.lock, "{}");
    expect(broken.problems(withVolume("data"))).toEqual([
      '[shop/data] Docker volume "data", which is kept, must be in berth.lock.json, got a file that is not a lock file ' +
        "(restore it from version control) [lock/unremembered]",
    ]);
  });
});

describe("Released", () => {
  test("refuses what nobody remembers, and what is still declared", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    expect(
      project.problems(
        (stack) => {
          withVolume("data")(stack);
          new Released(stack, "one", { from: "nothing" });
          new Released(stack, "two", { from: "data" });
        },
        { tool: "opentofu 1.10" },
      ),
    ).toEqual([
      "[shop/one] 'from' must be the path of something kept, or of a storage pool, that berth.lock.json remembers, got \"nothing\" " +
        "(what is not kept needs no word to leave the code; what was applied everywhere needs none any more)",
      "[shop/two] 'from' must be the path of something that left the code, got \"data\", which is declared (remove one of them)",
    ]);
  });
});

test("a scope that was renamed as a whole is one Renamed", () => {
  const project = new Project();
  const inScope = (id: string) => (stack: HostStack) => {
    const docker = new DockerHost(stack, "docker");
    const scope = new Construct(stack, id);
    service(scope, docker, "web");
    service(scope, docker, "api");
    volume(scope, docker, "data");
  };
  project.synth(inScope("shop"));
  const [problem, ...more] = project.problems(inScope("store"));
  expect(problem).toContain('new Renamed(stack, "renamed-shop", { from: "shop", to: "store" })');
  expect(more).toEqual([]);
});

describe("a service that changes its host", () => {
  const on =
    (host: "one" | "two", declared: readonly string[] = ["one", "two"]) =>
    (stack: HostStack) => {
      const hosts = new Map(declared.map((id) => [id, new DockerHost(stack, id, { host: `unix:///${id}.sock` })]));
      service(stack, hosts.get(host) as DockerHost, "web");
    };
  const message =
    "[shop/web] 'host' cannot change from unix:///one.sock to unix:///two.sock under the same id: Terraform would forget container \"web\" and leave it " +
    "running there (give it another id together with the new host: it is created there and removed here) [lock/host]";

  test("is refused, whether the old host is still declared or not", () => {
    const project = new Project();
    project.synth(on("one"));
    expect(project.problems(on("two"))).toEqual([message]);
    expect(project.problems(on("two", ["two"]))).toEqual([message]);
  });

  test("goes on where only the host's id is another, or the user at its address, or another host leads to the same daemon", () => {
    const twins = new Project();
    const between = (index: number) => (stack: HostStack) => {
      const hosts = ["one", "two"].map((id) => new DockerHost(stack, id, { host: "unix:///a.sock" }));
      service(stack, hosts[index] as DockerHost, "web");
    };
    twins.synth(between(0));
    twins.synth(between(1));
    const project = new Project();
    const named = (id: string, host: string) => (stack: HostStack) =>
      void service(stack, new DockerHost(stack, id, { host }), "web");
    const before = project.synth(named("docker", "unix:///a.sock"));
    const after = project.synth(named("engine", "unix:///a.sock"));
    const addresses = (json: typeof before, type: string) =>
      Object.keys((json.resource as Record<string, object>)[type] ?? {});
    expect(addresses(after, "docker_image")).toEqual(addresses(before, "docker_image"));
    expect(addresses(after, "docker_container")).toEqual(addresses(before, "docker_container"));
    const other = new Project();
    other.synth(named("docker", "ssh://ops@rack1"));
    other.synth(named("docker", "ssh://root@rack1:22"));
  });

  test("is refused where the host's address is another, unless somebody says that it is the same host", () => {
    const project = new Project();
    const at =
      (host: string, same = false) =>
      (stack: HostStack) => {
        const docker = new DockerHost(stack, "docker", { host });
        service(stack, docker, "web");
        volume(stack, docker, "data");
        if (same) {
          acknowledge(docker, "host/endpoint", "it has another name since Monday");
        }
      };
    project.synth(at("ssh://ops@rack1"));
    expect(project.problems(at("ssh://ops@rack2"))).toEqual([
      '[shop/docker] \'host\' must stay ssh://ops@rack1 while "data", "web" are on it, got ssh://ops@rack2 (Terraform would leave what is there, and ' +
        "make it once more on the other one; use another id for another host; where both are one host, " +
        'acknowledge(docker, "host/endpoint", "…") for one synthesis) [host/endpoint]',
    ]);
    project.synth(at("ssh://ops@rack2", true));
    project.synth(at("ssh://ops@rack2"));
  });

  test("is refused of hypervisors likewise", () => {
    const project = new Project();
    const at = (uri: string) => (stack: HostStack) =>
      void new KvmNetwork(stack, "lan", { host: new KvmHost(stack, "kvm", { uri }), subnet: "10.77.1.0/24" });
    project.synth(at("qemu+sshcmd://ops@rack1/system"));
    const local = new Project();
    local.synth(at("qemu:///system"));
    expect(local.problems(at("qemu:///system?socket=/run/other.sock")).join()).toContain("[host/endpoint]");
    expect(project.problems(at("qemu+sshcmd://ops@rack2/system"))).toEqual([
      expect.stringMatching(
        /^\[shop\/kvm\] 'uri' must stay qemu\+sshcmd:\/\/ops@rack1\/system while "lan" is on it, got .* \[host\/endpoint\]$/,
      ),
    ]);
  });
});

test("two that change places are refused, by either word", () => {
  const project = new Project();
  const two = (a: string, b: string, words: boolean) => (stack: HostStack) => {
    const docker = new DockerHost(stack, "docker");
    if (words) {
      new Renamed(stack, "one", { from: "a", to: "b" });
      new Renamed(stack, "two", { from: "b", to: "a" });
    }
    volume(stack, docker, "a", { name: a });
    volume(stack, docker, "b", { name: b });
  };
  project.synth(two("xx", "yy", false));
  expect(project.problems(two("yy", "xx", false))).toEqual([
    expect.stringContaining("[shop/a] 'name' cannot change to \"yy\""),
    expect.stringContaining("[shop/b] 'name' cannot change to \"xx\""),
  ]);
  expect(project.problems(two("yy", "xx", true)).filter((text) => text.includes("'from'"))).toEqual([
    "[shop/one] 'from' must be the path of something that left the code, got \"a\", which is declared (where two change places, give one a third id, apply that in every state, and remove its line below 'moved' from berth.lock.json first)",
    "[shop/two] 'from' must be the path of something that left the code, got \"b\", which is declared (where two change places, give one a third id, apply that in every state, and remove its line below 'moved' from berth.lock.json first)",
  ]);
});
