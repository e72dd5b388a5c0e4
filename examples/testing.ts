import { DockerHost, DockerService, HostStack } from "berth";
import { Container } from "berth/providers/docker";
import { synth } from "berth/testing";
import { Testing } from "cdktf";

const stack = new HostStack(Testing.app(), "web");
const docker = new DockerHost(stack, "docker");
new DockerService(stack, "web", { host: docker, image: "nginx:1.27.5", ports: ["80:80"] });

const { template, warnings } = synth(stack);
console.log(template.only(Container).ports);
console.log(warnings.length === 1 ? "one warning, as expected" : warnings);
