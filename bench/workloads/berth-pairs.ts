import * as path from "node:path";
import { App } from "cdktf";
import { DockerHost, DockerService, HostStack, LOCK_FILE_CONTEXT, VolumeMount } from "../../lib/index";
import { PAIR, type Workload } from "./workload";

/** Services of berth's, each with an image of its own; all checks on. */
export const workload: Workload = (count, folder) => () => {
  const context = { [LOCK_FILE_CONTEXT]: path.join(folder, "berth.lock.json") };
  const app = new App({ outdir: path.join(folder, "cdktf.out"), context });
  const stack = new HostStack(app, "bench");
  const host = new DockerHost(stack, "docker");
  for (let index = 0; index < count; index++) {
    new DockerService(stack, PAIR.name(index), {
      host,
      image: PAIR.image(index),
      ports: [`127.0.0.1:${PAIR.port(index)}:80`],
      volumes: [VolumeMount.bind(PAIR.folder(index), "/data")],
      environment: { LEVEL: "info", PORT: "80" },
      labels: { team: "web" },
    });
  }
  app.synth();
};
