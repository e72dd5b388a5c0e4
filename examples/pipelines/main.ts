import { DockerHost, DockerNetwork, DockerService, HostStack, StateBackend } from "berth";
import { App } from "cdktf";

const app = new App();
// PGUSER and PGPASSWORD are the pipeline's secrets. Another machine: postgres://db.example.org/berth?sslmode=verify-full
const state = StateBackend.postgres({ connection: process.env.STATE ?? "postgres://127.0.0.1/berth" });
const stack = new HostStack(app, "shop", { state });
const docker = new DockerHost(stack, "docker", { host: process.env.ENGINE ?? "unix:///var/run/docker.sock" });
const front = new DockerNetwork(stack, "shop-front", { host: docker, subnet: "172.29.70.0/24" });
new DockerService(stack, "shop-web", {
  host: docker,
  image: process.env.IMAGE ?? "nginx:1.27.5",
  networks: [front],
  ports: ["127.0.0.1:18770:80"],
  environment: { GREETING: process.env.GREETING ?? "hello" },
});
app.synth();
