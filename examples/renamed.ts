import { DockerHost, DockerService, HostStack, Renamed } from "berth";
import { App } from "cdktf";

const app = new App();
const stack = new HostStack(app, "renamed");
const host = new DockerHost(stack, "docker");
new Renamed(stack, "renamed-web", { from: "web", to: "shop" });
new DockerService(stack, "shop", { host, name: "web", image: "nginx:1.27.5" });
app.synth();
