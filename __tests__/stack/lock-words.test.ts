import * as fs from "node:fs";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { DockerHost, DockerService, DockerVolume, type HostStack, Released, Renamed } from "../../lib/index";
import { Project } from "../support/project";

const empty = (stack: HostStack) => void new DockerHost(stack, "docker");
const withVolume =
  (id: string, name = id) =>
  (stack: HostStack) =>
    void new DockerVolume(stack, id, { host: new DockerHost(stack, "docker"), name });

describe("what no word allows", () => {
  const tool = { tool: "terraform 1.7" } as const;
  const letGo = () => {
    const project = new Project();
    project.synth(withVolume("data"), tool);
    project.synth((stack) => {
      empty(stack);
      new Released(stack, "released", { from: "data" });
    }, tool);
    return project;
  };

  test("the id of what was let go of for a thing of another type", () => {
    const project = letGo();
    const other = (stack: HostStack) => {
      const host = new DockerHost(stack, "docker");
      new DockerService(stack, "data", { host, name: "web", image: "nginx:1.27.5" });
    };
    expect(project.problems(other, tool)).toEqual([
      '[shop/data] id cannot be used for container "web", as it was that of "data", which was let go of: in a state that was not applied since, ' +
        "Terraform would take one for the other and destroy it (choose another id; or, where every state was applied since, remove its line from " +
        "berth.lock.json) [lock/id]",
    ]);
  });

  test("what was let go of with its data for a deletable thing of another id", () => {
    const other = (props: { onDestroy?: "delete"; name?: string }) => (stack: HostStack) =>
      void new DockerVolume(stack, "store", { host: new DockerHost(stack, "docker"), name: "data", ...props });
    const deletable = other({ onDestroy: "delete" });
    const refused = [
      '[shop/store] onDestroy cannot be "delete" for Docker volume "data", as shop/data had it and let go of it with its data ' +
        '(set onDestroy: "keep"; or, where its data may be lost, give it its former id) [lock/let-go]',
    ];
    const project = letGo();
    expect(project.problems(deletable, tool)).toEqual(refused);
    project.synth(other({ onDestroy: "delete", name: "other" }), tool);
    project.synth(empty, tool);
    project.synth(other({}), tool);
    expect(project.problems(deletable, tool)).toEqual(refused);
    // Under its former id its data go by the word that says so.
    const former = letGo();
    const again = (onDestroy: "keep" | "delete") => (stack: HostStack) =>
      void new DockerVolume(stack, "data", { host: new DockerHost(stack, "docker"), onDestroy });
    former.synth(again("delete"), tool);
    former.synth(empty, tool);
  });

  test("another logical id for the same thing", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const overridden = (stack: HostStack) =>
      new DockerVolume(stack, "data", { host: new DockerHost(stack, "docker") }).node.findChild(
        "Resource",
      ) as TerraformResource;
    const problem = (stack: HostStack) => overridden(stack).overrideLogicalId("mine");
    expect(project.problems(problem)).toEqual([
      expect.stringMatching(
        /^\[shop\/data\] address cannot change from docker_volume\.data_\w+ to docker_volume\.mine without a word: .* \[lock\/address\]$/,
      ),
    ]);
    const { address: from } = project.resources["data/Resource"] as { address: string };
    const moved = (stack: HostStack) => {
      overridden(stack).overrideLogicalId("mine");
      stack.addOverride("moved", [{ from, to: "docker_volume.mine" }]);
    };
    project.synth(moved);
  });

  test("letting go of something together with its host", () => {
    const project = new Project();
    project.synth(withVolume("data"), tool);
    const alone = (stack: HostStack) => void new Released(stack, "released", { from: "data" });
    expect(project.problems(alone, tool)).toEqual([
      expect.stringMatching(
        /^\[shop\/data\] Docker volume "data" cannot be let go of together with its host: .* terraform state rm docker_volume\.data_\w+ .* \[lock\/host-of-released\]$/,
      ),
    ]);
  });

  test("moving what was let go of together with the scope that it was in", () => {
    const project = new Project();
    const below =
      (scope: string, ids: readonly string[], words: (stack: HostStack) => void = () => undefined) =>
      (stack: HostStack) => {
        const host = new DockerHost(stack, "docker");
        words(stack);
        const parent = new Construct(stack, scope);
        for (const id of ids) {
          new DockerVolume(parent, id, { host, name: `shop-${id}` });
        }
      };
    const renamed = (stack: HostStack) => void new Renamed(stack, "renamed", { from: "old", to: "shop" });
    project.synth(below("old", ["aa", "bb"]), tool);
    project.synth(
      below("old", ["bb"], (stack) => void new Released(stack, "released", { from: "old/aa" })),
      tool,
    );
    const { address } = project.resources["old/aa/Resource"] as { address: string };
    project.synth(below("shop", ["bb"], renamed), tool);
    const again = project.synth(below("shop", ["aa", "bb"], renamed), tool);
    expect(again.removed).toEqual([{ from: address, lifecycle: { destroy: false } }]);
    expect(again.moved).toEqual([expect.objectContaining({ from: expect.stringMatching(/old_bb/) as string })]);
    expect(project.synth(below("shop", ["aa", "bb"], renamed), tool)).toEqual(again);
    expect(project.problems(below("old", ["aa"]), tool)).not.toEqual([]);
  });

  test("a rename to another kind of thing", () => {
    const project = new Project();
    project.synth(withVolume("data", "data"));
    const problems = project.problems((stack) => {
      const host = new DockerHost(stack, "docker");
      new Renamed(stack, "renamed", { from: "data", to: "web" });
      new DockerService(stack, "web", { host, name: "web", image: "nginx:1.27.5" });
    });
    expect(problems).toContain('[shop/renamed] \'to\' must be of the same kind as what was at "data", got "web"');
  });

  test("a lock file that cannot be read, or is missing where it must not change, though nothing kept is left", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    fs.writeFileSync(project.lock, "{");
    expect(project.problems(empty)).toEqual([
      expect.stringMatching(
        /^\[shop\] berth\.lock\.json must say what was applied and is kept, got a file that cannot be read: .* \[lock\/lost\]$/,
      ),
    ]);
    fs.rmSync(project.lock);
    expect(project.problems(empty, { frozen: true })).toEqual([
      "[shop] berth.lock.json must say what was applied and is kept, got no file, and BERTH_FROZEN (synthesize once without BERTH_FROZEN, and commit the file) [lock/lost]",
    ]);
  });

  test("taking away what the code declares by an override", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const { address } = project.resources["data/Resource"] as { address: string };
    const overridden = (stack: HostStack) => {
      withVolume("data")(stack);
      stack.addOverride(`resource.${address}`, undefined);
    };
    expect(project.problems(overridden)).toEqual([
      expect.stringMatching(/^\[shop\/data\] Docker volume "data" on .* is kept and cannot leave the code/),
    ]);
  });

  test("another name at the id of what may go, if that is kept from now on", () => {
    const project = new Project();
    const of = (name: string, onDestroy: "keep" | "delete") => (stack: HostStack) =>
      void new DockerVolume(stack, "data", { host: new DockerHost(stack, "docker"), name, onDestroy });
    project.synth(of("one", "delete"));
    expect(project.problems(of("two", "keep"))).toEqual([
      '[shop/data] \'name\' cannot change to "two" together with onDestroy: "keep": Terraform would have to destroy Docker volume "one" at an address ' +
        "that is protected from now on (choose another id) [lock/name]",
    ]);
    project.synth(of("two", "delete"));
  });

  test("a Renamed onto an id whose owner has gone elsewhere without a word", () => {
    const project = new Project();
    const services = (words: [string, string][], ids: Record<string, string>) => (stack: HostStack) => {
      const host = new DockerHost(stack, "docker");
      for (const [index, [from, to]] of words.entries()) {
        new Renamed(stack, `renamed-${index}`, { from, to });
      }
      for (const [id, name] of Object.entries(ids)) {
        new DockerService(stack, id, { host, name, image: "nginx:1.27.5" });
      }
    };
    project.synth(services([], { aa: "one", bb: "two" }));
    expect(project.problems(services([["aa", "bb"]], { bb: "one", cc: "two" })).join("\n")).toContain(
      'new Renamed(stack, "renamed-bb", { from: "bb", to: "cc" })',
    );
  });

  test("a lock file that is a link to nothing, or says a version that it is not of", () => {
    const project = new Project();
    project.synth(withVolume("data"));
    const text = fs.readFileSync(project.lock, "utf8");
    fs.writeFileSync(project.lock, text.replace('"version": 2', '"version": 1'));
    expect(project.problems(empty)).toEqual([
      '[shop] berth.lock.json must say what was applied and is kept, got a file that says version 1, and has "stacks", which came with version 2 (restore it from version control) [lock/lost]',
    ]);
    fs.rmSync(project.lock);
    fs.symlinkSync("nowhere", project.lock);
    expect(project.problems(empty)).toEqual([
      "[shop] berth.lock.json must say what was applied and is kept, got a file that is a link to nothing (fix the link, or remove it) [lock/lost]",
    ]);
  });

  test("letting go of something and renaming it at once", () => {
    const project = new Project();
    project.synth(withVolume("data"), tool);
    const both = (stack: HostStack) => {
      new Released(stack, "released", { from: "data" });
      new Renamed(stack, "renamed", { from: "data", to: "store" });
      withVolume("store", "data")(stack);
    };
    expect(project.problems(both, tool)).toEqual([
      "[shop/released] 'from' must be the path of something that is not renamed as well, got \"data\" (remove one of the two)",
    ]);
  });

  test("renaming what the lock file has at its new place, and nowhere else", () => {
    const project = new Project();
    const renamed = (stack: HostStack) => {
      new Renamed(stack, "renamed", { from: "data", to: "store" });
      withVolume("store", "data")(stack);
    };
    project.synth(withVolume("data"));
    project.synth(renamed);
    project.synth(withVolume("store", "data"));
    const { moved } = project.synth(renamed);
    expect(moved).toHaveLength(1);
    project.synth(withVolume("store", "data"));
    const lock = JSON.parse(fs.readFileSync(project.lock, "utf8")) as { stacks: { shop: object } };
    fs.writeFileSync(project.lock, JSON.stringify({ ...lock, stacks: { shop: { ...lock.stacks.shop, moved: {} } } }));
    expect(project.problems(renamed)).toEqual([
      '[shop/renamed] \'from\' must be the path of something that berth.lock.json knows, got "data", and it knows what is at "store" (where that was ' +
        "renamed before, restore its lines below 'moved'; where every state was applied since, remove this line of code)",
    ]);
    project.synth(withVolume("store", "data"));
  });

  test("but a rename in two steps may be said as one", () => {
    const project = new Project();
    const at =
      (id: string, ...words: [string, string][]) =>
      (stack: HostStack) => {
        for (const [from, to] of words) {
          new Renamed(stack, `renamed-${from}`, { from, to });
        }
        withVolume(id, "data")(stack);
      };
    project.synth(at("aa"));
    project.synth(at("bb", ["aa", "bb"]));
    const { moved } = project.synth(at("cc", ["bb", "cc"]));
    expect(moved).toHaveLength(2);
    expect(project.synth(at("cc", ["aa", "cc"])).moved).toEqual(moved);
  });
});

