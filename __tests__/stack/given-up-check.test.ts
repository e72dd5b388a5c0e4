import { DockerHost, DockerNetwork, DockerService, type HostStack } from "../../lib/index";
import { Project } from "../support/project";

test("a name is taken from what gives it up in the same edit by another apply", () => {
  const project = new Project();
  const services = (names: Record<string, string>) => (stack: HostStack) => {
    const docker = new DockerHost(stack, "docker");
    for (const [id, name] of Object.entries(names)) {
      new DockerService(stack, id, { host: docker, name, image: "nginx:1.27.5" });
    }
  };
  const message =
    "[shop/b] 'name' cannot be \"one\" while shop/a gives it up: Terraform may create the one before it destroyed the other (let shop/a go first, " +
    "apply in every state, then take it) [lock/name]";
  project.synth(services({ a: "one", b: "two" }));
  expect(project.problems(services({ b: "one" }))).toEqual([message]);
  expect(project.problems(services({ a: "three", b: "one" }))).toEqual([message]);
  project.synth(services({ b: "two" }));
  project.synth(services({ b: "one" }));
});

test("a subnet is taken from a network that gives it up by another apply, too", () => {
  const project = new Project();
  const networks = (subnets: Record<string, string>) => (stack: HostStack) => {
    const docker = new DockerHost(stack, "docker");
    for (const [id, subnet] of Object.entries(subnets)) {
      new DockerNetwork(stack, id, { host: docker, name: id, subnet });
    }
  };
  const message =
    "[shop/front] 'subnet' cannot be \"172.30.4.0/24\" while shop/back gives it up: Terraform may create the one before it destroyed the other (let " +
    "shop/back go first, apply in every state, then take it) [lock/subnet]";
  project.synth(networks({ back: "172.30.0.0/16" }));
  expect(project.problems(networks({ front: "172.30.4.0/24" }))).toEqual([message]);
  expect(project.problems(networks({ front: "172.30.4.0/24", back: "172.31.0.0/16" }))).toEqual([message]);
  project.synth(networks({ back: "172.30.4.0/24" }));
  project.synth(networks({}));
  project.synth(networks({ front: "172.30.4.0/24" }));
});
