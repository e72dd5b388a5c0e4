import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { DockerHost, DockerService, HostStack } from "../lib/index";
import type { Settings } from "./settings";

/** One container on one engine: what `docker run -d -p 80:80 nginx` starts. */
export class SingleContainer extends HostStack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    const docker = new DockerHost(this, "docker", { host: settings.dockerHost, line: settings.dockerLine });
    const nginx = new DockerService(this, "nginx", { host: docker, image: settings.containerImage, ports: ["80:80"] });
    new TerraformOutput(this, "container", { value: nginx.resource.id });
  }
}
