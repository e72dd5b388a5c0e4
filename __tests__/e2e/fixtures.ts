import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as http from "node:http";
import * as path from "node:path";
import { type DirectBoot, FileSource } from "../../lib/index";
import { run } from "./shell";

/** Name of the container image in the engine. */
export const WEB_IMAGE = "berth-e2e/web:1";

/** Name of the image with socat in the engine. */
export const FORWARDER_IMAGE = "berth-e2e/socat:1";

const SCRIPTS = path.join(__dirname, "..", "..", "..", "__tests__", "e2e", "fixtures");

/** Makes the guest image, kernel and installation medium. Takes minutes the first time. */
export function makeGuestFixtures(folder: string): void {
  make("make-guest-image.sh", folder);
  make("make-install-iso.sh", folder);
}

/** Makes the container images and gives them to the engine, which needs no registry for them. */
export function makeContainerFixture(folder: string, dockerHost: string): void {
  make("make-container-image.sh", folder);
  make("make-forwarder-image.sh", folder);
  give(dockerHost, WEB_IMAGE, path.join(folder, "web-root.tar"), ['CMD ["/bin/web"]', "EXPOSE 80"]);
  give(dockerHost, FORWARDER_IMAGE, path.join(folder, "socat-root.tar"), ['ENTRYPOINT ["/usr/bin/socat"]']);
}

function give(dockerHost: string, image: string, tar: string, changes: readonly string[]): void {
  const args = ["-H", dockerHost, "import", ...changes.flatMap((change) => ["--change", change]), tar, image];
  const { code, out } = run("docker", args);
  if (code !== 0) {
    throw new Error(`docker import failed: ${out}`);
  }
}

function make(script: string, folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  const { code, out } = run("sh", [path.join(SCRIPTS, script), folder]);
  if (code !== 0) {
    throw new Error(`${script} failed: ${out.split("\n").slice(-6).join("\n")}`);
  }
}

export function sha256(file: string): string {
  return createHash("sha256").update(fs.readFileSync(file)).digest("hex");
}

/** Serves the fixtures on loopback, as a mirror would. */
export async function serve(folder: string): Promise<{ readonly url: string; close(): void }> {
  const server = http.createServer((request, response) => {
    const file = path.join(folder, path.basename(request.url ?? ""));
    if (!fs.existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-length": fs.statSync(file).size });
    fs.createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** A kernel and the least that runs under it: a guest of these starts in seconds, and says on its console what it has. */
export function smallSystem(fixtures: string): DirectBoot {
  return {
    kernel: FileSource.fromFile(path.join(fixtures, "vmlinuz")),
    initrd: FileSource.fromFile(path.join(fixtures, "initrd.img")),
    commandLine: "console=ttyS0",
  };
}
