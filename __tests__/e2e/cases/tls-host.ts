import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import * as tls from "node:tls";
import { DockerHost, type DockerLine, DockerService, HostStack } from "../../../lib/index";
import type { Case, World } from "../case";
import { equal, same } from "../checks";
import { WEB_IMAGE } from "../fixtures";
import { run } from "../shell";

const PORT = 23760;
const folderOf = (world: World) => path.join(world.scratch, "tls");
let server: tls.Server | undefined;

/** Certificates for both sides, and a listener that speaks TLS for the engine's socket. */
function listen(world: World): void {
  const folder = folderOf(world);
  fs.mkdirSync(folder, { recursive: true });
  const script = `set -eu; cd '${folder}'
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=e2e-ca -days 2
    for side in server client; do
      openssl req -newkey rsa:2048 -nodes -keyout $side.key -out $side.csr -subj /CN=$side
      printf 'subjectAltName=IP:127.0.0.1' > ext
      openssl x509 -req -in $side.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out $side.pem -days 2 -extfile ext
    done
    cp client.pem cert.pem; cp client.key key.pem`;
  const { code, out } = run("sh", ["-c", script]);
  if (code !== 0) {
    throw new Error(`openssl: ${out}`);
  }
  const read = (name: string) => fs.readFileSync(path.join(folder, name));
  const options = {
    ca: read("ca.pem"),
    cert: read("server.pem"),
    key: read("server.key"),
    requestCert: true,
    rejectUnauthorized: true,
  };
  server = tls.createServer(options, (socket) => {
    const engine = net.connect(world.capabilities.dockerHost.replace("unix://", ""));
    socket.on("error", () => engine.destroy());
    engine.on("error", () => socket.destroy());
    socket.pipe(engine).pipe(socket);
  });
  server.listen(PORT, "127.0.0.1");
}

/** An engine that is reached over TCP with a client certificate. */
export const tlsHost = (line: DockerLine): Case => ({
  name: `tls-host, docker ${line}`,
  needs: ["docker"],
  line,
  full: true,
  environment: () => ({}),
  build: (app, environment, world) => {
    const stack = new HostStack(app, "tls-host");
    const host = new DockerHost(stack, "docker", {
      host: `tcp://127.0.0.1:${PORT}`,
      line,
      tls: { certPath: folderOf(world) },
    });
    new DockerService(stack, "e2e-tls", { host, image: WEB_IMAGE, labels: { edit: environment.EDIT ?? "none" } });
    return stack;
  },
  guests: [],
  around: { before: listen, after: () => void server?.close() },
  steps: () => [
    { name: "first", check: (ask) => same(ask, "image", ask.docker("inspect", "-f", "{{.Image}}", "e2e-tls")) },
    {
      name: "label changed",
      environment: { EDIT: "one" },
      check: (ask) => equal("the label", ask.docker("inspect", "-f", "{{.Config.Labels.edit}}", "e2e-tls"), "one"),
    },
  ],
});
