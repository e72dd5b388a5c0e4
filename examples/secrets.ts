import { DockerHost, DockerService, HostStack, Secret } from "berth";
import { App } from "cdktf";

const app = new App();
const stack = new HostStack(app, "secrets");
const docker = new DockerHost(stack, "docker");
new DockerService(stack, "db", {
  host: docker, image: "postgres:16.4",
  environment: { POSTGRES_PASSWORD: Secret.fromVariable(stack, "db_password") },   // TF_VAR_db_password, or any other way
});
app.synth();
