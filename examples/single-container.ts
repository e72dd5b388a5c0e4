import { DockerHost, DockerService, HostStack } from "berth";
import { App } from "cdktf";

const app = new App();
const stack = new HostStack(app, "single-container");
const docker = new DockerHost(stack, "docker");
new DockerService(stack, "nginx", { host: docker, image: "nginx:1.27.5", ports: ["0.0.0.0:80:80"] });
app.synth();
