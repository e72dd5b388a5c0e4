import { DockerHost, DockerService, HostStack, StateBackend } from "berth";
import { App } from "cdktf";

const app = new App();
const state = StateBackend.postgres({ connection: "postgres://db.example.org/berth?sslmode=verify-full" });
const stack = new HostStack(app, "remote-state", { state });
new DockerService(stack, "web", { host: new DockerHost(stack, "docker"), image: "nginx:1.27.5" });
app.synth();