test("what was renamed there and back is found wherever a state has it", () => {
  const project = new Project();
  const at =
    (id: string, ...words: [string, string][]) =>
    (stack: HostStack) => {
      for (const [index, [from, to]] of words.entries()) {
        new Renamed(stack, `renamed-${index}`, { from, to });
      }
      withVolume(id, "data")(stack);
    };
  project.synth(at("aa"));
  project.synth(at("bb", ["aa", "bb"]));
  project.synth(at("cc", ["bb", "cc"]));
  const moves = (json: object) =>
    ((json as { moved?: { from: string; to: string }[] }).moved ?? []).map(({ from, to }) =>
      [from, to].map((address) => /\.(\w\w)_/.exec(address)?.[1]).join(">"),
    );
  expect(moves(project.synth(at("bb", ["cc", "bb"]))).sort()).toEqual(["aa>cc", "cc>bb"]);
  expect(moves(project.synth(at("bb"))).sort()).toEqual(["aa>cc", "cc>bb"]);
});

describe("renames that stay in the code", () => {
  const code =
    (services: Record<string, string>, ...words: readonly (readonly [string, string])[]) =>
    (stack: HostStack) => {
      const host = new DockerHost(stack, "docker");
      for (const [index, [from, to]] of words.entries()) {
        new Renamed(stack, `renamed-${index}`, { from, to });
      }
      const scopes = new Map<string, Construct>();
      for (const [path, name] of Object.entries(services)) {
        const [id = "", above] = path.split("/").reverse();
        const scope = above === undefined ? stack : (scopes.get(above) ?? new Construct(stack, above));
        scopes.set(above ?? "", scope);
        new DockerService(scope, id, { host, name, image: "nginx:1.27.5" });
      }
    };

  test("let what was renamed be renamed again, and leave the code", () => {
    const project = new Project();
    project.synth(code({ aa: "one", bb: "two" }));
    project.synth(code({ cc: "one", bb: "two" }, ["aa", "cc"]));
    const again = code({ dd: "one", bb: "two" }, ["aa", "cc"], ["cc", "dd"]);
    const { moved } = project.synth(again);
    expect(moved).toHaveLength(2);
    expect(project.synth(again).moved).toEqual(moved);
    project.synth(code({ bb: "two" }, ["aa", "cc"], ["cc", "dd"]));
  });

  test("say the same in any order", () => {
    const words = [
      ["old", "shop"],
      ["old/bb", "front"],
    ] as const;
    const after = [words, [...words].reverse()].map((all) => {
      const project = new Project();
      project.synth(code({ "old/aa": "one", "old/bb": "two" }));
      return (project.synth(code({ "shop/aa": "one", front: "two" }, ...all)).moved as { from: string }[])
        .map(({ from }) => from)
        .sort();
    });
    expect(after[0]).toHaveLength(2);
    expect(after[1]).toEqual(after[0]);
  });
});
