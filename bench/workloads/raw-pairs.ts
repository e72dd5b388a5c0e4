import * as path from "node:path";
import { Container } from "@cdktf/provider-docker/lib/container";
import { Image } from "@cdktf/provider-docker/lib/image";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack } from "cdktf";
import { containerOf, DOCKER, PAIR, type Workload } from "./workload";

/** The same resources by the published bindings, in cdktf's own stack. */
export const workload: Workload = (count, folder) => () => {
  const app = new App({ outdir: path.join(folder, "cdktf.out") });
  const stack = new TerraformStack(app, "bench");
  const provider = new DockerProvider(stack, "docker", DOCKER);
  for (let index = 0; index < count; index++) {
    const image = new Image(stack, `image-${index}`, { provider, name: PAIR.image(index), keepLocally: true });
    new Container(stack, PAIR.name(index), { provider, ...containerOf(index, image.imageId) });
  }
  app.synth();
};
