import { DockerHost, DockerNetwork, DockerService, DockerVolume, Duration, Healthcheck, HostStack, Size, VolumeMount } from "berth";
import { App } from "cdktf";

const app = new App();
const stack = new HostStack(app, "services");
const docker = new DockerHost(stack, "docker", { host: "ssh://ops@rack1" });
const back = new DockerNetwork(stack, "back", { host: docker, subnet: "172.30.0.0/24" });
const data = new DockerVolume(stack, "data", { host: docker });
const db = new DockerService(stack, "db", {
  host: docker, image: "postgres:16.4", networks: [back], memory: Size.mebibytes(512),
  volumes: [VolumeMount.volume(data, "/var/lib/postgresql/data")],
  healthcheck: Healthcheck.shell("pg_isready -U postgres", { interval: Duration.seconds(5) }),
});
const web = new DockerService(stack, "web", {
  host: docker, image: "nginx:1.27.5", networks: [back], ports: ["127.0.0.1:8080:80"], environment: { DB_HOST: db.name },
});
web.dependsOn(db, "healthy");
app.synth();
