import * as path from "node:path";
import { App } from "cdktf";
import { DockerHost, DockerVolume, HostStack, LOCK_FILE_CONTEXT } from "../../lib/index";
import { problemsOf } from "../support/messages";
import { Project } from "../support/project";

describe("the name of what another stack keeps", () => {
  const stackOf = (project: Project, id: string, host: string, name = "pa", onDestroy: "keep" | "delete" = "keep") => {
    const app = new App({
      outdir: path.join(path.dirname(project.lock), "cdktf.out"),
      context: { [LOCK_FILE_CONTEXT]: project.lock },
    });
    const stack = new HostStack(app, id);
    new DockerVolume(stack, "pa", { host: new DockerHost(stack, "docker", { host }), name, onDestroy });
    return { stack, synth: () => app.synth() };
  };
  const message = (host: string) =>
    `'name' must be another one than that of a Docker volume that stack prod, which this app does not have, keeps on ${host}, got "pa" (both ` +
    "would be one Docker volume; choose another name, or remove the lines of prod from berth.lock.json where that stack is gone) [lock/other-stack]";

  test("is refused on a host that is the same from everywhere", () => {
    const project = new Project();
    stackOf(project, "prod", "ssh://ops@rack1").synth();
    expect(problemsOf(stackOf(project, "dev", "ssh://root@rack1", "pa", "delete").synth)).toEqual([
      `[dev/pa] ${message("ssh://root@rack1")}`,
    ]);
    stackOf(project, "dev", "ssh://root@rack1", "dev-pa").synth();
    stackOf(project, "test", "ssh://root@rack2").synth();
  });

  test("is warned of where the host may be another machine's", () => {
    const project = new Project();
    stackOf(project, "prod", "unix:///var/run/docker.sock").synth();
    const { stack, synth } = stackOf(project, "dev", "unix:///var/run/docker.sock");
    synth();
    const warnings = stack.node.findChild("pa").node.metadata.filter(({ type }) => /warn/.test(type));
    expect(warnings.map(({ data }) => data as string)).toEqual([message("unix:///var/run/docker.sock")]);
  });

  test("is free where the other stack does not keep it", () => {
    const project = new Project();
    stackOf(project, "prod", "ssh://ops@rack1", "pa", "delete").synth();
    stackOf(project, "dev", "ssh://ops@rack1").synth();
  });
});

test("a name that goes from one stack of the app to another takes two applies", () => {
  const project = new Project();
  const synth = (owners: readonly string[], onDestroy: "keep" | "delete" = "delete") => {
    const app = new App({
      outdir: path.join(path.dirname(project.lock), "cdktf.out"),
      context: { [LOCK_FILE_CONTEXT]: project.lock },
    });
    for (const id of ["one", "two"]) {
      const stack = new HostStack(app, id);
      const host = new DockerHost(stack, "docker");
      if (owners.includes(id)) {
        new DockerVolume(stack, "data", { host, name: "data", onDestroy });
      }
    }
    app.synth();
  };
  synth(["two"]);
  expect(problemsOf(() => synth(["one"], "keep"))).toEqual([
    "[one/data] 'name' cannot be \"data\" while two/data gives it up: whichever stack is applied last would destroy it, or fail (let two/data go first, " +
      "apply in every state, then take it) [lock/other-stack]",
  ]);
  synth([]);
  synth(["one"], "keep");
});
