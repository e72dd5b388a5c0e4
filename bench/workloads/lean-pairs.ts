import * as path from "node:path";
import { App, TerraformStack } from "cdktf";
import { Container, DockerProvider, Image } from "../../lib/providers/docker";
import { containerOf, DOCKER, PAIR, type Workload } from "./workload";

/** The same resources by berth's bindings, in cdktf's own stack. */
export const workload: Workload = (count, folder) => () => {
  const app = new App({ outdir: path.join(folder, "cdktf.out") });
  const stack = new TerraformStack(app, "bench");
  const provider = new DockerProvider(stack, "docker", {
    version: ">= 4.5.0, < 5.0.0",
    ...DOCKER,
  });
  for (let index = 0; index < count; index++) {
    const image = new Image(stack, `image-${index}`, { provider, name: PAIR.image(index), keepLocally: true });
    new Container(stack, PAIR.name(index), { provider, ...containerOf(index, image.imageId) });
  }
  app.synth();
};
